"""What a path keeps about the person: told, blanked when it is taken back or long over, erased with the person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from cunlian.kernel import clock
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.promises import release
from cunlian.kernel.records import change
from cunlian.people.consent.masking import mask_of
from cunlian.talent.coming_home.states import BEFORE, State
from cunlian.talent.models import AfterCare, Gathering, Homecoming, HomeTalk, StopReason

KEPT: Final = timedelta(days=366)
"""How long a path that has ended still tells what was said: a year, in case the person thinks of it again."""
_WORDS: Final = {"wish": "", "where_now": "", "contact_note": "", "language": "", "stop_words": ""}
_WHO: Final = {"person": None, "came_to": ""}


def blank(path: Homecoming, *, came: bool = False) -> dict[str, tuple[Any, Any]]:
    """What was said goes, and who it was: that there was a path stays. Of somebody who ``came``, who it is stays as well,
    with the firm or the post, so that persons can be counted. What changed, for the log."""
    HomeTalk.objects.filter(homecoming=path).update(text="")
    AfterCare.objects.filter(homecoming=path).update(found="")
    return change(path, **_WORDS, **({} if came else _WHO), forgotten_at=clock.now())


def forget_person(person_id: UUID) -> int:
    """Paths of an erased person: what is under way stops; the words of gatherings lose name and phone."""
    mask, paths = mask_of(person_id), list(Homecoming.objects.filter(person_id=person_id).select_related("promise"))
    touched = mask.hide_in(Gathering.objects.filter(homecomings__in=paths).distinct(), "heard")
    for path in paths:
        if path.promise and path.promise.settled_at is None:
            release(path.promise, "erased")
        if path.state in BEFORE:
            change(path, state=State.STOPPED, stop_reason=StopReason.TAKEN_BACK, ended_at=clock.now())
        change(path, next_care_on=None)
        blank(path)
    return touched + len(paths)


def tell_paths(person_id: UUID) -> list[Held]:
    rows = Homecoming.objects.filter(person_id=person_id).select_related("place").order_by("-begun_at")
    basis = _("You agreed to it; erased when you take it back")
    return [
        Held(
            row.KIND, _("Path home %(number)s") % {"number": row.receipt},
            facts(
                (_("Village"), row.place), (_("In your words"), row.wish), (_("Where you are now"), row.where_now),
                (_("How to reach you"), row.contact_note), (_("State"), row.get_state_display()),
                (_("Came as"), row.came_to), (_("Since"), row.arrived_on), (_("Begun"), row.begun_at),
            ),
            clock.day_of(row.begun_at), basis,
        )
        for row in rows
    ]  # fmt: skip


def long_over(now: datetime) -> list[Homecoming]:
    """Paths that ended more than a year ago and still tell what was said; at most 500."""
    return list(Homecoming.objects.to_forget(now - KEPT).order_by("ended_at", "pk")[:500])


add_eraser("coming_home", forget_person)
add_teller("coming_home", tell_paths)
