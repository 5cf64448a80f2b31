"""Cases: read, report, move. The moves are those of states.py; each call runs the one action behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema, Status

from cunlian.api.keys import ask_place, ask_scope, caller
from cunlian.api.moves import MoveIn, MoveName, category_with_code, described, make_move, possible_moves
from cunlian.api.paging import page_by_time
from cunlian.api.places import place_with_code
from cunlian.api.values import Moment, Plain
from cunlian.cases import actions
from cunlian.cases.models import Case, Level
from cunlian.cases.models.case import Source
from cunlian.cases.states import State
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing
from cunlian.places.models import Place

router = Router(tags=["cases"])
READ = "cases.view"


class CaseOut(Schema):
    """A case without the person who reported it: names and phones never leave by this door."""

    id: UUID
    receipt: str
    place_id: UUID
    place_code: str
    category: str
    level: str
    state: str
    title: str
    holder_id: UUID | None
    reported_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    actions: list[str]


class CasePage(Schema):
    items: list[CaseOut]
    next: str | None


class CaseIn(Schema):
    """``id``: a UUIDv7 made by the caller; the same call again gives the same case."""

    id: UUID | None = None
    place_code: Plain
    text: Plain = Field(max_length=5000)
    place_text: Plain = Field("", max_length=200)
    category: Plain = ""
    level: Level = Level.NORMAL
    name: Plain = Field("", max_length=60)
    phone: Plain = Field("", max_length=30)


class MovedOut(CaseOut):
    """The case after the move. ``part_id``: of “split”, the case that was split off."""

    part_id: UUID | None = None


def _out(case: Case, actor: Actor) -> dict[str, Any]:
    return {
        "id": case.pk, "receipt": case.receipt, "place_id": case.place_id, "place_code": case.place.code,
        "category": case.category.code if case.category else "", "level": case.level, "state": case.state,
        "title": case.title, "holder_id": case.holder_id, "reported_at": case.reported_at,
        "answered_at": case.answered_at, "ended_at": case.ended_at,
        "due_at": case.promise.due_at,
        "actions": possible_moves(case, actor),
    }  # fmt: skip


def _visible(actor: Actor, case_id: UUID) -> Case:
    """The case if this caller may see it. Absent and foreign look alike."""
    case = Case.objects.visible_to(actor).for_moves().filter(pk=case_id).first()
    if case is None:
        raise Missing(_("There is no such request here."))
    return case


@router.get("", response=CasePage, summary="Cases the key may see, newest first")
def list_cases(
    request: HttpRequest,
    state: State | None = None,
    place_code: Plain = "",
    since: Moment | None = None,
    cursor: str = "",
    limit: int = 100,
) -> dict[str, object]:
    """``since``: reported at or after this moment. A case is seen when the one who reports it is done, which may be a
    minute later: whoever asks again and again lets the spans overlap."""
    actor = caller(request)
    ask_scope(actor, READ)
    rows = Case.objects.visible_to(actor).for_list().prefetch_related("extensions")
    if state:
        rows = rows.filter(state=state)
    if place_code:
        rows = rows.filter(place__in=Place.objects.within(place_with_code(place_code, "place_code")))
    if since:
        rows = rows.filter(reported_at__gte=since)
    items, following = page_by_time(rows, "reported_at", cursor, limit)
    return {"items": [_out(case, actor) for case in items], "next": following}


@router.get("/{case_id}", response=CaseOut, summary="One case")
def read_case(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    actor = caller(request)
    ask_scope(actor, READ)
    return _out(_visible(actor, case_id), actor)


@router.post("", response={201: CaseOut}, summary="Report a case")
def create_case(request: HttpRequest, body: CaseIn) -> Status[dict[str, Any]]:
    actor = caller(request)
    place = place_with_code(body.place_code, "place_code")
    ask_place(actor, place)
    case = actions.report_case(
        by=actor, place=place, text=body.text, place_text=body.place_text, category=category_with_code(body.category),
        level=body.level, source=Source.ONLINE, told=actions.Told(body.name, body.phone), key=body.id,
    )  # fmt: skip
    return Status(201, _out(Case.objects.for_moves().get(pk=case.pk), actor))


@router.post(
    "/{case_id}/moves/{move}", response=MovedOut, summary="Make a move; “actions” lists those possible now",
    description="Needs the scope of the move and that of reading: what a key cannot read it cannot move. A key holds no post, "
    f"so it is refused what only the post that has the case may do.\n\n{described()}",
)  # fmt: skip
def move_case(request: HttpRequest, case_id: UUID, move: MoveName, body: MoveIn) -> dict[str, Any]:
    actor = caller(request)
    ask_scope(actor, READ)
    part_id = make_move(move, _visible(actor, case_id), actor, body)
    return _out(Case.objects.for_moves().get(pk=case_id), actor) | {"part_id": part_id}
