"""Every figure of units and posts, counted by hand over a few rows: what belongs to it beside what does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.figures import SENT
from cunlian.organisations.models import Organisation, OrganisationKind, PostKind
from cunlian.people.models import Person
from cunlian.places.models import Area, Level, Place, RosterEntry, code_range
from tests.organisations.conftest import START, Hall

K, P = OrganisationKind, PostKind
DAY = timedelta(days=1)


def value(hall: Hall, name: str, who: str = "county_leader", **asked: Any) -> int | None:
    code = name if "." in name else f"organisations.{name}"
    return figures.compute(code, getattr(hall.cast, who), **asked).value


def traced(hall: Hall, name: str) -> set[Any]:
    rows = figures.trace(figures.find(f"organisations.{name}"), hall.cast.county_leader)
    return {row.pk for row in rows}


def sent(hall: Hall, kind: str, post_kind: str, name: str, **said: Any) -> Person:
    person = hall.person(name)
    hall.hold(
        kind, post_kind, person, **{"basis": "dispatched", "sent_by": hall.cast.world.units["department"], **said}
    )
    return person


def town(hall: Hall, kind: str, name: str, **said: Any) -> Organisation:
    return actions.found_organisation(
        by=SYSTEM, name=name, organisation_kind=kind, place=hall.cast.world.township, starts_on=START, **said
    )


def test_one_person_in_two_committees_is_counted_once_and_who_was_sent_is_not(hall: Hall) -> None:
    both = hall.person("程远")
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, both, basis="elected")
    hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, both, basis="elected")
    hall.hold(K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, hall.person("程近"), basis="elected")
    hall.hold(K.SUPERVISION_COMMITTEE, P.DIRECTOR, hall.person("程三"), basis="elected")
    sent(hall, K.PARTY_BRANCH, P.DEPUTY_SECRETARY, "程四")
    gone = hall.hold(K.VILLAGERS_COMMITTEE, P.DEPUTY_DIRECTOR, hall.person("程五"), basis="elected")
    actions.end_posting(gone, by=SYSTEM)

    assert value(hall, "two_committee_member_count") == 2
    assert len(traced(hall, "two_committee_member_count")) == 3  # three seats, two persons


def test_secretaries_who_came_home_are_secretaries_of_villages_on_that_basis(hall: Hall) -> None:
    home = hall.person("程远")
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, home, basis="returned")
    hall.hold(K.COLLECTIVE, P.DIRECTOR, home, basis="returned")
    hall.hold(K.PARTY_GENERAL_BRANCH, P.SECRETARY, hall.person("程近"), basis="elected")
    hall.hold(K.PARTY_BRANCH, P.COMMITTEE_MEMBER, hall.person("程三"), basis="returned")

    assert value(hall, "returnee_party_secretary_count") == 1
    assert value(hall, "returned_talent_in_post_count") == 2  # one of them on two posts


def test_first_secretaries_task_forces_and_deputies_are_three_figures(hall: Hall) -> None:
    sent(hall, K.PARTY_BRANCH, P.FIRST_SECRETARY, "程一")
    for n in range(3):
        sent(hall, K.TEAM, P.TASK_FORCE, f"程{n}号")
    sent(hall, K.PARTY_BRANCH, P.DEPUTY_SECRETARY, "程四")
    sent(hall, K.VILLAGERS_COMMITTEE, P.DIRECTOR_ASSISTANT, "程五", basis="seconded")
    hall.hold(K.PARTY_BRANCH, P.DEPUTY_SECRETARY, hall.person("程六"), basis="elected")

    assert value(hall, "first_secretary_count") == 1
    assert value(hall, "village_task_force_member_count") == 3
    assert value(hall, "deputy_secretary_or_director_assistant_count") == 2


def test_secondments_and_appointments_to_a_town_count_when_they_began(hall: Hall) -> None:
    office, department = hall.cast.world.units["township_office"], hall.cast.world.units["department"]
    before, today = figures.Period(START, clock.today() - DAY), figures.Period(clock.today(), clock.today())
    for n, said in enumerate(({"basis": "seconded", "sent_by": department}, {"basis": "appointed"})):
        post = actions.create_post(
            by=SYSTEM, organisation=office, title=f"副镇长{n}", role="township_staff", post_kind=P.TOWN_LEADER,
            starts_on=START,
        )  # fmt: skip
        actions.appoint(post, by=SYSTEM, person=hall.person(f"程{n}号"), starts_on=clock.today(), **said)

    for name in ("secondment_to_town_count", "appointed_to_town_leadership_count"):
        assert (value(hall, name), value(hall, name, period=today), value(hall, name, period=before)) == (1, 1, 0)
    assert not traced(hall, "secondment_to_town_count") & traced(hall, "appointed_to_town_leadership_count")


def test_committees_and_branches_of_areas_are_those_at_home_in_one(hall: Hall) -> None:
    area = hall.cast.world.area
    town(hall, K.PARTY_COMMITTEE, "柳桥片区党委", area=area, set_up_on="area")
    town(hall, K.PARTY_COMMITTEE, "青石镇党委")
    town(hall, K.PARTY_GENERAL_BRANCH, "农文旅片区党总支", area=area, set_up_on="area")
    town(hall, K.PARTY_GENERAL_BRANCH, "柳桥联村党总支", set_up_on="villages")
    town(hall, K.PARTY_GENERAL_BRANCH, "机关党总支")

    assert value(hall, "area_party_committee_count") == value(hall, "area_general_branch_count") == 1
    assert value(hall, "joint_village_general_branch_count") == 1
    assert value(hall, "area_count") == 1


def test_areas_of_an_industry_and_areas_of_the_past_are_no_management_areas(hall: Hall) -> None:
    for kind, ends in ((Area.AreaKind.INDUSTRY, None), (Area.AreaKind.MANAGEMENT, clock.today())):
        Area.objects.create(
            root=hall.cast.world.township, name=str(kind), area_kind=kind, starts_on=START, ends_on=ends
        )

    assert value(hall, "area_count") == 1


def test_work_stations_count_when_the_city_set_them_up(hall: Hall) -> None:
    city = actions.found_organisation(
        by=SYSTEM,
        name="市农科院",
        organisation_kind=K.INSTITUTE,
        place=Place.objects.get(level=Level.CITY),
        starts_on=START,
    )
    town(hall, K.WORK_STATION, "专家工作站", parent=city)
    town(hall, K.WORK_STATION, "镇工作站", parent=hall.cast.world.units["township_office"])
    town(hall, K.INSTITUTE, "茶叶研究所")

    assert value(hall, "city_work_station_count") == 1
    assert value(hall, "partner_institute_named_count") == 1  # the city's own institute lies outside this county


def test_levels_of_rural_party_organisations_are_town_and_village(hall: Hall) -> None:
    hall.unit(K.PARTY_BRANCH)
    hall.unit(K.PARTY_BRANCH, hall.cast.world.village)
    assert value(hall, "party_org_level_count") == 1
    town(hall, K.PARTY_COMMITTEE, "青石镇党委")

    assert value(hall, "party_org_level_count") == 2


def test_units_joined_to_an_area_count_once_by_their_kind(hall: Hall) -> None:
    area = hall.cast.world.area
    body = town(hall, K.PARTY_COMMITTEE, "柳桥片区党委", area=area, set_up_on="area")
    branch, firm = hall.unit(K.PARTY_BRANCH), hall.unit(K.ENTERPRISE)
    for unit in (branch, firm, hall.unit(K.COOPERATIVE), hall.cast.world.units["township_office"]):
        actions.join_unit(unit, by=SYSTEM, area=area)
    actions.join_unit(branch, by=SYSTEM, body=body)  # in both: once
    left = actions.join_unit(hall.unit(K.FAMILY_FARM), by=SYSTEM, area=area)
    actions.end_unit_membership(left, by=SYSTEM, ends_on=clock.today())

    assert value(hall, "village_party_org_integrated_count") == 1
    assert value(hall, "town_department_integrated_count") == 1
    assert value(hall, "leading_enterprise_and_coop_count") == 2


def test_villages_are_those_the_district_counts_today(hall: Hall) -> None:
    world, today = hall.cast.world, clock.today()
    for place, counted, ends in (
        (world.village, True, None), (world.other_village, False, None), (world.grid, True, None),
    ):  # fmt: skip
        RosterEntry.objects.create(place=place, counted=counted, ends_on=ends, starts_on=START, paper="试点")

    assert value(hall, "places.village_count") == value(hall, "places.village_count", "stranger") == 1
    RosterEntry.objects.filter(place=world.village).update(ends_on=today)
    assert value(hall, "places.village_count") == 0


def test_figures_of_units_stop_at_the_county(hall: Hall) -> None:
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"), basis="elected")
    own = [code_range(hall.village.code)]
    other = [code_range(hall.cast.world.village.code)]

    assert value(hall, "two_committee_member_count", within=own) == 1
    assert value(hall, "two_committee_member_count", within=other) == 0
    for who in ("resident", "anonymous"):
        assert value(hall, "two_committee_member_count", who) == 0


def test_a_sent_basis_is_one_that_names_its_sender() -> None:
    assert set(SENT) == {"dispatched", "seconded"}


CLAIMED = {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10", "A14", "A18"}


@pytest.mark.parametrize("claim", sorted(CLAIMED))
def test_the_published_figures_of_units_each_have_one_query(claim: str) -> None:
    found = [one.code for one in figures.INDICATORS.values() if claim in one.claims]

    assert len(found) == 1
