"""Settling a proposal: it becomes lines of the draft, or is dropped."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.assignment.objects import lines_now, object_of
from cunlian.organisations.assignment.states import MAY, MOVES
from cunlian.organisations.models import Assignment, ResponsibilityLine
from cunlian.organisations.responsibility.actions.draw import check_line
from cunlian.organisations.responsibility.states import State as ListState


@transaction.atomic
def confirm_assignment(one: Assignment, *, by: Actor) -> Assignment:
    """Its pairs are lines of the draft; other lines about the same objects go; lines about other objects stay. Duties do not
    change before the list is published."""
    one = lock(one)
    drawn = lock(one.on_list)
    require(by, MAY, drawn)
    MOVES.check(one, "confirm")
    if drawn.state != ListState.DRAFT:
        raise Conflict(_("The list is no draft any more. Take it back to the draft, or drop the proposal."))
    lines = list(one.lines.for_list())
    if any(line.post is None for line in lines):
        raise Invalid(_("Some have nobody yet. Work it out again, or say who takes them."))
    now = lines_now(drawn)
    if any(line.before_id != (now[object_of(line)][0].post_id if object_of(line) in now else None) for line in lines):
        raise Conflict(_("The lines of the draft have changed since. Work it out again and look at it."))
    new, gone = [], []
    for line in lines:
        assert line.post is not None
        here = now.get(object_of(line), [])
        kept = next((known for known in here if known.post_id == line.post_id), None)
        gone += [known.pk for known in here if known is not kept]
        if kept is None:
            made = ResponsibilityLine(
                on_list=drawn, post=line.post, place=line.place, area=line.area, household=line.household, lane=line.lane,
                group=line.group,
            )  # fmt: skip
            check_line(made)
            new.append(made)
    ResponsibilityLine.objects.filter(pk__in=gone).delete()
    ResponsibilityLine.objects.bulk_create(new, batch_size=500)
    changed = MOVES.apply(one, "confirm", ended_on=clock.today())
    changed |= {"new": (None, len(new)), "gone": (None, len(gone)), "kept": (None, len(lines) - len(new))}
    log.record(by, "organisations.assignment_confirmed", one, changed=changed)
    return one


@transaction.atomic
def drop_assignment(one: Assignment, *, by: Actor) -> Assignment:
    """The lines of the draft stay as they are."""
    one = lock(one)
    require(by, MAY, one.on_list)
    MOVES.check(one, "drop")
    if one.busy:
        raise Conflict(_("It is being worked out. Wait until that is through."))
    changed = MOVES.apply(one, "drop", ended_on=clock.today())
    log.record(by, "organisations.assignment_dropped", one, changed=changed)
    return one
