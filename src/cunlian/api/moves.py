"""The moves of a case by program: those of ``cases.states``, each the one action or flow behind the desk's button. Adding a
move is one row of ``MOVES``; the description of the API lists them from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field, StrictInt, WithJsonSchema

from cunlian.api.values import Day, Plain
from cunlian.cases import actions
from cunlian.cases.messages import PAUSE_REASONS, REJECT_REASONS
from cunlian.cases.models import Case, Category
from cunlian.cases.rules import available_moves
from cunlian.cases.states import MOVES as TABLE
from cunlian.flows.petitions import hand_over_to_petitions
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import uuid7
from cunlian.kernel.presses import once
from cunlian.kernel.refusals import Invalid, Missing
from cunlian.organisations.models import Post
from cunlian.places.models import District

HEARD = "phone"  # a hotline's program passes on what somebody said to it
SAW = "neighbour"


_REASONS = f"Of “reject” one of {', '.join(REJECT_REASONS)}; of “pause” one of {', '.join(PAUSE_REASONS)}."


class MoveIn(BaseModel):  # the framework's own kind would take a list or a number for an empty body
    """What a move needs; the list at the address says which move takes which values, and ignores the others."""

    id: UUID | None = Field(
        None, description="Names this call: sent again with the same id within a day, it is done once. Of “split” the "
        "id of the new case.",
    )  # fmt: skip
    text: Plain = Field("", max_length=2000, description="The words of the move.")
    reason: Plain = Field("", max_length=20, description=_REASONS)
    to: UUID | None = Field(None, description="The post it goes to.")
    working_days: StrictInt = Field(0, ge=0, le=366, description="Asked for. Granted: 0 is as many as were asked for.")
    into: UUID | None = Field(None, description="The case that goes on for both.")
    category: Plain = Field("", max_length=4, description="Code of the item list, for the part that is split off.")
    register_number: Plain = Field("", max_length=40, description="In the petition office's register.")
    due_on: Day | None = Field(None, description="By when the petition office decides.")


def category_with_code(code: str) -> Category | None:
    """The item of today's list, None for "", or Invalid."""
    if not code:
        return None
    category = Category.objects.filter(root=District.current().root, code=code, ends_on=None).first()
    if category is None:
        raise Invalid(_("This code is not on the item list."), field="category")
    return category


def _post(body: MoveIn, by: Actor) -> Post:
    posts = Post.objects.visible_to(by).current().select_related("organisation")
    post = posts.filter(pk=body.to).first() if body.to else None
    if post is None:
        raise Invalid(_("Name the post it goes to."), field="to")
    return post


def _into(body: MoveIn, by: Actor) -> Case:
    """The other case, if this caller may see it: absent and foreign are refused in the same words."""
    other = Case.objects.visible_to(by).filter(pk=body.into).first() if body.into else None
    if other is None:
        raise Invalid(_("Name the request it is joined with, one that this key can read."), field="into")
    return other


def _due_on(body: MoveIn) -> date:
    if body.due_on is None:
        raise Invalid(_("Name the day by which the petition office decides."), field="due_on")
    return body.due_on


def _heard(case: Case, by: Actor) -> Actor:
    return by.for_(HEARD, case.reporter_id)


@dataclass(frozen=True)
class Step:
    """``call``: the action behind a move; ``takes``: the values of the body it reads."""

    call: Callable[[Case, Actor, MoveIn], object]
    takes: str = ""


MOVES: dict[str, Step] = {
    "accept": Step(lambda case, by, body: actions.accept_case(case, by=by)),
    "reject": Step(
        lambda case, by, body: actions.reject_case(case, by=by, reason=body.reason, text=body.text), "reason, text"
    ),
    "dispatch": Step(
        lambda case, by, body: actions.dispatch_case(case, by=by, to=_post(body, by), text=body.text), "to, text"
    ),
    "start": Step(lambda case, by, body: actions.start_case(case, by=by)),
    "return": Step(lambda case, by, body: actions.return_case(case, by=by, text=body.text), "text"),
    "note_progress": Step(lambda case, by, body: actions.note_progress(case, by=by, text=body.text), "text"),
    "ask_extension": Step(
        lambda case, by, body: actions.ask_extension(case, by=by, working_days=body.working_days, text=body.text),
        "working_days, text",
    ),
    "grant_extension": Step(
        lambda case, by, body: actions.decide_extension(
            case, by=by, granted=True, working_days=body.working_days, text=body.text
        ),
        "working_days, text",
    ),
    "refuse_extension": Step(
        lambda case, by, body: actions.decide_extension(case, by=by, granted=False, text=body.text), "text"
    ),
    "pause": Step(
        lambda case, by, body: actions.pause_case(case, by=by, reason=body.reason, text=body.text), "reason, text"
    ),
    "resume": Step(lambda case, by, body: actions.resume_case(case, by=by)),
    "answer": Step(lambda case, by, body: actions.answer_case(case, by=by, text=body.text), "text"),
    "confirm": Step(lambda case, by, body: actions.confirm_case(case, by=_heard(case, by))),
    "vouch": Step(lambda case, by, body: actions.vouch_case(case, by=by.for_(SAW), text=body.text), "text"),
    "reopen": Step(lambda case, by, body: actions.reopen_case(case, by=_heard(case, by), text=body.text), "text"),
    "merge": Step(lambda case, by, body: actions.merge_case(case, by=by, into=_into(body, by)), "into"),
    "unmerge": Step(lambda case, by, body: actions.unmerge_case(case, by=by)),
    "split": Step(
        lambda case, by, body: actions.split_case(
            case, by=by, text=body.text, category=category_with_code(body.category), key=body.id
        ),
        "text, category",
    ),
    "hand_over": Step(
        lambda case, by, body: hand_over_to_petitions(
            case, by=by, register_number=body.register_number, due_on=_due_on(body)
        ),
        "register_number, due_on",
    ),
    "withdraw": Step(lambda case, by, body: actions.withdraw_case(case, by=_heard(case, by))),
    "comment": Step(lambda case, by, body: actions.comment_case(case, by=by, text=body.text), "text"),
    "add_words": Step(lambda case, by, body: actions.add_words(case, by=_heard(case, by), text=body.text), "text"),
}


# Described as one of the list; any other is not refused as a value but, like any address there is not, not found.
MoveName = Annotated[str, WithJsonSchema({"type": "string", "enum": list(MOVES)})]


def possible_moves(case: Case, by: Actor) -> list[str]:
    """The moves this key could make now. A program speaks for nobody but by passing on what the person said."""
    speaking = _heard(case, by)
    return [move.name for move in available_moves(case, speaking) if move.name in MOVES]


def make_move(name: str, case: Case, by: Actor, body: MoveIn) -> UUID | None:
    """Run the action behind the move, once for each id of the body. The key of the case it split off, if it does.
    Missing when there is no such move."""
    if name not in MOVES:
        raise Missing(_("There is no such move. “actions” of the request lists those possible now."))
    body.id = body.id or uuid7()
    once(uuid5(body.id, f"{by.user_id} {case.pk} {name}").hex, lambda: MOVES[name].call(case, by, body))
    return body.id if name == "split" else None


def described() -> str:
    """The moves as a table for the description of the API: what each is, which scope it needs, which values it takes."""
    with translation.override("en"):
        rows = [
            f"| {name} | {TABLE[name].label} | {TABLE[name].permission} | {step.takes or '—'} |"
            for name, step in MOVES.items()
        ]
    return "\n".join(["| move | what it is | scope | takes |", "|---|---|---|---|", *rows])
