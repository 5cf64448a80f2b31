"""What somebody sent at this door beside requests (a wish to come home, an answer to a call), as they read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cunlian.kernel import clock
from cunlian.kernel.models import Promise
from cunlian.places.models import District
from cunlian.resident.pages import show
from cunlian.talent.models import Application, Homecoming
from cunlian.talent.taking import check_code
from cunlian.ui import formats
from cunlian.ui.pieces import WayStep


@dataclass(frozen=True)
class Sent:
    """One in a line, and what its page says. ``kind``: whose states they are, and the draft its form keeps; ``line``: ""
    where the state says all; ``address``: its page; ``take_back``: where it is taken back, "" when it cannot be. For the slip
    on paper: ``sort``, what was handed in, when; ``holder``, the post that answers; ``due``, by when."""

    record: Homecoming | Application
    kind: str
    title: str
    place: str
    shown: str
    state_label: str
    line: str
    way: list[WayStep]
    said: str
    said_beside: str
    address: str
    take_back: str
    slip: str
    sort: str
    sent_at: datetime
    holder: str
    due: str


def due_day(promise: Promise | None) -> str:
    """The day of what is owed now; "" for what is done."""
    return formats.day(promise.due_at, year=True) if promise and promise.settled_at is None else ""


def slip(request: HttpRequest, row: Sent) -> HttpResponse:
    """The receipt on paper: number, check code, what was handed in, who answers by when. Nothing of what was written."""
    follow = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('resident:follow')}?receipt={row.record.receipt}"
    context = {
        "row": row, "code": check_code(row.record.pk), "address": follow, "district": District.current(),
        "printed_at": clock.now(),
    }  # fmt: skip
    return show(request, "resident/sent/slip.html", context)
