"""The roster and the list of areas."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.places.codes import is_code
from cunlian.places.models import Area, AreaMembership, Place, PlaceQuerySet, RosterEntry, on
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import day_tag

COUNTED = (("yes", _("counted by the district")), ("no", _("not counted")))


def with_roster(places: PlaceQuerySet) -> Any:
    """Each with ``counted``, ``running_areas`` and ``grids`` of today."""
    today = clock.today()
    held = RosterEntry.objects.filter(on(today), counted=True, place=OuterRef("pk"))
    running = Prefetch(
        "area_memberships",
        AreaMembership.objects.filter(on(today)).select_related("area").order_by("area__name", "pk"),
        to_attr="running_areas",
    )
    grids = Count("grid_sets__grids", filter=Q(grid_sets__ends_on=None, grid_sets__grids__ends_on=None))
    return places.annotate(counted=Exists(held), grids=grids).prefetch_related(running).select_related("parent")


def running_areas(actor: Actor) -> Any:
    return Area.objects.filter(of_own_county(actor, "root__"), on(clock.today())).order_by(
        "area_kind", "starts_on", "pk"
    )


class VillageFilter(ListFilter):
    """Name, initials or code; area; counted or not."""

    q = django_filters.CharFilter(label=_("Name, initials or code"), method="by_text")
    area = django_filters.ModelChoiceFilter(
        label=_("Area"), queryset=Area.objects.none(), method="by_area", empty_label=_("any area")
    )
    counted = django_filters.ChoiceFilter(
        label=_("Counted"), choices=COUNTED, empty_label=_("all listed"), method="by_counted"
    )

    class Meta:
        model = Place
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["area"].queryset = running_areas(actor)

    def by_text(self, found: PlaceQuerySet, name: str, text: str) -> PlaceQuerySet:
        text = text.strip()
        if is_code(text):
            return found.filter(code__startswith=text)
        words = Q(name__contains=text) | Q(short_name__contains=text)
        if text.isascii() and text.isalpha():
            words |= Q(initials__startswith=text.lower())
        return found.filter(words)

    def by_area(self, found: PlaceQuerySet, name: str, area: Area | None) -> PlaceQuerySet:
        rows = AreaMembership.objects.filter(on(clock.today()), area=area)
        return found.filter(pk__in=rows.values("place_id")) if area else found

    def by_counted(self, found: Any, name: str, value: str) -> Any:
        return found.filter(counted=value == "yes")


class VillageTable(ListTable):
    rows_name = _("%(n)s villages and communities")

    short_name = Column(
        verbose_name=_("Village or community"), linkify=lambda record: reverse("desk:place", args=[record.code])
    )
    code = Column(verbose_name=_("Number code"), attrs={"td": {"class": "no"}})
    parent = Column(verbose_name=_("Township"), order_by=("parent__code",))
    running_areas = Column(verbose_name=_("Areas"), orderable=False, empty_values=())
    grids = NumberColumn(verbose_name=_("Grids"))
    counted = Column(verbose_name=_("Counted"))

    class Meta(ListTable.Meta):
        model = Place
        fields = ("short_name", "code", "parent", "running_areas", "grids", "counted")
        order_by = ("code",)
        empty_text = _("Villages that fit these filters stand here. None does.")

    def render_running_areas(self, value: list[AreaMembership]) -> SafeString | str:
        links = ((reverse("desk:area", args=[row.area_id]), row.area.name) for row in value)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or formats.NOT_APPLICABLE

    def render_counted(self, value: bool) -> str:
        return _now("it counts") if value else _now("not counted")


class AreaTable(ListTable):
    rows_name = _("%(n)s areas")

    name = Column(verbose_name=_("Area"), linkify=lambda record: reverse("desk:area", args=[record.pk]))
    area_kind = Column(verbose_name=_("Kind"))
    starts_on = Column(verbose_name=_("Starts on"))
    ends_on = Column(verbose_name=_("Until"))
    villages = NumberColumn(verbose_name=_("Number of villages"))

    class Meta(ListTable.Meta):
        model = Area
        fields = ("name", "area_kind", "starts_on", "ends_on", "villages")
        empty_text = _("Areas join villages for work they do together. None is drawn yet.")

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_ends_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)
