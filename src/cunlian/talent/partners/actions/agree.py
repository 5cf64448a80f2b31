"""The agreement with a partner, its project and outcome, its renewal and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log, threads
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Place
from cunlian.talent.models import Application, Partnership
from cunlian.talent.partners.assets import of_assets
from cunlian.talent.partners.states import APPLICATION_MOVES, PARTNERSHIP_MOVES


@dataclass(frozen=True)
class Terms:
    """What an agreement says: its paper and days (``ends_on`` exclusive), and whose decision stands behind it where it
    touches collective assets."""

    paper: str
    starts_on: date
    ends_on: date
    touches_assets: bool = False
    asset_village: Place | None = None
    decision_paper: str = ""
    decision_on: date | None = None


def _values(terms: Terms, place: Place) -> dict[str, Any]:
    if not terms.paper.strip():
        raise Invalid(_("Name the agreement, with its number or its day."), field="paper")
    if terms.ends_on <= terms.starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")
    assets = of_assets(
        place, terms.starts_on, terms.touches_assets, terms.asset_village, terms.decision_paper, terms.decision_on
    )
    return {"paper": terms.paper.strip(), "starts_on": terms.starts_on, "ends_on": terms.ends_on} | assets


@transaction.atomic
def agree(
    application: Application, *, by: Actor, terms: Terms, place: Place | None = None, invented: bool = False
) -> Partnership:
    """The agreement is signed on paper; here stands what it says. ``place``: where it works, the call's own if not given.
    Invalid when it touches a village's assets without its members' decision."""
    application = lock(application)
    require(by, "partners.review", application)
    APPLICATION_MOVES.check(application, "agree")
    call, where = application.call, place or application.call.place
    if not where.code.startswith(call.place.code):
        raise Invalid(_("Choose a place inside that of the call."), field="place")
    agreement = Partnership.objects.create(
        call=call, application=application, person=application.person, comes_from=application.comes_from,
        institute=application.institute, unit_name=application.unit_name, place=where, invented=invented,
        **_values(terms, where),
    )  # fmt: skip
    threads.link(call, agreement, "agreed")
    changed = APPLICATION_MOVES.apply(application, "agree")
    log.record(by, "partners.agreed", application, changed=changed | {"partnership": (None, agreement.pk)})
    return agreement


@transaction.atomic
def name_project(agreement: Partnership, *, by: Actor, project: str) -> Partnership:
    """The project it is about, by its name."""
    agreement = lock(agreement)
    require(by, "partners.keep", agreement)
    PARTNERSHIP_MOVES.check(agreement, "name_project")
    if not project.strip():
        raise Invalid(_("Write the name of the project."), field="project")
    changed = PARTNERSHIP_MOVES.apply(agreement, "name_project", project=project.strip())
    log.record(by, "partners.project_named", agreement, changed=changed)
    return agreement


@transaction.atomic
def note_outcome(agreement: Partnership, *, by: Actor, outcome: str) -> Partnership:
    """What came of it so far; the latest words stand."""
    agreement = lock(agreement)
    require(by, "partners.keep", agreement)
    PARTNERSHIP_MOVES.check(agreement, "note_outcome")
    if not outcome.strip():
        raise Invalid(_("Please write in a sentence what came of it."), field="outcome")
    change(agreement, outcome=outcome.strip())
    log.record(by, "partners.outcome_noted", agreement)
    return agreement


@transaction.atomic
def renew(agreement: Partnership, *, by: Actor, terms: Terms) -> Partnership:
    """A new agreement with the same partner, on a new paper; what was decided over assets is decided anew."""
    agreement = lock(agreement)
    require(by, "partners.keep", agreement)
    PARTNERSHIP_MOVES.check(agreement, "renew")
    if terms.starts_on < agreement.starts_on:
        raise Invalid(_("The new agreement begins after the old one."), field="starts_on")
    following = Partnership.objects.create(
        call=agreement.call, renews=agreement, person=agreement.person, comes_from=agreement.comes_from,
        institute=agreement.institute, unit_name=agreement.unit_name, place=agreement.place, project=agreement.project,
        invented=agreement.invented, **_values(terms, agreement.place),
    )  # fmt: skip
    threads.link(agreement, following, "renewed")
    changed = PARTNERSHIP_MOVES.apply(agreement, "renew", ended_on=terms.starts_on)
    log.record(by, "partners.renewed", agreement, changed=changed | {"partnership": (None, following.pk)})
    return following


@transaction.atomic
def end(agreement: Partnership, *, by: Actor, ended_on: date, outcome: str) -> Partnership:
    """It is over, with what came of it."""
    agreement = lock(agreement)
    require(by, "partners.keep", agreement)
    PARTNERSHIP_MOVES.check(agreement, "end")
    if not agreement.starts_on <= ended_on <= clock.today():
        raise Invalid(_("Choose a day from the first of the agreement up to today."), field="ended_on")
    if not outcome.strip():
        raise Invalid(_("Please write in a sentence what came of it."), field="outcome")
    change(agreement, outcome=outcome.strip())
    changed = PARTNERSHIP_MOVES.apply(agreement, "end", ended_on=ended_on)
    log.record(by, "partners.ended", agreement, changed=changed)
    return agreement
