"""Those who come home, gatherings of those away, partners from outside. People, firms, papers and colleges are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.staff import Staff
from cunlian.flows.coming_home import raise_need
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.organisations.actions import found_organisation
from cunlian.organisations.models import Organisation, OrganisationKind, Post
from cunlian.places.models import Place
from cunlian.talent.coming_home import actions as home
from cunlian.talent.coming_home.care import CARE_MONTHS, months_later
from cunlian.talent.models import Gathering, Homecoming, PartnerCall, Partnership
from cunlian.talent.partners import actions as partners
from cunlian.talent.partners.actions import Terms
from cunlian.talent.taking import Told

SEED = 20260709 + 53
POLICY, FUND = "返乡创业担保贷款办法（虚构）", "创业担保贷款基金（虚构）"
# village, from elsewhere, wish, where now, months ago it began, as what, the firm or post, what was found at each look in
ARRIVED = (
    ("269", False, "在外开了六年挖掘机，想回来办个农机队。", "西安，工地", 27, "firm", "恒通农机服务队（虚构）",
     ("机手四人，缺一间库房。", "接了三个村的活，账上有余。", "买了第二台机子，带了两个徒弟。")),
    ("264", False, "做了十年毛绒玩具，想把一条线搬回来。", "东莞，玩具厂", 16, "firm", "恒韵毛绒玩具社区工厂（虚构）",
     ("招了九个人，多是带娃的。", "订单不稳，想要物流补贴。")),
    ("266", True, "种过八年猕猴桃，愿意来带大家种。", "周至，果园", 9, "post", "产业合作社技术负责人",
     ("果苗成活九成，住在老村部。",)),
    ("297", False, "在外跑运输，想回来当村干部，照看老人。", "咸阳，车队", 15, "post", "村委会委员",
     ("熟了情况，老人们认他。", "")),
)  # fmt: skip
# village, wish, where now, working state, days ago
UNDER_WAY = (
    ("269", "想回来开一家豆腐坊，用自家的黄豆。", "汉中，餐馆", "support", 40),
    ("269", "会做短视频，想回来帮大家卖土货。", "杭州，电商公司", "talked", 15),
    ("267", "想把老屋改成民宿，问手续。", "深圳，酒店", "interested", 4),
    ("302", "护士，想回来在村卫生室上班。", "重庆，医院", "interested", 16),
    ("007", "想承包二十亩撂荒地种中药材。", "兰州，药材行", "stopped", 120),
)  # fmt: skip
GATHERINGS = (
    ("269", "春节返乡恳谈会", "村部院坝", 46, 280, "家门口挣钱的活太少；老屋能不能租出去；回来办厂地从哪里来。"),
    ("264", "在西安老乡座谈会", "西安市未央区一家老乡饭馆", 31, 150, "有三个人想把小厂搬回来，最关心用工和物流。"),
)  # fmt: skip


@dataclass
class Homes:
    """Makes paths in the past, step by step, by those who go along with them."""

    land: Land
    staff: Staff
    names: Names
    today: date

    def cadre(self, village: Place) -> Actor:
        return self.staff.actor(self.staff.cadres[village.code])

    def office(self) -> Actor:
        return self.staff.actor(next(post for post in self.staff.holders if post.title == "网格专干"))

    def at(self, day: date) -> Any:
        return clock.set_to(min(clock.at(day, 10, 20), clock.at(self.today, 8, 40)))

    def begin(self, tail: str, day: date, wish: str, where: str, **more: Any) -> Homecoming:
        village = self.land.village(tail)
        by = self.cadre(village).for_("door") if more.get("origin") == "outsider" else ANONYMOUS
        with self.at(day):
            return home.begin_path(
                by=by, place=village, wish=wish, where_now=where, invented=True,
                told=Told(self.names.name(), self.names.phone(), agreed=True), **more,
            )  # fmt: skip

    def talk(self, path: Homecoming, day: date) -> None:
        with self.at(day):
            home.talk(path, by=self.cadre(path.place), held_on=day, text="谈了打算和难处，要一块地和一笔周转。")

    def ask(self, path: Homecoming, day: date, fen: int, granted: int | None) -> None:
        with self.at(day):
            support = home.ask_support(path, by=self.cadre(path.place), policy=POLICY, fund=FUND, asked_fen=fen)
        if granted is not None:
            later = day + timedelta(days=20)
            with self.at(later):
                home.decide_support(
                    support, by=self.office(), granted_fen=granted, paper="贷款审批单（虚构）", decided_on=later
                )

    def looked(self, path: Homecoming, arrived: date, found: tuple[str, ...]) -> None:
        """The looks in that fell due; one left empty waits still."""
        by = self.cadre(path.place)
        for months, words in zip(CARE_MONTHS, found, strict=False):
            due = months_later(arrived, months)
            with self.at(due):
                home.call_care(Homecoming.objects.for_detail().get(pk=path.pk), by=SYSTEM)
            if words:
                with self.at(day := due + timedelta(days=3)):
                    fresh = Homecoming.objects.for_detail().get(pk=path.pk)
                    home.look_in(fresh, by=by, looked_on=min(day, self.today), found=words)


def _gatherings(homes: Homes) -> dict[str, Gathering]:
    made = {}
    for tail, name, venue, people, ago, heard in GATHERINGS:
        village, day = homes.land.village(tail), homes.today - timedelta(days=ago)
        unit = Organisation.objects.get(place=village, organisation_kind=OrganisationKind.VILLAGERS_COMMITTEE)
        with homes.at(day):
            made[tail] = home.enter_gathering(
                by=homes.cadre(village), place=village, called_by=unit, name=name, held_on=day, venue=venue, people=people,
                people_source="会前由村干部点数（虚构）", heard=heard, invented=True,
            )  # fmt: skip
    return made


def _arrived(homes: Homes) -> None:
    for n, (tail, outsider, wish, where, months, as_what, name, found) in enumerate(ARRIVED):
        begun = months_later(homes.today, -months)
        path = homes.begin(tail, begun, wish, where, origin="outsider" if outsider else "returning")
        homes.talk(path, begun + timedelta(days=6))
        if as_what == "firm":
            homes.ask(path, begun + timedelta(days=12), 20_000_000, 15_000_000 if n else 20_000_000)
        arrived = begun + timedelta(days=60)
        with homes.at(arrived):
            home.arrive(path, by=homes.cadre(path.place), arrived_as=as_what, came_to=name, arrived_on=arrived)
        homes.looked(path, arrived, tuple(w for m, w in zip(CARE_MONTHS, found, strict=False)
                                          if months_later(arrived, m) <= homes.today))  # fmt: skip


def _under_way(homes: Homes, gatherings: dict[str, Gathering]) -> None:
    for tail, wish, where, state, ago in UNDER_WAY:
        day = homes.today - timedelta(days=ago)
        heard = gatherings.get(tail) if state != "interested" else None
        path = homes.begin(tail, day, wish, where, gathering=heard)
        if state in ("talked", "support"):
            homes.talk(path, day + timedelta(days=5))
        if state == "support":
            homes.ask(path, day + timedelta(days=9), 8_000_000, None)
            with homes.at(day + timedelta(days=10)):
                raise_need(path, by=homes.cadre(path.place), need="house", text="想租老村部后面那间空房做豆腐坊。")
        if state == "stopped":
            with homes.at(day + timedelta(days=30)):
                home.stop(path, by=homes.cadre(path.place), reason="no_land", words="连片的撂荒地一时凑不齐。")


# name, where from, unit, what they bring, words of the two reviewers (None: a conflict), what becomes of it
APPLICANTS = (
    ("institute", "秦岭师范学院（虚构）", "带学生来做村史和儿童阅读，每月两次。", (True, True), "agree"),
    ("institute", "巴山农业研究所（虚构）", "带两个抗病水稻品种来试种，教防病。", (True, True), "agree"),
    ("firm", "恒口一家农产品公司（虚构）", "收购和分级包装，愿意租用村集体冷库。", (True, True), "agree"),
    ("alone", "", "会修老式榨油机，想把油坊重新开起来。", (True,), "wait"),
    ("institute", "秦岭师范学院（虚构）", "研究方言，想来录音。", (False, False), "decline"),
    ("alone", "", "做木雕，想借一间房教徒弟。", (), "wait"),
)  # fmt: skip


@dataclass
class Partnering:
    """Makes the calls, what their reviewers say, and the agreements."""

    homes: Homes
    chair: Post
    office: Post
    institutes: dict[str, Organisation]

    def call(self, name: str, place: Place, ago: int, open_for: int, *, publish: bool = True) -> PartnerCall:
        day, staff = self.homes.today - timedelta(days=ago), self.homes.staff
        with self.homes.at(day):
            call = partners.draw_call(
                by=staff.actor(self.office), place=place, name=name, paper="乡村振兴合伙人招募办法（虚构）", paper_on=day,
                wanted="懂种植、会加工、能带学生实践的人，院校和院所优先，个人也欢迎。",
                offered="示范田、办公用房和一名联络员；住房按现有政策申请。村集体资产须由本村成员另行决议。",
                open_until=day + timedelta(days=open_for), invented=True,
            )  # fmt: skip
            for post in (self.chair, self.office):
                partners.name_reviewer(call, by=staff.actor(self.office), post=post)
            return partners.publish(call, by=staff.actor(self.office)) if publish else call

    def applicant(self, call: PartnerCall, n: int) -> None:
        comes_from, unit, offer, words, then = APPLICANTS[n]
        homes, first = self.homes, call.published_on or self.homes.today
        with homes.at(first + timedelta(days=5 + n)):
            sent = partners.apply(
                call, by=ANONYMOUS, offer=offer, comes_from=comes_from, unit_name=unit, institute=self.institutes.get(unit),
                told=Told(homes.names.name(), homes.names.phone(), agreed=True),
            )  # fmt: skip
        with homes.at(day := first + timedelta(days=12 + n)):
            for post, word in zip((self.chair, self.office), words, strict=False):
                partners.give_word(sent, by=homes.staff.actor(post), in_favour=word, words="看过材料，谈过一次。")
            if then == "decline":
                partners.decline(sent, by=homes.staff.actor(self.office), answer="这次先招农业和教育方面的，谢谢您。")
            if then == "agree":
                partners.take(sent, by=homes.staff.actor(self.office), answer="欢迎，请来签协议。")
                self.agree(sent, day, n)

    def agree(self, sent: Any, day: date, n: int) -> None:
        village = self.homes.land.village("269")
        own: dict[str, Any] = {}
        if APPLICANTS[n][0] == "firm":
            own = {
                "touches_assets": True, "asset_village": village, "decision_paper": "村集体成员大会决议（虚构）",
                "decision_on": day - timedelta(days=4),
            }  # fmt: skip
        terms = Terms(f"合伙人协议〔2026〕{n + 1}号（虚构）", day, day + timedelta(days=200 if n else 60), **own)
        one = partners.agree(sent, by=self.homes.staff.actor(self.office), terms=terms, place=village, invented=True)
        by = self.homes.cadre(village)
        partners.name_project(one, by=by, project=("乡村阅读和村史馆", "抗病水稻试种", "冷链分级包装")[n])
        if n == 0:
            self.renew(one, day + timedelta(days=55), by)

    def renew(self, one: Partnership, day: date, by: Actor) -> None:
        with self.homes.at(day):
            partners.note_outcome(one, by=by, outcome="阅读角开了，来了四批学生。")
            start = day + timedelta(days=5)
            terms = Terms("合伙人协议〔2026〕9号（虚构）", start, start + timedelta(days=365))
            partners.renew(one, by=by, terms=terms)


def _partners(homes: Homes) -> None:
    kind = OrganisationKind.INSTITUTE
    institutes = {
        name: found_organisation(by=SYSTEM, name=name, organisation_kind=kind, place=homes.land.root, starts_on=START)
        for name in ("秦岭师范学院（虚构）", "巴山农业研究所（虚构）")
    }
    posts = list(homes.staff.holders)
    chair = next(post for post in posts if post.title == "分管主任")
    office = next(post for post in posts if post.title == "网格专干")
    made = Partnering(homes, chair, office, institutes)
    first = made.call("恒口示范区乡村振兴合伙人招募令（虚构）", homes.land.root, 110, 150)
    for n in range(len(APPLICANTS)):
        made.applicant(first, n)
    made.call("河东片产业合伙人招募（虚构草稿）", homes.land.village("269"), 2, 40, publish=False)
    by, village = homes.cadre(homes.land.village("269")), homes.land.village("269")
    school, farm = institutes.values()
    with homes.at(day := homes.today - timedelta(days=80)):
        result = partners.take_up_result(
            by=by, place=village, institute=farm, name="抗稻瘟病新品种（虚构）", used_by="村股份经济合作社", taken_up_on=day,
            invented=True,
        )  # fmt: skip
        partners.found_base(
            by=by, place=village, institute=school, name="师范生乡村实践教学基地（虚构）", paper="共建协议（虚构）",
            starts_on=day, invented=True,
        )  # fmt: skip
    with homes.at(homes.today - timedelta(days=10)):
        partners.note_result(
            result, by=by, outcome="试种十二亩，少打两遍药，亩产多一成半。", outcome_on=homes.today - timedelta(days=10)
        )


def build(land: Land, staff: Staff) -> None:
    names = Names(Random(SEED))
    names.serial = 70_000  # phones of their own
    homes = Homes(land, staff, names, clock.today())
    gatherings = _gatherings(homes)
    _arrived(homes)
    _under_way(homes, gatherings)
    _partners(homes)
