"""Words that go with a step: kept beside the copy, never in the log, which only names them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import Copy, Remark
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid, Text

Kind = Remark.RemarkKind
WHAT = _("Please write what was done, in a sentence or two.")
WHY = _("Please give the reason in a sentence or two; it stays with the instruction.")


def say(copy: Copy, by: Actor, text: str, *, kind: str = Kind.REASON, lack: Text = WHY, field: str = "text") -> Remark:
    """Keep ``text`` with the copy. Raises Invalid with ``lack`` when there are no words."""
    if not text.strip():
        raise Invalid(lack, field=field)
    return Remark.objects.create(
        copy=copy, remark_kind=kind, text=text.strip(), post_id=by.post_id, written_at=clock.now()
    )


def named(remark: Remark | None) -> dict[str, tuple[Any, Any]]:
    """How a log row names the words that belong to it."""
    return {"remark": (None, remark.pk)} if remark else {}
