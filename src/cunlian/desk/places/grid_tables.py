"""Lists of grids and villager groups. Who works a grid is read for all rows at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_tables2 import Column

from cunlian.desk.places.seen import own_places
from cunlian.desk.places.tables import running_areas, swatch, work_links
from cunlian.kernel.access import Actor, may
from cunlian.organisations.models import Capacity, Duty, Posting, StandIn
from cunlian.organisations.querysets import of_own_county
from cunlian.places.codes import is_code
from cunlian.places.extents import extent_of, with_groups
from cunlian.places.models import (
    Area,
    AreaMembership,
    Grid,
    GridClass,
    GridGroup,
    GridTier,
    Level,
    Place,
    VillagerGroup,
    on,
)
from cunlian.places.querysets import code_q
from cunlian.ui import formats
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, WorkColumn
from cunlian.ui.templatetags.ui import day_tag

DRAW = "places.draw_grid"
TIERS = tuple((str(tier.value), tier.label) for tier in (GridTier.VILLAGE, GridTier.SOCIAL_WORKER))
WORKED = (("nobody", _("nobody works it")), ("somebody", _("somebody works it")))


def _workers(day: date) -> QuerySet[Duty]:
    return Duty.objects.filter(on(day), capacity=Capacity.GRID_WORKER, household=None)


def grids_on(actor: Actor, day: date) -> QuerySet[Grid]:
    """Grids of ``day`` with what a row shows: in the order of their codes, a social worker's below its village grid."""
    held = Posting.objects.visible_to(actor).on(day).select_related("person").order_by("pk")
    away = StandIn.objects.filter(on(day)).order_by("starts_on", "pk").prefetch_related(
        Prefetch("by_post__postings", held, to_attr="running_postings")
    )  # fmt: skip
    duties = _workers(day).select_related("post").order_by("pk").prefetch_related(
        Prefetch("post__postings", held, to_attr="running_postings"),
        Prefetch("post__stand_ins", away, to_attr="running_stand_ins"),
    )  # fmt: skip
    found = Grid.objects.filter(of_own_county(actor), on(day))
    found = with_groups(found, day).prefetch_related(Prefetch("place__duties", duties, to_attr="worked_by"))
    joined = found.select_related("place", "grid_class", "inside__place", "grid_set__village__parent")
    outer = Coalesce("inside__place__code", "place__code")
    return joined.order_by("grid_set__village__code", outer, F("inside_id").asc(nulls_first=True), "place__code")


def holder_of(duty: Duty) -> str:
    """Who does the work on the day the duty was read for: the stand-in before the holder; "" when nobody."""
    post: Any = duty.post
    seated = [row.by_post.running_postings for row in post.running_stand_ins] + [post.running_postings]
    return next((rows[0].person.name for rows in seated if rows), "")


class GridFilter(ListFilter):
    """``village``: of a village, or of all below a town's code."""

    area = django_filters.ModelChoiceFilter(
        label=_("Area"), queryset=Area.objects.none(), method="by_area", empty_label=_("any area")
    )
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=TIERS, empty_label=_("both"))
    grid_class = django_filters.ModelChoiceFilter(
        label=_("Class"), queryset=GridClass.objects.none(), empty_label=_("any class")
    )
    worked = django_filters.ChoiceFilter(
        label=_("Who works it"), choices=WORKED, empty_label=_("all"), method="by_worked"
    )

    class Meta:
        model = Grid
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.form.fields["area"].queryset = running_areas(actor)
        self.form.fields["grid_class"].queryset = GridClass.objects.filter(of_own_county(actor, "root__")).order_by(
            "code"
        )
        villages = own_places(actor).current().filter(level=Level.VILLAGE).order_by("code")
        self.form.fields["village"].widget.choices = [("", _("any")), *((v.code, v.short_name) for v in villages)]

    def by_area(self, found: QuerySet[Grid], name: str, area: Area | None) -> QuerySet[Grid]:
        rows = AreaMembership.objects.filter(on(self.day), area=area)
        return found.filter(grid_set__village__in=rows.values("place_id")) if area else found

    def by_village(self, found: QuerySet[Grid], name: str, code: str) -> QuerySet[Grid]:
        return found.filter(code_q(code, "place__")) if is_code(code) else found.none()

    def by_worked(self, found: QuerySet[Grid], name: str, value: str) -> QuerySet[Grid]:
        somebody = Exists(_workers(self.day).filter(place=OuterRef("place_id")))
        return found.filter(~somebody if value == "nobody" else somebody)


class GridTable(ListTable):
    """A row a grid: in the column of its tier, so that the tiers stand side by side."""

    rows_name = ngettext_lazy("%(n)s grid", "%(n)s grids", "total")

    grid = Column(verbose_name=_("Village grid"), accessor="place", order_by=("place__code",))
    inner = Column(verbose_name=_("Social worker's grid"), accessor="place", orderable=False)
    village = Column(verbose_name=_("Village"), accessor="grid_set__village", order_by=("grid_set__village__code",))
    grid_class = Column(verbose_name=_("Class"), order_by=("grid_class__code",))
    extent = Column(verbose_name=_("What it covers"), empty_values=(), orderable=False)
    workers = Column(verbose_name=_("Who works it"), empty_values=(), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = Grid
        fields = ("grid", "inner", "village", "grid_class", "extent", "workers", "works")
        empty_text = _("Grids that fit this choice stand here. None is drawn on that day.")

    def __init__(self, *args: Any, actor: Actor, exclude: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, exclude=exclude if may(actor, DRAW) else (*exclude, "works"), **kwargs)

    def render_grid(self, record: Grid) -> SafeString:
        """Of a social worker's grid the village grid it lies in."""
        return _grid_link(record.inside.place if record.inside else record.place, record)

    def render_inner(self, record: Grid) -> SafeString | str:
        return _grid_link(record.place, record) if record.inside else formats.NOT_APPLICABLE

    def render_village(self, value: Place) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:place", args=[value.code]), value)

    def render_grid_class(self, value: GridClass) -> SafeString:
        return swatch(value)

    def render_extent(self, record: Grid) -> str:
        return extent_of(record) or formats.no_data()

    def render_workers(self, record: Any) -> SafeString:
        if not record.place.worked_by:
            return format_html('<span class="late">{}</span>', _now("Nobody works this grid"))
        vacant = format_html('<span class="late">{}</span>', _now("vacant"))
        rows = [
            (reverse("desk:post", args=[duty.post_id]), duty.post.title, holder_of(duty) or vacant)
            for duty in record.place.worked_by
        ]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a> {}', rows)

    def render_works(self, record: Grid) -> SafeString | str:
        if record.ends_on is not None or not may(self.actor, DRAW, record):
            return ""
        rename = (reverse("desk:place_change", args=[record.place.code, "rename"]), _now("Rename"))
        return work_links(
            (reverse("desk:grid_class_give", args=[record.pk]), _now("Change class")),
            *([rename] if may(self.actor, "places.reorganise", record.place) else []),
            (reverse("desk:grid_end", args=[record.pk]), _now("End it")),
        )


def _grid_link(place: Place, record: Grid) -> SafeString:
    return format_html('<a href="{}#grids">{}</a>', reverse("desk:place", args=[record.grid_set.village.code]), place)


def groups_on(village: Place, day: date) -> QuerySet[VillagerGroup]:
    rows = GridGroup.objects.filter(on(day)).select_related("grid__place").order_by("pk")
    held = Prefetch("grid_rows", rows, to_attr="running_grids")
    return VillagerGroup.objects.filter(on(day), village=village).prefetch_related(held).order_by("number", "pk")


class GroupTable(ListTable):
    """The villager groups of a village and the grid each is in."""

    rows_name = ngettext_lazy("%(n)s villager group", "%(n)s villager groups", "total")

    number = Column(verbose_name=_("Villager group"))
    name = Column(verbose_name=_("Its name"))
    grid = Column(verbose_name=_("Grid"), accessor="running_grids", empty_values=(), orderable=False)
    since = Column(verbose_name=_("Since"), accessor="running_grids", empty_values=(), orderable=False)
    works = WorkColumn()

    class Meta(ListTable.Meta):
        model = VillagerGroup
        fields = ("number", "name", "grid", "since", "works")
        empty_text = _("Villager groups, which hold the land, stand here. None is entered for this day.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, exclude=() if may(actor, DRAW) else ("works",), **kwargs)

    def render_number(self, value: int) -> str:
        return _now("group %(n)s") % {"n": value}

    def render_grid(self, value: list[GridGroup]) -> SafeString | str:
        return str(value[0].grid) if value else format_html('<span class="late">{}</span>', _now("in no grid"))

    def render_since(self, value: list[GridGroup]) -> SafeString | str:
        return day_tag(value[0].starts_on if value else None, year=True)

    def render_works(self, record: VillagerGroup) -> SafeString | str:
        if record.ends_on is not None or not may(self.actor, DRAW, record):
            return ""
        return work_links((reverse("desk:group_move", args=[record.pk]), _now("Put into a grid")))
