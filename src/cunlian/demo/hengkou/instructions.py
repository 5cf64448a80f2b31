"""The short chain: the county's limit, ten instructions in different states, two programmes. All papers are invented but
the report itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from cunlian.demo.hengkou.land import JOINT, START, Land
from cunlian.demo.hengkou.staff import Staff
from cunlian.instructions import actions
from cunlian.instructions.completeness import Order
from cunlian.instructions.models import Copy, Form, Measure
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Post

REPORT = "《安康日报》2025-03-27"
LINES = (
    ("建强村（社区）“两委”班子", ()),
    ("“扁平化”管理：片区负责制、干部直管到村", ("instructions.straight", "instructions.median_hours")),
    ("“三联”：支部联建、产业联盟、资源联享", ()),
    ("吸引外出党员回乡创业", ()),
    ("优化服务群众方式", ("cases.received", "cases.in_time")),
)
COMMAND = (
    ("区级领导联片", ()),
    ("工作部门包村", ("instructions.done", "instructions.done_in_time")),
    ("党员干部驻村", ()),
    ("干部直管到村下沉服务", ("instructions.straight", "instructions.skipped", "instructions.median_hops")),
)
Steps = tuple[tuple[str, int], ...]
DONE: Steps = (("sign", 1), ("complete", 3))
CLOSED: Steps = (*DONE, ("check", 4), ("close", 4))
# title, who gives, villages (ends of code) or the office that gets it, working days ago, what comes back, unit, steps
ORDERS: tuple[tuple[str, str, tuple[str, ...], str, int, str, str, Steps], ...] = (
    ("闲置房屋底数复核", "leader", ("269",), "", 12, "闲置房屋间数", "间", CLOSED),
    ("冬季饮水管网巡查", "water", ("269",), "", 6, "已加保温的管线长度", "米", (("sign", 1), ("supervise", 4))),
    ("高标准农田管护责任人落实", "leader", ("266",), "", 9, "责任人公示照片或文件", "", (
        ("return", 1), ("redirect", 2), ("sign", 2), ("ask_extension", 4))),
    ("互助幸福院取暖设备检查", "county", ("297",), "", 3, "检查结果", "", (("return", 2),)),
    ("联席会议议定的产业路用地核实", "leader", ("264",), "", 7, "涉及农户户数", "户", (("sign", 1), ("ask_extension", 3))),
    ("秋季秸秆禁烧巡查", "county", ("302",), "", 30, "巡查次数", "次", (("sign", 2), ("lapse", 0))),
    ("重复的人居环境报表", "county", ("323",), "", 5, "报表", "", (("withdraw", 1),)),
    ("村级小额工程清单核对", "leader", (), "农业综合服务站", 8, "核对后的项目个数", "个", DONE),
    ("片区文艺汇演人员联络", "area", ("267",), "", 4, "参加人数", "人", (("sign", 1), ("complete", 3), ("send_back", 3))),
)  # fmt: skip
WORDS = {
    "return": "按职责清单，这件事归站上管，村里没有权限。",
    "redirect": "请农技专干直接办，村里配合。",
    "complete": "已逐处核对，结果如下。",
    "supervise": "寒潮将至，请在本周内办完。",
    "ask_extension": "下雨路滑，上山核对要多两天。",
    "withdraw": "民政口已经报过，不再重复要。",
    "send_back": "还差第三网格，请补上。",
}


class Chain:
    """Who gives and who does. ``ago`` counts working days back from today."""

    def __init__(self, land: Land, staff: Staff) -> None:
        self.land, self.staff = land, staff
        self.now = clock.now()
        posts = {f"{post.organisation.name} {post.title}": post for post in staff.holders}
        self.posts = {
            "leader": posts["恒口示范区管委会 分管主任"], "county": posts["恒口示范区党建办 干事"],
            "water": staff.by_matter["01"], "farm": staff.by_matter["0402"],
        }  # fmt: skip

    def day(self, ago: int) -> date:
        day = clock.day_of(self.now)
        while ago > 0 or not clock.is_working_day(day):
            day -= timedelta(days=1)
            ago -= clock.is_working_day(day)
        return day

    def at(self, ago: int, hour: int = 9) -> datetime:
        return min(clock.at(self.day(ago), hour, 20), self.now)

    def area_head(self, tail: str) -> Post:
        village = self.land.village(tail)
        area = next(area for area, members in self.land.areas if village in members)
        return next(post for post in self.staff.holders if post.area_id == area.pk)

    def actor(self, who: str, tails: tuple[str, ...]) -> Actor:
        """Whoever gives. An area's head has its villages, as the grants of an account would say."""
        if who != "area":
            return self.staff.actor(self.posts[who])
        return self.staff.actor(self.area_head(tails[0]))

    def send(self, order: Order, by: Actor, ago: int) -> list[Copy]:
        with clock.set_to(self.at(ago)):
            due = clock.day_of(clock.add_working_days(clock.now(), 10).due)
            whole = Order(
                **{**vars(order), "origin_on": self.day(ago + 2), "due_on": due, "ends_on": due + timedelta(days=14)}
            )
            return list(actions.send_instruction(whole, by=by).copies.select_related("instruction", "place"))

    def step(self, name: str, copy: Copy, by: Actor, ago: int) -> None:
        """One step of a copy, by whoever has it or gave it."""
        copy = Copy.objects.for_detail().get(pk=copy.pk)
        doer = self.staff.actor(next(post for post in self.staff.holders if post.pk == copy.post_id))
        if name == "lapse":
            with clock.set_to(clock.at(copy.instruction.ends_on + timedelta(days=1), 1)):
                actions.lapse_copy(copy)
            return
        with clock.set_to(self.at(ago, 15)):
            self._act(name, copy, doer, by)

    def _act(self, name: str, copy: Copy, doer: Actor, by: Actor) -> None:
        text: Any = {"text": WORDS.get(name, "")}
        number = 3 + copy.pk.int % 40 if copy.instruction.return_kind == "number" else None
        calls: dict[str, Callable[[], Any]] = {
            "sign": lambda: actions.sign_copy(copy, by=doer),
            "return": lambda: actions.return_copy(copy, by=doer, **text),
            "redirect": lambda: actions.redirect_copy(copy, by=by, to=self.posts["farm"], **text),
            "complete": lambda: actions.complete_copy(copy, by=doer, number=number, **text),
            "ask_extension": lambda: actions.ask_extension(copy, by=doer, working_days=2, **text),
            "supervise": lambda: actions.supervise_copy(copy, by=by, **text),
            "check": lambda: actions.check_copy(copy, by=by),
            "close": lambda: actions.close_copy(copy, by=by),
            "withdraw": lambda: actions.withdraw_copy(copy, by=by, **text),
            "send_back": lambda: actions.send_back_copy(copy, by=by, **text),
        }
        calls[name]()


def _order(title: str, asked: str, unit: str, **more: Any) -> Order:
    return Order(
        title=title, text="请按职责清单办理，台账里已有的数字不用再报。", origin_kind="paper",
        origin=f"演示文件：关于{title}的通知（虚构）", basis="村级组织工作事务清单（虚构）", asked=asked,
        return_kind="number" if unit else "text", unit=unit, **more,
    )  # fmt: skip


def _programmes(chain: Chain) -> list[Measure]:
    """The five lines the report names, and the short chain it names in the second of them."""
    by, measures = chain.staff.actor(chain.posts["county"]), []
    for name, form, lines in (
        ("党建引领“空心村”治理的五个方面", Form.PRACTICE, LINES),
        ("“多管合一”最短指挥链实施方案", Form.MERGED_COMMAND, COMMAND),
    ):
        programme = actions.enter_programme(
            by=by, root=chain.land.root, name=name, form=form, paper=REPORT, paper_on=date(2025, 3, 27),
            starts_on=START, invented=True,
        )  # fmt: skip
        measures += [
            actions.add_measure(
                programme, by=by, name=line, owner=chain.posts["leader"], indicators=codes,
                due_on=chain.day(0) + timedelta(days=60),
            )
            for line, codes in lines
        ]  # fmt: skip
    return measures


def build(land: Land, staff: Staff) -> None:
    chain = Chain(land, staff)
    with clock.set_to(chain.at(40)):
        actions.set_rule(
            by=staff.actor(chain.posts["county"]), root=land.root, most_open=8, most_a_month=6, sign_days=2,
            paper="演示文件：减负清单（虚构）", may_exceed=[chain.posts["leader"]],
        )  # fmt: skip
    straight = _programmes(chain)[-1]
    for title, who, tails, office, ago, asked, unit, steps in ORDERS:
        posts = tuple(one for one in staff.holders if one.organisation.name == office and one.title == "农技专干")
        places = tuple(land.village(tail) for tail in tails)
        by = chain.actor(who, tails)
        for copy in chain.send(_order(title, asked, unit, places=places, posts=posts), by, ago):
            for name, after in steps:
                chain.step(name, copy, by, max(0, ago - after))
    _to_five(chain, straight)


def _to_five(chain: Chain, measure: Measure) -> None:
    """One instruction straight to five villages at once, each of them elsewhere by now."""
    by = chain.staff.actor(chain.posts["leader"])
    order = _order(
        "今冬森林防火隐患排查", "隐患处数", "处", places=tuple(map(chain.land.village, JOINT)), measure=measure
    )
    ways: tuple[Steps, ...] = ((), (("sign", 1),), DONE, (*DONE, ("check", 4)), CLOSED)
    for copy, steps in zip(sorted(chain.send(order, by, 5), key=lambda one: one.place.code), ways, strict=True):
        for name, after in steps:
            chain.step(name, copy, by, max(0, 5 - after))
