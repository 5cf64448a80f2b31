"""Pages lose no row and show none twice, whatever is added between them and however many share one moment."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cunlian.api.paging import LARGEST, page_by_time
from cunlian.cases.models import Case
from cunlian.cases.models.case import Source
from cunlian.cases.rules import ANSWER
from cunlian.kernel import clock, promises
from cunlian.kernel.ids import uuid7
from cunlian.places.models import Level, Place
from tests.api.conftest import Program
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db
START = clock.at(date(2026, 7, 1), 12)
minutes = st.lists(st.integers(0, 3), max_size=6)


def _add(desk: Desk, offsets: list[int], mark: str) -> set[str]:
    owed = promises.make(ANSWER, about=desk.cast.world.village, owner_id=None)
    rows = [
        Case(
            id=uuid7(), receipt=f"{mark}{number:05d}", place=desk.cast.world.village, source=Source.ONLINE, promise=owed,
            reported_at=START + timedelta(minutes=offset),
        )
        for number, offset in enumerate(offsets)
    ]  # fmt: skip
    Case.objects.bulk_create(rows)
    return {str(row.pk) for row in rows}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=minutes, added=st.lists(minutes, max_size=8), limit=st.integers(1, 3))
def test_rows_added_between_pages_never_make_an_old_one_vanish_or_repeat(
    desk: Desk, old: list[int], added: list[list[int]], limit: int
) -> None:
    Case.objects.all().delete()
    there = _add(desk, old, "0")
    seen: list[str] = []
    cursor: str | None = ""
    for turn in range(100):
        page, cursor = page_by_time(Case.objects.all(), "reported_at", cursor or "", limit)
        seen += [str(case.pk) for case in page]
        if cursor is None:
            break
        if turn < len(added):
            _add(desk, added[turn], f"{turn + 1}")
    assert cursor is None
    assert there <= set(seen) and len(seen) == len(set(seen))


def test_many_rows_of_one_moment_come_page_by_page(program: Program, desk: Desk) -> None:
    there = _add(desk, [0] * 5, "0")
    seen: list[str] = []
    following = ""
    for _turn in range(3):
        page = program.get(f"/cases?limit=2&cursor={quote(following or '')}").json()
        seen += [row["id"] for row in page["items"]]
        following = page["next"]
    assert following is None and sorted(seen) == sorted(there)


@pytest.mark.parametrize(("limit", "given"), [(0, 1), (-5, 1), (2, 2), (10**40, 3)])
def test_the_limit_is_held_between_one_and_the_largest(program: Program, desk: Desk, limit: int, given: int) -> None:
    _add(desk, [0, 1, 2], "0")
    assert len(program.get(f"/cases?limit={limit}").json()["items"]) == given


def test_no_page_is_longer_than_the_largest(program: Program, desk: Desk) -> None:
    _add(desk, [0] * (LARGEST + 1), "0")
    assert len(program.get(f"/cases?limit={10**6}").json()["items"]) == LARGEST


def test_a_cursor_of_one_list_is_none_of_another(program: Program) -> None:
    cursor = program.get("/places?limit=1").json()["next"]
    assert program.get(f"/cases?cursor={quote(cursor)}").status_code == 422


def test_places_come_in_the_order_of_codes_each_once(program: Program) -> None:
    codes: list[str] = []
    following: str | None = ""
    while following is not None:
        page = program.get(f"/places?limit=5&cursor={quote(following)}").json()
        codes += [row["code"] for row in page["items"]]
        following = page["next"]
    assert codes == sorted(Place.objects.current().values_list("code", flat=True))


def test_places_are_found_within_by_level_and_by_name(program: Program, desk: Desk) -> None:
    def codes(query: str) -> list[str]:
        return [row["code"] for row in program.get(f"/places?{query}").json()["items"]]

    assert codes(f"within=610902107&level={Level.VILLAGE.value}") == ["610902107201", "610902107202"]
    assert codes(f"q={quote('柳湾')}&level={Level.VILLAGE.value}") == ["610902107201"]


def test_one_place_by_its_id_also_when_it_has_ended(program: Program, desk: Desk) -> None:
    village = desk.cast.world.village
    assert program.get(f"/places/{village.pk}").json()["code"] == village.code
    Place.objects.filter(pk=village.pk).update(ends_on=date(2026, 1, 1))
    assert program.get(f"/places/{village.pk}").json()["ends_on"] == "2026-01-01"
    assert program.get(f"/places/{uuid7()}").status_code == 404


def test_a_longer_list_asks_no_more_questions(
    program: Program, desk: Desk, django_assert_max_num_queries: object
) -> None:
    _add(desk, [0], "0")
    program.get("/cases")
    with django_assert_max_num_queries(20) as few:  # type: ignore[operator]
        program.get("/cases")
    _add(desk, [1, 2, 3, 4, 5], "1")
    with django_assert_max_num_queries(len(few.captured_queries)):  # type: ignore[operator]
        program.get("/cases")
