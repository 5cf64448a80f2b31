"""Who leads at the township's rank and in the groups, plans as other districts have them, and what was put right in the
register. People and papers are invented."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from django.core.files.base import ContentFile

from cunlian.accounts.roles import Role
from cunlian.demo.hengkou.answering import drawn, published
from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.staff import Staff
from cunlian.demo.hengkou.units import PAPER, Hall
from cunlian.instructions import actions as plans
from cunlian.instructions.models import Form
from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import Capacity, Declared, OrganisationKind, Post, Posting, PostKind
from cunlian.organisations.responsibility.actions import add_line, approve_list
from cunlian.people.actions import correct_person, keep_apart, register_person
from cunlian.people.consent import give, print_forms
from cunlian.people.consent.circumstances import note_circumstance
from cunlian.people.consent.purposes import purpose_of
from cunlian.people.models import CircumstanceKind, Consent, Household, Person
from cunlian.places.actions.reorganising import rename_place
from cunlian.places.models import Place

SEED = 20260709 + 44
K, P, B, C = OrganisationKind, PostKind, Posting.Basis, Capacity
HOMES = 6
PLANS = (
    ("乡村治理“五大工程”实施方案（示例，虚构）", Form.GOVERNANCE_PROJECTS, (
        ("强基工程", "talent.training_session_count"), ("产业工程", "partners.partner_count"),
        ("净美工程", "cases.handled"), ("平安工程", "disputes.settled"), ("暖心工程", "cases.confirmed"))),
    ("自治、法治、德治“三治融合”方案（示例，虚构）", Form.THREE_GOVERNANCE, (
        ("自治：大家的事大家议", "cases.vouched"), ("法治：遇事找法", "disputes.accepted"),
        ("德治：邻里相帮", "disputes.settled"))),
    ("“三链”发展方案（示例，虚构）", Form.CHAINS, (
        ("拓宽“产业链”", "partners.partner_count"),
        ("缔结“协作链”", "organisations.leading_enterprise_and_coop_count"), ("延伸“服务链”", "cases.in_time"))),
    ("“四联”方案（示例，虚构）", Form.FOUR_LINKS, (
        ("组织联建", "organisations.area_general_branch_count"), ("人才联育", "talent.mentored_new_cadre_count"),
        ("夜谈联访", "cases.received"), ("生态联治", "cases.handled"))),
)  # fmt: skip


def build(land: Land, staff: Staff) -> None:
    chance = Random(SEED)
    hall = Hall(land, staff, Names(chance), chance)
    _township(hall)
    for n, village in enumerate(land.detailed[:3]):
        _groups(hall, village, in_force=n < 2)
    _plans(hall)
    _put_right(hall)
    _guardian(hall)


def _township(hall: Hall) -> None:
    """Five who were appointed to the leadership this year share the villages and a few households; two are seconded."""
    unit, begun = hall.department("恒口示范区管委会"), date(2026, 3, 1)
    leaders = [
        hall.sit(unit, f"班子成员（{what}）", P.TOWN_LEADER, hall.person(), B.APPOINTED, rank=2, starts_on=begun).post
        for what in ("党建", "农业农村", "生态环保", "社会治理", "民生服务")
    ]
    for office in ("农业综合服务站", "社会治理办"):
        sender = hall.department("自然资源所")
        hall.sit(
            hall.department(office), "挂职干部", P.OTHER, hall.person(), B.SECONDED, sent_by=sender, starts_on=begun
        )
    one = drawn(hall.land.root, C.TOWNSHIP_LEADER, 21)
    for post, village in zip(cycle(leaders), hall.land.villages, strict=False):
        add_line(one, by=SYSTEM, post=post, place=village)
    for post, village in zip(cycle(leaders), hall.land.detailed, strict=False):
        for home in _homes(village)[:2]:
            add_line(one, by=SYSTEM, post=post, household=home)
    published(one)


def _homes(village: Place) -> list[Household]:
    return list(Household.objects.current().filter(place=village).order_by("number"))


def _groups(hall: Hall, village: Place, *, in_force: bool) -> None:
    """The leader of a villager group and of a Party group keep contact with households of theirs; the third village's list
    is approved and not yet published."""
    one = drawn(village, C.GROUP_LEADER, 22)
    group = village.villager_groups.order_by("number")[0]
    villagers = hall.unit(K.VILLAGER_GROUP, f"{village.short_name}{group.number}组", village)
    party = hall.unit(K.PARTY_GROUP, f"{village.short_name}第一党小组", village)
    homes = _homes(village)
    for unit, title, share in ((villagers, "村民小组长", homes[:HOMES]), (party, "党小组长", homes[HOMES : 2 * HOMES])):
        post = actions.create_post(
            by=SYSTEM, organisation=unit, title=title, role=Role.LANE_LEADER, rank=7, starts_on=START,
            place=hall.land.grids[village.code][0],
        )  # fmt: skip
        hall.hold(post, hall.person(village), B.ELECTED)
        for home in share:
            add_line(one, by=SYSTEM, post=post, household=home)
    if in_force:
        published(one)
    else:
        approve_list(one, by=SYSTEM)


def _owner(hall: Hall) -> Post:
    return next(post for post in hall.staff.holders if post.role == Role.COUNTY_LEADER)


def _plans(hall: Hall) -> None:
    """Plans as other districts' reports name them, each line with the figure that tells how far it is; and a number one of
    them declares."""
    for name, form, lines in PLANS:
        programme = plans.enter_programme(
            by=hall.office, root=hall.land.root, name=name, form=form, paper="演示文件（虚构）", paper_on=date(2026, 1, 8),
            starts_on=date(2026, 1, 8), invented=True,
        )  # fmt: skip
        for line, code in lines:
            plans.add_measure(
                programme, by=hall.office, name=line, owner=_owner(hall), indicators=(code,),
                due_on=clock.today() + timedelta(days=60),
            )  # fmt: skip
    actions.declare_number(
        by=SYSTEM, what=Declared.MEMBER_TALENTS, number=7, place=hall.land.root, as_of=date(2026, 6, 30),
        source="演示文件：党建办年中统计（虚构）",
    )  # fmt: skip


def _put_right(hall: Hall) -> None:
    """A name that was written wrong, two of one name who are two people, a grid that got another name."""
    village = hall.land.detailed[3]
    heads = Person.objects.registered().filter(place=village, is_head=True).order_by("household__number")
    correct_person(heads[5], by=SYSTEM, name=heads[5].name[:1] + "改明")
    other = register_person(
        by=SYSTEM, place=village, name=heads[6].name, birth_year=heads[6].birth_year, gender=heads[6].gender,
        invented=True,
    )  # fmt: skip
    keep_apart(heads[6], by=SYSTEM, other=other)
    grid = hall.land.grids[hall.land.village("323").code][-1]
    rename_place(grid, by=SYSTEM, name=f"{grid.name}（河西）", day=date(2025, 7, 1), paper=PAPER)


def _guardian(hall: Hall) -> None:
    """A child whose parents work elsewhere: noted for child care, as the law asks; and the guardian agreed to help at home
    on a printed form, whose scan is kept sealed."""
    village = hall.land.village("269")
    by = hall.staff.actor(hall.staff.cadres[village.code])
    home = _homes(village)[2]
    child = register_person(
        by=SYSTEM, place=village, household=home, name=hall.names.name(), gender="female", relation="grandchild",
        birth_year=clock.today().year - 9, invented=True,
    )  # fmt: skip
    note_circumstance(
        child, by=by, purpose="child_care", kind=CircumstanceKind.LEFT_BEHIND, words="父母在外务工，奶奶照看",
        ends_on=clock.today() + timedelta(days=200),
    )  # fmt: skip
    print_forms(purpose_of("home_help"), by=by, copies=2)
    scan = evidence.store(ContentFile("%PDF-1.4 监护人签字（虚构）\n%%EOF".encode(), name="form.pdf"), sealed=True)
    told: dict[str, Any] = {"way": Consent.Way.GUARDIAN, "guardian": "奶奶（虚构）", "scan": scan}
    give(child, by=by.for_("paper", child.pk), purpose="home_help", **told)
