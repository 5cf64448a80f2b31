"""Every list of the desk: where it is, who finds rows there, and a world in which each has some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from cunlian.accounts.actions import make_service_key
from cunlian.cases.actions import save_template
from cunlian.cases.disputes.actions import set_deadlines
from cunlian.desk.lists import LISTS
from cunlian.instructions.actions import add_measure, enter_programme, set_rule
from cunlian.instructions.models import Programme
from cunlian.kernel import clock, messages
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Message, OutboxEntry
from cunlian.organisations.actions import assign_duty, declare_number, end_posting, join_unit, name_lead, record_gap
from cunlian.organisations.assignment.actions import begin_assignment, work_out
from cunlian.organisations.coverage.actions import decide_ceiling
from cunlian.organisations.models import (
    Assignment,
    Choice,
    Organisation,
    OrganisationKind,
    PostKind,
    Rank,
    ResponsibilityList,
)
from cunlian.organisations.responsibility.actions import draw_list, take_over
from cunlian.organisations.visits.actions import note_visit
from cunlian.people.actions import merge_persons, register_house, register_person, reveal_contact
from cunlian.people.consent import give
from cunlian.people.consent.requests import ask_request
from cunlian.people.models import ImportLine, RegisterImport
from cunlian.places.actions.borders import enter_borders
from cunlian.places.actions.districts import enter_roster, switch_module
from cunlian.places.actions.grids import create_grid, create_villager_group, set_grid_class
from cunlian.places.actions.positions import set_road_minutes
from cunlian.places.drawing.actions import begin_drawing, draw_areas
from cunlian.places.models import AreaDrawing
from cunlian.talent.mentoring.actions import set_rhythm
from cunlian.talent.models import AdvisoryGroup, Course, Gathering, ReservePlan, Session, TalentSearch
from cunlian.talent.partners.actions import found_base, take_up_result
from cunlian.talent.register.actions import found_group, seat_member, take_over_skills
from tests.cases.conftest import Desk
from tests.cases.disputes.conftest import Peace
from tests.cast import START
from tests.instructions.conftest import Chain
from tests.organisations.choosing.conftest import Election
from tests.organisations.conftest import Hall
from tests.talent.coming_home.conftest import Home
from tests.talent.learning.world import learn
from tests.talent.mentoring.world import grow
from tests.talent.partners.conftest import Partners
from tests.talent.register.conftest import Register

K = OrganisationKind
assert get_resolver().url_patterns  # reading the addresses registers the lists, beside their views


@dataclass(frozen=True)
class Where:
    """A list's address, who finds rows there, and what the staff of another county are answered."""

    url: str
    who: str = "township_staff"
    foreign: int = 200


EVERY = {
    "advisory-groups": Where("/desk/talent/groups/"),
    "advisory-members": Where("/desk/talent/groups/{advisory}/", foreign=404),
    "skills": Where("/desk/talent/skills/"),
    "talent": Where("/desk/talent/"),
    "talent-found": Where("/desk/talent/searches/{search}/", foreign=404),
    "talent-searches": Where("/desk/talent/searches/"),
    "account-roles": Where("/desk/accounts/{user}/", "administrator", 403),
    "accounts": Where("/desk/accounts/", "administrator", 403),
    "area-villages": Where("/desk/places/areas/{area}/", foreign=404),
    "areas": Where("/desk/places/areas/"),
    "candidates": Where("/desk/choosing/{choice}/", foreign=404),
    "cases": Where("/desk/cases/?state=all", "village_head"),
    "choices": Where("/desk/choosing/"),
    "committees": Where("/desk/units/committees/"),
    "coverage": Where("/desk/radar/coverage/"),
    "coverage-missing": Where("/desk/radar/coverage/grid_worker/"),
    "declared-numbers": Where("/desk/units/declared/"),
    "consents": Where("/desk/consents/"),
    "data-requests": Where("/desk/data-requests/"),
    "disputes": Where("/desk/disputes/?state=all", "mediator"),
    "district": Where("/desk/district/?place=610902&by=village"),
    "duty-ceilings": Where("/desk/radar/loads/ceilings/"),
    "assignment-lines": Where("/desk/assignment/{assignment}/", foreign=404),
    "assignment-loads": Where("/desk/assignment/{assignment}/", foreign=404),
    "assignments": Where("/desk/assignment/"),
    "borders": Where("/desk/drawing/borders/"),
    "drawing-moves": Where("/desk/drawing/{drawing}/", foreign=404),
    "drawings": Where("/desk/drawing/"),
    "drawn-villages": Where("/desk/drawing/{drawing}/villages/", foreign=404),
    "duties": Where("/desk/responsibility/duties/"),
    "failed-reactions": Where("/desk/deliveries/", "administrator", 403),
    "looks": Where("/desk/looks/", "auditor", 403),
    "figure": Where("/desk/figures/cases.received/"),
    "figures": Where("/desk/figures/"),
    "gathering-paths": Where("/desk/coming-home/gatherings/{gathering}/", foreign=404),
    "gatherings": Where("/desk/coming-home/gatherings/"),
    "filings": Where("/desk/units/filings/"),
    "gaps": Where("/desk/responsibility/gaps/"),
    "grid-classes": Where("/desk/places/classes/"),
    "grids": Where("/desk/grids/"),
    "homecomings": Where("/desk/coming-home/"),
    "household-members": Where("/desk/people/households/{household}/", foreign=404),
    "households": Where("/desk/people/households/"),
    "houses": Where("/desk/people/houses/"),
    "import-lines": Where("/desk/imports/{list}/", foreign=404),
    "imports": Where("/desk/imports/"),
    "instruction-load": Where("/desk/instructions/load/"),
    "instruction-rules": Where("/desk/instructions/rule/"),
    "instructions": Where("/desk/instructions/", "village_head"),
    "items": Where("/desk/categories/"),
    "jobs": Where("/desk/jobs/"),
    "keys": Where("/desk/accounts/keys/", "administrator", 403),
    "leads": Where("/desk/units/leads/"),
    "leavings": Where("/desk/units/leavings/"),
    "mediation-bodies": Where("/desk/disputes/bodies/", "mediator"),
    "leading": Where("/desk/radar/levels/village/"),
    "measures": Where("/desk/programmes/{programme}/", foreign=404),
    "module-switches": Where("/desk/settings/", "county_staff", 403),
    "merges": Where("/desk/people/merges/"),
    "near": Where("/desk/places/610902107201/near/", foreign=404),
    "mediation-deadlines": Where("/desk/disputes/deadlines/", "mediator"),
    "overload": Where("/desk/radar/loads/"),
    "pairs": Where("/desk/people/pairs/"),
    "person-households": Where("/desk/people/{person}/", foreign=404),
    "partner-applications": Where("/desk/partners/applications/"),
    "partner-calls": Where("/desk/partners/"),
    "partnerships": Where("/desk/partners/agreements/"),
    "persons": Where("/desk/people/"),
    "persons-outside": Where("/desk/people/outside/"),
    "post-duties": Where("/desk/responsibility/posts/{post}/", foreign=404),
    "post-holders": Where("/desk/responsibility/posts/{post}/", foreign=404),
    "posts": Where("/desk/responsibility/posts/"),
    "programmes": Where("/desk/programmes/"),
    "radar": Where("/desk/radar/"),
    "research-results": Where("/desk/partners/results/"),
    "roads": Where("/desk/places/roads/"),
    "teaching-bases": Where("/desk/partners/bases/"),
    "templates": Where("/desk/categories/templates/", "dispatcher"),
    "unit-memberships": Where("/desk/units/members/"),
    "unit-posts": Where("/desk/responsibility/units/{unit}/", foreign=404),
    "units": Where("/desk/responsibility/units/"),
    "unsent-messages": Where("/desk/deliveries/", "administrator", 403),
    "village-grids": Where("/desk/places/610902107201/", foreign=404),
    "village-groups": Where("/desk/places/610902107201/", foreign=404),
    "villages": Where("/desk/places/"),
    "visits": Where("/desk/visits/", "grid_worker"),
    "yearly-lines": Where("/desk/responsibility/lists/{yearly}/", foreign=404),
    "yearly-lists": Where("/desk/responsibility/lists/"),
    "certificates": Where("/desk/learning/{course}/certificates/", foreign=404),
    "course-roster": Where("/desk/learning/{course}/who/", foreign=404),
    "course-sessions": Where("/desk/learning/{course}/", foreign=404),
    "courses": Where("/desk/learning/"),
    "cultivation": Where("/desk/mentoring/cultivation/"),
    "mentoring-rhythms": Where("/desk/mentoring/rhythm/"),
    "mentorings": Where("/desk/mentoring/"),
    "plan-cultivation": Where("/desk/mentoring/plans/{plan}/", foreign=404),
    "reserve-plans": Where("/desk/mentoring/plans/"),
    "session-attendance": Where("/desk/learning/sessions/{session}/", foreign=404),
    "sessions": Where("/desk/learning/sessions/"),
    "studies": Where("/desk/mentoring/studies/"),
    "week": Where("/desk/week/610902107201/?week={week}", "village_head", 404),
}


@pytest.fixture
def full(desk: Desk, peace: Peace) -> Desk:
    """A world with at least one row in every list."""
    desk.report("水渠垮了。")
    desk.report("路灯不亮。", category=desk.lamp)
    peace.open()
    days = {"mediate_days": 15, "check_days": 20}
    set_deadlines(by=SYSTEM, root=desk.cast.world.county, reason="试点", paper="恒政发〔2026〕3号", **days)
    set_rhythm(by=SYSTEM, root=desk.cast.world.county, reason="试点", paper="恒组发〔2026〕4号", every_months=2)
    record_gap(by=SYSTEM, place=desk.cast.world.second_grid, rank=Rank.GRID)
    save_template(by=desk.cast.dispatcher, root=desk.cast.world.county, name="修好", text="已经修好。")
    key = {"place": desk.cast.world.county, "role": "auditor", "scopes": ["cases.report"]}
    make_service_key(by=desk.cast.administrator, name="统计程序", **key)
    OutboxEntry.objects.create(activity_id=uuid7(), reaction="notify", state="failed", try_at=clock.now())
    message = messages.queue(key="lists", channel="sms", address="13512342799", subject="", body="修好了。")
    Message.objects.filter(pk=message.pk).update(state="failed")
    _divide(desk)
    village = desk.cast.world.village
    register_house(by=SYSTEM, place=village, address="柳湾村前巷7号")
    twin = register_person(by=SYSTEM, place=village, name="张桂兰", birth_year=1956)
    gone = register_person(by=SYSTEM, place=village, name="张桂兰", birth_year=1956)
    merge_persons(gone, by=SYSTEM, into=twin)
    ask_request(desk.cast.world.persons["resident"], by=desk.cast.resident, wish="delete")
    give(desk.cast.world.persons["resident"], by=SYSTEM, purpose="contact_away", way="online")
    _instruct(desk)
    _list(desk)
    _answer(desk)
    Election(Hall(desk.cast)).filled()
    _draw(desk)
    _share(desk)
    _join(Hall(desk.cast))
    learn(desk.cast)
    grow(desk.cast)
    home = Home(desk.cast)
    home.begin(gathering=home.gathering())
    _burden(desk)
    _register(desk)
    _partner(desk)
    said: Any = {"by": desk.cast.grid_worker, "post": desk.cast.world.posts["grid_worker"], "heard": "水沟堵了。"}
    note_visit(household=desk.cast.world.household, visited_on=clock.today(), **said)
    for actor in (desk.cast.township_staff, desk.cast.administrator):
        export(desk, "posts", actor, at_once=0)
    return desk


def _instruct(desk: Desk) -> None:
    """An instruction, the county's limit, and a programme with a measure."""
    county, staff = desk.cast.world.county, desk.cast.county_staff
    Chain(desk.cast).send()
    set_rule(by=staff, root=county, most_open=9, most_a_month=9, sign_days=2, paper="区减负办〔2026〕3号")
    day = clock.today()
    said: Any = {"form": "plan", "paper": "区发〔2026〕9号", "paper_on": day, "starts_on": day}
    programme = enter_programme(by=staff, root=county, name="四联方案", **said)
    add_measure(programme, by=staff, name="组织联建", owner=desk.cast.world.posts["county_staff"])


def _divide(desk: Desk) -> None:
    """A class of grids, a grid with a group, a road, and a module that is off."""
    world, day = desk.cast.world, clock.today()
    colour = {"code": "red", "label_zh": "红色", "label_en": "Red", "colour": "#d94f3d", "meaning": "重点"}
    set_grid_class(world.county, by=SYSTEM, **colour)
    group = create_villager_group(world.village, by=SYSTEM, number=1, starts_on=day)
    create_grid(world.village, by=SYSTEM, name="三网格", starts_on=day, groups=[group])
    set_road_minutes(world.village, by=SYSTEM, to_place=world.other_village, minutes=12, source="开车走过")
    switch_module(world.other_village, by=SYSTEM, module="disputes", on=False, day=day)


def _answer(desk: Desk) -> None:
    """A yearly list in draft, with the duty that runs as its line."""
    this = clock.today().year
    drawn = draw_list(by=SYSTEM, place=desk.cast.world.township, year=this, capacity="township_leader")
    take_over(drawn, by=SYSTEM)


def _burden(desk: Desk) -> None:
    """What one post may carry, and one that carries more; a look at a file."""
    world = desk.cast.world
    reveal_contact(world.persons["resident"], by=desk.cast.grid_worker, purpose="核对电话")
    decide_ceiling(by=SYSTEM, root=world.county, capacity="grid_worker", most=1, paper="测政办〔2026〕2号")
    assign_duty(world.posts["grid_worker"], by=SYSTEM, capacity="grid_worker", place=world.other_grid)


def _partner(desk: Desk) -> None:
    """A call with an application and an agreement, a result taken up, a teaching base."""
    world, day = desk.cast.world, clock.today()
    institute = Organisation.objects.create(
        organisation_kind=OrganisationKind.INSTITUTE, name="测试师范学院", place=world.county, starts_on=day
    )
    Partners(desk.cast, institute).agree()
    where: Any = {"by": SYSTEM, "place": world.village, "institute": institute}
    take_up_result(name="茶树良种", used_by="柳湾茶叶合作社", taken_up_on=day, **where)
    found_base(name="实践基地", paper="协议", starts_on=day, **where)


def _draw(desk: Desk) -> None:
    """Two villages of the town that touch, drawn into an area each."""
    root, villages = desk.cast.world.township, [desk.cast.world.village, desk.cast.world.other_village]
    enter_roster(villages, by=SYSTEM, starts_on=START, paper="名册")
    enter_borders(root, by=SYSTEM, pairs=[(villages[0].code, villages[1].code)], source="村干部")
    drawing = begin_drawing(root, by=SYSTEM, title="重划片区", areas=2, way="steps")
    draw_areas(drawing, by=SYSTEM, facts={})


def _share(desk: Desk) -> None:
    """The grids of the town shared out between two posts, not yet confirmed."""
    world = desk.cast.world
    drawn = draw_list(by=SYSTEM, place=world.township, year=clock.today().year, capacity="grid_worker")
    posts = [world.posts["grid_worker"], world.posts["neighbour_worker"]]
    work_out(begin_assignment(drawn, by=SYSTEM, aim="grid", posts=posts), by=SYSTEM)


def _join(hall: Hall) -> None:
    """A secretary, somebody who left, a joint body with a member, a lead and a declared number."""
    world, branch = hall.cast.world, hall.unit(K.PARTY_BRANCH)
    hall.hold(K.PARTY_BRANCH, PostKind.SECRETARY, hall.person("程书"))
    end_posting(hall.hold(K.COLLECTIVE, PostKind.DIRECTOR, hall.person("程旧")), by=SYSTEM)
    join_unit(branch, by=SYSTEM, area=world.area)
    name_lead(hall.unit(K.COOPERATIVE), by=SYSTEM, post=world.posts["village_head"], led_as="secretary")
    declare_number(by=SYSTEM, what="land_area_km2", number=40, as_of=clock.today(), source="年鉴", place=world.township)


def _list(desk: Desk) -> None:
    """A list brought in, checked, with a row."""
    now = clock.now()
    batch = RegisterImport.objects.create(
        place=desk.cast.world.village, file_name="名册.xlsx", state="checked", new=1, brought_at=now
    )
    ImportLine.objects.create(batch=batch, number=2, outcome="new")


def _register(desk: Desk) -> None:
    """Somebody with a skill, looked for and found, who sits in an advisory group."""
    take_over_skills(desk.cast.world.county, by=SYSTEM)
    register, staff = Register(desk.cast), desk.cast.township_staff
    entry = register.enter()
    register.search(by=staff)
    group = found_group(
        by=staff, place=desk.cast.world.township, name="果业顾问团", field="果树", paper="青政发〔2026〕3号"
    )
    seat_member(group, by=staff, entry=entry)


def url_of(desk: Desk, name: str) -> str:
    world, today = desk.cast.world, clock.today().isocalendar()
    return EVERY[name].url.format(
        area=world.area.pk, unit=world.units["committee"].pk, post=world.posts["village_head"].pk,
        user=world.users["village_head"].pk, week=f"{today.year}-W{today.week:02d}",
        household=world.household.pk, person=world.persons["resident"].pk,
        gathering=Gathering.objects.values_list("pk", flat=True).first(),
        advisory=AdvisoryGroup.objects.values_list("pk", flat=True).first(),
        search=TalentSearch.objects.values_list("pk", flat=True).first(),
        programme=Programme.objects.values_list("pk", flat=True).first(),
        choice=Choice.objects.values_list("pk", flat=True).first(),
        yearly=ResponsibilityList.objects.values_list("pk", flat=True).first(),
        assignment=Assignment.objects.values_list("pk", flat=True).first(),
        drawing=AreaDrawing.objects.values_list("pk", flat=True).first(),
        course=Course.objects.values_list("pk", flat=True).first(),
        session=Session.objects.values_list("pk", flat=True).first(),
        plan=ReservePlan.objects.values_list("pk", flat=True).first(),
        list=RegisterImport.objects.values_list("pk", flat=True).first(),
    )  # fmt: skip


def export(desk: Desk, name: str, actor: Actor, kind: str = "csv", **limit: int) -> Any:
    request: Any = RequestFactory().get(url_of(desk, name))
    request.actor = actor
    return LISTS[name].export(request, kind, **resolve(request.path_info).kwargs, **limit)
