"""Declaring a number nobody here counts, with its source."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Declared, DeclaredNumber
from cunlian.places.models import Area, AreaMembership, Place, code_range, on


def _check_counted_once(row: DeclaredNumber) -> None:
    """A whole and its part do not both declare the same: the sum would count the part twice."""
    _low, high = code_range(row.place.code)
    above = [row.place.code[:length] for length in range(2, len(row.place.code))]
    kin = Q(place__code__gt=row.place.code, place__code__lt=high) | Q(place__code__in=above)
    kin |= Q(place=row.place, area=None) if row.area else Q(place=row.place, area__isnull=False)
    if row.area:
        villages = AreaMembership.objects.filter(on(row.as_of), area=row.area).values("place_id")
        kin |= Q(area__in=AreaMembership.objects.filter(on(row.as_of), place__in=villages).values("area_id"))
        kin &= ~Q(area=row.area) | Q(area=None)
    if other := DeclaredNumber.objects.filter(kin, what=row.what).select_related("place", "area").first():
        said = {"other": other.area or other.place}
        raise Conflict(
            _("%(other)s declares this already: a whole and its part would be added up.") % said, field="place"
        )


@transaction.atomic
def declare_number(
    *, by: Actor, what: str, number: int, as_of: date, source: str, place: Place | None = None, area: Area | None = None,
    invented: bool = False,
) -> DeclaredNumber:  # fmt: skip
    """The number of a place or an area as of a day; said again for the same day it is corrected."""
    if (place is None) == (area is None):
        raise Invalid(_("Choose the place or the area the number is of."), field="place")
    where = place or area.root  # type: ignore[union-attr]
    row = DeclaredNumber(place=where, area=area, what=what, number=number, as_of=as_of, source=source.strip())
    require(by, "organisations.declare_number", row)
    if what not in Declared.values:
        raise Invalid(_("Please choose what is declared."), field="what")
    if number < 0:
        raise Invalid(_("A count cannot be below zero."), field="number")
    if not row.source:
        raise Invalid(_("Please name the source: which report, register or yearbook, and of when."), field="source")
    if as_of > clock.today():
        raise Invalid(_("This day is still to come."), field="as_of")
    _check_counted_once(row)
    known = DeclaredNumber.objects.select_for_update(of=("self",)).filter(
        what=what, place=where, area=area, as_of=as_of
    )
    if old := known.first():
        changed = change(old, number=number, source=row.source)
        log.record(by, "organisations.number_declared", old, changed=changed)
        return old
    row.invented = invented
    row.save(force_insert=True)
    log.record(by, "organisations.number_declared", row, changed={"number": (None, number)})
    return row
