"""Programmes and their measures: entered from a paper, ended with a day, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.instructions.models import Form, Measure, Programme
from cunlian.kernel import clock, figures, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Post
from cunlian.places.models import Place


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on and ends_on <= starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")


@transaction.atomic
def enter_programme(
    *, by: Actor, root: Place, name: str, form: str, paper: str, paper_on: date, starts_on: date,
    ends_on: date | None = None, invented: bool = False,
) -> Programme:  # fmt: skip
    """An implementing plan, with the paper that decides it."""
    require(by, "instructions.keep_programmes", root)
    if not name.strip():
        raise Invalid(_("Please write the name of the programme."), field="name")
    if form not in Form.values:
        raise Invalid(_("Choose what the lines of this programme are."), field="form")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    _check_dates(starts_on, ends_on)
    programme = Programme.objects.create(
        root=root, name=name.strip(), form=form, paper=paper.strip(), paper_on=paper_on, starts_on=starts_on,
        ends_on=ends_on, invented=invented,
    )  # fmt: skip
    log.record(by, "instructions.programme_entered", programme)
    return programme


def _check_indicators(indicators: Sequence[str]) -> None:
    unknown = [code for code in indicators if code not in figures.INDICATORS]
    if unknown:
        raise Invalid(
            _("There is no figure called %(code)s. Choose from the catalogue.") % {"code": unknown[0]},
            field="indicators",
        )


@transaction.atomic
def add_measure(
    programme: Programme, *, by: Actor, name: str, owner: Post, indicators: Sequence[str] = (),
    due_on: date | None = None, starts_on: date | None = None,
) -> Measure:  # fmt: skip
    """A line of the plan: what, which post owns it, by when, and which figures of the catalogue tell how far it is."""
    programme = lock(programme)
    require(by, "instructions.keep_programmes", programme)
    if not name.strip():
        raise Invalid(_("Please write what is to be done."), field="name")
    _check_indicators(indicators)
    starts_on = starts_on or max(programme.starts_on, clock.today())
    if due_on and due_on < starts_on:
        raise Invalid(_("It cannot be due before it begins."), field="due_on")
    last = programme.measures.order_by("-number").values_list("number", flat=True).first() or 0
    measure = Measure.objects.create(
        programme=programme, number=last + 1, name=name.strip(), owner=owner, indicators=list(indicators),
        due_on=due_on, starts_on=starts_on,
    )  # fmt: skip
    log.record(by, "instructions.measure_added", measure, changed={"indicators": (None, list(indicators))})
    return measure


@transaction.atomic
def end_measure(measure: Measure, *, by: Actor, ends_on: date) -> Measure:
    """A line that holds no more from ``ends_on`` on; it stays to be read."""
    measure = lock(measure)
    require(by, "instructions.keep_programmes", measure)
    if measure.ends_on is not None:
        raise Invalid(_("This measure has ended already."), field="ends_on")
    if ends_on < measure.starts_on:
        raise Invalid(_("The last day must lie after the first."), field="ends_on")
    changed = change(measure, ends_on=ends_on)
    log.record(by, "instructions.measure_ended", measure, changed=changed)
    return measure
