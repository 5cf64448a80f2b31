"""What is counted about the divisions of villages."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.places.models import Grid, Level, RosterEntry, on


def _classed(viewer: Actor) -> QuerySet[Grid]:
    """Grids of today that carry a class; which one a grid carried before is not kept. Which grid has which colour is posted
    in the village, so everybody sees all."""
    return Grid.objects.filter(on(clock.today()), grid_class__isnull=False)


add_indicator(
    Indicator(
        "places.grid_colours",
        _("Classes of grids in use"),
        Unit(pgettext_lazy("unit of grid classes", "class"), pgettext_lazy("unit of grid classes", "classes")),
        _classed,
        measure="distinct",
        field="grid_class",
        nature="structural",
        claims=("B28",),
        reading=_("different classes (“colours”) of today's grids; the report names five and not what they mean"),
    )
)


def _villages(viewer: Actor, day: date) -> QuerySet[RosterEntry]:
    """The roster is public: it stands on the page of the district."""
    return RosterEntry.objects.filter(on(day), counted=True, place__level=Level.VILLAGE)


add_indicator(
    Indicator(
        "places.village_count",
        _("Villages and communities"),
        Unit(pgettext_lazy("unit", "village"), pgettext_lazy("unit", "villages")),
        _villages,
        claims=("A01",),
        dated=True,
        reading=_("villages and communities the district counts, together, as published"),
    )
)
