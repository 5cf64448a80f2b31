"""The district a bench works in: the demonstration's land, staff and people, read back from the database, and a sample of
requests made by the actions, which the generator then multiplies."""

from __future__ import annotations

from random import Random
from typing import Any

from django.db import transaction

from cunlian.accounts.actions import create_user
from cunlian.accounts.roles import Role
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Category
from cunlian.demo.hengkou import land, people, staff
from cunlian.demo.hengkou.cases import Life, Year, item_list
from cunlian.demo.hengkou.land import Land
from cunlian.demo.hengkou.lists import Names, Story, stories, words
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock, promises
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.kernel.models import OutboxEntry
from cunlian.organisations.actions import join_account
from cunlian.organisations.models import Duty, Posting
from cunlian.people.models import Person
from cunlian.places.models import District, GridTier, Level

SEED = 20260709
PASSWORD = "bench-hengkou-2026"


def _nothing(_done: int) -> None:
    return None


@transaction.atomic
def build() -> None:
    """Places, staff, households, item list: all but cases. Officers with a department's duty get an account each."""
    chance = Random(SEED)
    names = Names(chance)
    ground = land.build(chance, _nothing)
    posts = staff.build(ground, names, _nothing)
    people.build(ground, names, chance, _nothing)
    item_list(ground)
    for n, post in enumerate(dict.fromkeys(posts.by_matter.values())):
        person = Person.objects.get(pk=posts.holders[post].pk)
        if person.user_id is None:
            user = create_user(by=SYSTEM, username=f"officer{n}", password=PASSWORD, display_name=f"Officer {n}")
            join_account(person, user, by=SYSTEM)


def read_land() -> Land:
    """The land as built. All entries of the national list are villages here, also the two the roster leaves out."""
    district = District.current()
    found = Land(district.root, district, list(district.listed().order_by("code")))
    found.grids = {village.code: [] for village in found.villages}
    inside = (
        type(district.root)
        .objects.current()
        .within(district.root)
        .filter(level=Level.GRID, grid__tier=GridTier.VILLAGE)
    )
    for grid in inside.order_by("code").select_related("parent"):
        found.grids[grid.code[:12]].append(grid)
    return found


def read_staff() -> Staff:
    found = Staff()
    for posting in Posting.objects.filter(ends_on=None).select_related("post__place", "post__organisation", "person"):
        post, code = posting.post, posting.post.place.code
        found.holders[post] = posting.person
        if post.role == Role.VILLAGE_CADRE and post.rank == 2:
            found.cadres[code] = post
        if post.role == Role.GRID_WORKER:
            found.workers[code] = post
        if post.role == Role.DISPATCHER:
            found.desk = post
    held = {post.pk: post for post in found.holders}
    matters = Duty.objects.filter(ends_on=None).exclude(matter="").values_list("matter", "post_id")
    found.by_matter = {matter: held[post_id] for matter, post_id in matters.order_by("matter")}
    return found


class Sample(Year):
    """A year of requests by the actions, over the district that stands already, with more of what is rare and matters to
    the data: joined, merged and split ones."""

    def __init__(self, seed: int = SEED) -> None:
        self.land, self.staff, self.people = read_land(), read_staff(), People()
        self.chance = Random(seed)
        self.names = Names(self.chance)
        # The district's own people have the first numbers of the range.
        self.names.serial = 10_000_000 + seed % 1_000_000 * 10
        for head in Person.objects.filter(is_head=True).select_related("place"):
            self.people.heads.setdefault(head.place.code, []).append(head)  # type: ignore[union-attr]
        self.items: dict[str, Category] = {item.code: item for item in Category.objects.filter(ends_on=None)}
        self.stories: list[Story] = stories()
        self.spots = words("spots.txt")
        self.now = clock.now()
        # Only villages with staff: whoever answers for the two others is found by the generator.
        self.busy = [village for village in self.land.villages if village.code in self.staff.cadres]

    def one(self, n: int) -> None:
        story = self.chance.choices(self.stories, [story.weight for story in self.stories])[0]
        village, at = self.chance.choice(self.busy), self._moment()
        with clock.set_to(at):
            case = self._reported(story, village, at)
        if case.holder_id:
            FullLife(self, case, story, at).run()

    @transaction.atomic
    def build(self, count: int) -> None:
        """``count`` requests and those that hang on them. What happened in an invented past is told to nobody."""
        for n in range(count):
            self.one(n)
        # Whoever should have heard that something is late has heard, as where a worker runs.
        promises.climb(self.now, 100 * count)
        OutboxEntry.objects.filter(state=OutboxEntry.State.WAITING).update(state=OutboxEntry.State.DONE)


class FullLife(Life):
    """A life with a word about progress in every one, so that a finished request has six rows of the log or more."""

    def run(self) -> None:
        draw = self.chance.random()
        if draw < 0.05:
            self._joined()
        elif draw < 0.09:
            self._merged()
        elif draw < 0.11:
            self._split()
        super().run()

    def _told(self) -> Told:
        return Told(self.year.names.name(), self.year.names.phone())

    def _joined(self) -> None:
        with clock.set_to(self.at):
            actions.join_case(self.case, by=ANONYMOUS, told=self._told(), words="我家也是这样。")

    def _merged(self) -> None:
        with clock.set_to(self.at):
            again = actions.report_case(
                by=ANONYMOUS, place=self.case.place, text=self.case.text, category=self.case.category,
                told=self._told(),
            )  # fmt: skip
            actions.merge_case(again, by=self.year.keeper(again), into=self.case)

    def _split(self) -> None:
        with clock.set_to(self.at):
            part = actions.split_case(
                self.case, by=self.year.keeper(self.case), text="还有一件：门口的垃圾箱没人清。",
                category=self.case.category,
            )  # fmt: skip
        Life(self.year, Case.objects.get(pk=part.pk), self.story, self.at).run()

    def _works(self, keeper: Any) -> bool:
        if self.later(12):
            self.do(actions.note_progress, keeper, text="已经到现场看过，安排好了人，弄好就告诉您。")
        return super()._works(keeper)
