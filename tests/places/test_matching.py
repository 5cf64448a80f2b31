"""Type-ahead: by name, short name, initials and code, over the whole country, with the path beside it."""

from __future__ import annotations

import pytest
from django.db import connection

from cunlian.places.models import Place
from tests.places.conftest import county_rows, place, take_over, village_row


def found(text: str, district: Place | None = None) -> list[str]:
    return [row.code for row in Place.objects.matching(text, district)]


@pytest.mark.parametrize(
    "text", ["棋盘村", "棋盘", "棋盘村委会", "棋盘村村委会", "qpc", "QPC", "qp", " 棋盘 ", "610902107269"]
)
def test_each_way_of_writing_finds_it(county: Place, text: str) -> None:
    assert found(text) == ["610902107269"]


def test_what_is_exactly_so_stands_first(county: Place) -> None:
    take_over([village_row("610902107100", "联合村东村委会"), village_row("610902107101", "联合")])
    assert found("联合")[0] == "610902107101"


def test_a_code_finds_what_lies_below_it(county: Place) -> None:
    assert found("610902108") == ["610902108", "610902108201", "610902108202"]


def test_namesakes_are_all_offered_with_their_path(county: Place) -> None:
    rows = list(Place.objects.matching("联合村"))
    assert [(row.short_name, row.path) for row in rows] == [
        ("联合村", "汉滨区 › 恒口镇"),
        ("联合村", "汉滨区 › 五里镇"),
        ("联合村（大）", "汉滨区 › 恒口镇"),
    ]


def test_the_districts_own_stand_before_others(county: Place) -> None:
    assert found("联合村", place("610902108"))[0] == "610902108201"


def test_the_middle_of_a_name_counts_only_inside_the_district(county: Place) -> None:
    assert found("家营") == []
    assert found("家营", place("610902107")) == ["610902107205", "610902107313"]
    assert found("家营", place("610902108")) == []


def test_what_has_ended_is_not_offered(county: Place) -> None:
    take_over(county_rows(c610902107269=""))
    assert found("棋盘") == []


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "棋盘%", "' OR 1=1 --", "<b>", "𠮷", "\\", "~"])
def test_odd_texts_find_nothing_and_break_nothing(county: Place, text: str) -> None:
    assert found(text, county) == []


def test_the_search_reads_an_index_not_the_country(county: Place) -> None:
    query = Place.objects.filter(short_name__prefix="棋盘").order_by()
    if connection.vendor == "sqlite":
        assert "USING INDEX place_short_name" in query.explain()
        assert "USING INDEX place_initials" in Place.objects.filter(initials__prefix="qp").order_by().explain()
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "place_short_name" in query.explain()
    assert "~>=~" in query.explain()


def test_paths_cost_no_further_query(county: Place, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len({row.path for row in Place.objects.matching("l")}) == 2


def test_one_character_looks_only_inside_the_district(county: Place) -> None:
    assert found("刘", place("610902108")) == ["610902108202"]
    assert found("刘", place("610902107")) == []


def test_a_short_code_finds_ranks_down_to_the_county(county: Place) -> None:
    assert found("6109") == ["6109", "610902"]
