"""Arriving, and the looks in afterwards."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import SYSTEM, Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import IllegalMove, Invalid
from cunlian.organisations.models import Organisation
from cunlian.talent.coming_home.actions.walk import check_past
from cunlian.talent.coming_home.care import LAST, fallen_due, next_after
from cunlian.talent.coming_home.promises import LOOK_IN, kept, let_go, owe
from cunlian.talent.coming_home.states import MOVES, State
from cunlian.talent.models import AfterCare, ArrivedAs, Homecoming


@transaction.atomic
def arrive(
    path: Homecoming,
    *,
    by: Actor,
    arrived_as: str,
    came_to: str,
    arrived_on: date,
    unit: Organisation | None = None,
) -> Homecoming:
    """A firm founded or a post taken, by its name; ``unit``: the firm, or where the post is, if it is entered. From
    this day the looks in are counted."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "arrive")
    if arrived_as not in ArrivedAs:
        raise Invalid(_("Choose whether a firm was founded or a post taken."), field="arrived_as")
    if not came_to.strip():
        raise Invalid(_("Write the name of the firm or of the post."), field="came_to")
    check_past(arrived_on, "arrived_on")
    let_go(path, "arrived")
    changed = MOVES.apply(
        path, "arrive", arrived_as=arrived_as, came_to=came_to.strip(), arrived_on=arrived_on, unit=unit,
        next_care_on=next_after(arrived_on, 0),
    )  # fmt: skip
    log.record(by, "coming_home.arrived", path, changed=changed)
    return path


@transaction.atomic
def call_care(path: Homecoming, *, by: Actor = SYSTEM) -> AfterCare:
    """A look in has fallen due: the holder owes it within ten working days. Of several that fell due unseen only the last
    is called, so that nobody is asked to look into the past."""
    path = lock(path)
    require(by, "coming_home.remind", path)
    today = clock.today()
    if path.state != State.HOME or path.arrived_on is None or path.next_care_on is None or path.next_care_on > today:
        raise IllegalMove(_("No look in has fallen due."))
    months = fallen_due(path.arrived_on, today)
    care = AfterCare.objects.create(homecoming=path, months=months, due_on=path.next_care_on)
    owe(path, LOOK_IN)
    changed = change(path, next_care_on=next_after(path.arrived_on, months))
    log.record(by, "coming_home.care_due", path, changed=changed)
    return care


@transaction.atomic
def look_in(path: Homecoming, *, by: Actor, looked_on: date, found: str) -> Homecoming:
    """Somebody looked: the person is still here. After two years the path ends well."""
    path = lock(path)
    require(by, "coming_home.handle", path)
    MOVES.check(path, "look_in")
    care = path.cares.waiting().order_by("-months").first()
    if care is None:
        raise IllegalMove(_("No look in is due now. A talk in between is noted as a talk."))
    look(care, by, looked_on, found, is_here=True)
    kept(path, care)
    if care.months == LAST:
        changed = MOVES.apply(path, "stay", ended_at=clock.now(), next_care_on=None)
        log.record(by, "coming_home.stayed", path, changed=changed)
    else:
        log.record(by, "coming_home.looked_in", path, changed={"months": (None, care.months)})
    return path


def look(care: AfterCare, by: Actor, looked_on: date, found: str, *, is_here: bool) -> None:
    """What was found, kept with the look in."""
    check_past(looked_on, "looked_on")
    if not found.strip():
        raise Invalid(_("Please write in a sentence what you found, and what would help."), field="found")
    change(care, looked_on=looked_on, is_here=is_here, found=found.strip(), post_id=by.post_id)
