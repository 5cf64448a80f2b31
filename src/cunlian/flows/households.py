"""A household that ends is nobody's to answer for any more: its duties end on its day, in one transaction with it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, Actor
from cunlian.organisations.actions import end_duty
from cunlian.organisations.models import Duty
from cunlian.people import actions
from cunlian.people.models import Household


@transaction.atomic
def close_household(household: Household, *, by: Actor, day: date | None = None) -> Household:
    """As ``people.actions.end_household``; whoever answered for the household alone no longer does."""
    return _end_duties(actions.end_household(household, by=by, day=day))


@transaction.atomic
def unite_households(household: Household, *, by: Actor, into: Household, day: date | None = None) -> Household:
    """As ``people.actions.join_households``; those who answer for ``into`` answer for all of it."""
    into = actions.join_households(household, by=by, into=into, day=day)
    _end_duties(Household.objects.get(pk=household.pk))
    return into


def _end_duties(household: Household) -> Household:
    """By the system: ending the household carries it, whoever may do that."""
    day = household.ends_on or clock.today()
    running = Q(ends_on=None) | Q(ends_on__gt=day)
    for duty in Duty.objects.filter(running, household=household):
        end_duty(duty, by=SYSTEM, ends_on=max(day, duty.starts_on))
    return household
