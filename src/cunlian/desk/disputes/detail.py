"""One dispute as its page shows it: the file to those who may read it, the fact to everybody else in the territory."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cunlian.cases.disputes.bodies import composition
from cunlian.cases.disputes.messages import OTHER_WAYS
from cunlian.cases.disputes.models import Agreement, Dispute, MediationNote
from cunlian.cases.disputes.rules import is_inside
from cunlian.cases.disputes.states import State
from cunlian.cases.disputes.timeline import Step, steps
from cunlian.desk.disputes.moves import buttons
from cunlian.desk.threads import thread_of
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.kernel.models import Promise
from cunlian.ui import formats
from cunlian.ui.pieces import TimelineEntry


def dispute_page(dispute: Dispute, actor: Actor) -> dict[str, Any]:
    """Notes are fetched for mediators only: for others not even their number is known here."""
    inside, readable = is_inside(actor, dispute), may(actor, "disputes.read", dispute)
    promise = dispute.check_promise or dispute.promise
    return {
        "dispute": dispute,
        "title": str(dispute),
        "state_label": State(dispute.state).label,
        "crumbs": [(_("Disputes"), reverse("desk:disputes")), (dispute.number, "")],
        "inside": inside,
        "readable": readable,
        "buttons": buttons(dispute, actor) if inside else [],
        "promise": promise,
        "heading": _heading(promise),
        "parties": list(dispute.parties.all()) if readable else [],
        "sessions": list(dispute.sessions.all()) if readable else [],
        "agreement": agreement_of(dispute) if readable else None,
        "ways": [OTHER_WAYS[code] for code in dispute.told_ways],
        "notes": list(MediationNote.objects.visible_to(actor).of_dispute(dispute)) if inside else [],
        "made_up": composition(dispute.body),
        "thread": thread_of(dispute, actor),
        "entries": [_entry(step) for step in reversed(steps(dispute, with_notes=inside))] if readable else [],
        "today": clock.today(),
    }


def agreement_of(dispute: Dispute) -> Agreement | None:
    return getattr(dispute, "agreement", None)


def _heading(promise: Promise | None) -> str:
    if promise is None:
        return ""
    if promise.promise_kind == "disputes.mediate":
        return _("Mediated") if promise.settled_at else _("To be mediated by %(when)s") % _when(promise)
    return _("Performance checked") if promise.settled_at else _("Check the performance by %(when)s") % _when(promise)


def _when(promise: Promise) -> dict[str, str]:
    return {"when": formats.due(promise.due_at)}


def _entry(step: Step) -> TimelineEntry:
    who = str(step.post) if step.post else pgettext("who did it", "System")
    return TimelineEntry(step.happened_at, who, step.verb.sentence, icon=step.verb.icon)
