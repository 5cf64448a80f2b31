"""What villages have of colleges and institutes: research results taken up, teaching bases."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.places.models import Place, require_module
from cunlian.talent.models import ResearchResult, TeachingBase
from cunlian.talent.rules import MODULE

EXCHANGE = "partners.keep_exchange"


def _check(institute: Organisation, name: str) -> None:
    if institute.organisation_kind != OrganisationKind.INSTITUTE:
        raise Invalid(_("Choose a college or research institute."), field="institute")
    if not name.strip():
        raise Invalid(_("Please write the name."), field="name")


@transaction.atomic
def take_up_result(
    *,
    by: Actor,
    place: Place,
    institute: Organisation,
    name: str,
    used_by: str,
    taken_up_on: date,
    invented: bool = False,
) -> ResearchResult:
    """A result of the institute is used at ``place``, by a unit."""
    result = ResearchResult(
        place=place, institute=institute, name=name.strip(), used_by=used_by.strip(), taken_up_on=taken_up_on,
        invented=invented,
    )  # fmt: skip
    require(by, EXCHANGE, result)
    require_module(place, MODULE)
    _check(institute, name)
    if not used_by.strip():
        raise Invalid(_("Write which unit uses it."), field="used_by")
    if taken_up_on > clock.today():
        raise Invalid(_("This day has not come yet. Enter what has happened, on its day."), field="taken_up_on")
    result.save(force_insert=True)
    log.record(by, "partners.result_taken_up", result)
    return result


@transaction.atomic
def note_result(result: ResearchResult, *, by: Actor, outcome: str, outcome_on: date) -> ResearchResult:
    """What came of it, as of a day; the latest words stand, the log keeps the earlier."""
    result = lock(result)
    require(by, EXCHANGE, result)
    if not outcome.strip():
        raise Invalid(_("Please write in a sentence what came of it."), field="outcome")
    if not result.taken_up_on <= outcome_on <= clock.today():
        raise Invalid(_("Choose a day from when it was taken up until today."), field="outcome_on")
    changed = change(result, outcome=outcome.strip(), outcome_on=outcome_on)
    log.record(by, "partners.result_outcome", result, changed={"outcome_on": changed.get("outcome_on", (None, None))})
    return result


@transaction.atomic
def found_base(
    *,
    by: Actor,
    place: Place,
    institute: Organisation,
    name: str,
    paper: str,
    starts_on: date,
    invented: bool = False,
) -> TeachingBase:
    """A teaching base of a college at ``place``, by an agreement."""
    base = TeachingBase(
        place=place, institute=institute, name=name.strip(), paper=paper.strip(), starts_on=starts_on, invented=invented
    )
    require(by, EXCHANGE, base)
    require_module(place, MODULE)
    _check(institute, name)
    if not paper.strip():
        raise Invalid(_("Name the agreement, with its number or its day."), field="paper")
    base.save(force_insert=True)
    log.record(by, "partners.base_founded", base)
    return base


@transaction.atomic
def end_base(base: TeachingBase, *, by: Actor, ends_on: date) -> TeachingBase:
    """From this day on it is none any more."""
    base = lock(base)
    require(by, EXCHANGE, base)
    if base.ends_on is not None:
        raise Conflict(_("This base has ended already."))
    if ends_on <= base.starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")
    changed = change(base, ends_on=ends_on)
    log.record(by, "partners.base_ended", base, changed=changed)
    return base
