"""An application as the applicant reads it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.cases.receipts import shown
from cunlian.kernel.access import Actor
from cunlian.kernel.log import VERBS
from cunlian.kernel.models import Activity
from cunlian.places.models import District
from cunlian.resident.cases.rows import post_name
from cunlian.resident.sent import Sent, due_day
from cunlian.talent.models import Application
from cunlian.talent.partners.promises import answering
from cunlian.talent.partners.rules import application_moves
from cunlian.talent.partners.states import ApplicationState
from cunlian.ui import formats
from cunlian.ui.pieces import WayStep


def _line(one: Application) -> str:
    if one.state == ApplicationState.SENT and one.promise:
        return _("The reviewers answer by %(day)s.") % {"day": formats.day(one.promise.due_at)}
    if one.state == ApplicationState.TAKEN:
        return _("It is taken. The agreement comes next.")
    return ""


def _ahead(one: Application) -> list[WayStep]:
    if one.state == ApplicationState.SENT:
        return [WayStep(_("At least two reviewers read it"), "now"), WayStep(_("You get an answer"), "later")]
    return [WayStep(_("The agreement is signed"), "now")] if one.state == ApplicationState.TAKEN else []


def row_of(one: Application, actor: Actor, district: District) -> Sent:
    """Never what a reviewer said, or who: only what was decided."""
    rows = Activity.objects.filter(object_id=one.pk).order_by("happened_at", "id")
    done = [
        WayStep(VERBS[row.verb].label, "done", formats.moment(row.happened_at))
        for row in rows
        if row.verb in VERBS and VERBS[row.verb].public
    ]
    moves = {move.name for move in application_moves(one, actor)}
    return Sent(
        record=one, kind="partner_application", title=str(one.call), place=str(one.call.place),
        shown=shown(one.receipt, district.receipt_mark), state_label=str(ApplicationState(one.state).label),
        line=_line(one), way=done + _ahead(one), said=one.offer, said_beside=one.unit_name,
        sort=_("Answer to a call for partners"), sent_at=one.sent_at, holder=post_name(answering(one)),
        due=due_day(one.promise), slip=reverse("resident:application_slip", args=[one.receipt]),
        address=reverse("resident:application", args=[one.receipt]),
        take_back=reverse("resident:application_take_back", args=[one.receipt]) if "withdraw" in moves else "",
    )  # fmt: skip
