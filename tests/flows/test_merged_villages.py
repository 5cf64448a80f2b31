"""What goes on in the village that took another over: its areas, joint bodies, the cards at the doors, the register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cunlian.cases import actions as cases
from cunlian.cases.models import Case
from cunlian.cases.rules import is_neighbour
from cunlian.desk.cards.sheet import _number
from cunlian.flows.reorganising import merge_villages, split_village
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations.actions import found_organisation, join_unit, name_lead
from cunlian.organisations.models import Lead, OrganisationKind, UnitMembership
from cunlian.people.actions import print_cards, register_household
from cunlian.people.models import Household
from cunlian.places.actions.areas import add_village_to_area, create_area
from cunlian.places.actions.reorganising import Part
from cunlian.places.models import Area, AreaMembership, Place, on
from tests.cast import Cast
from tests.desk.conftest import Enter, enter
from tests.resident.conftest import site, visitor
from tests.resident.site import Site, Visitor

__all__ = ["enter", "site", "visitor"]
pytestmark = pytest.mark.django_db
START = date(2025, 1, 1)
PAPER = "区民发〔2026〕1号"


def day() -> date:
    return clock.today()


def before() -> date:
    return clock.today() - timedelta(days=1)


def merge(cast: Cast) -> Place:
    """The village with the register goes into the other one, which is returned."""
    world = cast.world
    merge_villages([world.village], into=world.other_village, by=SYSTEM, day=day(), paper=PAPER)
    return Place.objects.get(pk=world.other_village.pk)


def area(cast: Cast, name: str, kind: str, *villages: Place) -> Area:
    made = create_area(cast.world.county, by=SYSTEM, name=name, area_kind=kind, starts_on=START, paper=PAPER)
    for village in villages:
        add_village_to_area(made, by=SYSTEM, village=village, starts_on=START)
    return made


def members(one: Area, when: date) -> set[str]:
    return set(AreaMembership.objects.filter(on(when), area=one).values_list("place__name", flat=True))


def test_the_successor_comes_into_the_areas_and_yesterday_shows_the_old(cast: Cast) -> None:
    world = cast.world
    tea = area(cast, "茶片区", Area.AreaKind.INDUSTRY, world.village)
    both = area(cast, "路片区", Area.AreaKind.INDUSTRY, world.village, world.other_village)
    merge(cast)
    assert members(tea, day()) == members(both, day()) == {world.other_village.name}
    assert members(tea, before()) == {world.village.name}
    assert members(both, before()) == {world.village.name, world.other_village.name}


@pytest.mark.parametrize("managed", [True, False])
def test_a_village_has_one_area_it_is_managed_in(cast: Cast, managed: bool) -> None:
    world = cast.world
    AreaMembership.objects.all().delete()
    one = area(cast, "东片区", Area.AreaKind.MANAGEMENT, world.village)
    two = area(cast, "西片区", Area.AreaKind.MANAGEMENT, *([world.other_village] if managed else []))
    merge(cast)
    here, there = members(one, day()), members(two, day())
    assert (here, there) == ((set(), {world.other_village.name}) if managed else ({world.other_village.name}, set()))


def test_the_parts_of_a_village_stay_in_its_areas(cast: Cast) -> None:
    world = cast.world
    tea = area(cast, "茶片区", Area.AreaKind.INDUSTRY, world.other_village)
    parts = [Part("610902107301", "东桥村委会"), Part("610902107302", "西桥村委会")]
    split_village(world.other_village, by=SYSTEM, parts=parts, day=day(), paper=PAPER)
    assert members(tea, day()) == {"东桥村委会", "西桥村委会"} and members(tea, before()) == {world.other_village.name}


def test_seats_in_joint_bodies_and_who_is_led_by_whom_end_with_the_unit(cast: Cast) -> None:
    world = cast.world
    committee, post = world.units["committee"], world.posts["village_cadre"]
    said: dict[str, Any] = {"by": SYSTEM, "place": world.county, "starts_on": START}
    body = found_organisation(name="联村党委", organisation_kind=OrganisationKind.PARTY_COMMITTEE, **said)
    farm = found_organisation(name="茶叶合作社", organisation_kind=OrganisationKind.COOPERATIVE, **said)
    for unit in (committee, world.units["other_committee"]):
        join_unit(unit, by=SYSTEM, body=body, starts_on=START, paper=PAPER)
    name_lead(farm, by=SYSTEM, post=post, led_as=Lead.As.ABLE, starts_on=START)
    merge(cast)
    then, now = (UnitMembership.objects.filter(on(when), body=body) for when in (before(), day()))
    assert {row.unit for row in then} == {committee, world.units["other_committee"]}
    assert {row.unit for row in now} == {world.units["other_committee"]}
    assert [Lead.objects.filter(on(when), post=post).count() for when in (before(), day())] == [1, 0]


def test_a_card_at_a_door_of_the_merged_village_still_works(site: Site, visitor: Visitor) -> None:
    into = merge(site.cast)
    html = visitor.get(visitor.get("/h/CARD000007/", 302))
    assert f'<option value="{into.code}" selected' in html
    receipt = visitor.send(site, card="CARD000007", place=into.code)
    case = Case.objects.get(receipt=receipt)
    assert case.household == site.cast.world.household and case.place == into


def test_cards_of_two_households_of_one_number_tell_the_village(cast: Cast) -> None:
    world = cast.world
    register_household(by=SYSTEM, place=world.other_village, number="0007", address="东桥村7号")
    into = merge(cast)
    printed = [_number(one, into) for one in print_cards(into, by=cast.again("neighbour_cadre"))]
    assert len(printed) == 2 == len(set(printed)) and any(world.village.short_name in one for one in printed)


def test_who_lived_in_the_merged_village_is_a_neighbour_in_the_successor(site: Site) -> None:
    into = merge(site.cast)
    case = site.report("桥头的灯不亮。", category=site.lamp, place=into)
    Case.objects.filter(pk=case.pk).update(answered_at=clock.now(), reporter=None)
    case.refresh_from_db()
    assert is_neighbour(site.cast.resident, case) and not is_neighbour(Actor("user"), case)


def test_the_register_stands_under_the_successor_and_yesterdays_under_the_old_name(cast: Cast, enter: Enter) -> None:
    old = cast.world.village.short_name
    into = merge(cast)
    client = enter(cast.again("neighbour_cadre"))
    household = Household.objects.get(card_code="CARD000007")

    def row(query: str) -> str:
        page = BeautifulSoup(client.get(f"/desk/people/households/?village={into.code}{query}").content, "html.parser")
        link = page.find("a", href=lambda url: bool(url and f"/people/households/{household.pk}/" in url))
        assert link is not None and link.find_parent("tr") is not None
        return str(link.find_parent("tr").get_text(" ", strip=True))  # type: ignore[union-attr]

    assert into.short_name in row("") and old not in row("").replace(household.address, "")
    assert old in row(f"&on={before().isoformat()}")
    assert client.get(f"/desk/people/households/{household.pk}/").status_code == 200


def test_a_case_of_the_merged_village_is_found_and_worked_on_in_the_successor(site: Site) -> None:
    case = site.report("前巷的路灯坏了。", category=site.lamp)
    into = merge(site.cast)
    by = site.cast.again("neighbour_cadre")
    assert Case.objects.visible_to(by).filter(pk=case.pk).exists()
    dispatcher = site.cast.again("dispatcher")
    case = cases.dispatch_case(Case.objects.get(pk=case.pk), by=dispatcher, to=site.cast.world.posts["neighbour_cadre"])
    assert cases.start_case(case, by=by).state == "in_progress" and case.territory_code == into.code
