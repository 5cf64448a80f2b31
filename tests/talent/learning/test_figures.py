"""Sessions, person-times, persons and declared numbers, each counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.figures import Period
from cunlian.places.models import code_range
from cunlian.talent.learning import actions
from tests.talent.learning.conftest import School


def value(code: str, viewer: Actor = SYSTEM, **cut: object) -> int | None:
    return figures.compute(f"talent.{code}", viewer, **cut).value  # type: ignore[arg-type]


def of_claim(claim: str) -> int | None:
    codes = [one.code for one in figures.INDICATORS.values() if claim in one.claims]
    assert len(codes) == 1
    return figures.compute(codes[0], SYSTEM).value


def test_who_comes_twice_is_one_person_and_two_person_times(school: School) -> None:
    course, often, once = school.course(), school.farmer(), school.farmer("钱有粮")
    school.held(course, often, once, days_ago=20)
    school.held(course, often, days_ago=10)
    declared = school.held(course, days_ago=5)
    actions.declare_attendance(declared, by=SYSTEM, number=40, source="签到表")
    school.session(course, days_ago=1)  # planned, never held

    assert value("training_session_count") == 3
    assert value("training_person_time_count") == 3
    assert value("training_person_count") == 2
    assert value("training_declared_count") == 40


def test_who_came_without_a_name_is_a_person_time_and_no_person(school: School) -> None:
    actions.enter_attendance(school.held(None, school.farmer()), by=SYSTEM, without_name=6)
    assert (value("training_person_time_count"), value("training_person_count")) == (7, 1)


def test_sessions_are_counted_without_the_places_of_study_tours(school: School) -> None:
    course = school.course()
    for days in (30, 20, 10):
        school.held(course, days_ago=days)
    school.held(school.course("study_tour"), destination="袁家村")
    assert of_claim("D11") == of_claim("E22") == 3
    day = clock.today()
    assert value("training_session_count", period=Period(day - timedelta(days=25), day)) == 2
    low, high = code_range(school.cast.world.village.code)
    assert value("training_session_count", within=[(low, high)]) == 0


def test_the_number_of_a_class_is_an_order_and_only_held_ones_count(school: School) -> None:
    assert of_claim("B08") is None
    for number in (1, 2):
        school.held(school.course("capacity", round_no=number))
    school.session(school.course("capacity", round_no=3))
    school.held(school.course("capacity"))
    school.held(school.course("talk", round_no=9))
    assert of_claim("B08") == 2
    indicator = next(one for one in figures.INDICATORS.values() if "B08" in one.claims)
    assert (indicator.nature, figures.trace(indicator, SYSTEM).count()) == ("ordinal", 2)
    with pytest.raises(ValueError):
        figures.by_place(indicator.code, SYSTEM)


def test_a_class_of_new_cadres_counts_once_however_many_sessions_it_had(school: School) -> None:
    one = school.course("new_cadre")
    for days in (20, 10):
        school.held(one, days_ago=days)
    school.course("new_cadre")
    assert of_claim("B09") == 1


def test_fourteen_went_on_study_tours_and_saw_two_places(school: School) -> None:
    tour = school.course("study_tour")
    farmers = [school.farmer(f"赵{number}") for number in range(14)]
    school.held(tour, *farmers, destination="袁家村", days_ago=9)
    school.held(tour, *farmers[:5], destination="马嵬驿", days_ago=8)
    school.held(school.course("study_tour"), *farmers[3:4], destination="袁家村")
    school.held(None, school.farmer("不在其内"))
    assert (of_claim("B10"), of_claim("B11")) == (14, 2)


def test_another_county_counts_nothing_and_the_trace_has_the_rows_counted(school: School) -> None:
    school.held(None, school.farmer())
    for code in ("training_session_count", "training_person_time_count", "training_person_count"):
        indicator = figures.find(f"talent.{code}")
        assert value(code, school.cast.stranger) == 0
        assert figures.trace(indicator, SYSTEM).count() == value(code)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.sets(st.integers(0, 3)), max_size=4))
def test_persons_are_the_union_and_person_times_the_sum(school: School, who: list[set[int]]) -> None:
    course = school.course()
    farmers = [school.farmer(f"赵{number}") for number in range(4)]
    for number, came in enumerate(who):
        school.held(course, *(farmers[one] for one in sorted(came)), days_ago=number)
    here = {"session__course": course}
    times, persons = (
        figures.trace(figures.find(f"talent.training_{name}_count"), SYSTEM).filter(**here)
        for name in ("person_time", "person")
    )
    assert times.count() == sum(map(len, who))
    assert persons.order_by().values("person").distinct().count() == len(set().union(*who))
