"""The figure engine: what is measured, cut by place and period, and opened again record by record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.figures import INDICATORS, Figure, Indicator, Period, Unit, by_month, by_place, compute, trace
from cunlian.kernel.refusals import Missing
from cunlian.places.models import code_range
from tests.cases.conftest import Desk, desk, district

__all__ = ["desk", "district"]
pytestmark = pytest.mark.django_db
Declare = Callable[..., Indicator]
SAME_FOR_ONE = {"%", "‰", "mu", "yuan", "10,000 yuan", "fen", "km", "m", "m²", "kg", "t"}
JULY = Period(date(2026, 7, 1), date(2026, 7, 31))


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """``declare(measure="sum", field="reopened")``: an indicator over all cases a viewer may see, for this test."""

    def put(**values: Any) -> Indicator:
        given = {"code": "test.figure", "name": "Test", "unit": "", "rows": Case.objects.visible_to} | values
        indicator = Indicator(**given)
        monkeypatch.setitem(INDICATORS, indicator.code, indicator)
        return indicator

    return put


def _with_reopened(desk: Desk, *numbers: int) -> None:
    for number in numbers:
        Case.objects.filter(pk=desk.report().pk).update(reopened=number)


def _value(**cut: Any) -> int | None:
    return compute("test.figure", SYSTEM, **cut).value


@pytest.mark.parametrize(
    ("measure", "field", "numbers", "value"),
    [
        ("count", "pk", (1, 1, 4), 3),
        ("count", "pk", (), 0),
        ("distinct", "reopened", (1, 1, 4), 2),
        ("sum", "reopened", (1, 1, 4), 6),
        ("sum", "reopened", (), 0),
        ("min", "reopened", (9, 1, 4), 1),
        ("min", "reopened", (), None),
        ("median", "reopened", (9, 1, 4), 4),
        ("median", "reopened", (9, 1, 4, 6), 4),
        ("median", "reopened", (), None),
    ],
)
def test_each_measure(
    desk: Desk, declare: Declare, measure: str, field: str, numbers: tuple[int, ...], value: int | None
) -> None:
    _with_reopened(desk, *numbers)
    declare(measure=measure, field=field)
    assert _value() == value


def test_a_median_passes_over_what_has_no_value(desk: Desk) -> None:
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        desk.report()
        case = desk.report(category=desk.lamp)
        head = desk.keeper(case)
        actions.accept_case(case, by=head)
        case.refresh_from_db()
    with clock.set_to(clock.at(date(2026, 7, 3), 10)):
        actions.answer_case(case, by=head, text="换好了。")
    assert compute("cases.median_days", SYSTEM).value == 3


def test_places_and_months_add_up_to_the_whole(desk: Desk, declare: Declare) -> None:
    world = desk.cast.world
    for number, place in enumerate([world.village, world.grid, world.other_village, world.village]):
        with clock.set_to(clock.at(date(2026, 5 + number, 15), 9)):
            _id = desk.report(place=place).pk
        Case.objects.filter(pk=_id).update(reopened=number + 1)
    for measure, field in (("count", "pk"), ("sum", "reopened")):
        declare(measure=measure, field=field, when="reported_at")
        places = by_place("test.figure", SYSTEM)
        assert places == {
            code: _value(within=[code_range(code)]) - (places[world.grid.code] if code == world.village.code else 0)  # type: ignore[operator]
            for code in (world.village.code, world.grid.code, world.other_village.code)
        }
        months = by_month("test.figure", SYSTEM)
        assert sum(places.values()) == sum(months.values()) == _value()
        assert months == {start: _value(period=_month(start)) for start in months} and len(months) == 4


def _month(start: date) -> Period:
    return Period(start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1))


@pytest.mark.parametrize(("hour", "month"), [(-1, 6), (0, 7), (743, 7), (744, 8)])
def test_a_month_begins_and_ends_at_midnight_in_shanghai(desk: Desk, declare: Declare, hour: int, month: int) -> None:
    declare(when="reported_at")
    with clock.set_to(clock.at(date(2026, 7, 1)) + timedelta(hours=hour)):
        desk.report()
    assert by_month("test.figure", SYSTEM) == {date(2026, month, 1): 1}
    assert _value(period=JULY) == (1 if month == 7 else 0)


def test_a_period_of_days_counts_both_ends(desk: Desk, declare: Declare) -> None:
    declare(when="promise__due_at")
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        case = desk.report()
    assert case.promise
    due = clock.day_of(case.promise.due_at)
    found = [
        _value(period=Period(due + timedelta(days=a), due + timedelta(days=b))) for a, b in ((-9, 0), (0, 9), (1, 9))
    ]
    assert found == [1, 1, 0]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Cases in many states, one of the neighbours', one complaint only its holder may see."""
    for state in (State.REPORTED, State.ANSWERED, State.CONFIRMED, State.VOUCHED, State.REJECTED, State.MERGED):
        desk.in_state(state)
    desk.report(place=desk.cast.world.other_village)
    actions.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="他不理人。", post=desk.post("grid_worker")
    )
    return desk


def test_a_trace_opens_exactly_what_was_counted_for_every_figure_and_role(busy: Desk) -> None:
    for viewer in (*busy.cast.by_role().values(), busy.cast.anonymous, SYSTEM):
        for code, indicator in INDICATORS.items():
            value, rows = compute(code, viewer).value, trace(indicator, viewer)
            if indicator.measure == "count":
                assert value == len(set(rows.values_list("pk", flat=True))) == rows.count(), (code, viewer)
            elif not rows.exists():
                assert value in (None, 0), (code, viewer)
            known = indicator.rows(viewer, clock.today()) if indicator.dated else indicator.rows(viewer)
            assert set(rows.values_list("pk")) <= set(known.values_list("pk"))


def test_a_withheld_record_is_in_nobody_elses_number(busy: Desk) -> None:
    seen = {name: compute("cases.received", actor).value for name, actor in busy.cast.by_role().items()}
    complaint = Case.objects.get(confidential=True)
    everywhere = Case.objects.filter(confidential=False).count()
    holder = next(name for name, post in busy.cast.world.posts.items() if post.pk == complaint.holder_id)
    assert seen["county_leader"] == everywhere + (holder == "county_leader")
    assert seen["auditor"] == everywhere + 1
    assert (
        compute("cases.received", busy.cast.grid_worker).value
        == trace(INDICATORS["cases.received"], busy.cast.grid_worker).exclude(pk=complaint.pk).count()
    )


def test_different_natures_are_never_added(desk: Desk, declare: Declare) -> None:
    declare()
    actual = compute("test.figure", SYSTEM)
    planned = replace(actual, indicator=replace(actual.indicator, nature="planned"))
    assert actual.nature != planned.nature
    with pytest.raises(TypeError):
        _ = actual + planned  # type: ignore[operator]
    with pytest.raises(TypeError):
        sum([actual, planned])  # type: ignore[list-item]
    assert {field.name for field in fields(Figure)} >= {"indicator", "value"}


@pytest.mark.parametrize("measure", ["distinct", "median"])
def test_what_does_not_add_up_from_parts_is_not_split(desk: Desk, declare: Declare, measure: str) -> None:
    declare(measure=measure, field="reopened", when="reported_at")
    for split in (by_place, by_month):
        with pytest.raises(ValueError, match="cannot be split"):
            split("test.figure", SYSTEM)


def test_a_stock_has_no_months(desk: Desk, declare: Declare) -> None:
    declare()
    with pytest.raises(ValueError, match="cannot be split"):
        by_month("test.figure", SYSTEM)


def test_a_figure_nobody_declared_is_missing() -> None:
    with pytest.raises(Missing):
        compute("no.such", SYSTEM)


def test_a_figure_is_declared_once_and_has_a_nature(declare: Declare) -> None:
    indicator = declare()
    with pytest.raises(ValueError, match="twice"):
        figures.add_indicator(indicator)
    with pytest.raises(ValueError, match="nature"):
        figures.add_indicator(replace(indicator, code="test.other", nature="wished"))


def test_a_unit_is_said_with_its_number() -> None:
    days = Indicator("x.days", "Days", Unit("day", "days"), lambda viewer: Case.objects.none())
    assert [days.unit_beside(n) for n in (0, 1, 2, None)] == ["days", "day", "days", "days"]
    assert replace(days, unit="%").unit_beside(1) == "%"


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_every_figure_says_one_of_what_it_counts(code: str) -> None:
    """In English one is said otherwise than two, but for signs and measures."""
    with translation.override("en"):
        one, two = (INDICATORS[code].unit_beside(number) for number in (1, 2))
    assert one != two or one in SAME_FOR_ONE, f"{code}: its unit is no Unit, so a page says “1 {one}”"
