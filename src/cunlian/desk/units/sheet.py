"""The sheet of who leaves a post, as its reader may see it: what each line is, where it is opened, until when it is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.models import Promise, PromiseState
from cunlian.kernel.records import model_of
from cunlian.kernel.refusals import Text
from cunlian.organisations.handover import sheet_of
from cunlian.organisations.models import Leaving

KINDS: dict[str, tuple[Text, str, str]] = {
    "duty": (pgettext_lazy("handed over", "Duty"), "desk:post", "post_id"),
    "lead": (pgettext_lazy("handed over", "Unit that is led"), "desk:unit", "unit_id"),
    "case": (pgettext_lazy("handed over", "Request"), "desk:case", "pk"),
    "dispute": (pgettext_lazy("handed over", "Dispute"), "desk:dispute", "pk"),
    "instruction_copy": (pgettext_lazy("handed over", "Instruction"), "desk:instruction_copy", "pk"),
    "visit_note": (pgettext_lazy("handed over", "Promise made at a visit"), "desk:visit", "pk"),
    "data_request": (pgettext_lazy("handed over", "Question about one's data"), "desk:data_request", "pk"),
    "homecoming": (pgettext_lazy("handed over", "Somebody coming home"), "desk:homecoming", "pk"),
    "talent_entry": (pgettext_lazy("handed over", "Entry in the register of skills"), "desk:talent_entry", "pk"),
    "partner_application": (pgettext_lazy("handed over", "Application of a partner"), "desk:partner_application", "pk"),
    "mentoring": (pgettext_lazy("handed over", "Mentoring"), "desk:mentoring", "pk"),
}
"""What the line is, its page, and which key of the record the page wants."""
OTHER = pgettext_lazy("handed over", "Other record")


@dataclass(frozen=True)
class Line:
    kind: Text
    words: str
    url: str
    due_at: datetime | None


def lines_of(actor: Actor, leaving: Leaving) -> list[Line]:
    """As handed over, or as the registers stand today; what the reader may not see is absent."""
    post = leaving.posting.post
    refs = leaving.sheet if leaving.handed_on else [[one.kind, str(one.id)] for one in sheet_of(post)]
    keys: dict[str, list[str]] = {}
    for kind, key in refs:
        keys.setdefault(kind, []).append(key)
    due = _due(post.pk)
    return [line for kind, wanted in keys.items() for line in _of_kind(actor, kind, wanted, due)]


def _due(post_id: UUID) -> dict[UUID, datetime]:
    owed = Promise.objects.filter(owner_id=post_id, state__in=[PromiseState.OPEN, PromiseState.PAUSED])
    return dict(owed.order_by("-due_at").values_list("about_id", "due_at"))


def _of_kind(actor: Actor, kind: str, wanted: list[str], due: dict[UUID, datetime]) -> Iterable[Line]:
    rows: Any = model_of(kind)._default_manager.visible_to(actor).filter(pk__in=wanted)  # type: ignore[attr-defined]
    label, page, key = KINDS.get(kind, (OTHER, "", ""))
    for row in rows:
        yield Line(label, str(row), reverse(page, args=[getattr(row, key)]) if page else "", due.get(row.pk))
