"""A village that chooses its committee: five seats, candidates with their papers, two reviewing offices, a vote counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.states import State
from cunlian.organisations.models import NEEDED, Ballot, Candidate, Choice, Organisation, OrganisationKind, PostKind
from cunlian.people.models import Person
from tests.cast import Cast
from tests.organisations.conftest import Hall

K, P = OrganisationKind, PostKind
SEATS = (P.DIRECTOR, P.DEPUTY_DIRECTOR, P.COMMITTEE_MEMBER)
NAMES = ("程远", "程近", "程三", "程四")
PAPER = "恒组发〔2026〕6号"


@dataclass
class Election:
    """Three seats, four candidates: two for the head, one for the deputy, one as member."""

    hall: Hall

    @property
    def cast(self) -> Cast:
        return self.hall.cast

    @property
    def unit(self) -> Organisation:
        return self.hall.unit(K.VILLAGERS_COMMITTEE)

    def open(self, **said: Any) -> Choice:
        for kind in SEATS:
            if not self.unit.posts.filter(post_kind=kind).exists():
                self.hall.seat(self.unit, kind)
        values = {"by": self.cast.township_staff, "votes_on": clock.today(), "paper": PAPER, **said}
        return actions.open_choice(values.pop("unit", self.unit), **values)

    def stand(
        self, choice: Choice, name: str, seat: str = P.DIRECTOR, *, papers: bool = True, **said: Any
    ) -> Candidate:
        person: Person = said.pop("person", None) or self.hall.person(name, said.pop("gender", "female"))
        values = {"by": self.cast.township_staff, "seat": seat, "proposed_by": "voters", **said}
        candidate = actions.propose_candidate(choice, person=person, **values)
        for criterion in NEEDED if papers else ():
            actions.hand_in_paper(candidate, by=self.cast.township_staff, criterion=criterion)
        return candidate

    def filled(self, **said: Any) -> Choice:
        """Prepared: everybody stands, every paper is there."""
        choice = self.open(**said)
        for name, seat in zip(NAMES, (P.DIRECTOR, *SEATS), strict=True):
            self.stand(choice, name, seat)
        return choice

    @property
    def offices(self) -> list[Organisation]:
        return [self.cast.world.units["department"]]

    def in_review(self, **said: Any) -> Choice:
        choice = self.filled(**said)
        return actions.send_to_review(choice, by=self.cast.township_staff, offices=self.offices)

    def reviewed(self, no: str = "", **said: Any) -> Choice:
        choice = self.in_review(**said)
        for candidate in choice.candidates.select_related("person"):
            fits = candidate.person.name != no
            actions.give_opinion(
                candidate, by=self.cast.county_staff, fits=fits, reason="" if fits else "无犯罪记录证明不符"
            )
        return actions.close_review(choice, by=self.cast.county_staff)

    def count(self, choice: Choice, votes: dict[str, int] | None = None, **said: Any) -> Ballot:
        """By name; who is not named gets nothing."""
        rows = choice.candidates.filter(may_stand=True, withdrawn_on=None, elected_in=None).select_related("person")
        told = {row: (votes or {}).get(row.person.name, 0) for row in rows}
        usual = {
            "registered": 100,
            "given": 90,
            "taken_back": 80,
            "by_proxy": 0,
            "proxies_refused": 0,
            "valid": 78,
            "paper": "选举结果报告单",
            "votes": told,
        }
        values = {"by": self.cast.township_staff, "voted_on": clock.today(), **usual, **said}
        return actions.enter_count(choice, **values)

    def voted(self, votes: dict[str, int] | None = None, **said: Any) -> Choice:
        choice = self.reviewed()
        self.count(choice, votes or {"程远": 50, "程近": 20, "程三": 60, "程四": 70}, **said)
        choice.refresh_from_db()
        return choice

    def settled(self) -> Choice:
        return actions.settle_choice(self.voted(), by=self.cast.township_staff, term_from=clock.today())

    def in_state(self, state: str) -> Choice:
        if state == State.CALLED_OFF:
            return actions.call_off_choice(self.open(), by=SYSTEM, reason="村拆迁合并")
        made = {
            State.PREPARING: self.filled,
            State.IN_REVIEW: self.in_review,
            State.REVIEWED: self.reviewed,
            State.VOTED: self.voted,
            State.SETTLED: self.settled,
        }
        return made[State(state)]()

    def named(self, choice: Choice, name: str) -> Candidate:
        return choice.candidates.select_related("person").get(person__name=name)


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def election(hall: Hall) -> Election:
    return Election(hall)
