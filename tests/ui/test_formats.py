"""Days, money, land and shares, as each language writes them (looks, "Numbers, dates, money")."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from cunlian.kernel import clock
from cunlian.ui import formats

NOW = datetime(2026, 7, 9, 10, 20, tzinfo=clock.SHANGHAI)


def at(month: int, day: int, hour: int = 17, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def _ninth_of_july() -> Iterator[None]:
    with clock.set_to(NOW):
        yield


def both(call: Callable[[], str]) -> tuple[str, str]:
    with translation.override("zh-hans"):
        chinese = call()
    with translation.override("en"):
        return chinese, call()


def test_a_day_of_this_year_goes_without_the_year() -> None:
    assert both(lambda: formats.day(date(2026, 7, 9))) == ("7月9日", "9 July")


def test_a_day_of_another_year_carries_it() -> None:
    assert both(lambda: formats.day(date(2025, 12, 31))) == ("2025年12月31日", "31 December 2025")


def test_the_weekday_stands_where_each_language_puts_it() -> None:
    long = both(lambda: formats.day(date(2026, 7, 9), weekday=True, year=True))
    assert long == ("2026年7月9日 星期四", "Thu 9 July 2026")


def test_an_instant_is_a_shanghai_day() -> None:
    late_evening_in_utc = datetime(2026, 7, 8, 16, 5, tzinfo=UTC)
    assert both(lambda: formats.moment(late_evening_in_utc)) == ("7月9日 00:05", "9 July 00:05")
    paper = both(lambda: formats.moment_on_paper(late_evening_in_utc))
    assert paper == ("2026年7月9日 00:05", "9 July 2026 00:05"), "paper is kept beyond the year"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (at(7, 9), ("今天 17:30", "today 17:30")),
        (at(7, 10, 12, 0), ("明天 12:00", "tomorrow 12:00")),
        (at(7, 11), ("后天 17:30", "11 July 17:30")),
        (at(7, 13), ("7月13日 17:30", "13 July 17:30")),
    ],
)
def test_a_deadline_is_relative_only_inside_three_days(when: datetime, expected: tuple[str, str]) -> None:
    assert both(lambda: formats.due(when)) == expected


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (20, 0, ("晚 8 点", "8 pm")),
        (17, 30, ("下午 5 点半", "5:30 pm")),
        (12, 0, ("中午 12 点", "12 pm")),
        (8, 0, ("早 8 点", "8 am")),
        (0, 0, ("凌晨 0 点", "12 am")),
    ],
)
def test_residents_are_told_the_time_as_one_says_it(hour: int, minute: int, expected: tuple[str, str]) -> None:
    assert both(lambda: formats.spoken_time(at(7, 15, hour, minute))) == expected


def test_how_late_is_counted_in_working_days() -> None:
    assert both(lambda: formats.late_by(1)) == ("超 1 个工作日", "1 working day late")
    assert both(lambda: formats.late_by(3)) == ("超 3 个工作日", "3 working days late")
    assert both(lambda: formats.left(3)) == ("还剩 3 个工作日", "3 working days left")


def test_a_span_names_the_month_once() -> None:
    assert both(lambda: formats.span(date(2026, 7, 1), date(2026, 7, 9))) == ("7月1日—9日", "1–9 July")
    assert both(lambda: formats.span(date(2026, 6, 28), date(2026, 7, 9))) == ("6月28日—7月9日", "28 June – 9 July")


def test_a_month_is_said_with_its_year_and_short_over_a_column() -> None:
    assert both(lambda: formats.month(date(2026, 7, 1))) == ("2026年7月", "July 2026")
    assert both(lambda: formats.month(date(2026, 7, 1), year=False)) == ("7月", "Jul")


def test_a_span_over_a_new_year_names_both_years() -> None:
    words = ("2025年12月1日—2026年11月30日", "1 December 2025 – 30 November 2026")
    assert both(lambda: formats.span(date(2025, 12, 1), date(2026, 11, 30))) == words


def test_money_in_tables_has_fen() -> None:
    assert formats.yuan(48_600_000) == "486,000.00"
    assert formats.yuan(-48_600) == "−486.00"
    assert both(lambda: formats.money(48_600_000)) == ("486,000.00 元", "CNY 486,000.00")


def test_money_in_sentences_is_short() -> None:
    assert both(lambda: formats.wan(3_346_000_000)) == ("3,346 万元", "CNY 33.46 million")
    assert both(lambda: formats.wan(1_000)) == ("10 元", "CNY 10")
    assert both(lambda: formats.wan(None)) == ("没有数据", "no data")


def test_large_sums_keep_every_fen() -> None:
    assert formats.yuan(900_719_925_474_099_301) == "9,007,199,254,740,993.01"


def test_land_is_in_mu_with_hectares_for_english_readers() -> None:
    assert both(lambda: formats.mu(50_000)) == ("500 亩", "500 mu (33.3 ha)")
    assert both(lambda: formats.mu(1_250)) == ("12.5 亩", "12.5 mu (0.8 ha)")


def test_a_share_never_goes_without_its_two_numbers() -> None:
    assert both(lambda: formats.share(1067, 1159)) == ("92.1%（1,067 / 1,159）", "92.1% (1,067 of 1,159)")


def test_a_share_of_nothing_does_not_apply_and_the_unknown_is_said() -> None:
    assert both(lambda: formats.share(0, 0)) == ("—", "—")
    assert both(lambda: formats.share(None, 5)) == ("没有数据", "no data")


def test_a_count_has_its_unit_and_zero_is_zero() -> None:
    assert formats.count(1284, "件") == "1,284 件"
    assert formats.count(0) == "0"
