"""Persons who are cultivated, mentored, studying: each once, counted by hand."""

from __future__ import annotations

from datetime import timedelta

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.figures import Period
from cunlian.talent.mentoring import actions
from tests.talent.mentoring.conftest import Garden


def of_claim(claim: str, viewer: Actor = SYSTEM, **cut: object) -> int | None:
    codes = [one.code for one in figures.INDICATORS.values() if claim in one.claims]
    assert len(codes) == 1
    return figures.compute(codes[0], viewer, **cut).value  # type: ignore[arg-type]


def test_reserve_cadres_are_counted_from_the_day_they_are_taken_in(garden: Garden) -> None:
    farmers = [garden.school.farmer(f"赵{number}") for number in range(4)]
    for farmer in farmers[:3]:
        garden.grow(farmer)
    garden.propose(farmers[3])
    ended = garden.grow(garden.school.farmer("钱有粮"))
    actions.end_cultivation(ended, by=SYSTEM, outcome="stands")
    garden.grow(ended.person)  # a second time: still one person
    assert of_claim("A17") == 4
    day = clock.today()
    assert of_claim("A17", period=Period(day - timedelta(days=9), day - timedelta(days=1))) == 0


def test_two_kinds_in_one_figure_count_a_person_once(garden: Garden) -> None:
    both, leader, cadre = (garden.school.farmer(f"赵{number}") for number in range(3))
    for person, kind in (
        (both, "reserve_cadre"), (both, "industry_leader"), (leader, "industry_leader"), (cadre, "reserve_cadre"),
        (both, "local_expert"), (both, "new_farmer"), (leader, "new_farmer"),
    ):  # fmt: skip
        garden.grow(person, kind)
    assert (of_claim("D06"), of_claim("E23"), of_claim("A17")) == (3, 2, 2)


def test_four_new_cadres_are_mentored_one_to_one_and_one_to_many(garden: Garden) -> None:
    cadres = [garden.school.cadre(name) for name in ("village_cadre", "village_head", "lane_leader", "social_worker")]
    garden.mentoring(*cadres[:3])
    garden.mentoring(cadres[3])
    garden.mentoring(cadres[0], expert="市委党校讲师")
    garden.mentoring(garden.school.farmer(), kind="skill")
    assert of_claim("D08") == 4


def test_five_were_won_over_to_raise_their_schooling(garden: Garden) -> None:
    farmers = [garden.school.farmer(f"赵{number}") for number in range(5)]
    for farmer in farmers:
        garden.study(farmer)
    garden.study(farmers[0], "bachelor")
    actions.leave_studies(garden.study(farmers[1], "other"), by=SYSTEM)
    assert of_claim("D12") == 5


def test_planned_and_declared_numbers_are_figures_of_their_own(garden: Garden) -> None:
    plan = garden.plan(wanted=6, paper="村两委会")
    garden.plan(place=garden.cast.world.other_village, wanted=9)  # a draft
    actions.correct_plan(plan, by=SYSTEM, wanted=6, paper="村两委会", declared_count=5, declared_source="镇党建办")
    actions.approve_plan(plan, by=SYSTEM)
    for name, number in (("planned", 6), ("declared", 5), ("trained", 0)):
        figure = figures.compute(f"talent.reserve_cadre_{name}_count", SYSTEM)
        assert figure.value == number
    assert of_claim("A17") == 0


def test_another_village_counts_none_of_it(garden: Garden) -> None:
    garden.grow()
    garden.mentoring()
    garden.study(garden.school.farmer("钱有粮"))
    for claim in ("A17", "D06", "D08", "D12"):
        assert of_claim(claim, garden.cast.neighbour_cadre) == of_claim(claim, garden.cast.stranger) == 0
        assert of_claim(claim, garden.cast.village_cadre) == 1
