"""A path home as the person reads it: how far it is, who goes along, what comes next."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.cases.receipts import shown
from cunlian.kernel.access import Actor
from cunlian.places.models import District
from cunlian.resident.cases.rows import post_name
from cunlian.resident.sent import Sent, due_day
from cunlian.talent.coming_home.promises import TALK
from cunlian.talent.coming_home.rules import available_moves
from cunlian.talent.coming_home.states import BEFORE, State
from cunlian.talent.coming_home.timeline import steps
from cunlian.talent.models import Homecoming
from cunlian.ui import formats
from cunlian.ui.pieces import WayStep


def _line(path: Homecoming, holder: str) -> str:
    promise = path.promise
    if path.state == State.INTERESTED and promise and promise.settled_at is None:
        said = {"post": holder or _("the village office"), "day": formats.day(promise.due_at)}
        return _("%(post)s talks with you by %(day)s.") % said
    if path.state in BEFORE:
        return _("%(post)s goes along with you.") % {"post": holder or _("The village office")}
    if path.state == State.HOME and promise and promise.promise_kind != TALK and promise.settled_at is None:
        return _("Somebody looks in on you by %(day)s.") % {"day": formats.day(promise.due_at)}
    if path.state == State.HOME and path.next_care_on:
        return _("You are here. Somebody looks in around %(day)s.") % {"day": formats.day(path.next_care_on, year=True)}
    return ""


def _ahead(path: Homecoming) -> list[WayStep]:
    """The step now waited for, and those still to come."""
    talk = WayStep(_("A talk about what you want and need"), "now")
    support = WayStep(_("Support, land, a house or a job, where you need them"), "now")
    here = WayStep(_("A firm founded or a post taken"), "later")
    looks = WayStep(_("Somebody looks in after 3, 12 and 24 months"), "later")
    if path.state == State.INTERESTED:
        return [talk, WayStep(support.label, "later"), here, looks]
    if path.state in BEFORE:
        return [support, here, looks]
    return [WayStep(looks.label, "now")] if path.state == State.HOME else []


def row_of(path: Homecoming, actor: Actor, district: District) -> Sent:
    """Constant queries."""
    holder = post_name(path.holder)
    done = [
        WayStep(
            step.verb.label, "done",
            " ".join(filter(None, [formats.moment(step.happened_at), post_name(step.post) if step.post else ""])),
        )
        for step in steps(path, public=True)
    ]  # fmt: skip
    moves = {move.name for move in available_moves(path, actor)}
    return Sent(
        record=path, kind="homecoming", title=_("Coming home"), place=str(path.place),
        shown=shown(path.receipt, district.receipt_mark), state_label=str(State(path.state).label),
        line=_line(path, holder), way=done + _ahead(path), said=path.wish, said_beside=path.where_now, holder=holder,
        sort=_("Wish to come home"), sent_at=path.begun_at, due=due_day(path.promise),
        slip=reverse("resident:home_slip", args=[path.receipt]),
        address=reverse("resident:home_path", args=[path.receipt]),
        take_back=reverse("resident:home_take_back", args=[path.receipt]) if "take_back" in moves else "",
    )  # fmt: skip
