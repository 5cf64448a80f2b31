"""Training, mentoring, reserve cadres, cultivation and studies of the villages shown in depth. All invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from cunlian.demo.hengkou.land import JOINT, Land
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Capacity, Post
from cunlian.people.consent import give
from cunlian.people.models import Consent, Person
from cunlian.places.models import Place
from cunlian.talent.learning import actions as training
from cunlian.talent.mentoring import actions as growing
from cunlian.talent.mentoring.sweep import call_meetings
from cunlian.talent.models import Course, Session

SEED = 20260709
GIVER = "恒口示范区党校（虚构）"
SOURCE = "签到表，农技站清点（虚构）"


class Learning:
    """Everything happens in the weeks before today."""

    def __init__(self, land: Land, staff: Staff, people: People) -> None:
        self.land, self.staff, self.people = land, staff, people
        self.chance = Random(SEED + 31)
        self.village = next(one for one in land.detailed if one.code.endswith("269"))

    def day(self, ago: int) -> date:
        return clock.today() - timedelta(days=ago)

    def course(
        self, kind: str, title: str, ago: int, *, place: Place | None = None, opened: bool = True, **said: object
    ) -> Course:
        made = training.plan_course(
            by=SYSTEM, place=place or self.land.root, title=title, course_kind=kind, starts_on=self.day(ago),
            giver_name=GIVER, invented=True, **said,  # type: ignore[arg-type]
        )  # fmt: skip
        return training.open_course(made, by=SYSTEM) if opened else made

    def held(self, course: Course, ago: int, *persons: Person, lessons: str = "", **said: object) -> Session:
        session = training.add_session(course, by=SYSTEM, held_on=self.day(ago), invented=True, **said)  # type: ignore[arg-type]
        training.hold_session(session, by=SYSTEM, lessons=lessons)
        if persons:
            training.enter_attendance(session, by=SYSTEM, persons=persons)
        return session

    def holders(self, posts: dict[str, Post]) -> list[Person]:
        return [self.staff.holders[posts[village.code]] for village in self.land.detailed if village.code in posts]

    def farmers(self, village: Place, many: int) -> list[Person]:
        """Villagers of working age who agreed to be kept by name."""
        heads = [head.pk for head in self.people.heads[village.code]]
        rows = Person.objects.registered().filter(pk__in=heads, birth_year__range=(1966, 2000), is_away=False)
        found = list(rows.order_by("birth_year", "pk")[:many])
        for person in found:
            give(person, by=SYSTEM, purpose="learning", way=Consent.Way.ONLINE)
        return found


def _classes(one: Learning) -> None:
    """The rotation of grid workers, a class to raise capacity, one for new cadres, a skill, a talk, a study tour."""
    workers = [one.staff.holders[post] for _code, post in sorted(one.staff.workers.items())]
    turn = one.course(
        "rotation", "网格员全员轮训", 60, must_by="capacity", must_capacity=Capacity.GRID_WORKER, certificate_hours=6,
        topic="接诉、上门、回访怎么做",
    )  # fmt: skip
    one.held(turn, 55, *workers[:70], hours=4, venue="管委会三楼", teacher="网格中心调度员")
    one.held(turn, 41, *workers[20:90], hours=4, venue="管委会三楼", teacher="社会治理办网格专干")
    training.add_session(turn, by=SYSTEM, held_on=one.day(-9), hours=4, venue="管委会三楼", invented=True)
    training.issue_certificates(turn, by=SYSTEM)
    cadres = one.holders(one.staff.cadres)
    capacity = one.course("capacity", "村干部能力提升班", 90, round_no=1, certificate_hours=8, topic="议事、账目、项目")
    one.held(capacity, 88, *cadres, hours=8, level="county", teacher="市委党校讲师")
    training.issue_certificates(capacity, by=SYSTEM)
    training.close_course(capacity, by=SYSTEM)
    new = one.course("new_cadre", "新进村“两委”干部培训班", 75, must_by="list", round_no=1)
    for post in list(one.staff.cadres.values())[:6]:
        training.call_to_course(new, by=SYSTEM, post=post)
    one.held(new, 74, *cadres[:4], hours=6, venue="党群服务中心")
    one.course("talk", "冬季防火讲座", -14, opened=False)


def _villages(one: Learning, farmers: list[Person]) -> None:
    skill = one.course("skills", "茶园修剪", 30, place=one.village, certificate_hours=4, topic="春茶修剪与施肥")
    first = one.held(skill, 29, *farmers[:6], hours=4, level="village", venue="村部", teacher="区茶叶站农艺师")
    training.enter_attendance(first, by=SYSTEM, without_name=11)
    one.held(skill, 22, *farmers[3:8], hours=4, level="village", venue="二组茶园", teacher="区茶叶站农艺师")
    training.issue_certificates(skill, by=SYSTEM)
    for village in one.land.detailed[:4]:
        course = one.course("skills", "电商直播入门", 20, place=village)
        session = one.held(course, 19, hours=3, level="village", venue="村部")
        number = one.chance.randrange(18, 46)
        training.declare_attendance(session, by=SYSTEM, number=number, source=SOURCE)
    tour = one.course("study_tour", "赴袁家村、马嵬驿学习", 50, topic="村集体怎样办农旅")
    cadres = one.holders(one.staff.cadres)
    one.held(
        tour, 50, *cadres[:6], hours=6, level="province", destination="袁家村（示例）",
        lessons="先立规矩再招商；作坊由村集体统一管。回来先拟一份商户公约。",
    )  # fmt: skip
    one.held(tour, 49, *cadres[:5], hours=4, level="province", destination="马嵬驿（示例）", lessons="停车和厕所先行。")
    training.close_course(tour, by=SYSTEM)


def _growing(one: Learning, farmers: list[Person]) -> None:
    """A plan of a village, its reserve cadres by stage; local experts and new farmers; who raises their schooling."""
    plan = growing.draw_plan(
        by=SYSTEM, place=one.village, year=clock.today().year, wanted=4, paper="村“两委”会议（演示）", invented=True
    )
    growing.approve_plan(plan, by=SYSTEM)
    plan = growing.correct_plan(
        plan, by=SYSTEM, wanted=4, paper=plan.paper, declared_count=5, declared_source="示范区党建办年报（虚构）"
    )
    day = one.day(120)
    said = {"by": SYSTEM, "place": one.village, "starts_on": day}
    kinds = ("reserve_cadre", "reserve_cadre", "reserve_cadre", "industry_leader", "local_expert", "new_farmer")
    for number, (person, kind) in enumerate(zip(farmers, kinds, strict=False)):
        row = growing.propose(
            person, cultivation_kind=kind, plan=plan if kind == "reserve_cadre" else None,
            aim="村委会后备" if kind == "reserve_cadre" else "茶叶", **said,  # type: ignore[arg-type]
        )  # fmt: skip
        if number != 2:
            growing.take_in(row, by=SYSTEM, starts_on=day)
        if number in (1, 3):
            growing.call_ready(row, by=SYSTEM)
        if number == 3:
            growing.end_cultivation(row, by=SYSTEM, outcome="business")
    for person, programme in zip(farmers[1:4], ("college", "bachelor", "college"), strict=False):
        study = growing.win_over(
            person,
            by=SYSTEM,
            place=one.village,
            programme=programme,
            won_on=one.day(100),
            school="陕西开放大学（演示）",
        )
        if programme == "college":
            growing.enrol(study, by=SYSTEM, starts_on=one.day(80), until=one.day(-800))


def _mentoring(one: Learning, farmers: list[Person]) -> None:
    """New cadres with the town's staff, one to many; a business one to one, whose monthly meeting is owed; one completed."""
    village, ends = one.village, one.day(-240)
    helper = next(post for post in one.staff.holders if post.title == "水利专干")
    cadre = one.staff.holders[one.staff.cadres[village.code]]
    social = one.staff.holders[one.staff.socials[village.code]]
    pair = growing.begin_mentoring(
        by=SYSTEM, place=village, mentoring_kind="new_cadre", goals="会主持议事会，会看村账，会写项目申请。",
        starts_on=one.day(125), ends_on=ends, mentees=[cadre, social], mentor_post=helper,
    )  # fmt: skip
    for ago, agreed in (
        (100, "下次议事会由副主任主持。"),
        (60, "三季度账目自己先做一遍。"),
        (25, "写出水渠项目申请的初稿。"),
    ):
        growing.note_meeting(pair, by=SYSTEM, held_on=one.day(ago), agreed=agreed)
    growing.begin_mentoring(
        by=SYSTEM, place=village, mentoring_kind="business", goals="网店每月出货五十单。", starts_on=one.day(40),
        ends_on=ends, mentees=farmers[5:6], expert="市电商协会讲师（虚构）", every_months=1,
    )  # fmt: skip
    done = growing.begin_mentoring(
        by=SYSTEM, place=village, mentoring_kind="skill", goals="三个月学会茶园修剪。", starts_on=one.day(110),
        ends_on=one.day(20), mentees=farmers[6:7], mentor_person=farmers[4],
    )  # fmt: skip
    growing.note_meeting(done, by=SYSTEM, held_on=one.day(70), agreed="先剪十株给师傅看。")
    growing.complete_mentoring(done, by=SYSTEM, result="能独立修剪，今春管了两亩。")
    call_meetings(clock.now())


def _joint(one: Learning) -> None:
    """The joint area's villages each have reserve cadres."""
    for tail in JOINT[:3]:
        village = one.land.village(tail)
        if village == one.village or village not in one.land.detailed:
            continue
        for person in one.farmers(village, 3):
            row = growing.propose(
                person,
                by=SYSTEM,
                place=village,
                cultivation_kind="reserve_cadre",
                starts_on=one.day(90),
                aim="村委会后备",
            )
            growing.take_in(row, by=SYSTEM, starts_on=one.day(90))


def build(land: Land, staff: Staff, people: People) -> None:
    one = Learning(land, staff, people)
    farmers = one.farmers(one.village, 8)
    _classes(one)
    _villages(one, farmers)
    _growing(one, farmers)
    _mentoring(one, farmers)
    _joint(one)
