"""What applications and agreements keep about a person: told, blanked when taken back or long over, erased with the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cunlian.kernel import clock
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.promises import release
from cunlian.kernel.records import change
from cunlian.people.consent.masking import mask_of
from cunlian.talent.models import Application, Partnership, Review
from cunlian.talent.partners.states import ApplicationState

KEPT: Final = timedelta(days=183)
"""How long an application that was not taken still tells who it was: half a year, to answer questions about it."""
_BLANK: Final = {
    "person": None, "unit_name": "", "offer": "", "contact_note": "", "language": "", "answer": "",
}  # fmt: skip
_UNDER_WAY: Final = (ApplicationState.SENT, ApplicationState.TAKEN)


def blank(application: Application) -> dict[str, tuple[Any, Any]]:
    """Nothing of it tells any longer who it was; that there was one stays. What changed, for the log."""
    Review.objects.filter(application=application).update(words="")
    return change(application, **_BLANK, forgotten_at=clock.now())


def forget_person(person_id: UUID) -> int:
    """Applications are blanked, those under way withdrawn; an agreement stays, with nobody's name."""
    mask, rows = mask_of(person_id), list(Application.objects.filter(person_id=person_id).select_related("promise"))
    for one in rows:
        if one.promise and one.promise.settled_at is None:
            release(one.promise, "erased")
        if one.state in _UNDER_WAY:
            change(one, state=ApplicationState.WITHDRAWN, decided_at=clock.now())
        blank(one)
    agreements = Partnership.objects.filter(person_id=person_id)
    touched = mask.hide_in(agreements, "project", "outcome", "paper")
    return touched + len(rows) + agreements.update(person=None, unit_name="")


def tell_partners(person_id: UUID) -> list[Held]:
    """What reviewers said among themselves is not told; the answer is."""
    basis = _("You agreed to it; erased half a year after it was not taken, or when you take it back")
    sent = Application.objects.filter(person_id=person_id).select_related("call").order_by("-sent_at")
    told = [
        Held(
            row.KIND, _("Application %(number)s") % {"number": row.receipt},
            facts(
                (_("Call"), row.call), (_("College, institute or firm"), row.unit_name), (_("In your words"), row.offer),
                (_("How to reach you"), row.contact_note), (_("State"), row.get_state_display()),
                (_("Answer"), row.answer), (_("Sent"), row.sent_at),
            ),
            clock.day_of(row.sent_at), basis,
        )
        for row in sent
    ]  # fmt: skip
    agreements = Partnership.objects.filter(person_id=person_id).select_related("call").order_by("-starts_on")
    return told + [
        Held(
            row.KIND, _("Agreement as a partner"),
            facts(
                (pgettext("that decides it", "Paper"), row.paper),
                (_("Project"), row.project), (_("From"), row.starts_on), (_("Until"), row.ends_on),
            ),
            row.starts_on, _("So that the agreement is kept; it stays without your name"),
        )
        for row in agreements
    ]  # fmt: skip


def long_over(now: datetime) -> list[Application]:
    """Applications that were not taken more than half a year ago and still tell who it was; at most 500."""
    return list(Application.objects.to_forget(now - KEPT).order_by("decided_at", "pk")[:500])


add_eraser("partners", forget_person)
add_teller("partners", tell_partners)
