"""Units of every kind, who sits in them and on what basis, joint bodies, who leads, and two choices of a committee. The
districts' own numbers are declared with the article they stand in; everybody in it is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from cunlian.accounts.roles import Role
from cunlian.demo.hengkou.land import JOINT, START, Land
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations import actions
from cunlian.organisations.choosing import actions as choosing
from cunlian.organisations.models import (
    NEEDED,
    Choice,
    Declared,
    Leaving,
    Organisation,
    OrganisationKind,
    Post,
    Posting,
    PostKind,
    Step,
)
from cunlian.people.actions import register_person
from cunlian.people.models import Person
from cunlian.places.models import Area, Level, Place

SEED = 20260709 + 31
K, P, B = OrganisationKind, PostKind, Posting.Basis
ARTICLE = "《安康日报》2025-03-27"
PAPER = "演示任职文件（虚构）"
TERM: dict[str, Any] = {"term_from": START, "term_to": date(2029, 1, 1)}
ONE_HAND, RETURNED, FILED = ("264", "007"), ("267", "297"), ("264", "266", "267", "269", "297")

# kind, name, under the township (else the village shown in depth)
BESIDE = (
    (K.COLLECTIVE, "{}股份经济合作社", False), (K.COLLECTIVE_ASSEMBLY, "{}股份经济合作社成员大会", False),
    (K.COLLECTIVE_BOARD, "{}股份经济合作社理事会", False), (K.COLLECTIVE_SUPERVISORS, "{}股份经济合作社监事会", False),
    (K.VILLAGER_GROUP, "{}第一村民小组", False), (K.COOPERATIVE, "{}富硒水稻专业合作社", False),
    (K.FAMILY_FARM, "{}南坡家庭农场", False), (K.SOCIAL_ORGANISATION, "{}互助养老协会", False),
    (K.ENTERPRISE, "恒口汉水粮油有限公司（虚构）", True), (K.INSTITUTE, "秦巴特色农业研究所（虚构）", True),
    (K.TEAM, "恒口生态管护队", True),
)  # fmt: skip


@dataclass
class Hall:
    """Founds units and fills their posts; people come from the register where there is one, else are invented here."""

    land: Land
    staff: Staff
    names: Names
    chance: Random
    units: dict[str, Organisation] = field(default_factory=dict)

    @property
    def office(self) -> Actor:
        """The Party building office, which orders postings of villages."""
        return self.staff.actor(next(post for post in self.staff.holders if post.role == Role.COUNTY_STAFF))

    def department(self, name: str) -> Organisation:
        return next(post.organisation for post in self.staff.holders if post.organisation.name == name)

    def unit(self, kind: str, name: str, place: Place, **said: Any) -> Organisation:
        return actions.found_organisation(
            by=SYSTEM, name=name, organisation_kind=kind, place=place, starts_on=START, **said
        )

    def person(self, works_at: Place | None = None, gender: str = "") -> Person:
        """Somebody who lives where they work; in any village when they work for the zone."""
        return register_person(
            by=SYSTEM,
            place=self.land.home(works_at or self.land.root),
            name=self.names.name(),
            gender=gender or self.chance.choice(("male", "female")),
        )

    def sit(
        self, unit: Organisation, title: str, post_kind: str, person: Person, basis: str = B.ELECTED, *, rank: int = 5,
        **said: Any,
    ) -> Posting:  # fmt: skip
        post = actions.create_post(
            by=SYSTEM,
            organisation=unit,
            title=title,
            role=Role.VILLAGE_CADRE,
            post_kind=post_kind,
            rank=rank,
            starts_on=START,
        )
        return self.hold(post, person, basis, **said)

    def hold(self, post: Post, person: Person, basis: str, **said: Any) -> Posting:
        values = {"starts_on": START, "paper": PAPER, **said}
        return actions.appoint(post, by=SYSTEM, person=person, basis=basis, **values)


def _committee(hall: Hall, village: Place) -> Organisation:
    return Organisation.objects.get(place=village, organisation_kind=K.VILLAGERS_COMMITTEE)


def _third_seats(hall: Hall) -> None:
    """In every village a member of the committee besides its head and deputy; most of them women."""
    for n, village in enumerate(hall.land.villages):
        member = hall.person(village, "male" if n % 16 == 5 else "female")
        hall.sit(_committee(hall, village), "委员", P.COMMITTEE_MEMBER, member, rank=3, **TERM)


def _branch(hall: Hall, village: Place) -> None:
    """The Party branch of a village shown in depth: its secretary, deputy, members, and who was sent there."""
    tail, town = village.code[-3:], hall.department("恒口示范区党建办")
    branch = hall.unit(K.PARTY_BRANCH, f"{village.short_name}党支部", village, parent=hall.units.get("committee"))
    hall.units[f"branch{tail}"] = branch
    head = Posting.objects.select_related("person").get(
        post__organisation=_committee(hall, village), post__post_kind=P.DIRECTOR
    )
    secretary = head.person if tail in ONE_HAND else hall.person(village, "male")
    basis = B.RETURNED if tail in RETURNED else B.ELECTED
    posting = hall.sit(branch, "书记", P.SECRETARY, secretary, basis, rank=1, **TERM)
    if tail in FILED:
        filed = date(2024, 2, 20)
        actions.file_with_county(
            posting, by=hall.office, filed_on=filed, filing_paper=f"恒村书备〔2024〕{tail}号（虚构）"
        )
    hall.sit(branch, "副书记", P.DEPUTY_SECRETARY, hall.person(), B.DISPATCHED, rank=2, sent_by=town, **TERM)
    for title in ("组织委员", "宣传委员"):
        over: dict[str, Any] = {"term_from": date(2021, 1, 1), "term_to": date(2026, 1, 1)} if tail == "302" else TERM
        hall.sit(branch, title, P.COMMITTEE_MEMBER, hall.person(village), **over)
    if tail != "323":
        hall.sit(branch, "第一书记", P.FIRST_SECRETARY, hall.person(), B.DISPATCHED, sent_by=town)
    force = hall.unit(K.TEAM, f"{village.short_name}驻村工作队", village)
    for number in "一二":
        hall.sit(
            force, f"队员{number}", P.TASK_FORCE, hall.person(), B.DISPATCHED, sent_by=hall.department("农业综合服务站")
        )


def _city(land: Land) -> Place:
    return Place.objects.current().get(level=Level.CITY, code=land.root.code[:4])


def _beside(hall: Hall) -> None:
    """One unit of every other kind, in the village shown in depth or over the zone; a work station the city set up."""
    village = hall.land.village("269")
    for kind, name, over_all in BESIDE:
        place = hall.land.root if over_all else village
        parent = hall.units.get(K.COLLECTIVE) if kind.startswith("collective_") else None
        hall.units[kind] = hall.unit(kind, name.format(village.short_name), place, parent=parent)
    academy = hall.unit(K.INSTITUTE, "安康市农业科学研究院（虚构）", _city(hall.land))
    hall.units[K.WORK_STATION] = hall.unit(
        K.WORK_STATION, "安康市富硒产业专家工作站（虚构）", hall.land.root, parent=academy
    )
    hall.units["grid"] = hall.unit(
        K.PARTY_GROUP, f"{village.short_name}第一网格党小组", hall.land.grids[village.code][0],
        parent=hall.units["branch269"], set_up_on="grid",
    )  # fmt: skip
    for key, set_up_on, name in (("chain", "industry_chain", "富硒粮油"), ("guard", "team", "生态管护队")):
        hall.units[key] = hall.unit(
            K.PARTY_BRANCH, f"{name}{'产业链' if key == 'chain' else ''}党支部", hall.land.root, set_up_on=set_up_on,
            set_up_name=name, parent=hall.units["committee"],
        )  # fmt: skip
    hall.sit(_committee(hall, village), "主任助理", P.DIRECTOR_ASSISTANT, hall.person(), B.SECONDED,
             sent_by=hall.department("社会治理办"))  # fmt: skip


def _joint(hall: Hall) -> None:
    """Bodies that several villages share: the area's general branch, one of two villages; departments and firms of an area.
    Every member keeps its own unit above."""
    area = Area.objects.get(name="溪映明月·南山云见农文旅片区")
    general = hall.unit(K.PARTY_GENERAL_BRANCH, "农文旅片区党总支", hall.land.root, area=area, set_up_on="area")
    for tail in JOINT:
        actions.join_unit(
            hall.units[f"branch{tail}"], by=SYSTEM, body=general, starts_on=START, paper="联建协议（虚构）"
        )
    two = hall.unit(K.PARTY_GENERAL_BRANCH, "棋盘联村党总支", hall.land.root, set_up_on="villages")
    for tail in ("267", "269"):
        actions.join_unit(hall.units[f"branch{tail}"], by=SYSTEM, body=two, starts_on=START, paper="联村协议（虚构）")
    seventh = hall.land.areas[6][0]
    for unit in (hall.department("农业综合服务站"), hall.units[K.ENTERPRISE], hall.units[K.COOPERATIVE]):
        actions.join_unit(unit, by=SYSTEM, area=seventh, starts_on=START)
    gone = actions.join_unit(hall.units[K.SOCIAL_ORGANISATION], by=SYSTEM, area=seventh, starts_on=START)
    actions.end_unit_membership(gone, by=SYSTEM, ends_on=date(2025, 6, 1))


def _leads(hall: Hall) -> None:
    village = hall.land.village("269")
    secretary = hall.units["branch269"].posts.get(post_kind=P.SECRETARY)
    mentor = hall.sit(hall.units[K.INSTITUTE], "水稻专家", P.OTHER, hall.person(), B.APPOINTED).post
    able = hall.sit(hall.units[K.FAMILY_FARM], "负责人", P.OTHER, hall.person(village), B.RETURNED).post
    for kind, post, led_as in (
        (K.COOPERATIVE, secretary, "secretary"), (K.COLLECTIVE, mentor, "mentor"), (K.FAMILY_FARM, able, "able"),
    ):  # fmt: skip
        actions.name_lead(hall.units[kind], by=SYSTEM, post=post, led_as=led_as, starts_on=START)


def _leave(hall: Hall) -> None:
    """Two who left: one audited and handed over, one whose audit is owed. A supervisor who declared a conflict."""
    village, board = hall.land.village("269"), hall.units[K.COLLECTIVE_BOARD]
    first = hall.sit(board, "理事长", P.DIRECTOR, hall.person(village), B.ELECTED, rank=1)
    actions.end_posting(first, by=hall.office, ends_on=date(2025, 12, 1))
    after = hall.hold(first.post, hall.person(village), B.ELECTED, starts_on=date(2025, 12, 1))
    leaving = Leaving.objects.get(posting=first)
    actions.hand_over(leaving, by=hall.office, to_posting=after)
    actions.settle_audit(leaving, by=hall.office, audited_on=date(2026, 3, 2), audit_paper="恒审报〔2026〕7号（虚构）")
    fund = hall.sit(hall.units[K.COLLECTIVE], "负责人", P.DIRECTOR, hall.person(village), B.ELECTED, rank=1)
    actions.end_posting(fund, by=hall.office)
    watch = Organisation.objects.get(place=village, organisation_kind=K.SUPERVISION_COMMITTEE)
    hall.sit(watch, "委员", P.COMMITTEE_MEMBER, hall.person(village), conflict="堂兄是村委会委员，涉及他的事项本人回避")


def _numbers(land: Land) -> None:
    root, area = land.root, Area.objects.get(name="溪映明月·南山云见农文旅片区")
    said: dict[str, Any] = {"by": SYSTEM, "as_of": date(2025, 3, 27), "source": ARTICLE}
    actions.declare_number(what=Declared.POPULATION, number=226_000, place=root, **said)
    actions.declare_number(what=Declared.LAND, number=38_331, place=root, **said)
    actions.declare_number(what=Declared.NEW_PARTY_MEMBERS, number=18, area=area, **said)


def _stand(hall: Hall, choice: Choice, person: Person, seat: str, day: date, proposed_by: str = "voters") -> None:
    one = choosing.propose_candidate(
        choice, by=SYSTEM, person=person, seat=seat, proposed_by=proposed_by, proposed_on=day
    )
    for criterion in NEEDED:
        choosing.hand_in_paper(one, by=SYSTEM, criterion=criterion, handed_on=day)


def _opened(hall: Hall, tail: str, residents: People, votes_on: date) -> Choice:
    """Whoever sits stands again, and two residents beside them."""
    village = hall.land.village(tail)
    unit = _committee(hall, village)
    choice = choosing.open_choice(unit, by=SYSTEM, votes_on=votes_on, paper="恒组发〔2026〕6号（虚构）", invented=True)
    day = votes_on - timedelta(days=35)
    for posting in Posting.objects.on(clock.today()).filter(post__organisation=unit).select_related("person", "post"):
        if posting.post.post_kind in (P.DIRECTOR, P.DEPUTY_DIRECTOR, P.COMMITTEE_MEMBER):
            _stand(hall, choice, posting.person, posting.post.post_kind, day, "party")
    heads = [head for head in residents.heads[village.code] if not head.is_away]
    _stand(hall, choice, heads[3], P.COMMITTEE_MEMBER, day)
    _stand(hall, choice, heads[7], P.DIRECTOR, day)
    choosing.record_step(choice, by=SYSTEM, step=Step.COMMITTEE, done_on=day, paper="村民代表会议推选")
    return choosing.send_to_review(
        choice, by=SYSTEM, offices=[hall.department("恒口示范区党建办"), hall.department("信访工作联席办")]
    )


def _reviewers(hall: Hall, choice: Choice) -> list[Actor]:
    offices = set(choice.offices.values_list("pk", flat=True))
    return [hall.staff.actor(post) for post in hall.staff.holders if post.organisation_id in offices]


def _choices(hall: Hall, residents: People) -> None:
    """One that is done, one in review, where one office has spoken."""
    vote = clock.today() - timedelta(days=40)
    done = _opened(hall, "264", residents, vote)
    with clock.set_to(clock.now() - timedelta(days=50)):
        for reviewer in _reviewers(hall, done):
            for one in done.candidates.all():
                choosing.give_opinion(one, by=reviewer, fits=True)
        done = choosing.close_review(done, by=_reviewers(hall, done)[0])
    for step, before in ((Step.ROLL, 24), (Step.CANDIDATES, 8), (Step.MEETING, 3)):
        choosing.record_step(done, by=SYSTEM, step=step, done_on=vote - timedelta(days=before), paper="村务公开栏")
    told = [612, 588, 601, 201, 190]
    votes = dict(zip(done.candidates.order_by("pk"), told, strict=True))
    choosing.enter_count(
        done, by=SYSTEM, voted_on=vote, registered=1104, given=987, taken_back=951, by_proxy=206, proxies_refused=2,
        valid=938,
        votes=votes, paper="选举结果报告单，选举委员会签字（虚构）",
    )  # fmt: skip
    choosing.record_step(done, by=SYSTEM, step=Step.RESULT, done_on=vote, paper="当场公布，张贴公告")
    done = choosing.settle_choice(done, by=hall.office, term_from=vote)
    choosing.record_step(done, by=SYSTEM, step=Step.HAND_OVER, done_on=vote + timedelta(days=6), paper="移交清单")
    review = _opened(hall, "266", residents, clock.today() + timedelta(days=25))
    for one in review.candidates.all():
        choosing.give_opinion(one, by=_reviewers(hall, review)[0], fits=True)


def build(land: Land, staff: Staff, residents: People) -> None:
    chance = Random(SEED)
    hall = Hall(land, staff, Names(chance), chance)
    hall.units["committee"] = hall.unit(K.PARTY_COMMITTEE, "恒口示范区党工委", land.root)
    _third_seats(hall)
    for village in land.detailed:
        _branch(hall, village)
    _beside(hall)
    _joint(hall)
    _leads(hall)
    _leave(hall)
    _numbers(land)
    _choices(hall, residents)
