"""Units, posts, people on them, and what each answers for. One account per role can log in; the rest have posts only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cunlian.accounts.actions import create_user, grant_role
from cunlian.accounts.factors import give_demo_factor
from cunlian.accounts.models import User
from cunlian.accounts.roles import Role
from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names
from cunlian.kernel.access import SYSTEM, Actor, Grant
from cunlian.organisations.actions import appoint, assign_duty, create_post, found_organisation, join_account
from cunlian.organisations.models import Capacity, Organisation, OrganisationKind, Post, Posting, PostKind
from cunlian.people.actions import register_person
from cunlian.people.models import Person
from cunlian.places.models import Area, Place, code_range

PASSWORD = "hengkou-demo-2026"
K, C, P = OrganisationKind, Capacity, PostKind
TERM: dict[str, Any] = {"basis": Posting.Basis.ELECTED, "term_from": START, "term_to": date(2029, 1, 1)}
"""Of who is elected: five years."""
Step = Callable[[int], None]

# unit, its kind, holds power, (title, role, rank, log-in name, matters it has as department)
OFFICES = (
    ("恒口示范区管委会", K.COUNTY_DEPARTMENT, True, (("分管主任", Role.COUNTY_LEADER, 1, "leader", ()),)),
    ("恒口示范区党建办", K.COUNTY_DEPARTMENT, False, (("干事", Role.COUNTY_STAFF, 4, "county", ("burden",)),)),
    ("社会治理网格中心", K.GRID_CENTRE, False, (("调度员", Role.DISPATCHER, 3, "dispatcher", ()),)),
    ("社会治理办", K.TOWNSHIP_OFFICE, False, (("网格专干", Role.TOWNSHIP_STAFF, 3, "township", ()),)),
    ("农业综合服务站", K.TOWNSHIP_OFFICE, False, (
        ("水利专干", Role.TOWNSHIP_STAFF, 3, "water", ("01",)), ("农技专干", Role.TOWNSHIP_STAFF, 4, "", ("0402", "0704")))),
    ("交通建设办", K.TOWNSHIP_OFFICE, False, (("路政专干", Role.TOWNSHIP_STAFF, 3, "", ("0201", "0203", "0702")),)),
    ("民政残联办", K.TOWNSHIP_OFFICE, False, (("救助专干", Role.TOWNSHIP_STAFF, 3, "", ("0401", "0404", "1002")),)),
    ("医保社保站", K.TOWNSHIP_OFFICE, False, (("窗口主管", Role.TOWNSHIP_STAFF, 3, "", ("0403",)),)),
    ("供水供电服务站", K.TOWNSHIP_OFFICE, False, (("抢修班长", Role.TOWNSHIP_STAFF, 3, "", ("06",)),)),
    ("应急办", K.TOWNSHIP_OFFICE, False, (("值班长", Role.TOWNSHIP_STAFF, 3, "", ("0901", "0902")),)),
    ("生态环保办", K.TOWNSHIP_OFFICE, False, (("环保专干", Role.TOWNSHIP_STAFF, 3, "", ("0303",)),)),
    ("自然资源所", K.COUNTY_DEPARTMENT, True, (("执法中队长", Role.COUNTY_STAFF, 3, "", ("0703",)),)),
    ("市场监管所", K.COUNTY_DEPARTMENT, True, (("执法组长", Role.COUNTY_STAFF, 3, "", ("0903",)),)),
    ("信访工作联席办", K.PETITION_OFFICE, False, (("接访专干", Role.COUNTY_STAFF, 3, "", ()),)),
)  # fmt: skip


@dataclass
class Staff:
    """Posts by where they are, and who sits on them."""

    holders: dict[Post, Person] = field(default_factory=dict)
    by_matter: dict[str, Post] = field(default_factory=dict)
    desk: Post = None  # type: ignore[assignment]
    cadres: dict[str, Post] = field(default_factory=dict)
    workers: dict[str, Post] = field(default_factory=dict)
    socials: dict[str, Post] = field(default_factory=dict)
    mediators: dict[str, Post] = field(default_factory=dict)
    logins: list[tuple[str, str, str]] = field(default_factory=list)

    def actor(self, post: Post) -> Actor:
        """Whoever sits on the post, acting from it."""
        grant = Grant(post.role, *code_range(post.place.code), post.pk)
        return Actor("user", person_id=self.holders[post].pk, grants=(grant,), post_id=post.pk)


class Office:
    """Fills posts with invented people and gives the named ones an account."""

    def __init__(self, land: Land, names: Names) -> None:
        self.land, self.names, self.staff = land, names, Staff()

    def unit(self, name: str, kind: str, place: Place, power: bool = False, **said: Any) -> Organisation:
        return found_organisation(
            by=SYSTEM, name=name, organisation_kind=kind, place=place, holds_power=power, phone="0915-0000000",
            starts_on=START, **said,
        )  # fmt: skip

    def seat(
        self, unit: Organisation, title: str, role: Role, rank: int, *, login: str = "", place: Place | None = None,
        area: Area | None = None, reports_to: Post | None = None, elected_as: str = "",
    ) -> Post:  # fmt: skip
        """A post, somebody on it, and an account when it is one to log in with."""
        post = create_post(
            by=SYSTEM, organisation=unit, title=title, role=role, rank=rank, place=place, area=area,
            reports_to=reports_to, starts_on=START, post_kind=elected_as,
        )  # fmt: skip
        home = self.land.home(post.place)
        person = register_person(by=SYSTEM, place=home, name=self.names.name(), phone=self.names.phone())
        self.staff.holders[post] = person
        basis = TERM if elected_as else {}
        appoint(post, by=SYSTEM, person=person, starts_on=START, paper="演示任职文件（虚构）", **basis)
        if login:
            join_account(person, self.account(login, person.name, f"{unit.name} {title}"), by=SYSTEM)
        return post

    def account(self, login: str, name: str, what: str) -> User:
        user = create_user(by=SYSTEM, username=login, password=PASSWORD, display_name=name)
        give_demo_factor(user)
        self.staff.logins.append((login, what, str(name)))
        return user

    def offices(self) -> None:
        leader: Post | None = None
        for name, kind, power, posts in OFFICES:
            unit = self.unit(name, kind, self.land.root, power)
            for title, role, rank, login, matters in posts:
                post = self.seat(unit, title, role, rank, login=login, reports_to=leader)
                if role == Role.COUNTY_LEADER:
                    leader = post
                    assign_duty(post, by=SYSTEM, capacity=C.TOWNSHIP_LEADER, starts_on=START)
                if role == Role.DISPATCHER:
                    self.staff.desk = post
                for matter in matters:
                    assign_duty(post, by=SYSTEM, capacity=C.DEPARTMENT, matter=matter, starts_on=START)
                    self.staff.by_matter[matter] = post

    def areas(self) -> None:
        for n, (area, _members) in enumerate(self.land.areas):
            unit = self.unit(f"{area.name}党委", K.PARTY_COMMITTEE, self.land.root, area=area, set_up_on="area")
            head = self.seat(unit, "片区长", Role.AREA_STAFF, 1, login="" if n != 6 else "area", area=area)
            assign_duty(head, by=SYSTEM, capacity=C.AREA_HEAD, area=area, starts_on=START)

    def village(self, village: Place) -> None:
        """The committee's deputy takes what comes in; one grid worker a grid; in the villages shown in depth more."""
        shown = village.code.endswith("269")
        unit = self.unit(f"{village.short_name}村民委员会", K.VILLAGERS_COMMITTEE, village)
        head = self.seat(unit, "主任", Role.VILLAGE_CADRE, 1, login="head" if shown else "", elected_as=P.DIRECTOR)
        cadre = self.seat(unit, "副主任", Role.VILLAGE_CADRE, 2, login="cadre" if shown else "", reports_to=head,
                          elected_as=P.DEPUTY_DIRECTOR)  # fmt: skip
        assign_duty(head, by=SYSTEM, capacity=C.VILLAGE_HEAD, starts_on=START)
        assign_duty(cadre, by=SYSTEM, capacity=C.VILLAGE_CADRE, starts_on=START)
        self.staff.cadres[village.code] = cadre
        for n, grid in enumerate(self.land.grids[village.code]):
            worker = self.seat(
                unit, f"第{'一二三'[n]}网格网格员", Role.GRID_WORKER, 6, place=grid, reports_to=cadre,
                login="grid" if shown and n == 0 else "",
            )  # fmt: skip
            assign_duty(worker, by=SYSTEM, capacity=C.GRID_WORKER, starts_on=START)
            self.staff.workers[grid.code] = worker
        if village in self.land.detailed:
            self._in_depth(village, unit, cadre, shown)

    def _in_depth(self, village: Place, unit: Organisation, cadre: Post, shown: bool) -> None:
        def login(name: str) -> str:
            return name if shown else ""

        social = self.seat(unit, "社会工作者", Role.SOCIAL_WORKER, 6, login=login("social"), reports_to=cadre)
        self.staff.socials[village.code] = social
        grid = self.land.grids[village.code][0]
        lane = self.seat(unit, "东巷巷长", Role.LANE_LEADER, 7, login=login("lane"), place=grid, reports_to=cadre)
        assign_duty(lane, by=SYSTEM, capacity=C.LANE_LEADER, starts_on=START)
        watch = self.unit(f"{village.short_name}村务监督委员会", K.SUPERVISION_COMMITTEE, village)
        self.seat(watch, "主任", Role.VILLAGE_SUPERVISOR, 1, login=login("supervisor"))
        peace = self.unit(f"{village.short_name}人民调解委员会", K.MEDIATION_COMMITTEE, village)
        self.staff.mediators[village.code] = self.seat(peace, "调解员", Role.MEDIATOR, 2, login=login("mediator"))

    def by_hand(self) -> None:
        """Auditor and administrator hold no post: they are named by hand."""
        for login, role, what in (("auditor", Role.AUDITOR, "审计员"), ("admin", Role.ADMINISTRATOR, "系统管理员")):
            user = self.account(login, self.names.name(), what)
            grant_role(user, by=SYSTEM, role=role, place=self.land.root, starts_on=START)


def build(land: Land, names: Names, step: Step) -> Staff:
    office = Office(land, names)
    office.offices()
    office.areas()
    for village in land.villages:
        office.village(village)
        step(1)
    office.by_hand()
    return office.staff
