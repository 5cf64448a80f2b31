"""The deadline band: which day is which."""

from datetime import date, datetime

from cunlian.kernel import clock
from cunlian.ui.band import band, held_days


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def july(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, tzinfo=clock.SHANGHAI)


def test_the_canal_of_the_mock_up_comes_out_day_by_day() -> None:
    """Taken on 30 June, seven working days, the clock stood on 3 and 6 July, so 9 July became 13 July."""
    held = held_days([(july(3, 7), july(4)), (july(6, 8), july(6, 23))], date(2026, 7, 9))
    drawn = band(date(2026, 6, 30), date(2026, 7, 13), date(2026, 7, 9), is_working=weekdays, held=held)
    kinds = [cell.kind for cell in drawn.cells]
    assert kinds == "zero used used hold off off hold used used used left off off left".split()
    assert (drawn.number, drawn.total) == (5, 7)
    assert [cell.day.day for cell in drawn.cells if cell.is_today] == [9]
    assert [cell.day.day for cell in drawn.cells if cell.is_due] == [13]


def test_the_first_day_is_not_counted() -> None:
    drawn = band(date(2026, 7, 9), date(2026, 7, 10), date(2026, 7, 9), is_working=weekdays)
    assert [(cell.kind, cell.number) for cell in drawn.cells] == [("zero", 0), ("left", 1)]
    assert drawn.number == 0


def test_what_is_due_the_same_day_has_one_cell() -> None:
    drawn = band(date(2026, 7, 9), date(2026, 7, 9), date(2026, 7, 9), is_working=weekdays)
    assert [(cell.kind, cell.is_due) for cell in drawn.cells] == [("zero", True)]


def test_days_after_the_deadline_are_drawn_as_late() -> None:
    drawn = band(date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 9), is_working=weekdays)
    assert [cell.kind for cell in drawn.cells] == ["zero", "used", "over", "over"]
    assert drawn.total == 1


def test_while_the_clock_stands_the_band_ends_today() -> None:
    held = held_days([(july(8, 9), None)], date(2026, 7, 9))
    drawn = band(date(2026, 7, 6), None, date(2026, 7, 9), is_working=weekdays, held=held)
    assert [cell.kind for cell in drawn.cells] == ["zero", "used", "hold", "hold"]


def test_when_it_is_settled_nothing_is_ringed_and_the_rest_stays_pale() -> None:
    settled = date(2026, 7, 7)
    drawn = band(date(2026, 7, 6), date(2026, 7, 9), date(2026, 7, 20), is_working=weekdays, settled_on=settled)
    assert [cell.kind for cell in drawn.cells] == ["zero", "used", "left", "left"]
    assert not any(cell.is_today for cell in drawn.cells)


def test_a_pause_after_closing_does_not_take_the_day() -> None:
    assert held_days([(july(6, 18), july(7, 9))], date(2026, 7, 9)) == {date(2026, 7, 7)}


def test_a_pause_that_ends_at_midnight_does_not_reach_the_new_day() -> None:
    assert held_days([(july(3, 7), july(4))], date(2026, 7, 9)) == {date(2026, 7, 3)}


def test_many_days_lose_their_words_and_very_many_their_cells() -> None:
    month = band(date(2026, 6, 1), date(2026, 7, 14), date(2026, 7, 9), is_working=weekdays)
    assert month.dense and len(month.cells) == 44
    year = band(date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 9), is_working=weekdays)
    assert year.cells == () and year.total == 260
