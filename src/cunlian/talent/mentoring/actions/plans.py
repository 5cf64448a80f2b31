"""Plans for reserve cadres: how many, on which paper."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.models import Place, require_module
from cunlian.talent.mentoring.states import PLAN, PLAN_MOVES, PlanState
from cunlian.talent.models import ReservePlan
from cunlian.talent.rules import MODULE

MOST = 1_000


def _check_plan(plan: ReservePlan) -> None:
    if not 1 <= plan.wanted <= MOST:
        raise Invalid(_("Write how many are wanted, between 1 and 1,000."), field="wanted")
    if plan.declared_count is not None and not plan.declared_source:
        raise Invalid(_("Write where the declared number comes from."), field="declared_source")
    if plan.declared_count is None and plan.declared_source:
        raise Invalid(_("Write the number this source declares, or leave the source empty."), field="declared_count")


@transaction.atomic
def draw_plan(
    *, by: Actor, place: Place, year: int, wanted: int, paper: str = "", invented: bool = False
) -> ReservePlan:  # fmt: skip
    """A draft for a place and a year between last year and the next."""
    plan = ReservePlan(place=place, year=year, wanted=wanted, paper=paper.strip(), invented=invented)
    require(by, PLAN, plan)
    require_module(place, MODULE)
    if abs(year - clock.today().year) > 1:
        raise Invalid(_("A plan is for this year, the one before or the next."), field="year")
    _check_plan(plan)
    if ReservePlan.objects.filter(place=place, year=year).exists():
        raise Conflict(_("There is a plan of this place for this year already. Work on that one."), field="year")
    plan.save(force_insert=True)
    log.record(by, "mentoring.plan_drawn", plan)
    return plan


@transaction.atomic
def correct_plan(
    plan: ReservePlan, *, by: Actor, wanted: int, paper: str = "", declared_count: int | None = None,
    declared_source: str = "",
) -> ReservePlan:  # fmt: skip
    """How many, the paper, and a number declared without names, with its source. A closed plan stays as it is."""
    plan = lock(plan)
    require(by, PLAN, plan)
    if plan.state == PlanState.CLOSED:
        raise Conflict(_("This plan is closed and stays as it is."))
    if plan.state == PlanState.RUNNING and not paper.strip():
        raise Invalid(_("A plan in force rests on a paper. Name it."), field="paper")
    values = {
        "wanted": wanted, "paper": paper.strip(), "declared_count": declared_count,
        "declared_source": declared_source.strip(),
    }  # fmt: skip
    for name, value in values.items():
        setattr(plan, name, value)
    _check_plan(plan)
    changed = change(lock(plan), **values)
    log.record(by, "mentoring.plan_corrected", plan, changed=changed)
    return plan


@transaction.atomic
def approve_plan(plan: ReservePlan, *, by: Actor, paper: str = "") -> ReservePlan:
    """In force, on the paper named here or when it was drawn up."""
    plan = lock(plan)
    require(by, PLAN, plan)
    PLAN_MOVES.check(plan, "approve")
    paper = paper.strip() or plan.paper
    if not paper:
        raise Invalid(_("Name the paper or meeting that decides it, with its number or its day."), field="paper")
    changed = PLAN_MOVES.apply(plan, "approve", paper=paper)
    log.record(by, "mentoring.plan_approved", plan, changed=changed)
    return plan


@transaction.atomic
def close_plan(plan: ReservePlan, *, by: Actor) -> ReservePlan:
    """Nobody new comes in by it; who is being cultivated goes on."""
    plan = lock(plan)
    require(by, PLAN, plan)
    changed = PLAN_MOVES.apply(plan, "close")
    log.record(by, "mentoring.plan_closed", plan, changed=changed)
    return plan
