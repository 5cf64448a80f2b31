"""Drawings, the villages of one, and which villages touch."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column

from cunlian.desk.places.seen import AREA_ORDER, own_places
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.places.drawing.querysets import READERS
from cunlian.places.drawing.states import State
from cunlian.places.models import Area, AreaDrawing, Border, DrawnVillage
from cunlian.ui.filters import ListFilter
from cunlian.ui.states import add_states
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import day_tag, state

add_states("drawing", {"draft": "open", "proposed": "wait", "adopted": "ok", "dropped": "off"})


class DrawingFilter(ListFilter):
    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("all states"))

    class Meta:
        model = AreaDrawing
        fields = ("state",)


class DrawingTable(ListTable):
    rows_name = ngettext_lazy("%(n)s drawing", "%(n)s drawings", "total")
    readers = frozenset(READERS)

    title = Column(
        verbose_name=_("Drawing"), linkify=lambda record: reverse("desk:drawing", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    state = Column(verbose_name=_("State"))
    area_kind = Column(verbose_name=_("Kind"))
    areas = NumberColumn(verbose_name=_("Areas"))
    root = Column(verbose_name=_("Place"), order_by=("root__code",))
    begun_at = Column(verbose_name=_("Begun on"))
    decided_on = Column(verbose_name=_("Decided on"))
    starts_on = Column(verbose_name=_("Holds from"))

    class Meta(ListTable.Meta):
        model = AreaDrawing
        fields: ClassVar[tuple[str, ...]] = (
            "title", "state", "area_kind", "areas", "root", "begun_at", "decided_on", "starts_on",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Proposals to draw the areas anew stand here, the dropped ones with their reason. None is begun yet in this choice."
        )

    def render_state(self, record: AreaDrawing) -> SafeString:
        return state(record.state, record.get_state_display(), kind="drawing")

    def render_begun_at(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    render_decided_on = render_starts_on = render_begun_at


def _only(label: Text) -> forms.Select:
    return forms.Select(choices=[("", _("all villages")), ("true", label)])


class VillageFilter(ListFilter):
    """``drawing`` decides which areas can be chosen."""

    FIRST = ("drawn", "before", "moved")

    drawn = django_filters.ChoiceFilter(field_name="drawn", label=_("Drawn area"), empty_label=_("all areas"))
    before = django_filters.ChoiceFilter(field_name="area_before", label=_("Area of today"), empty_label=_("all areas"))
    moved = django_filters.BooleanFilter(label=_("Moves"), method="only_moved", widget=_only(_("those that move")))
    hollow = django_filters.BooleanFilter(label=_("Hollow"), method="only_hollow", widget=_only(_("hollow ones")))
    unknown = django_filters.BooleanFilter(
        label=_("Numbers"), method="only_unknown", widget=_only(_("households not known"))
    )

    class Meta:
        model = DrawnVillage
        fields = ("drawn", "before", "moved", "hollow", "unknown")

    def __init__(self, *args: Any, drawing: AreaDrawing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drawn = [(str(area.pk), area.name) for area in drawing.drawn_areas.order_by("number")]
        keys = drawing.villages.exclude(area_before=None).values("area_before")
        today = [(str(area.pk), area.name) for area in Area.objects.filter(pk__in=keys).order_by(*AREA_ORDER)]
        self.filters["drawn"].extra["choices"] = drawn
        self.filters["before"].extra["choices"] = today
        self.drawing = drawing

    def only_moved(self, rows: Any, name: str, value: bool | None) -> QuerySet[DrawnVillage]:
        return rows.moving() if value else rows  # type: ignore[no-any-return]

    def only_hollow(self, rows: Any, name: str, value: bool | None) -> QuerySet[DrawnVillage]:
        return rows.filter(hollow__gte=F("drawing__hollow_from")) if value else rows  # type: ignore[no-any-return]

    def only_unknown(self, rows: Any, name: str, value: bool | None) -> QuerySet[DrawnVillage]:
        return rows.filter(households=None) if value else rows  # type: ignore[no-any-return]


class VillageTable(ListTable):
    rows_name = ngettext_lazy("%(n)s village", "%(n)s villages", "total")
    readers = frozenset(READERS)

    village = Column(
        verbose_name=_("Village"), order_by=("village__code",), attrs={"td": {"class": "ttl"}},
        linkify=lambda record: reverse("desk:place", args=[record.village.code]),
    )  # fmt: skip
    area_before = Column(verbose_name=_("Area of today"), order_by=("area_before__name",))
    drawn = Column(verbose_name=_("Drawn area"), order_by=("drawn__number",))
    households = NumberColumn(verbose_name=pgettext_lazy("register", "Households"))
    hollow = NumberColumn(verbose_name=_("Hollow index"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = DrawnVillage
        fields: ClassVar[tuple[str, ...]] = ("village", "area_before", "drawn", "households", "hollow", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("No village of the drawing is like this.")

    def __init__(self, *args: Any, may_put: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_put else ("work",), **kwargs)

    def render_drawn(self, record: DrawnVillage) -> str:
        return f"{record.drawn}{' · ' + _now('by hand') if record.by_hand else ''}"

    def render_work(self, record: DrawnVillage) -> SafeString | str:
        if record.drawn_id is None:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:drawing_put", args=[record.pk]), _("Move it"))


class MoveTable(VillageTable):
    """Only villages that change their area."""

    class Meta(VillageTable.Meta):
        empty_text = _("No village changes its area.")


class BorderTable(ListTable):
    rows_name = ngettext_lazy("%(n)s border", "%(n)s borders", "total")

    one = Column(verbose_name=_("Village"), order_by=("one__code",))
    other = Column(verbose_name=pgettext_lazy("border", "touches"), order_by=("other__code",))
    source = Column(verbose_name=_("Source"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        model = Border
        fields: ClassVar[tuple[str, ...]] = ("one", "other", "source", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Which villages touch stands here, as far as somebody has entered it. Areas then stay in one piece."
        )

    def __init__(self, *args: Any, may_enter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_enter else ("work",), **kwargs)

    def render_work(self, record: Border) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:border_out", args=[record.pk]), _("Take out"))


def borders_of(actor: Actor) -> QuerySet[Border]:
    """Of the actor's own county."""
    rows = Border.objects.filter(one__in=own_places(actor)).select_related("one", "other")
    return rows.order_by("one__code", "other__code")
