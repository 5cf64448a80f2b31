"""Public matters of a village that are said to be done, for its residents to look at and say whether it is so.

A resident reads what it is about, the days, the post that answered, and where: as far as the grid, and those landmarks of
a fixed list that the report names, so that one lamp is told from another. Nothing else of what anybody wrote. A request is
named by a handle that is good only while it is on this list, so that the list gives away neither receipts nor
keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case
from cunlian.cases.similar import landmarks
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing
from cunlian.kernel.secrets import blind
from cunlian.organisations.models import Post
from cunlian.places.models import Place

SHOWN = 50


@dataclass(frozen=True)
class Nearby:
    """One of them. ``until``: the last day on which somebody is asked; after that it is closed as “no reply”."""

    handle: str
    what: str
    place: str
    spots: tuple[str, ...]
    reported: date
    answered: date
    until: date
    post: Post | None
    case: Case


def nearby(actor: Actor, village: Place) -> list[Nearby]:
    """Those whose window ends first, first. One query."""
    rows = Case.objects.to_look_at(actor, village).for_list().order_by("window_ends_at", "pk")[:SHOWN]
    return [
        Nearby(
            handle_of(case), str(case.category), str(case.place), landmarks(f"{case.text} {case.place_text}"),
            clock.day_of(case.reported_at), clock.day_of(case.answered_at), clock.day_of(case.window_ends_at),
            case.holder, case,
        )
        for case in rows
        if case.answered_at and case.window_ends_at
    ]  # fmt: skip


def handle_of(case: Case) -> str:
    return blind(f"look:{case.pk}")[:24]


def listed(handle: str, actor: Actor, village: Place) -> Case:
    """The case behind ``handle`` while it is on the list; Missing when somebody was first."""
    for one in nearby(actor, village):
        if one.handle == handle:
            return one.case
    raise Missing(_("Somebody said so already. Thank you for looking."))
