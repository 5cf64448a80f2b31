"""Days are Shanghai days; working days follow the State Council's list, then the county's, then Monday to Friday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cunlian.kernel import clock
from cunlian.kernel.models import CalendarDay
from cunlian.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db
Freeze = Callable[[datetime], None]


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 8, 15, 59, 59, tzinfo=UTC), date(2026, 7, 8)),
        (datetime(2026, 7, 8, 16, 0, tzinfo=UTC), date(2026, 7, 9)),  # midnight in Shanghai
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_in_shanghai(frozen_clock: Freeze, instant: datetime, day: date) -> None:
    frozen_clock(instant)
    assert clock.today() == clock.day_of(instant) == day


def test_bounds_hold_the_whole_day_and_not_the_next() -> None:
    start, end = clock.bounds(date(2026, 7, 9))
    assert start == datetime(2026, 7, 8, 16, tzinfo=UTC)
    assert end - start == timedelta(days=1)
    assert clock.bounds(date(2026, 7, 1), date(2026, 7, 9))[1] == end


def test_the_clock_can_be_set_and_goes_on_afterwards() -> None:
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        assert clock.now() == datetime(2026, 7, 1, 1, tzinfo=UTC)
        with clock.set_to(clock.at(date(2026, 7, 2))):
            assert clock.today() == date(2026, 7, 2)
        assert clock.today() == date(2026, 7, 1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 9, 20), True),  # a Sunday worked in exchange for the holidays
        (date(2026, 10, 10), True),  # a Saturday worked in exchange
        (date(2026, 10, 11), False),
        (date(2026, 2, 17), False),  # Spring Festival
    ],
)
def test_holidays_and_make_up_days_of_2026(day: date, worked: bool) -> None:
    assert clock.is_working_day(day) is worked


def test_five_working_days_over_national_day() -> None:
    deadline = clock.add_working_days(clock.at(date(2026, 9, 29), 10), 5)
    assert deadline == clock.Deadline(clock.closing(date(2026, 10, 12)), provisional=False)
    # 30 Sept, 8, 9, 10 (make-up Saturday) and 12 October.


def test_beyond_the_published_years_a_day_is_provisional() -> None:
    assert clock.add_working_days(clock.at(date(2026, 12, 30)), 1).provisional is False
    guessed = clock.add_working_days(clock.at(date(2026, 12, 30)), 3)
    assert guessed == clock.Deadline(clock.closing(date(2027, 1, 4)), provisional=True)


def test_an_imported_year_is_certain_and_wins() -> None:
    rows = [(date(2027, 1, 1), False), (date(2027, 1, 2), False), (date(2027, 1, 3), True)]
    assert clock.import_calendar(rows, "notice") == {2027}
    assert CalendarDay.objects.filter(day__year=2027).count() == 365
    deadline = clock.add_working_days(clock.at(date(2026, 12, 30)), 2)
    assert deadline == clock.Deadline(clock.closing(date(2027, 1, 3)), provisional=False)


def test_an_amendment_changes_only_its_days() -> None:
    clock.import_calendar([(date(2027, 1, 1), False)], "first notice")
    clock.import_calendar([(date(2027, 10, 4), False)], "amendment")
    assert not clock.is_working_day(date(2027, 1, 1))
    assert not clock.is_working_day(date(2027, 10, 4))
    clock.import_calendar([(date(2026, 7, 9), False)], "flood")
    assert CalendarDay.objects.filter(day__year=2026).count() == 1


@pytest.mark.parametrize("rows", [[], [(date(2027, 1, 1), True), (date(2027, 1, 1), False)]])
def test_a_list_that_contradicts_itself_is_refused(rows: list[tuple[date, bool]]) -> None:
    with pytest.raises(Invalid):
        clock.import_calendar(rows, "notice")
    assert not CalendarDay.objects.exists()


def test_working_days_cannot_be_counted_backwards_by_mistake() -> None:
    with pytest.raises(ValueError, match="forward"):
        clock.add_working_days(clock.at(date(2026, 7, 1)), -1)


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


class Laws(TestCase):
    @given(DAYS, st.integers(1, 60))
    def test_between_undoes_add(self, day: date, count: int) -> None:
        due = clock.add_working_days(clock.at(day, 9), count)
        assert clock.working_days_between(day, clock.day_of(due.due)) == count
        assert clock.is_working_day(clock.day_of(due.due))

    @given(DAYS, st.integers(0, 40), st.integers(0, 40))
    def test_more_days_are_never_earlier(self, day: date, one: int, other: int) -> None:
        few, many = sorted((one, other))
        start = clock.at(day, 9)
        assert clock.add_working_days(start, few).due <= clock.add_working_days(start, many).due

    @given(DAYS, DAYS)
    def test_between_is_the_same_forwards_and_backwards(self, first: date, last: date) -> None:
        assert clock.working_days_between(first, last) == -clock.working_days_between(last, first)
