"""A year of requests, made by calling the actions under a set clock: reported, passed on, answered, confirmed or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from cunlian.accounts.roles import Role
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Category
from cunlian.cases.states import State
from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names, Story, rows, stories, words
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM, Actor, may
from cunlian.organisations.models import Post
from cunlian.places.models import Place

COUNT = 1500
DAYS = 365
Step = Callable[[int], None]


def item_list(land: Land) -> dict[str, Category]:
    """The county's list with its deadlines and a few reply templates."""
    found = {}
    for row in rows("categories.csv"):
        category = actions.add_category(
            by=SYSTEM, root=land.root, code=row["code"], name=row["name"], name_en=row["name_en"], words=row["words"],
            responsible_kind=row["responsible_kind"], needs_power=row["needs_power"] == "1",
            is_public_matter=row["is_public_matter"] == "1", is_dispute=row["is_dispute"] == "1", starts_on=START,
            paper="演示事项清单（虚构）",
        )  # fmt: skip
        found[row["code"]] = category
        if len(row["code"]) == 4:
            actions.set_deadline(category, by=SYSTEM, level="normal", working_days=int(row["normal_days"]))
            actions.set_deadline(category, by=SYSTEM, level="urgent", working_days=int(row["urgent_days"]))
            actions.set_deadline(category, by=SYSTEM, level="emergency", hours=12)
    for name, text in (
        ("已修好", "已经修好，{日期}试过正常。再有问题请打回执上的电话，当天来看。"),
        ("已转部门", "这件事归{部门}管，已经转过去，他们{日期}前答复您。"),
        ("需要材料", "办这件事还缺{材料}。您方便时送到村部，或者请网格员上门来取。"),
    ):
        actions.save_template(by=SYSTEM, root=land.root, name=name, text=text)
    return found


class Year:
    """Draws one request after another and takes it as far as time allows."""

    def __init__(self, land: Land, staff: Staff, people: People, names: Names, chance: Random) -> None:
        self.land, self.staff, self.people, self.names, self.chance = land, staff, people, names, chance
        self.items = item_list(land)
        self.stories = stories()
        self.spots = words("spots.txt")
        self.now = clock.now()
        self.busy = [*land.detailed * 6, *land.villages]

    def _moment(self) -> datetime:
        """A waking hour of a day in the past year; more in summer, when water and roads give trouble."""
        while True:
            day = clock.day_of(self.now) - timedelta(days=self.chance.randrange(DAYS))
            if day.month in (6, 7, 8) or self.chance.random() < 0.75:
                moment = clock.at(day, self.chance.randrange(7, 21), self.chance.randrange(60))
                return min(moment, self.now - timedelta(minutes=30))

    def _fill(self, text: str, day: date) -> str:
        spot, spot2 = self.chance.sample(self.spots, 2)
        return text.format(
            group=f"{'一二三四五六'[self.chance.randrange(6)]}组", spot=spot, spot2=spot2, n=self.chance.randrange(2, 7),
            month=f"{day.month}月", day=f"{day.month}月{day.day}日",
        )  # fmt: skip

    def _reported(self, story: Story, village: Place, at: datetime) -> Case:
        place = self.chance.choice(self.land.grids[village.code]) if self.chance.random() < 0.6 else village
        heads = self.people.heads.get(village.code)
        person = self.chance.choice(heads) if heads and self.chance.random() < 0.8 else None
        told = None if person else Told(self.names.name(), self.names.phone())
        source = self.chance.choices(("online", "phone", "door", "patrol", "chat", "paper"), (45, 20, 12, 12, 9, 2))[0]
        worker = self.staff.actor(self.staff.workers[self.land.grids[village.code][0].code])
        cadre = self.staff.actor(self.staff.cadres[village.code])
        by = ANONYMOUS if source == "online" else (worker if place != village and worker.holds(
            ["grid_worker"], place.code) else cadre).for_(source, person.pk if person else None)  # fmt: skip
        level = self.chance.choices(("normal", "urgent", "emergency"), (88, 10, 2))[0]
        return actions.report_case(
            by=by, place=place, text=self._fill(story.text, clock.day_of(at)), title=story.title, level=level,
            category=self.items[story.category], source=source, place_text=self.chance.choice(self.spots),
            told=told, person=person,
        )  # fmt: skip

    def keeper(self, case: Case) -> Actor:
        return self.staff.actor(self._post(case))

    def _post(self, case: Case) -> Post:
        return next(post for post in self.staff.holders if post.pk == case.holder_id)

    def one(self, n: int) -> None:
        """One request from its first word to wherever it stands today."""
        story = self.chance.choices(self.stories, [story.weight for story in self.stories])[0]
        village, at = self.chance.choice(self.busy), self._moment()
        with clock.set_to(at):
            case = self._reported(story, village, at)
        if case.holder_id is None:
            return
        Life(self, case, story, at).run()


class Life:
    """What happens to one request after it came in. ``at`` runs on; nothing happens later than now."""

    def __init__(self, year: Year, case: Case, story: Story, at: datetime) -> None:
        self.year, self.case, self.story, self.at, self.chance = year, case, story, at, year.chance

    def later(self, hours: float) -> bool:
        """Let time pass; False when that would be in the future."""
        self.at += timedelta(hours=hours * self.chance.uniform(0.5, 1.6))
        local = self.at.astimezone(clock.SHANGHAI)
        if local.hour < 8 or local.hour >= 19:
            self.at = clock.at(clock.day_of(self.at) + timedelta(days=local.hour >= 19), 8, self.chance.randrange(59))
        return self.at < self.year.now

    def do(self, action: Callable[..., object], by: Actor, **values: object) -> None:
        with clock.set_to(self.at):
            action(self.case, by=by, **values)
        self.case = Case.objects.select_related("place", "category", "promise", "holder__organisation").get(
            pk=self.case.pk
        )

    def run(self) -> None:
        if not self.later(6) or self._lies_about(20, 0.05) or self._ends_early():
            return
        keeper = self.year.keeper(self.case)
        self.do(actions.accept_case, keeper)
        if self._passes_on() and not self.later(10):
            return
        keeper = self.year.keeper(self.case)
        self.do(actions.start_case, keeper)
        if not self._works(keeper):
            return
        self.do(actions.answer_case, keeper, text=self.year._fill(self.story.answer, clock.day_of(self.at)))
        self._is_it_fixed()

    def _lies_about(self, days: int, share: float) -> bool:
        """Some of the last weeks' are simply left lying, so that there is something late to see."""
        return self.year.now - self.at < timedelta(days=days) and self.chance.random() < share

    def _ends_early(self) -> bool:
        """A few are not taken on, withdrawn, or belong to the petition office."""
        keeper, draw = self.year.keeper(self.case), self.chance.random()
        if draw < 0.012:
            self.do(
                actions.reject_case,
                keeper,
                reason="other_county",
                text="这条路归邻县养护，电话已告诉您，我们也转告了。",
            )
        elif draw < 0.022:
            self.do(actions.withdraw_case, Actor("anonymous", proofs=frozenset({self.case.pk})))
        elif draw < 0.032 and not keeper.roles & {Role.GRID_WORKER}:
            self.do(
                actions.hand_over_case, keeper, due_on=clock.day_of(self.at) + timedelta(days=60),
                register_number=f"演示信〔{self.at.year}〕{self.chance.randrange(10, 99)}",
            )  # fmt: skip
        else:
            return False
        return True

    def _passes_on(self) -> bool:
        """A village passes some of its matters to an office of the zone."""
        if "village_cadre" not in self.year.keeper(self.case).roles or self.chance.random() > 0.2 or not self.later(5):
            return False
        offices = [post for matter, post in self.year.staff.by_matter.items() if matter != "burden"]
        office = self.chance.choice(offices)
        self.do(actions.dispatch_case, self.year.keeper(self.case), to=office, text="村里没有机械，请帮忙处理。")
        return True

    def _works(self, keeper: Actor) -> bool:
        """Days of work, with a word about progress, a pause or more time now and then. False: still at it today."""
        if self.chance.random() < 0.25 and self.later(20):
            self.do(actions.note_progress, keeper, text="已经到现场看过，材料在路上，弄好就告诉您。")
        if self.chance.random() < 0.05 and self.later(10):
            self.do(actions.pause_case, keeper, reason="weather", text="连着下雨，渠边不能进人。")
            if not self.later(40):
                return False
            self.do(actions.resume_case, keeper)
        if self.chance.random() < 0.04 and self.later(10):
            self.do(actions.ask_extension, keeper, working_days=5, text="要等配件从外地发来。")
            if not self.later(8):
                return False
            self.do(actions.decide_extension, self.year.staff.actor(self.year.staff.desk), granted=True)
        if self._lies_about(35, 0.12):
            return False
        slow = self.chance.random() < 0.07
        return self.later(330 if slow else 70)

    def _is_it_fixed(self) -> None:
        """Most say that it is fixed; some a neighbour says; some nobody says; a few say that it is not."""
        person = Actor("anonymous", proofs=frozenset({self.case.pk}))
        draw = self.chance.random()
        if draw < 0.035 and self.later(20):
            self.do(actions.reopen_case, person, text="还是老样子，请再来看看。")
            keeper = self.year.keeper(self.case)
            if not self.later(50):
                return
            self.do(actions.answer_case, keeper, text="重新检查过，这次换了整套，当面试过。")
            draw = 0.1
        if draw < 0.76:
            if self.later(24):
                self.do(actions.confirm_case, person)
        elif draw < 0.85 and self.case.category and self.case.category.is_public_matter:
            self._neighbour()
        elif self.case.window_ends_at and self.case.window_ends_at < self.year.now:
            self.at = self.case.window_ends_at
            self.do(actions.elapse_case, SYSTEM)

    def _neighbour(self) -> None:
        by = self.year.staff.actor(self.year.staff.cadres[self.case.place.code[:12]]).for_("neighbour")
        if self.later(30) and self.case.state == State.ANSWERED and may(by, "cases.vouch", self.case):
            self.do(actions.vouch_case, by, text="问了隔壁，说已经好了。")


def complaints(year: Year) -> None:
    """A few about the service of an office; each goes past the one complained of."""
    for n, post in enumerate([post for matter, post in year.staff.by_matter.items() if matter != "burden"][:4]):
        with clock.set_to(year.now - timedelta(days=9 * n + 3)):
            actions.report_complaint(
                by=ANONYMOUS, place=year.land.detailed[n], post=post, text="去了两次都说负责的人不在，请安排好窗口。",
                told=Told(year.names.name(), year.names.phone()),
            )  # fmt: skip


def duplicates(year: Year, step: Step) -> None:
    """The same lamp reported twice: joined by the neighbour, or put together by the desk."""
    for village in year.land.detailed:
        with clock.set_to(year.now - timedelta(days=2, hours=year.chance.randrange(1, 20))):
            lamp = year.items["0202"]
            first = actions.report_case(
                by=ANONYMOUS, place=village, title="文化广场晚上没有灯", category=lamp, place_text="文化广场",
                text="文化广场的灯坏了三天，跳舞的、走路的都摸黑。", told=Told(year.names.name(), year.names.phone()),
            )  # fmt: skip
            actions.join_case(
                first, by=ANONYMOUS, told=Told(year.names.name(), year.names.phone()), words="我家也看到了。"
            )
            again = actions.report_case(
                by=ANONYMOUS, place=village, text="广场上的灯一直不亮。", category=lamp,
                told=Told(year.names.name(), year.names.phone()),
            )  # fmt: skip
            if again.holder_id:
                actions.merge_case(again, by=year.keeper(again), into=first)
        step(1)


def build(
    land: Land, staff: Staff, people: People, names: Names, chance: Random, step: Step, count: int = COUNT
) -> Year:
    """The year's requests; the year is handed on to whoever adds to it."""
    year = Year(land, staff, people, names, chance)
    for n in range(count):
        year.one(n)
        step(1)
    complaints(year)
    duplicates(year, step)
    return year
