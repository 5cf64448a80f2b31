"""Units of every kind: what they stand on, what they are members of, which post leads them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations import actions
from cunlian.organisations.models import Lead, Organisation, OrganisationKind, UnitMembership
from tests.cast import Cast
from tests.organisations.test_appoint import verb_of

K = OrganisationKind
START = date(2025, 1, 1)
DAY = timedelta(days=1)


def found(cast: Cast, kind: str, name: str = "新单位", **said: object) -> Organisation:
    place = said.pop("place", cast.world.township)
    return actions.found_organisation(
        by=cast.county_staff, name=name, organisation_kind=kind, place=place, starts_on=START, **said  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("kind", sorted(K.values))
def test_units_of_every_kind_can_be_founded(cast: Cast, kind: str) -> None:
    assert found(cast, kind).get_organisation_kind_display()


@pytest.mark.parametrize("kind", sorted(set(K.values) - {K.COUNTY_DEPARTMENT, K.TOWNSHIP_OFFICE, K.PETITION_OFFICE}))
def test_only_offices_hold_power(cast: Cast, kind: str) -> None:
    with pytest.raises(Invalid):
        found(cast, kind, holds_power=True)


def test_a_branch_is_set_up_on_an_industry_chain(cast: Cast) -> None:
    unit = found(cast, K.PARTY_BRANCH, set_up_on="industry_chain", set_up_name="富硒粮油")

    assert (unit.get_set_up_on_display(), unit.set_up_name) == ("an industry chain", "富硒粮油")


def test_what_a_branch_is_set_up_on_has_a_name_and_fits_its_kind(cast: Cast) -> None:
    with pytest.raises(Invalid, match="which chain"):
        found(cast, K.PARTY_BRANCH, set_up_on="industry_chain")
    with pytest.raises(Invalid, match="Only a Party organisation"):
        found(cast, K.COOPERATIVE, set_up_on="team", set_up_name="巡山队")
    with pytest.raises(Invalid, match="choose the area"):
        found(cast, K.PARTY_COMMITTEE, set_up_on="area")


def test_an_area_is_home_to_its_committee_only_within_the_units_territory(cast: Cast) -> None:
    assert found(cast, K.PARTY_COMMITTEE, area=cast.world.area).area == cast.world.area
    with pytest.raises(Invalid):
        found(cast, K.PARTY_COMMITTEE, area=cast.world.area, place=cast.world.village)


def test_a_member_of_a_joint_body_keeps_its_own_parent(cast: Cast) -> None:
    body = found(cast, K.PARTY_COMMITTEE, area=cast.world.area)
    office = cast.world.units["township_office"]
    branch = found(cast, K.PARTY_BRANCH, place=cast.world.village, parent=office)
    row = actions.join_unit(branch, by=cast.township_staff, body=body, starts_on=START)

    branch.refresh_from_db()
    assert branch.parent == office and list(UnitMembership.objects.on(clock.today())) == [row]
    assert verb_of(row) == "organisations.unit_joined"


def test_departments_and_firms_are_members_of_an_area(cast: Cast) -> None:
    firm, area = found(cast, K.ENTERPRISE), cast.world.area
    for unit in (firm, cast.world.units["township_office"]):
        actions.join_unit(unit, by=cast.county_staff, area=area)

    assert area.units.count() == 2
    with pytest.raises(Conflict):
        actions.join_unit(firm, by=cast.county_staff, area=area)


def test_membership_needs_one_body_and_not_itself(cast: Cast) -> None:
    unit = found(cast, K.TEAM)
    with pytest.raises(Invalid):
        actions.join_unit(unit, by=cast.county_staff)
    with pytest.raises(Invalid):
        actions.join_unit(unit, by=cast.county_staff, body=unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitMembership.objects.create(unit=unit, starts_on=START)


def test_membership_ends_and_stays_readable(cast: Cast) -> None:
    row = actions.join_unit(found(cast, K.TEAM), by=SYSTEM, area=cast.world.area, starts_on=START)
    with pytest.raises(Invalid):
        actions.end_unit_membership(row, by=cast.township_staff, ends_on=START - DAY)
    actions.end_unit_membership(row, by=cast.township_staff, ends_on=clock.today())

    assert not UnitMembership.objects.on(clock.today()).exists()
    assert UnitMembership.objects.on(clock.today() - DAY).exists()
    assert verb_of(row) == "organisations.unit_left"


def test_village_and_strangers_order_no_membership(cast: Cast) -> None:
    unit = found(cast, K.TEAM)
    for actor in (cast.village_cadre, cast.stranger, cast.auditor):
        with pytest.raises(Forbidden):
            actions.join_unit(unit, by=actor, area=cast.world.area)


def test_a_cooperative_is_led_by_a_post(cast: Cast) -> None:
    coop, post = found(cast, K.COOPERATIVE, place=cast.world.village), cast.world.posts["village_head"]
    row = actions.name_lead(coop, by=cast.township_staff, post=post, led_as="secretary")

    assert verb_of(row) == "organisations.lead_named"
    with pytest.raises(Conflict):
        actions.name_lead(coop, by=cast.township_staff, post=post, led_as="mentor")
    with pytest.raises(Forbidden):
        actions.name_lead(coop, by=cast.stranger, post=post, led_as="mentor")
    actions.end_lead(row, by=cast.township_staff, ends_on=clock.today())
    assert not Lead.objects.on(clock.today()).exists() and verb_of(row) == "organisations.lead_ended"


def test_an_unknown_capacity_leads_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.name_lead(found(cast, K.TEAM), by=SYSTEM, post=cast.world.posts["village_head"], led_as="king")


def test_strangers_see_no_membership(cast: Cast) -> None:
    actions.join_unit(found(cast, K.TEAM), by=SYSTEM, area=cast.world.area)

    assert UnitMembership.objects.visible_to(cast.grid_worker).exists()
    assert not UnitMembership.objects.visible_to(cast.stranger).exists()
    assert not UnitMembership.objects.visible_to(cast.resident).exists()
