"""Work of today for those who would else see an empty bench: social worker, lane leader, supervisor, area, township; and a
picture of something put right, on the village's page."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.demo.hengkou.cases import Year
from cunlian.demo.hengkou.instructions import Chain
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.today import picture
from cunlian.instructions.completeness import Order
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.organisations.models import Post

VILLAGE = "269"

# Whose bench, item, urgency, in short, words, days ago, how far it is: passed (it waits for them), started, back (what they
# passed on came back to them), later (they asked for more time).
LYING = (
    ("social", "1001", "normal", "独居老人降压药快吃完", "隔壁爷爷一个人住，降压药只剩三天的量，去不了卫生院。", 1, "passed"),
    ("social", "1001", "normal", "送餐盒饭老人咬不动", "食堂送来的饭偏硬，三位老人咬不动，想换软一点的。", 6, "started"),
    ("social", "0802", "normal", "不会在手机上做养老认证", "儿女都在外，手机认证总是失败，请人上门帮一次。", 3, "passed"),
    ("social", "9901", "normal", "孩子放学没人接", "我在外务工，老人住院，孩子这一周放学没人接。", 2, "started"),
    ("lane", "0301", "normal", "巷口堆着旧家具", "东巷口堆了旧沙发和门板，三轮车过不去。", 4, "passed"),
    ("lane", "0302", "normal", "东巷排水沟盖板松动", "东巷中段的盖板一踩就翘，晚上怕人踩空。", 7, "started"),
    ("lane", "0202", "urgent", "东巷路灯时亮时灭", "东巷第三盏灯时亮时灭，娃娃上晚自习回来怕黑。", 1, "passed"),
    ("area", "0203", "normal", "跨村便桥护栏断了一截", "两个村中间的便桥护栏断了一截，两村都说归对方。", 5, "passed"),
    ("area", "0301", "normal", "三村共用垃圾中转点外溢", "三个村共用的中转点周末没人运，垃圾外溢到路上。", 8, "started"),
    ("area", "0103", "normal", "界沟淤塞，上下游两村都淹", "界沟淤了，一下雨上下游两个村的田都淹，要一起清。", 6, "later"),
    ("township", "0101", "normal", "抽水站门坏了，闸关不严", "抽水站的闸关不严，渠里白天没水晚上满。", 4, "passed"),
    ("township", "0702", "urgent", "土墙房裂缝变大", "老屋土墙裂缝比上个月宽了一指，里面还住着人。", 2, "started"),
    ("township", "0404", "normal", "低保复核材料交了没回音", "低保复核的材料上月交到镇上，至今没有回音。", 12, "passed"),
    ("township", "0602", "normal", "电压低，打米机转不动", "晚上电压低，打米机转不动，反映过一次。", 5, "back"),
)  # fmt: skip
ORDERS = (
    ("村务公开栏抽查", "公开栏缺项处数", "处", 6, ()),
    ("三季度财务公开监督意见", "", "", 9, (("sign", 8),)),
)
PUT_RIGHT = (
    ("0302", "公厕水管换好了，冲水正常。", "公厕水管裂了", "村部旁公厕水管裂了，地上一直有水。", 24),
    ("0202", "文化墙边的路灯换了灯头，晚上亮了。", "文化墙边路灯不亮", "文化墙边的路灯坏了，晚上看不见台阶。", 33),
)


class Benches:
    def __init__(self, year: Year, chance: Random) -> None:
        self.year, self.chance, self.names = year, chance, Names(chance)
        self.staff, self.land = year.staff, year.land
        self.village = year.land.village(VILLAGE)
        titles = {str(post): post for post in self.staff.holders}
        area = next(area for area, members in self.land.areas if self.village in members)
        watch = next(
            post for name, post in titles.items() if name.startswith(f"{self.village.short_name}村务监督委员会")
        )
        lane = next(post for name, post in titles.items() if name == f"{self.village.short_name}村民委员会 东巷巷长")
        self.posts: dict[str, Post] = {
            "social": self.staff.socials[self.village.code], "lane": lane, "supervisor": watch,
            "area": next(post for post in self.staff.holders if post.area_id == area.pk),
            "township": titles["社会治理办 网格专干"],
        }  # fmt: skip
        self.cadre = self.staff.actor(self.staff.cadres[self.village.code])
        self.desk = self.staff.actor(self.staff.desk)

    def report(self, item: str, title: str, text: str, days: int, level: str = "normal") -> Case:
        with clock.set_to(self.year.now - timedelta(days=days, hours=3)):
            return actions.report_case(
                by=ANONYMOUS, place=self.village, title=title, text=text, category=self.year.items[item], level=level,
                place_text=self.chance.choice(self.year.spots), told=Told(self.names.name(), self.names.phone()),
            )  # fmt: skip

    def lie(self, who: str, item: str, level: str, title: str, text: str, days: int, how: str) -> None:
        case, post = self.report(item, title, text, days, level), self.posts[who]
        doer = self.staff.actor(post)
        with clock.set_to(self.year.now - timedelta(days=days - 0.4)):
            case = actions.dispatch_case(case, by=self.desk, to=post, text="请看看，能办的当天办。")
        with clock.set_to(self.year.now - timedelta(days=days * 0.6)):
            if how == "back":
                water = self.staff.by_matter["06"]
                actions.dispatch_case(case, by=doer, to=water, text="请抢修班看看是不是变压器的事。")
            elif how != "passed":
                case = actions.start_case(case, by=doer)
                actions.note_progress(case, by=doer, text="今天去看过，东西已经联系好。")
        with clock.set_to(self.year.now - timedelta(days=days * 0.3)):
            if how == "back":
                actions.return_case(case, by=self.staff.actor(water), text="变压器归电力公司管，请转他们报修。")
            elif how == "later":
                actions.ask_extension(case, by=doer, working_days=5, text="两村要一起出工，约在下周。")

    def order(
        self, chain: Chain, title: str, asked: str, unit: str, ago: int, steps: tuple[tuple[str, int], ...]
    ) -> None:
        """To the supervisors: what they look at is theirs to say."""
        order = Order(
            title=title, text="按村务监督委员会的职责办理，看到什么写什么。", origin_kind="paper",
            origin=f"演示文件：关于{title}的通知（虚构）", basis="村务监督委员会工作职责（虚构）", asked=asked or "监督意见",
            return_kind="number" if unit else "text", unit=unit, posts=(self.posts["supervisor"],),
        )  # fmt: skip
        by = self.staff.actor(self.posts["township"])
        for copy in chain.send(order, by, ago):
            for name, after in steps:
                chain.step(name, copy, by, after)

    def put_right(self, item: str, words: str, title: str, text: str, days: int) -> None:
        """Photographed by the person, mended, confirmed by them; a copy with a part made unreadable is shown to all."""
        case = self.report(item, title, text, days)
        own = Actor("anonymous", proofs=frozenset({case.pk}))
        keeper = self.year.keeper(case)
        with clock.set_to(self.year.now - timedelta(days=days - 1)):
            sent = actions.attach_file(case, by=own, file=picture(self.chance, title), caption="现场")
            case = actions.start_case(actions.accept_case(case, by=keeper), by=keeper)
        with clock.set_to(self.year.now - timedelta(days=days - 4)):
            case = actions.answer_case(case, by=keeper, text=words)
        with clock.set_to(self.year.now - timedelta(days=days - 5)):
            case = actions.confirm_case(case, by=own)
            copy = actions.blur_file(case, by=keeper, attachment=sent, boxes=[(420, 400, 700, 620)])
            actions.show_pictures(case, by=self.cadre, pictures=[copy], words=words, looked=True)


def build(year: Year, chance: Random) -> None:
    benches = Benches(year, chance)
    for row in LYING:
        benches.lie(*row)
    chain = Chain(year.land, year.staff)
    for order in ORDERS:
        benches.order(chain, *order)
    for shown in PUT_RIGHT:
        benches.put_right(*shown)
