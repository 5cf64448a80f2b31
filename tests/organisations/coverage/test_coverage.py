"""Rules of coverage, counted by hand, and the figures that rest on them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cunlian.kernel import figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Missing
from cunlian.organisations.actions import create_post, found_organisation
from cunlian.organisations.coverage.catalogue import RULES, find_rule
from cunlian.organisations.coverage.objects import scope_of
from cunlian.organisations.coverage.reading import coverage, missing
from cunlian.organisations.models import Capacity, OrganisationKind
from cunlian.people.consent import give
from cunlian.people.consent.circumstances import name_viewer, note_circumstance
from cunlian.places.actions.districts import enter_roster
from cunlian.places.models import code_range
from tests.cast import START, Cast
from tests.organisations.coverage.conftest import Answers

C = Capacity


def figure(cast: Cast, name: str, **cut: object) -> int | None:
    return figures.compute(f"organisations.{name}", cast.county_staff, **cut).value  # type: ignore[arg-type]


def test_every_rule_says_who_of_what_and_whence() -> None:
    assert all(rule.who and rule.counted and rule.source and rule.needed >= 1 for rule in RULES)
    assert all(bool(rule.capacities) != bool(rule.matter) for rule in RULES)
    with pytest.raises(Missing):
        find_rule("nonsense")


def test_counted_by_hand_in_the_small_world(answers: Answers) -> None:
    assert answers.numbers("grid_worker") == (2, 4)
    assert answers.numbers("village_cadre") == (2, 2)
    assert answers.numbers("village_stationed") == (0, 2)
    assert answers.numbers("area_head") == (1, 1)
    assert answers.numbers("area_industry") == (0, 1)
    assert answers.numbers("lane_leader") == (0, 0)


def test_covered_and_missing_are_the_total(answers: Answers) -> None:
    answers.lane(), answers.group(), answers.leaves_post("grid_worker")
    scope = scope_of(answers.cast.county_staff)
    for rule in RULES:
        found = coverage(rule, scope)
        assert found.missing == missing(rule, scope).count() == found.total - found.covered


def test_a_rule_that_asks_for_two_is_not_met_by_one_post_twice(answers: Answers) -> None:
    world, rule = answers.cast.world, replace(find_rule("village_stationed"), needed=2)
    for name in ("social_worker", "mediator"):
        assert coverage(rule, scope_of(SYSTEM)).covered == 0
        answers.duty(name, C.STATIONED_CADRE, place=world.village)
    assert coverage(rule, scope_of(SYSTEM)).covered == 1


def test_who_answers_for_an_area_answers_for_its_villages(answers: Answers) -> None:
    assert answers.numbers("village_county_leader") == (0, 2)
    answers.duty("county_leader", C.COUNTY_LEADER, area=answers.cast.world.area)
    assert answers.numbers("village_county_leader") == (2, 2)


def test_only_villages_the_county_counts_are_counted_once_it_has_said_which(answers: Answers) -> None:
    enter_roster([answers.cast.world.village], by=SYSTEM, paper="青政发〔2024〕1号", starts_on=START)
    assert answers.numbers("village_cadre") == (1, 1)
    assert answers.numbers("grid_worker") == (1, 2)


def test_one_township_or_village_can_be_asked_for(answers: Answers) -> None:
    ranges = (code_range(answers.cast.world.other_village.code),)
    assert coverage(find_rule("grid_worker"), scope_of(SYSTEM, ranges=ranges)).total == 2


def test_a_household_with_a_need_is_counted_only_for_those_named_for_it(answers: Answers) -> None:
    cast, person = answers.cast, answers.cast.world.persons["resident"]
    give(person, by=SYSTEM, purpose="home_help", way="online")
    name_viewer(by=SYSTEM, purpose="home_help", place=cast.world.grid, post_id=cast.world.posts["grid_worker"].pk)
    until = answers.today.replace(year=answers.today.year + 1)
    note_circumstance(person, by=SYSTEM, purpose="home_help", kind="living_alone", words="独居", ends_on=until)

    assert answers.numbers("household_contact", cast.grid_worker) == (0, 1)
    assert answers.numbers("household_contact", cast.village_cadre) == (0, 0)
    assert answers.numbers("household_contact", cast.county_staff) == (0, 0)
    assert set(answers.gaps("household_contact", cast.grid_worker)) == {"0007"}
    assert not answers.gaps("household_contact", cast.village_cadre)


def test_the_rule_of_one_leader_a_village_is_the_village_with_the_fewest(answers: Answers) -> None:
    cast = answers.cast
    assert figure(cast, "district_leader_per_village_min") == 0
    answers.duty("county_leader", C.COUNTY_LEADER, place=cast.world.village)
    assert figure(cast, "district_leader_per_village_min") == 0  # the other village has none
    answers.duty("county_leader", C.COUNTY_LEADER, area=cast.world.area)
    assert figure(cast, "district_leader_per_village_min") == 1  # one post, however many duties
    rows = figures.trace(figures.find("organisations.district_leader_per_village_min"), cast.county_staff)
    assert {str(row) for row in rows} == {"柳湾", "桥头"}
    nowhere = [code_range("620000000000")]
    assert figure(cast, "district_leader_per_village_min", within=nowhere) is None


def test_five_levels_are_led_until_the_last_of_one_leaves(answers: Answers) -> None:
    cast = answers.cast
    assert (figure(cast, "leadership_level_count"), figure(cast, "five_in_one_levels_flag")) == (5, 1)
    answers.leaves_post("area_staff")
    assert (figure(cast, "leadership_level_count"), figure(cast, "five_in_one_levels_flag")) == (4, 0)
    rows = figures.trace(figures.find("organisations.leadership_level_count"), cast.county_staff)
    assert (
        rows.count() == 8
    )  # county, township, two village posts and the neighbours' one, two grid workers, a lane leader


def test_two_kinds_of_group_leaders_are_told_apart(answers: Answers) -> None:
    cast, world = answers.cast, answers.cast.world
    assert figure(cast, "group_leader_kind_count") == 0
    answers.duty("social_worker", C.GROUP_LEADER, group=answers.group())
    assert figure(cast, "group_leader_kind_count") == 1
    kind = OrganisationKind.PARTY_GROUP
    unit = found_organisation(
        by=SYSTEM, name="第一党小组", organisation_kind=kind, place=world.village, starts_on=START
    )
    post = create_post(by=SYSTEM, organisation=unit, title="组长", role="village_cadre", starts_on=START)
    world.posts["party_group"] = post
    answers.duty("party_group", C.GROUP_LEADER, household=world.household)
    assert figure(cast, "group_leader_kind_count") == 1  # nobody holds that post yet
    answers.appoint("party_group")
    assert figure(cast, "group_leader_kind_count") == 2


def test_strangers_count_nothing(answers: Answers) -> None:
    stranger = answers.cast.stranger
    assert answers.numbers("grid_worker", stranger) == (0, 0)
    for name in ("five_in_one_levels_flag", "leadership_level_count", "group_leader_kind_count"):
        assert figures.compute(f"organisations.{name}", stranger).value == 0
