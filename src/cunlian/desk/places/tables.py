"""The roster and the list of areas."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column

from cunlian.desk.places.seen import AREA_ORDER
from cunlian.desk.responsibility.ranks import rank_names
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Rank
from cunlian.organisations.querysets import of_own_county
from cunlian.places.codes import is_code
from cunlian.places.models import Area, AreaMembership, GridClass, Place, PlaceQuerySet, RosterEntry, on
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, fig

COUNTED = (("yes", _("counted by the district")), ("no", _("not counted")))
DRAWN = (("yes", _("with grids")), ("no", _("without a grid")))


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
    return Area.objects.filter(of_own_county(actor, "root__"), on(clock.today())).order_by(*AREA_ORDER)


def work_links(*links: tuple[str, Text]) -> SafeString:
    """What can be done with a row: (address, words) of each."""
    return format_html_join(" · ", '<a href="{}">{}</a>', links)


def swatch(one: GridClass) -> SafeString:
    """The colour and the word of a class, in the reader's language."""
    word = one.label_zh if get_language() == "zh-hans" else one.label_en or one.label_zh
    square = (
        '<svg class="i" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="1" fill="{}"/></svg> {}'
    )
    return format_html(square, one.colour, word)


class VillageFilter(ListFilter):
    """Name, initials or code; area; counted or not; with or without grids."""

    q = django_filters.CharFilter(label=_("Name, initials or code"), method="by_text")
    area = django_filters.ModelChoiceFilter(
        label=_("Area"), queryset=Area.objects.none(), method="by_area", empty_label=_("any area")
    )
    counted = django_filters.ChoiceFilter(
        label=_("Counted"), choices=COUNTED, empty_label=_("all listed"), method="by_counted"
    )

    grids = django_filters.ChoiceFilter(
        label=_("Grids"), choices=DRAWN, empty_label=_("with or without"), method="by_grids"
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

    def by_grids(self, found: Any, name: str, value: str) -> Any:
        return found.filter(grids__gt=0) if value == "yes" else found.filter(grids=0)


class VillageTable(ListTable):
    rows_name = ngettext_lazy("%(n)s village or community", "%(n)s villages and communities", "total")

    short_name = Column(
        verbose_name=_("Village or community"), linkify=lambda record: reverse("desk:place", args=[record.code])
    )
    code = Column(verbose_name=_("Number code"), attrs={"td": {"class": "no"}})
    parent = Column(
        verbose_name=_("Township"), order_by=("parent__code",),
        linkify=lambda record: reverse("desk:place", args=[record.parent.code]),
    )  # fmt: skip
    running_areas = Column(verbose_name=_("Areas"), orderable=False, empty_values=())
    grids = NumberColumn(verbose_name=_("Grids"))
    counted = Column(verbose_name=_("Counted"))

    class Meta(ListTable.Meta):
        model = Place
        fields = ("short_name", "code", "parent", "running_areas", "grids", "counted")
        order_by = ("code",)
        empty_text = _("Villages that fit these filters stand here. None does.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns["parent"].column.verbose_name = rank_names()[Rank.TOWNSHIP]

    def render_running_areas(self, value: list[AreaMembership]) -> SafeString | str:
        links = ((reverse("desk:area", args=[row.area_id]), row.area.name) for row in value)
        return format_html_join(_now(", "), '<a href="{}">{}</a>', links) or formats.NOT_APPLICABLE

    def render_grids(self, value: int, record: Place) -> SafeString | str:
        return fig(value, f"{reverse('desk:grids')}?village={record.code}")

    def render_counted(self, value: bool) -> str:
        return _now("it counts") if value else _now("not counted")


class AreaTable(ListTable):
    rows_name = ngettext_lazy("%(n)s area", "%(n)s areas", "total")

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


class MemberTable(ListTable):
    """Villages that are in an area today. ``may_draw``: with the link that takes one out."""

    rows_name = ngettext_lazy("%(n)s village today", "%(n)s villages today", "total")

    place = Column(verbose_name=_("Village"), order_by=("place__code",))
    starts_on = Column(verbose_name=_("Starts on"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = AreaMembership
        fields = ("place", "starts_on", "works")
        empty_text = _("Villages of this area stand here. None is in it today.")

    def __init__(self, *args: Any, may_draw: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_draw else ("works",), **kwargs)

    def render_place(self, value: Place) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:place", args=[value.code]), value)

    def render_starts_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_works(self, record: AreaMembership) -> SafeString:
        return work_links((reverse("desk:area_membership_end", args=[record.pk]), _now("Take it out")))


class ClassTable(ListTable):
    """The county's classes of grids. Their codes are for programs and stand in no page people read."""

    rows_name = ngettext_lazy("%(n)s class", "%(n)s classes", "total")

    label_zh = Column(verbose_name=_("Class"))
    meaning = Column(verbose_name=_("What it means"))
    grids_now = NumberColumn(verbose_name=_("Grids of this class"))
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = GridClass
        fields = ("label_zh", "meaning", "grids_now", "works")
        empty_text = _("The county says here what the colours of its grids mean. None is set yet.")

    def render_label_zh(self, record: GridClass) -> SafeString:
        return swatch(record)

    def render_grids_now(self, record: Any) -> SafeString | str:
        return fig(record.grids_now, f"{reverse('desk:grids')}?grid_class={record.pk}")

    def render_works(self, record: GridClass) -> SafeString:
        return work_links((reverse("desk:grid_class_change", args=[record.pk]), _now("Change")))
