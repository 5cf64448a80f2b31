"""Every role × every permission of accounts, people and organisations, on a record of the village and one elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cunlian.accounts.models import RoleGrant, ServiceKey, User
from cunlian.kernel.access import PERMISSIONS, SYSTEM, Actor, Grant, may
from cunlian.organisations.models import Capacity, Duty, Gap, Organisation, Post, Posting, StandIn
from cunlian.people.models import Circumstance, DataRequest, Person
from tests.cast import STAFF, START, Cast

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = ("accounts", "people", "organisations")
EVERYBODY = {*STAFF, "auditor", "administrator", "resident", "anonymous"}
HERE = EVERYBODY - {"stranger", "neighbour_worker", "neighbour_cadre", "resident", "anonymous"}
GRID_STAFF = {"grid_worker", "village_cadre", "village_head", "social_worker", "area_staff"}
OFFICES = {"township_staff", "township_head", "county_staff"}
READERS = HERE - {"administrator", "village_supervisor"}
MANAGERS = OFFICES | {"administrator"}
ORDERERS = MANAGERS | {"area_staff", "village_cadre", "village_head"}
ADMINISTRATOR = {"administrator"}
KEEPERS = GRID_STAFF | OFFICES
SPEAKERS = KEEPERS | {"resident"}
VILLAGE = {"village_cadre", "village_head"}

# permission → (what it is asked about, who may)
EXPECTED: dict[str, tuple[str, set[str]]] = {
    "accounts.create_user": ("nothing", ADMINISTRATOR),
    "accounts.deactivate_user": ("user", ADMINISTRATOR),
    "accounts.set_password": ("user", ADMINISTRATOR),
    "accounts.reset_factor": ("user", ADMINISTRATOR),
    "accounts.grant_role": ("place", ADMINISTRATOR),
    "accounts.end_grant": ("grant", ADMINISTRATOR),
    "accounts.make_key": ("place", ADMINISTRATOR),
    "accounts.revoke_key": ("key", ADMINISTRATOR),
    "accounts.view": ("place", ADMINISTRATOR | {"auditor"}),
    "accounts.send_code": ("nothing", EVERYBODY),
    "accounts.enter_with_code": ("nothing", EVERYBODY),
    "accounts.choose_language": ("user", {"grid_worker"}),
    "people.print_cards": ("grid", {"grid_worker", "village_cadre", "village_head"}),
    "people.arrange_household": ("person", GRID_STAFF | OFFICES),
    "people.split_household": ("person", GRID_STAFF | OFFICES),
    "people.join_households": ("person", GRID_STAFF | OFFICES),
    "people.end_household": ("person", GRID_STAFF | OFFICES),
    "people.name_head": ("person", GRID_STAFF | OFFICES),
    "people.register_house": ("grid", GRID_STAFF | OFFICES),
    "people.set_house_use": ("grid", GRID_STAFF | OFFICES),
    "people.move_out": ("person", GRID_STAFF | OFFICES),
    "people.note_death": ("person", GRID_STAFF | OFFICES),
    "people.note_absence": ("person", GRID_STAFF | OFFICES),
    "people.audit_looks": ("place", {"auditor"}),
    "people.find": ("person", READERS),
    "people.merge_persons": ("person", OFFICES | {"village_cadre", "village_head", "area_staff"}),
    "people.register_household": ("grid", GRID_STAFF | OFFICES),
    "people.register_person": ("person", GRID_STAFF | OFFICES),
    "people.move_person": ("person", GRID_STAFF | OFFICES),
    "people.say_wishes": ("person", SPEAKERS),
    "people.correct_person": ("person", GRID_STAFF | OFFICES),
    "people.reveal": ("person", READERS),
    "people.link_account": ("person", {"administrator", "county_staff"}),
    "people.note_reporter": ("place", set()),
    "people.erase": ("person", OFFICES),
    "organisations.view": ("post", HERE),
    "organisations.found": ("place", MANAGERS),
    "organisations.create_post": ("post", MANAGERS),
    "organisations.appoint": ("post", MANAGERS),
    "organisations.end_posting": ("posting", MANAGERS),
    "organisations.assign_duty": ("duty", ORDERERS),
    "organisations.end_duty": ("duty", ORDERERS),
    "organisations.arrange_stand_in": ("post", ORDERERS),
    "organisations.end_stand_in": ("stand_in", ORDERERS),
    "organisations.record_gap": ("place", set()),
    "organisations.close_gap": ("place", set()),
    "organisations.join_unit": ("unit", MANAGERS),
    "organisations.name_lead": ("unit", MANAGERS),
    "organisations.file_secretary": ("posting", {"county_staff"}),
    "organisations.hand_over": ("posting", MANAGERS | VILLAGE),
    "organisations.settle_audit": ("posting", MANAGERS),
    "organisations.wind_up": ("place", {"administrator", "county_staff"}),
    "people.give_consent": ("person", SPEAKERS),
    "people.withdraw_consent": ("person", SPEAKERS),
    "people.show_own_data": ("person", SPEAKERS),
    "people.ask_request": ("person", SPEAKERS),
    "people.correct_own": ("person", SPEAKERS),
    "people.decide_request": ("wish", OFFICES),
    "people.withdraw_request": ("wish", SPEAKERS),
    "people.keep_purposes": ("place", {"county_staff"}),
    "people.name_viewers": ("place", OFFICES),
    "people.note_circumstance": ("person", KEEPERS),
    "people.see_circumstance": ("circumstance", set()),  # no post is named for it
    "people.end_circumstance": ("circumstance", set()),
    "organisations.decide_ceiling": ("place", {"administrator", "county_staff"}),
    "organisations.declare_number": ("place", MANAGERS),
    "organisations.draw_list": ("place", ORDERERS),
    "organisations.settle_list": ("place", MANAGERS),
    "organisations.name_matter": ("place", MANAGERS),
    "organisations.end_matter": ("place", MANAGERS),
    "organisations.erase_visits": ("place", set()),
    "organisations.prepare_choice": ("place", MANAGERS),
    "people.print_consent_forms": ("grid", KEEPERS),
    "people.see_consent_form": ("person", SPEAKERS),
    "people.undo_join": ("person", KEEPERS),
    "people.undo_merge": ("person", OFFICES | {"village_cadre", "village_head", "area_staff"}),
    "people.import_register": ("place", VILLAGE | {"area_staff"} | OFFICES),
}
# Asked about a record of their own, which decides more than the role does; where each role is tried on one.
ELSEWHERE = {
    "organisations.enter_leave": "tests/organisations/coverage",
    "organisations.end_leave": "tests/organisations/coverage",
    "organisations.note_visit": "tests/organisations/visits",
    "organisations.follow_up_visit": "tests/organisations/visits",
    "organisations.review_candidates": "tests/organisations/choosing",
}
OURS = sorted(EXPECTED)


def test_every_permission_is_in_the_table() -> None:
    ours = {name for name in PERMISSIONS if name.split(".")[0] in DOMAINS}
    assert ours == EXPECTED.keys() | ELSEWHERE.keys()


def test_those_tried_elsewhere_are_tried() -> None:
    assert all(list((ROOT / folder).glob("test_*.py")) for folder in ELSEWHERE.values())


@pytest.fixture
def records(cast: Cast) -> dict[str, Any]:
    world = cast.world
    post = world.posts["grid_worker"]
    return {
        "nothing": None,
        "place": world.village,
        "grid": world.grid,
        "user": world.users["grid_worker"],
        "grant": RoleGrant(role="auditor", place=world.village, starts_on=START),
        "key": ServiceKey(place=world.village),
        "person": world.persons["resident"],
        "post": post,
        "posting": Posting(post=post),
        "duty": Duty(post=post, place=world.grid, capacity=Capacity.GRID_WORKER),
        "stand_in": StandIn(post=post),
        "unit": Organisation(place=world.village),
        "wish": DataRequest(person=world.persons["resident"]),
        "circumstance": Circumstance(person=world.persons["resident"]),
    }


@pytest.mark.parametrize("permission", OURS)
def test_who_may(cast: Cast, records: dict[str, Any], permission: str) -> None:
    kind, expected = EXPECTED[permission]
    allowed = {name for name in EVERYBODY if may(getattr(cast, name), permission, records[kind])}
    assert allowed == expected
    assert permission == "accounts.choose_language" or may(SYSTEM, permission, records[kind])


@pytest.mark.parametrize("permission", [name for name in OURS if EXPECTED[name][0] not in ("nothing", "user")])
def test_nobody_may_in_another_county(cast: Cast, permission: str) -> None:
    """Staff of one county have no say in the other, whatever their role."""
    place = cast.world.strange_place
    unit = Organisation(place=place)
    post = Post(place=place, organisation=unit, role="grid_worker")
    there = {
        "place": place, "grid": place, "grant": RoleGrant(place=place), "key": ServiceKey(place=place),
        "person": Person(place=place), "post": post, "posting": Posting(post=post), "duty": Duty(post=post,
        place=place), "stand_in": StandIn(post=post), "gap": Gap(place=place),
        "unit": unit, "wish": DataRequest(person=Person(place=place)), "circumstance": Circumstance(person=Person(place=place)),
    }  # fmt: skip
    for name in EVERYBODY - {"stranger"}:
        assert not may(getattr(cast, name), permission, there[EXPECTED[permission][0]]), name


def test_key_may_only_what_its_scopes_name(cast: Cast) -> None:
    grant = Grant("county_staff", cast.world.county.code)
    key = Actor("service", grants=(grant,), scopes=frozenset({"people.reveal"}))
    assert may(key, "people.reveal", cast.world.persons["resident"])
    assert not may(key, "people.correct_person", cast.world.persons["resident"])


def test_administrator_of_a_township_cannot_touch_the_countys_accounts(cast: Cast) -> None:
    low = cast.world.township.code
    small = Actor("user", grants=(Grant("administrator", low, low + "~"),))
    users: dict[str, User] = cast.world.users
    assert may(small, "accounts.deactivate_user", users["grid_worker"])
    assert not may(small, "accounts.deactivate_user", users["county_staff"])
    assert not may(small, "accounts.set_password", users["administrator"])
