"""Cultivating somebody: proposed, taken in, ready, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Post
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent import basis
from cunlian.talent.mentoring.states import KEEP, STAGES, PlanState
from cunlian.talent.models import Cultivation, CultivationKind, Outcome, ReservePlan
from cunlian.talent.rules import MODULE


def check_person(person: Person) -> None:
    if person.erased_at or person.merged_into_id or person.gone_because == Person.Gone.DIED:
        raise Invalid(_("This file is closed. Choose the one that is used."), field="person")


def check_past(day: date, field: str) -> None:
    if day > clock.today():
        raise Invalid(_("This day is still to come."), field=field)


def _check_plan(plan: ReservePlan | None, kind: str, place: Place) -> None:
    if plan is None:
        return
    if kind != CultivationKind.RESERVE_CADRE:
        raise Invalid(_("Only reserve cadres come by a plan. Leave the plan empty."), field="plan")
    if plan.state != PlanState.RUNNING:
        raise Conflict(_("This plan is not in force. Put it in force first, or choose another one."), field="plan")
    if not place.code.startswith(plan.place.code):
        raise Invalid(_("This plan is of another place."), field="plan")


@transaction.atomic
def propose(
    person: Person, *, by: Actor, place: Place, cultivation_kind: str, starts_on: date, aim: str = "",
    plan: ReservePlan | None = None,
) -> Cultivation:  # fmt: skip
    """Somebody for one kind of cultivation, who agreed to it or holds a post. Nobody counts before they are taken in."""
    row = Cultivation(
        person=person, place=place, cultivation_kind=cultivation_kind, plan=plan, aim=aim.strip(), starts_on=starts_on
    )
    require(by, KEEP, row)
    require_module(place, MODULE)
    if cultivation_kind not in CultivationKind.values:
        raise Invalid(_("Please choose the kind of cultivation."), field="cultivation_kind")
    check_person(person)
    check_past(starts_on, "starts_on")
    _check_plan(plan, cultivation_kind, place)
    if Cultivation.objects.filter(person=person, cultivation_kind=cultivation_kind, ended_on=None).exists():
        raise Conflict(_("They are being cultivated in this kind already."), field="cultivation_kind")
    row.by_consent = basis.by_consent(person)
    row.save(force_insert=True)
    log.record(by, "mentoring.cultivation_proposed", row)
    return row


@transaction.atomic
def take_in(row: Cultivation, *, by: Actor, starts_on: date | None = None) -> Cultivation:
    """From this day on they are being cultivated and count."""
    row = lock(row)
    require(by, KEEP, row)
    day = starts_on or clock.today()
    STAGES.check(row, "take_in")
    check_past(day, "starts_on")
    changed = STAGES.apply(row, "take_in", starts_on=day)
    log.record(by, "mentoring.taken_in", row, changed=changed)
    return row


@transaction.atomic
def call_ready(row: Cultivation, *, by: Actor) -> Cultivation:
    row = lock(row)
    require(by, KEEP, row)
    changed = STAGES.apply(row, "call_ready")
    log.record(by, "mentoring.called_ready", row, changed=changed)
    return row


@transaction.atomic
def end_cultivation(
    row: Cultivation, *, by: Actor, outcome: str, ended_on: date | None = None, post: Post | None = None
) -> Cultivation:  # fmt: skip
    """What came of it. ``post``: the one they took, named when that is the outcome."""
    row = lock(row)
    require(by, KEEP, row)
    day = ended_on or clock.today()
    STAGES.check(row, "end")
    if outcome not in Outcome.values:
        raise Invalid(_("Please choose what came of it."), field="outcome")
    if (outcome == Outcome.POST) != (post is not None):
        raise Invalid(_("Name the post when they took one, and only then."), field="post")
    check_past(day, "ended_on")
    if day < row.starts_on:
        raise Invalid(_("It cannot end before it began."), field="ended_on")
    changed = STAGES.apply(row, "end", outcome=outcome, ended_on=day, post=post)
    log.record(by, "mentoring.cultivation_ended", row, changed=changed)
    return row
