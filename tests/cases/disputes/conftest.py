"""What the disputes' tests share: a mediation body with its members, and a dispute in any state, made only by actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.actions import Said
from cunlian.cases.disputes.models import Agreement, BodyMember, Dispute, MediationBody
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.people.models import Person
from tests.cases.conftest import Desk, desk, district
from tests.cast import Cast

__all__ = ["Desk", "desk", "district"]

SUBJECT = "两家为屋后滴水争吵"
NOTE = "他私下说愿意出三百块，别告诉对方。"
TERMS = "甲方十日内改好滴水，乙方不再追究。"
A_NAME, A_PHONE = "贾西峰", "13500001111"
B_NAME, B_PHONE = "魏石榴", "13500002222"


@dataclass(frozen=True)
class Peace:
    """The mediation body of the cast's village: the mediator heads it, the social worker and an old neighbour sit in it."""

    cast: Cast
    body: MediationBody
    elder: Person

    def open(self, **values: Any) -> Dispute:
        values.setdefault("by", self.cast.mediator)
        values.setdefault("body", self.body)
        values.setdefault("place", self.cast.world.village)
        values.setdefault("dispute_kind", "neighbours")
        values.setdefault("subject", SUBJECT)
        values.setdefault("side_a", Said(name=A_NAME, phone=A_PHONE))
        values.setdefault("side_b", Said(name=B_NAME, phone=B_PHONE))
        return actions.open_dispute(**values)

    def consent(self, dispute: Dispute) -> Dispute:
        for side in ("a", "b"):
            if not dispute.parties.filter(side=side, consented_at__isnull=False).exists():
                dispute = actions.note_consent(dispute, by=self.cast.mediator, side=side, how="phone")
        return dispute

    def accept(self, dispute: Dispute) -> Dispute:
        return actions.accept_dispute(dispute, by=self.cast.mediator, mediator=self.cast.world.posts["mediator"])

    def sit(self, dispute: Dispute, **values: Any) -> Dispute:
        values = {"held_on": clock.today(), "present_a": 1, "present_b": 2, "outcome": "双方都让了一步。", **values}
        actions.hold_session(dispute, by=self.cast.mediator, **values)
        return self.again(dispute)

    def agree(self, dispute: Dispute, **values: Any) -> Agreement:
        values = {"form": "written", "terms": TERMS, "effective_on": clock.today(), **values}
        values.setdefault("due_on", clock.today() + timedelta(days=10))
        return actions.agree_dispute(dispute, by=self.cast.mediator, **values)

    def confirm(self, dispute: Dispute, **values: Any) -> Dispute:
        today = clock.today()
        values = {"applied_on": today, "confirmed_on": today, "number": "（2026）测民特1号", **values}
        return actions.confirm_dispute(dispute, by=self.cast.mediator, **values)

    def again(self, dispute: Dispute) -> Dispute:
        return Dispute.objects.for_detail().get(pk=dispute.pk)

    def in_state(self, state: State, **values: Any) -> Dispute:
        """A fresh dispute brought to ``state`` by the shortest way."""
        by = self.cast.mediator
        dispute = self.open(source="found" if state == State.FOUND else "applied", **values)
        if state in {State.APPLIED, State.FOUND}:
            return dispute
        if state == State.WITHDRAWN:
            return actions.withdraw_dispute(dispute, by=by)
        steps = [
            (State.CONSENTED, self.consent),
            (State.ACCEPTED, self.accept),
            (State.IN_MEDIATION, self.sit),
        ]
        for reached, step in steps:
            dispute = step(dispute)
            if state == reached:
                return dispute
        if state == State.FAILED:
            return actions.fail_dispute(dispute, by=by, ways=["court"])
        self.agree(dispute)
        last: dict[State, Callable[[Dispute], Dispute]] = {
            State.AGREED: self.again,
            State.PERFORMED: lambda d: actions.perform_dispute(d, by=by),
            State.BREACHED: lambda d: actions.breach_dispute(d, by=by),
            State.CONFIRMED: self.confirm,
        }
        return last[state](dispute)


@pytest.fixture
def peace(cast: Cast, desk: Desk) -> Peace:
    world = cast.world
    Person.objects.filter(pk=world.persons["social_worker"].pk).update(gender="female")
    elder = Person.objects.create(name="老支书", gender="male", place=world.village)
    body = actions.found_body(by=SYSTEM, organisation=world.units["mediation"], brand="老娘舅", starts_on=clock.today())
    for post, head in (("mediator", True), ("social_worker", False)):
        actions.add_member(body, by=SYSTEM, post=world.posts[post], is_head=head)
    actions.add_member(body, by=SYSTEM, person=elder)
    assert BodyMember.objects.count() == 3
    return Peace(cast, body, elder)
