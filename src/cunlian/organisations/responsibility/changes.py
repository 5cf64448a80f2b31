"""What publishing a list would change: which of its lines begin, which run already, which duties end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from cunlian.kernel import clock
from cunlian.organisations.models import Duty, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.responsibility.states import State

Key = tuple[UUID | None, ...]


def key_of(row: Duty | ResponsibilityLine) -> Key:
    """What makes two lines the same: the post and the object."""
    return row.post_id, row.place_id, row.area_id, row.household_id, row.lane_id, row.group_id


@dataclass(frozen=True)
class Changes:
    """``kept``: a line with the duty that runs for it already; ``ending``: duties of the list before without a line."""

    begins: list[ResponsibilityLine]
    kept: list[tuple[ResponsibilityLine, Duty]]
    ending: list[Duty]


def first_day(one: ResponsibilityList) -> date:
    """From when its duties hold: the first of January, or today when that has passed."""
    return max(clock.today(), date(one.year, 1, 1))


def before(one: ResponsibilityList) -> ResponsibilityList | None:
    """The list in force that this one follows."""
    running = ResponsibilityList.objects.in_force().filter(place=one.place_id, capacity=one.capacity)
    return running.exclude(pk=one.pk).first()


def changes(one: ResponsibilityList) -> Changes:
    """Four queries, whatever the number of lines."""
    day = first_day(one)
    lines = list(one.lines.for_list())
    still = Q(ends_on=None) | Q(ends_on__gt=day)
    own = Duty.objects.filter(still, capacity=one.capacity, matter="", post__in=one.lines.values("post"))
    have = {key_of(duty): duty for duty in own}
    kept = [(line, have[key_of(line)]) for line in lines if key_of(line) in have]
    begins = [line for line in lines if key_of(line) not in have]
    last = before(one)
    ending: list[Duty] = []
    if last and one.state in (State.DRAFT, State.APPROVED):
        wanted = {key_of(line) for line in lines}
        known = Duty.objects.filter(still, lines__on_list=last).for_list()
        ending = [duty for duty in known if key_of(duty) not in wanted]
    return Changes(begins, kept, ending)
