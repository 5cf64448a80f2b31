"""The fixed cast of people for all tests: one small invented world, the same everywhere.

Two townships of one county. In Qingshi two villages with two grids each, one area over both, every role once, and one
person who lives there; in Heiyan, next door, one member of staff who must see none of it. ``cast`` gives the actors by
name and ``cast.world`` what they act on; ``login`` lets a client in as one of them, second factor and all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import RoleGrant, User
from cunlian.accounts.roles import Role
from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.kernel.ids import uuid7
from cunlian.kernel.secrets import blind, encrypt
from cunlian.organisations.models import Capacity, Duty, Organisation, OrganisationKind, Post, Posting
from cunlian.people.models import Household, Membership, Person, Relation
from cunlian.places.models import Area, AreaMembership, Level, Place

START = date(2024, 1, 1)
RESIDENT_PHONE = "13912342716"
K = OrganisationKind

# code, level, name, initials
PLACES = (
    ("61", Level.PROVINCE, "测试省", "css"),
    ("6109", Level.CITY, "测试市", "css"),
    ("610902", Level.COUNTY, "测试区", "csq"),
    ("610902107", Level.TOWNSHIP, "青石镇", "qsz"),
    ("610902107201", Level.VILLAGE, "柳湾村", "lwc"),
    ("610902107202", Level.VILLAGE, "桥头村", "qtc"),
    ("610902107201001", Level.GRID, "柳湾村一网格", "lwcywg"),
    ("610902107201002", Level.GRID, "柳湾村二网格", "lwcewg"),
    ("610902107202001", Level.GRID, "桥头村一网格", "qtcywg"),
    ("610902107202002", Level.GRID, "桥头村二网格", "qtcewg"),
    ("610903", Level.COUNTY, "邻区", "lq"),
    ("610903101", Level.TOWNSHIP, "黑岩镇", "hyz"),
)

# unit: kind, name, code of its place, holds power
UNITS = {
    "committee": (K.VILLAGERS_COMMITTEE, "柳湾村民委员会", "610902107201", False),
    "other_committee": (K.VILLAGERS_COMMITTEE, "桥头村民委员会", "610902107202", False),
    "supervision": (K.SUPERVISION_COMMITTEE, "柳湾村务监督委员会", "610902107201", False),
    "mediation": (K.MEDIATION_COMMITTEE, "柳湾人民调解委员会", "610902107201", False),
    "area_team": (K.TEAM, "柳桥片区工作站", "610902107", False),
    "township_office": (K.TOWNSHIP_OFFICE, "青石镇社会治理办", "610902107", True),
    "grid_centre": (K.GRID_CENTRE, "测试区网格中心", "610902", False),
    "department": (K.COUNTY_DEPARTMENT, "测试区农业农村局", "610902", True),
    "county_office": (K.COUNTY_DEPARTMENT, "测试区人民政府办公室", "610902", True),
    "strange_office": (K.TOWNSHIP_OFFICE, "黑岩镇党政办", "610903101", True),
}

# actor: unit, title, role, code of the post's place, rank in the unit, reports to, name of the holder
STAFF: dict[str, tuple[str, str, Role, str, int, str, str]] = {
    "grid_worker": ("committee", "一网格网格员", Role.GRID_WORKER, "610902107201001", 6, "village_cadre", "许建华"),
    "lane_leader": ("committee", "前巷巷长", Role.LANE_LEADER, "610902107201001", 7, "village_cadre", "罗巧云"),
    "village_cadre": ("committee", "副主任", Role.VILLAGE_CADRE, "610902107201", 3, "village_head", "何世平"),
    "village_head": ("committee", "主任", Role.VILLAGE_CADRE, "610902107201", 1, "", "汪德厚"),
    "social_worker": ("committee", "社工", Role.SOCIAL_WORKER, "610902107201", 6, "village_cadre", "沈小雨"),
    "village_supervisor": ("supervision", "主任", Role.VILLAGE_SUPERVISOR, "610902107201", 1, "", "石长青"),
    "mediator": ("mediation", "调解员", Role.MEDIATOR, "610902107201", 2, "", "段和平"),
    "neighbour_worker": ("other_committee", "一网格网格员", Role.GRID_WORKER, "610902107202001", 6, "", "鲁春生"),
    "neighbour_cadre": ("other_committee", "副主任", Role.VILLAGE_CADRE, "610902107202", 3, "", "姜文斌"),
    "area_staff": ("area_team", "片区长", Role.AREA_STAFF, "610902107", 1, "", "葛远山"),
    "township_staff": ("township_office", "社会治理专干", Role.TOWNSHIP_STAFF, "610902107", 4, "township_head", "陈静"),
    "township_head": ("township_office", "分管副镇长", Role.TOWNSHIP_STAFF, "610902107", 1, "", "贺明"),
    "dispatcher": ("grid_centre", "调度员", Role.DISPATCHER, "610902", 3, "", "邹丽"),
    "county_staff": ("department", "水利股股长", Role.COUNTY_STAFF, "610902", 3, "", "方志远"),
    "county_leader": ("county_office", "分管副区长", Role.COUNTY_LEADER, "610902", 1, "", "秦卫东"),
    "stranger": ("strange_office", "办事员", Role.TOWNSHIP_STAFF, "610903101", 4, "", "苗外生"),
}

# actor of the post, capacity, code of the place ("" with the area), matter
DUTIES = (
    ("grid_worker", Capacity.GRID_WORKER, "610902107201001", ""),
    ("neighbour_worker", Capacity.GRID_WORKER, "610902107202001", ""),
    ("lane_leader", Capacity.LANE_LEADER, "610902107201001", ""),
    ("village_cadre", Capacity.VILLAGE_CADRE, "610902107201", ""),
    ("village_head", Capacity.VILLAGE_HEAD, "610902107201", ""),
    ("neighbour_cadre", Capacity.VILLAGE_CADRE, "610902107202", ""),
    ("area_staff", Capacity.AREA_HEAD, "", ""),
    ("township_head", Capacity.TOWNSHIP_LEADER, "610902107", ""),
    ("township_staff", Capacity.DEPARTMENT, "610902107", "01"),
    ("county_staff", Capacity.DEPARTMENT, "610902", "02"),
    ("county_leader", Capacity.COUNTY_LEADER, "610902", ""),
)


@dataclass
class World:
    """What the cast acts on. Places by role in the tests; posts, units and persons by the actor's name."""

    places: dict[str, Place] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    area: Area = None  # type: ignore[assignment]
    household: Household = None  # type: ignore[assignment]

    @property
    def county(self) -> Place:
        return self.places["610902"]

    @property
    def township(self) -> Place:
        """The root of the small world."""
        return self.places["610902107"]

    root = township

    @property
    def village(self) -> Place:
        return self.places["610902107201"]

    @property
    def other_village(self) -> Place:
        return self.places["610902107202"]

    @property
    def grid(self) -> Place:
        return self.places["610902107201001"]

    @property
    def second_grid(self) -> Place:
        """A grid of the village nobody answers for."""
        return self.places["610902107201002"]

    @property
    def other_grid(self) -> Place:
        return self.places["610902107202001"]

    @property
    def strange_place(self) -> Place:
        return self.places["610903101"]


@dataclass(frozen=True)
class Cast:
    """Actors as of today. ``cast.again("village_cadre")`` gives one anew after something has changed."""

    world: World
    grid_worker: Actor
    lane_leader: Actor
    village_cadre: Actor
    village_head: Actor
    social_worker: Actor
    village_supervisor: Actor
    mediator: Actor
    neighbour_worker: Actor
    neighbour_cadre: Actor
    area_staff: Actor
    township_staff: Actor
    township_head: Actor
    dispatcher: Actor
    county_staff: Actor
    county_leader: Actor
    stranger: Actor
    auditor: Actor
    administrator: Actor
    resident: Actor
    anonymous: Actor = ANONYMOUS

    def again(self, name: str) -> Actor:
        person = self.world.persons.get(name)
        return actor_of(self.world.users[name], person.pk if person else None)

    def by_role(self) -> dict[str, Actor]:
        """One actor for each role."""
        return {str(role): getattr(self, str(role)) for role in Role if role not in {Role.OUTSIDER}}


def _places(world: World) -> None:
    for code, level, name, initials in PLACES:
        parent = next(
            (world.places[code[:n]] for n in (12, 9, 6, 4, 2) if n < len(code) and code[:n] in world.places), None
        )
        short = name.removesuffix("村")
        world.places[code] = Place(
            id=uuid7(), code=code, level=level, name=name, short_name=short, initials=initials, parent=parent
        )
    Place.objects.bulk_create(world.places.values())
    world.area = Area.objects.create(
        root=world.township, name="柳桥片区", area_kind=Area.AreaKind.MANAGEMENT, starts_on=START
    )
    AreaMembership.objects.bulk_create(
        AreaMembership(area=world.area, place=place, starts_on=START) for place in (world.village, world.other_village)
    )


def _units(world: World) -> None:
    for key, (kind, name, code, power) in UNITS.items():
        world.units[key] = Organisation(
            organisation_kind=kind, name=name, place=world.places[code], holds_power=power, starts_on=START
        )
    Organisation.objects.bulk_create(world.units.values())
    for key, (unit, title, role, code, rank, _boss, _name) in STAFF.items():
        world.posts[key] = Post(
            organisation=world.units[unit], title=title, role=role, place=world.places[code], rank=rank,
            starts_on=START, area=world.area if role == Role.AREA_STAFF else None,
        )  # fmt: skip
    for key, row in STAFF.items():
        world.posts[key].reports_to = world.posts.get(row[5])
    heads_first = sorted(world.posts.values(), key=lambda post: post.rank)
    Post.objects.bulk_create(heads_first)


def _people(world: World) -> None:
    for key, row in STAFF.items():
        user = User(username=key, display_name=row[6], password="!")
        world.users[key] = user
        world.persons[key] = Person(name=row[6], place=None, user=user)
    for key in ("auditor", "administrator"):
        world.users[key] = User(username=key, display_name=key, password="!")
    resident = User(username="resident", is_resident=True, phone_digest=blind(RESIDENT_PHONE), password="!")
    world.users["resident"] = resident
    User.objects.bulk_create(world.users.values())
    world.household = Household.objects.create(
        place=world.village,
        grid=world.grid,
        number="0007",
        address="柳湾村前巷7号",
        card_code="CARD000007",
        starts_on=START,
    )
    world.persons["resident"] = Person(
        name="张桂兰", gender="female", birth_year=1956, phone=encrypt(RESIDENT_PHONE),
        phone_digest=blind(RESIDENT_PHONE), place=world.village, household=world.household, is_head=True, user=resident,
    )  # fmt: skip
    Person.objects.bulk_create(world.persons.values())
    world.household.version(START).save(force_insert=True)
    Membership.objects.create(
        person=world.persons["resident"], household=world.household, relation=Relation.HEAD, starts_on=START
    )


def _grant(user: User, role: str, place: Place | None, **values: Any) -> RoleGrant:
    return RoleGrant(user=user, role=role, place=place, starts_on=START, **values)


def _postings(world: World) -> None:
    postings = {
        key: Posting(post=post, person=world.persons[key], starts_on=START) for key, post in world.posts.items()
    }
    Posting.objects.bulk_create(postings.values())
    Duty.objects.bulk_create(
        Duty(
            post=world.posts[key], place=world.places[code] if code else world.township, capacity=capacity,
            matter=matter, area=None if code else world.area, starts_on=START,
        )
        for key, capacity, code, matter in DUTIES
    )  # fmt: skip
    grants = [
        _grant(
            world.users[key], post.role, None if post.area else post.place, area=post.area, source_kind="posting",
            source_id=postings[key].pk, post_id=post.pk,
        )
        for key, post in world.posts.items()
    ]  # fmt: skip
    grants += [_grant(world.users[key], key, world.county) for key in ("auditor", "administrator")]
    RoleGrant.objects.bulk_create(grants)


def build_world() -> World:
    """The small world in some twenty statements."""
    world = World()
    _places(world)
    _units(world)
    _people(world)
    _postings(world)
    return world


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def cast(world: World) -> Cast:
    actors = {
        key: actor_of(user, world.persons[key].pk if key in world.persons else None)
        for key, user in world.users.items()
    }
    return Cast(world=world, **actors)


@pytest.fixture
def login() -> Callable[[Client, Actor], Client]:
    """``login(client, cast.grid_worker)``: the client is in, with password and second factor as the gate wants them."""
    return log_in


def log_in(client: Client, actor: Actor, *, second_factor: bool = True) -> Client:
    assert isinstance(actor.user_id, UUID)
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    at = datetime.now(UTC).timestamp()
    records = [{"method": "password", "at": at, "username": user.username}]
    if second_factor and not user.is_resident:
        records.append({"method": "mfa", "at": at, "type": "totp"})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
