"""Words that go with a move: kept beside the case, never in the log, which only names them."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Remark
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid

Kind = Remark.RemarkKind
BLANK = re.compile(r"\{[^{}\n]{1,20}\}")  # what a reply template leaves open: {day}


def say(case: Case, by: Actor, kind: Kind, text: str, *, public: bool) -> Remark:
    """Keep ``text`` with the case. Raises Invalid when there are no words, or staff left a template's blank in what the
    person reads."""
    if not text.strip():
        raise Invalid(_("Please write this in a sentence or two, so that the person understands."), field="text")
    if public and by.post_id and (blank := BLANK.search(text)):
        raise Invalid(
            _("Write what is meant instead of %(blank)s: the person reads this as it stands.") % {"blank": blank[0]},
            field="text",
        )
    return Remark.objects.create(
        case=case, remark_kind=kind, text=text.strip(), public=public, post_id=by.post_id, written_at=clock.now()
    )


def say_if_any(case: Case, by: Actor, kind: Kind, text: str, *, public: bool) -> Remark | None:
    return say(case, by, kind, text, public=public) if text.strip() else None


def named(remark: Remark | None) -> dict[str, tuple[Any, Any]]:
    """How a log row names the words that belong to it."""
    return {"remark": (None, remark.pk)} if remark else {}
