"""Lists of road times and of what is near a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.desk.places.seen import own_places
from cunlian.desk.places.tables import work_links
from cunlian.desk.sheets import Row, each_record, plain
from cunlian.kernel.access import Actor, may
from cunlian.organisations.querysets import of_own_county
from cunlian.places.distance import Basis, Near
from cunlian.places.models import Level, Place, RoadMinutes
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn

ENTER = "places.set_position"


def roads_of(actor: Actor) -> QuerySet[RoadMinutes]:
    """Between places that exist today, with ``way_back`` where that was entered too."""
    back = RoadMinutes.objects.filter(from_place=OuterRef("to_place"), to_place=OuterRef("from_place"))
    found = RoadMinutes.objects.filter(
        of_own_county(actor, "from_place__"), from_place__ends_on=None, to_place__ends_on=None
    ).annotate(way_back=Subquery(back.values("minutes")[:1]))
    joined = found.select_related("from_place__parent", "to_place__parent")
    return joined.order_by("from_place__code", "to_place__code")


class RoadFilter(ListFilter):
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)

    class Meta:
        model = RoadMinutes
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = own_places(actor).current().filter(level=Level.VILLAGE).order_by("code")
        self.form.fields["village"].widget.choices = [("", _("any")), *((v.code, v.short_name) for v in villages)]

    def by_village(self, found: QuerySet[RoadMinutes], name: str, code: str) -> QuerySet[RoadMinutes]:
        return found.filter(Q(from_place__code=code) | Q(to_place__code=code))


class RoadTable(ListTable):
    """The file has the codes too, under titles the import reads: a list taken out, put right and taken in again."""

    rows_name = ngettext_lazy("%(n)s road time", "%(n)s road times", "total")

    from_place = Column(verbose_name=_("From"), order_by=("from_place__code",))
    to_place = Column(verbose_name=_("To"), order_by=("to_place__code",))
    minutes = NumberColumn(verbose_name=_("Minutes"))
    way_back = NumberColumn(verbose_name=_("Minutes back"), empty_values=())
    source = Column(verbose_name=_("Source"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = RoadMinutes
        fields = ("from_place", "to_place", "minutes", "way_back", "source", "works")
        empty_text = _("How long the road from village to village takes stands here. Nothing is entered yet.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, exclude=() if may(actor, ENTER) else ("works",), **kwargs)

    def render_from_place(self, value: Place) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:place", args=[value.code]), value)

    def render_to_place(self, value: Place) -> SafeString:
        return self.render_from_place(value)

    def render_way_back(self, record: Any) -> str:
        return _now("the same") if record.way_back is None else formats.number(record.way_back)

    def render_works(self, record: RoadMinutes) -> SafeString | str:
        if not may(self.actor, ENTER, record):
            return ""
        pair = f"from={record.from_place.code}&to={record.to_place.code}"
        return work_links(
            (f"{reverse('desk:road_new')}?{pair}", _now("Correct it")),
            (reverse("desk:road_remove", args=[record.pk]), _now("Remove it")),
        )


def road_lines(table: ListTable) -> Iterator[Row]:
    """Head and rows of the file. The titles of codes and minutes are those ``places.points`` reads."""
    yield ["from", _now("name of the start"), "to", _now("name of the end"), "minutes", _now("Source")]
    for road in each_record(table):
        ends = (road.from_place, road.to_place)
        cells = [text for place in ends for text in (place.code, plain(str(place)))]
        yield [*cells, road.minutes, plain(road.source)]


def far(near: Near) -> str:
    """How far, with its unit; "—" where only the belonging is known."""
    value, basis, _invented = near.distance
    if value is None:
        return formats.NOT_APPLICABLE
    if basis == Basis.MINUTES:
        return _now("%(n)s minutes") % {"n": formats.number(int(value))}
    return _now("%(n)s km") % {"n": f"{value:.1f}"}


class NearTable(ListTable):
    """Of ``Near``: the best known first. Kilometres and minutes are not compared."""

    rows_name = ngettext_lazy("%(n)s village or community", "%(n)s villages and communities", "total")

    place = Column(verbose_name=_("Village or community"), orderable=False)
    far = Column(verbose_name=_("How far"), accessor="distance", orderable=False)
    basis = Column(verbose_name=_("Known by"), accessor="distance", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("place", "far", "basis")
        empty_text = _("Other villages of the district stand here. There is none.")

    def render_place(self, value: Place) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:place", args=[value.code]), value)

    def render_far(self, record: Near) -> str:
        return far(record)

    def render_basis(self, record: Near) -> str:
        said = str(record.distance.basis.label)
        return _now("%(basis)s, from invented points") % {"basis": said} if record.distance.invented else said
