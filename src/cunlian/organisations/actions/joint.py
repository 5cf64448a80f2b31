"""Joining a joint body or an area, and who leads a unit. Parent and place stay as they are."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Lead, Organisation, Post, UnitMembership
from cunlian.places.models import Area

ENDED = _("This has ended already.")
TOO_EARLY = _("Choose a day after it began.")


@transaction.atomic
def join_unit(
    unit: Organisation,
    *,
    by: Actor,
    body: Organisation | None = None,
    area: Area | None = None,
    starts_on: date | None = None,
    paper: str = "",
) -> UnitMembership:
    """The unit is a member of a joint body, or of an area, from that day; it keeps its own parent."""
    unit = lock(unit)
    if (body is None) == (area is None):
        raise Invalid(_("Choose the joint body or the area it becomes a member of."), field="body")
    start = starts_on or clock.today()
    row = UnitMembership(unit=unit, body=body, area=area, starts_on=start, paper=paper.strip())
    require(by, "organisations.join_unit", row)
    if body and body.pk == unit.pk:
        raise Invalid(_("A unit is not a member of itself. Please choose another one."), field="body")
    if start < unit.starts_on or start < (body or area).starts_on:  # type: ignore[union-attr]
        raise Invalid(_("One of the two does not exist yet on that day."), field="starts_on")
    if UnitMembership.objects.filter(unit=unit, body=body, area=area, ends_on=None).exists():
        raise Conflict(_("It is a member already."))
    row.save(force_insert=True)
    log.record(by, "organisations.unit_joined", row, changed={"unit": (None, unit), "starts_on": (None, start)})
    return row


@transaction.atomic
def end_unit_membership(row: UnitMembership, *, by: Actor, ends_on: date) -> UnitMembership:
    """The unit is no member from ``ends_on`` on."""
    row = lock(row)
    require(by, "organisations.join_unit", row)
    if row.ends_on:
        raise Invalid(ENDED, field="ends_on")
    if ends_on < row.starts_on:
        raise Invalid(TOO_EARLY, field="ends_on")
    changed = change(row, ends_on=ends_on)
    log.record(by, "organisations.unit_left", row, changed=changed)
    return row


@transaction.atomic
def name_lead(unit: Organisation, *, by: Actor, post: Post, led_as: str, starts_on: date | None = None) -> Lead:
    """The unit is led by whoever holds ``post``: a secretary, an able member, a mentor."""
    unit = lock(unit)
    require(by, "organisations.name_lead", unit)
    if led_as not in Lead.As.values:
        raise Invalid(_("Please choose in what capacity they lead it."), field="led_as")
    if Lead.objects.filter(unit=unit, post=post, ends_on=None).exists():
        raise Conflict(_("This post leads it already."), field="post")
    row = Lead.objects.create(unit=unit, post=post, led_as=led_as, starts_on=starts_on or clock.today())
    log.record(by, "organisations.lead_named", row, changed={"post": (None, post)})
    return row


@transaction.atomic
def end_lead(row: Lead, *, by: Actor, ends_on: date) -> Lead:
    """From ``ends_on`` on the unit is led by somebody else, or nobody."""
    row = lock(row)
    require(by, "organisations.name_lead", row)
    if row.ends_on:
        raise Invalid(ENDED, field="ends_on")
    if ends_on < row.starts_on:
        raise Invalid(TOO_EARLY, field="ends_on")
    changed = change(row, ends_on=ends_on)
    log.record(by, "organisations.lead_ended", row, changed=changed)
    return row
