"""What a figure's address asks for: place, area, period. Wrong parts are answered with a sentence, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import day_in
from cunlian.desk.figures.district import default_period
from cunlian.kernel import clock
from cunlian.kernel.figures import Period
from cunlian.kernel.refusals import Invalid, Missing
from cunlian.places.models import Area, District, Place


@dataclass(frozen=True)
class Asked:
    """``day``: as of which day stocks are told."""

    district: District
    place: Place
    period: Period
    day: date
    area: Area | None

    @property
    def whole(self) -> bool:
        """The whole district, no part of it."""
        return self.area is None and self.place == self.district.root


def _area(text: str) -> Area | None:
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError:
        raise Missing(_("There is no such area. Choose one from the district page.")) from None
    found = Area.objects.filter(pk=key).first()
    if found is None:
        raise Missing(_("There is no such area. Choose one from the district page."))
    return found


def asked(query: QueryDict) -> Asked:
    """Read the address. The whole district, the last twelve months and today where nothing is said."""
    district, usual = District.current(), default_period()
    code = query.get("place", "") or district.root.code
    place = Place.objects.current().within(district.root).filter(code=code).first()
    if place is None:
        raise Missing(_("There is no such place in this district. Choose one from the list of villages."))
    period = Period(day_in(query, "from", usual.first), day_in(query, "to", usual.last))
    if period.last < period.first:
        raise Invalid(_("The last day lies before the first. Please change one of them."), field="to")
    day = day_in(query)
    if day > clock.today():
        raise Invalid(_("This day lies ahead. Choose today or a day before."), field="on")
    return Asked(district, place, period, day, _area(query.get("area", "")))
