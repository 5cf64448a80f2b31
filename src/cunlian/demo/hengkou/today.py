"""What lies on the desks today, in the village the log-ins belong to: late, due, sent back, waiting, with photos."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.demo.hengkou.cases import Year
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor
from cunlian.organisations.actions import arrange_stand_in, end_posting
from cunlian.organisations.models import Posting
from cunlian.places.models import Place

# item, title, words, days ago it was reported
LYING = (
    ("0202", "文化广场晚上没有灯", "文化广场的灯坏了快半个月，跳舞的、走路的都摸黑。", 13),
    ("0301", "垃圾房三周没有清运", "二组垃圾房三周没人清运，苍蝇多。", 11),
    ("0801", "请求协助开具务工证明", "在外地上班，单位要村里开务工证明，人回不来。", 4),
    ("0802", "医保缴费后查不到记录", "手机上缴了医保，查不到记录，怕报不了。", 3),
    ("0701", "想把闲置老屋租出去", "老屋空了五年，想租出去做民宿，手续怎么办？", 2),
    ("1001", "独居老人想订餐", "隔壁老人一个人住，腿脚不好，想订食堂的饭。", 1),
)


def picture(chance: Random, title: str) -> ContentFile[bytes]:
    """A drawn landscape in place of a photo: nobody real is on it."""
    image = Image.new("RGB", (960, 640), (205, 219, 216))
    draw = ImageDraw.Draw(image)
    far = [(x, 250 + chance.randrange(-60, 60)) for x in range(0, 1041, 80)]
    draw.polygon([(0, 640), *far, (1040, 640)], fill=(157, 180, 171))
    draw.polygon([(0, 640), (0, 360), (960, 330), (960, 640)], fill=(138, 160, 107))
    draw.polygon([(410, 345), (560, 342), (700, 640), (300, 640)], fill=(111, 144, 151))
    for _n in range(14):
        x, y = chance.randrange(420, 620), chance.randrange(420, 580)
        draw.polygon([(x, y), (x + 40, y - 12), (x + 58, y + 18), (x + 14, y + 30)], fill=(190, 182, 166))
    data = BytesIO()
    image.save(data, "JPEG", quality=85)
    return ContentFile(data.getvalue(), name=f"{title}.jpg")


class Today:
    """Makes the day of one village, through the actions."""

    def __init__(self, year: Year, village: Place) -> None:
        self.year, self.village, self.chance = year, village, year.chance
        self.cadre = year.staff.actor(year.staff.cadres[village.code])
        self.worker = year.staff.actor(year.staff.workers[year.land.grids[village.code][0].code])
        self.water = year.staff.by_matter["01"]

    def report(
        self, item: str, title: str, text: str, days: int, *, level: str = "normal", by: Actor = ANONYMOUS
    ) -> Case:
        with clock.set_to(self.year.now - timedelta(days=days, hours=2)):
            return actions.report_case(
                by=by, place=self.village, title=title, text=text, category=self.year.items[item], level=level,
                place_text=self.chance.choice(self.year.spots), told=Told(self.year.names.name(), self.year.names.phone()),
            )  # fmt: skip

    def at(self, days: float) -> AbstractContextManager[None]:
        return clock.set_to(self.year.now - timedelta(days=days))

    def lying(self) -> None:
        for item, title, text, days in LYING:
            case = self.report(item, title, text, days)
            if days > 10:
                with self.at(days - 0.5):
                    actions.accept_case(case, by=self.year.keeper(case))

    def channel(self) -> None:
        """The long one: photos, a pause, progress, a neighbour who joins."""
        case = self.report(
            "0101", "三组水渠垮塌约 6 米，稻田进不了水", "大雨后三组马家湾那段水渠垮了，大约六米长。下面三十几亩稻田进不了水，"
            "现在靠抽水，一天要烧四十块钱的油。请村里和镇上来看看，秧苗等不起。", 9,
        )  # fmt: skip
        water = self.year.staff.actor(self.water)
        with self.at(8.5):
            actions.attach_file(case, by=self._own(case), file=picture(self.chance, "渠"), caption="垮塌段，由上游看")
            actions.attach_file(case, by=self._own(case), file=picture(self.chance, "田"), caption="下游稻田")
            actions.accept_case(case, by=water)
        with self.at(8):
            actions.start_case(case, by=water)
            actions.pause_case(case, by=water, reason="weather", text="暴雨橙色预警，渠边不能进人。")
        with self.at(6):
            actions.resume_case(case, by=water)
            actions.join_case(case, by=ANONYMOUS, told=Told(self.year.names.name(), self.year.names.phone()))
        with self.at(4):
            actions.note_progress(case, by=water, text="挖机后天上午到，先用编织袋围堰通水，块石随后砌。")
        with self.at(1):
            actions.ask_extension(case, by=water, working_days=5, text="块石要从邻县运来，还要三天才到。")

    def sent_back(self) -> None:
        case = self.report("0202", "通村路口太阳能灯只亮一小时", "路口的太阳能灯亮一个小时就灭，后半夜一片黑。", 5)
        with self.at(4.5):
            actions.dispatch_case(case, by=self.cadre, to=self.water, text="请看看能不能一起修。")
        with self.at(3):
            actions.return_case(case, by=self.year.staff.actor(self.water), text="路灯归村里管护，水利站没有备件。")

    def answered(self) -> None:
        for title, text in (("小广场健身器材松动", "单杠松了，孩子爱爬。"), ("公厕水管漏水", "公厕水管漏了一地。")):
            case = self.report("0302", title, text, 5)
            with self.at(4):
                actions.accept_case(case, by=self.cadre)
            with self.at(2):
                actions.answer_case(case, by=self.cadre, text="已经修好，当面试过。")

    def urgent(self) -> None:
        with clock.set_to(self.year.now - timedelta(hours=3)):
            actions.report_case(
                by=self.cadre.for_("phone"), place=self.village, title="水井盖破损，孩子上学经过", level="emergency",
                text="小学门口的水井盖破了，孩子上学经过，太危险。", category=self.year.items["0902"], source="phone",
                told=Told(self.year.names.name(), self.year.names.phone()),
            )  # fmt: skip

    def gaps(self) -> None:
        """A grid whose worker has left, and a cadre on leave with somebody standing in."""
        grids = self.year.land.grids[self.village.code]
        posting = Posting.objects.get(post=self.year.staff.workers[grids[-1].code], ends_on=None)
        end_posting(posting, by=SYSTEM, ends_on=clock.today() - timedelta(days=12))
        actions.report_case(
            by=ANONYMOUS, place=grids[-1], title="手机认证不会弄", text="养老认证要刷脸，我住三网格，不会用手机，请来帮忙。",
            category=self.year.items["0802"],
        )  # fmt: skip
        away = self.year.staff.cadres[self.year.land.village("323").code]
        arrange_stand_in(
            away, by=SYSTEM, by_post=self.year.staff.cadres[self.village.code], reason="休假",
            starts_on=clock.today() - timedelta(days=2), ends_on=clock.today() + timedelta(days=6),
        )  # fmt: skip

    def _own(self, case: Case) -> Actor:
        return Actor("anonymous", proofs=frozenset({case.pk}))


def build(year: Year) -> None:
    """The day of 棋盘村."""
    today = Today(year, year.land.village("269"))
    today.lying()
    today.channel()
    today.sent_back()
    today.answered()
    today.urgent()
    today.gaps()
