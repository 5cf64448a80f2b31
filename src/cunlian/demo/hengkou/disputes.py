"""A year of people's mediation: bodies in the villages shown in depth, and disputes made by calling the actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.actions import Said
from cunlian.cases.disputes.models import Dispute, MediationBody
from cunlian.cases.models import Case
from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names, rows, words
from cunlian.demo.hengkou.people import People
from cunlian.demo.hengkou.staff import Staff
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations.actions import found_organisation
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.people.actions import register_person
from cunlian.places.models import Place

COUNT = 60
DAYS = 365
WOMEN = "兰香菊英花梅芳秀娥琴霞玲丽娟凤"
SHOWN = "269"
"""The village whose mediator can log in."""
BRANDS = ("老娘舅", "红色议事会", "老娘舅", "板凳说事", "红色议事会", "贾大姐调解室", "", "老娘舅")
FIRMS = ("恒口富硒粮油有限公司（虚构）", "月河茶业合作社（虚构）")
Step = Callable[[int], None]


class Peace:
    """The bodies, and the file of one dispute after another."""

    def __init__(self, land: Land, staff: Staff, people: People, names: Names, chance: Random) -> None:
        self.land, self.staff, self.people, self.names, self.chance = land, staff, people, names, chance
        self.stories = list(rows("disputes.csv"))
        self.spots = words("spots.txt")
        self.now = clock.now()
        self.bodies = {village.code: self._body(village, n) for n, village in enumerate(land.detailed)}
        self.firms = [self._firm(name) for name in FIRMS]

    def _body(self, village: Place, n: int) -> MediationBody:
        """The mediator heads it; the social worker and elected villagers sit in it, a woman among them. Of one body none
        is entered, and its page says so."""
        post, social = self.staff.mediators[village.code], self.staff.socials[village.code]
        body = actions.found_body(by=SYSTEM, organisation=post.organisation, brand=BRANDS[n], starts_on=START)
        for seat in (post, social):
            actions.add_member(body, by=SYSTEM, post=seat, is_head=seat == post, starts_on=START)
        for elected in range(1 + n % 3):
            woman = elected == 0 and n != 6
            person = register_person(
                by=SYSTEM, place=village, name=self._called(woman=woman), phone=self.names.phone(),
                gender="female" if woman else "male",
            )  # fmt: skip
            actions.add_member(body, by=SYSTEM, person=person, starts_on=START)
        return body

    def _called(self, *, woman: bool) -> str:
        while True:
            name = self.names.name()
            if woman == any(letter in WOMEN for letter in name[1:]):
                return name

    def _firm(self, name: str) -> Organisation:
        return found_organisation(
            by=SYSTEM, name=name, organisation_kind=OrganisationKind.ENTERPRISE, place=self.land.root, starts_on=START
        )

    def fill(self, text: str) -> str:
        return text.format(spot=self.chance.choice(self.spots), group=f"{'一二三四五六'[self.chance.randrange(6)]}组")

    def sides(self, village: Place, kind: str) -> tuple[Said, Said]:
        one, other = self.chance.sample(self.people.heads[village.code], 2)
        return Said(person=one), Said(
            organisation=self.chance.choice(self.firms)
        ) if kind == "village_enterprise" else Said(person=other)

    def days_ago(self, count: int) -> list[int]:
        """When each began, the oldest first, so that numbers run with the days; a fifth in these two weeks, so that every
        kind of open work is there to see."""
        recent = [self.chance.randrange(1, 14) for _n in range(count // 5)]
        older = [self.chance.randrange(14, DAYS) for _n in range(count - len(recent))]
        return sorted([*recent, *older], reverse=True)

    def one(self, days: int) -> None:
        """One dispute from its first word to wherever it stands today."""
        story = self.chance.choices(self.stories, [int(story["weight"]) for story in self.stories])[0]
        village = self.chance.choice(self.land.detailed)
        if days < 14 and self.chance.random() < 0.5:
            village = next(one for one in self.land.detailed if one.code.endswith(SHOWN))
        Life(self, village, story, self.now - timedelta(days=days)).run()


class Life:
    """What happens to one dispute. ``at`` runs on; nothing happens later than now."""

    def __init__(self, peace: Peace, village: Place, story: dict[str, str], at: datetime) -> None:
        self.peace, self.village, self.story, self.at, self.chance = peace, village, story, at, peace.chance
        self.post = peace.staff.mediators[village.code]
        self.by: Actor = peace.staff.actor(self.post)
        self.dispute: Dispute

    def later(self, days: float) -> bool:
        """Let time pass, into a working hour; False when that would be in the future."""
        day = clock.day_of(self.at + timedelta(days=max(1.0, days * self.chance.uniform(0.6, 1.5))))
        self.at = clock.at(day, self.chance.randrange(9, 17), self.chance.randrange(60))
        return self.at < self.peace.now

    def do(self, action: Callable[..., Any], **said: Any) -> Any:
        with clock.set_to(self.at):
            return action(self.dispute, by=self.by, **said)

    def run(self) -> None:
        self._open()
        if self.chance.random() < 0.05 or not self._consented():
            return
        if not self.later(1):
            return
        self.do(actions.accept_dispute, mediator=self.post)
        if self._mediated():
            self._kept()

    def _open(self) -> None:
        one, other = self.peace.sides(self.village, self.story["kind"])
        found = self.chance.random() < 0.3
        with clock.set_to(self.at):
            case = None if found else self._request()
            self.dispute = actions.open_dispute(
                by=self.by, body=self.peace.bodies[self.village.code], place=self.village, side_a=one, side_b=other,
                dispute_kind=self.story["kind"], subject=self.peace.fill(self.story["subject"]), case=case,
                source="found" if found else "applied", how=self.chance.choice(("in_person", "phone")),
            )  # fmt: skip

    def _request(self) -> Case | None:
        """Some come of a request of these days about a dispute, in the same village."""
        near = Case.objects.filter(
            category__is_dispute=True, confidential=False, place__code__startswith=self.village.code, disputes=None,
            reported_at__lte=self.at, reported_at__gte=self.at - timedelta(days=20),
        )  # fmt: skip
        return near.order_by("pk").first()

    def _consented(self) -> bool:
        if not self.later(1.5):
            return False
        if self.chance.random() < 0.08:
            self.do(actions.refuse_mediation, side="b", ways=["court", "legal_aid"])
            return False
        for party in self.dispute.parties.filter(consented_at=None):
            self.do(actions.note_consent, side=party.side, how=self.chance.choice(("in_person", "phone", "paper")))
        return True

    def _mediated(self) -> bool:
        """One to three sessions. True: with an agreement."""
        for side in ("a", "b"):
            self.do(actions.add_note, side=side, text=self.story[f"note_{side}"])
        for _n in range(self.chance.choices((1, 2, 3), (60, 30, 10))[0]):
            if not self.later(4):
                return False
            self.do(
                actions.hold_session, held_on=clock.day_of(self.at), place_text="村部调解室",
                present_a=self.chance.randrange(1, 4), present_b=self.chance.randrange(1, 3),
                outcome=self.story["outcome"],
            )  # fmt: skip
        if self.chance.random() < 0.09:
            self.do(actions.fail_dispute, ways=["court", "arbitration", "legal_aid"])
            return False
        if self.chance.random() < 0.03:
            self.do(actions.withdraw_dispute)
            return False
        day = clock.day_of(self.at)
        self.do(
            actions.agree_dispute, form="oral" if self.chance.random() < 0.25 else "written", effective_on=day,
            terms=self.peace.fill(self.story["terms"]), due_on=day + timedelta(days=self.chance.randrange(5, 30)),
        )  # fmt: skip
        return True

    def _kept(self) -> None:
        draw = self.chance.random()
        if draw < 0.15 and self.later(8):
            asked = clock.day_of(self.at)
            if self.later(12):
                number = f"（{self.at.year}）演示民特{self.chance.randrange(10, 99)}号"
                confirmed = clock.day_of(self.at)
                self.do(actions.confirm_dispute, applied_on=asked, confirmed_on=confirmed, number=number)
        if not self.later(16):
            return
        if draw > 0.95:
            self.do(actions.breach_dispute)
        elif draw > 0.06:
            self.do(actions.perform_dispute)


def build(
    land: Land, staff: Staff, people: People, names: Names, chance: Random, step: Step, count: int = COUNT
) -> None:
    peace = Peace(land, staff, people, names, chance)
    for days in peace.days_ago(count):
        peace.one(days)
        step(1)
