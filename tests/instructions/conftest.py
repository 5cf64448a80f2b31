"""What the instructions' tests share: an order with all it needs, and a copy in any state, made only by actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cunlian.instructions import actions
from cunlian.instructions.completeness import Order
from cunlian.instructions.models import Copy, Instruction
from cunlian.instructions.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.places.models import District
from tests.cast import Cast

PAPER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("record.pdf", PAPER)


def working_day(days: int) -> date:
    """Today's ``days``-th working day after."""
    return clock.day_of(clock.add_working_days(clock.now(), days).due)


@dataclass(frozen=True)
class Chain:
    """The cast, and shorthands for the steps of an instruction from the county's leader straight to the village."""

    cast: Cast

    def order(self, **values: Any) -> Order:
        due = working_day(5)
        kept = {
            "title": "查清闲置房", "text": "逐户核对。", "origin_kind": "paper", "origin": "区农业农村局〔2026〕12号",
            "origin_on": clock.today(), "basis": "村民委员会组织法第四十三条", "asked": "闲置房的间数", "return_kind": "number",
            "unit": "间", "due_on": due, "ends_on": due + timedelta(days=14), "places": (self.cast.world.village,),
        }  # fmt: skip
        return Order(**{**kept, **values})

    def send(self, *, by: Actor | None = None, exceed_reason: str = "", **values: Any) -> Instruction:
        return actions.send_instruction(
            self.order(**values), by=by or self.cast.county_leader, exceed_reason=exceed_reason
        )

    def copy(self, **values: Any) -> Copy:
        return self.send(**values).copies.get()

    def doer(self, copy: Copy) -> Actor:
        names = {post.pk: name for name, post in self.cast.world.posts.items()}
        return getattr(self.cast, names[copy.post_id])  # type: ignore[no-any-return]

    def complete(self, copy: Copy, **values: Any) -> Copy:
        return actions.complete_copy(copy, by=self.doer(copy), **{"text": "逐户看过。", "number": 37, **values})

    def redirect(self, copy: Copy) -> Copy:
        to = self.cast.world.posts["village_head"]
        return actions.redirect_copy(copy, by=self.cast.county_leader, to=to, text="归主任。")

    def lapse(self, copy: Copy) -> Copy:
        with clock.set_to(clock.at(copy.instruction.ends_on + timedelta(days=1), 9)):
            return actions.lapse_copy(copy)

    def in_state(self, state: State, **values: Any) -> Copy:
        """A fresh copy brought to ``state`` by the shortest way."""
        copy = self.copy(**values)
        doer, giver = self.doer(copy), self.cast.county_leader
        early: dict[State, Callable[[], Copy]] = {
            State.SENT: lambda: copy,
            State.RETURNED: lambda: actions.return_copy(copy, by=doer, text="不归我们管。"),
            State.WITHDRAWN: lambda: actions.withdraw_copy(copy, by=giver, text="重复了。"),
            State.LAPSED: lambda: self.lapse(copy),
        }
        if state in early:
            return early[state]()
        actions.sign_copy(copy, by=doer)
        if state == State.SIGNED:
            return self.again(copy)
        if state == State.EXTENSION_ASKED:
            return actions.ask_extension(copy, by=doer, working_days=2, text="下雨，进不了山。")
        self.complete(copy)
        if state in {State.CHECKED, State.CLOSED}:
            actions.check_copy(copy, by=giver)
        return actions.close_copy(copy, by=giver) if state == State.CLOSED else self.again(copy)

    def again(self, copy: Copy) -> Copy:
        return Copy.objects.for_detail().get(pk=copy.pk)


@pytest.fixture
def chain(cast: Cast) -> Chain:
    District.objects.get_or_create(root=cast.world.county, defaults={"name": "测试区", "receipt_mark": "测"})
    return Chain(cast)
