"""The paths home and the gatherings in lists."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django_tables2 import Column, TemplateColumn

from cunlian.desk.receipts import receipt_text
from cunlian.kernel.access import Actor
from cunlian.places.codes import is_code
from cunlian.places.models import Level, Place
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.talent.coming_home.querysets import READERS, HomecomingQuerySet
from cunlian.talent.coming_home.states import State
from cunlian.talent.models import Gathering, Homecoming, Origin
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import day_tag, fig, state

STATES = (("all", _("all")), ("arrived", pgettext_lazy("path home", "came, whatever became of it")), *State.choices)
MINE = (("waiting", _("waiting for me")), ("mine", pgettext_lazy("path home", "I go along")))


class HomecomingFilter(ListFilter):
    FIRST = ("state", "mine", "village", "origin")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, empty_label=pgettext_lazy("path home", "under way"), method="by_state"
    )
    mine = django_filters.ChoiceFilter(label=_("Which"), choices=MINE, empty_label=_("any"), method="by_mine")
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    origin = django_filters.ChoiceFilter(
        label=pgettext_lazy("path home", "From"), choices=Origin, empty_label=_("any"), field_name="origin"
    )
    late = django_filters.BooleanFilter(
        label=pgettext_lazy("path home", "A talk or look in is late"), method="by_late", widget=forms.CheckboxInput
    )

    class Meta:
        model = Homecoming
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, queryset: HomecomingQuerySet, *, actor: Actor) -> None:
        super().__init__(data, queryset)
        self.actor = actor
        places = Place.objects.visible_to(actor).current().filter(territory_q(actor, READERS, ""))
        villages = [(one.code, one.short_name) for one in places.filter(level=Level.VILLAGE).order_by("code")]
        self.form.fields["village"].widget.choices = [("", _("any")), *villages]

    def filter_queryset(self, queryset: HomecomingQuerySet) -> Any:
        if not any(self.form.cleaned_data.get(name) for name in ("state", "mine", "late")):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def by_state(self, found: HomecomingQuerySet, name: str, value: str) -> Any:
        if value == "all":
            return found
        return found.arrived() if value == "arrived" else found.filter(state=value)

    def by_mine(self, found: HomecomingQuerySet, name: str, value: str) -> Any:
        if value == "waiting":
            return found.waiting_for(self.actor)
        return found.open().filter(holder_id__in=self.actor.post_ids)

    def by_village(self, found: HomecomingQuerySet, name: str, code: str) -> Any:
        return found.filter(code_q(code, "place__")) if is_code(code) else found.none()

    def by_late(self, found: HomecomingQuerySet, name: str, value: bool) -> Any:
        return found.overdue() if value else found


class HomecomingTable(ListTable):
    rows_name = ngettext_lazy("%(n)s path home", "%(n)s paths home", "total")
    readers = READERS

    receipt = Column(
        verbose_name=_("Receipt"), linkify=lambda record: reverse("desk:homecoming", args=[record.pk]),
        attrs={"td": {"class": "ttl nowrap"}},
    )  # fmt: skip
    person = Column(verbose_name=_("Person"), accessor="masked_name", orderable=False)
    place = Column(verbose_name=_("Village"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    origin = Column(verbose_name=pgettext_lazy("path home", "From"))
    state = Column(verbose_name=_("State"))
    holder = Column(verbose_name=_("Who goes along"), order_by=("holder__title",))
    due = TemplateColumn(
        template_name="desk/coming_home/cell_due.html", verbose_name=pgettext_lazy("path home", "Owed by"),
        order_by=("due_at",),
    )  # fmt: skip
    begun_at = TemplateColumn("{% day record.begun_at %}", verbose_name=pgettext_lazy("path home", "Begun"))

    class Meta(ListTable.Meta):
        model = Homecoming
        fields: ClassVar[tuple[str, ...]] = (
            "receipt", "person", "place", "origin", "state", "holder", "due", "begun_at",
        )  # fmt: skip
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _(
            "Those who would like to come home, or whom a village brings in, stand here with the step they wait for. None "
            "does in this choice."
        )

    def __init__(self, *args: Any, mark: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mark = mark

    def render_receipt(self, value: str) -> str:
        return receipt_text(value, self.mark)

    def render_state(self, record: Homecoming) -> SafeString:
        return state(record.state, record.get_state_display(), kind="homecoming")


class GatheringTable(ListTable):
    rows_name = ngettext_lazy("%(n)s gathering", "%(n)s gatherings", "total")

    name = Column(
        verbose_name=_("Gathering"), linkify=lambda record: reverse("desk:gathering", args=[record.pk]),
        attrs={"td": {"class": "ttl"}},
    )  # fmt: skip
    place = Column(verbose_name=_("Of those from"), order_by=("place__code",), attrs={"td": {"class": "nowrap"}})
    called_by = Column(verbose_name=_("Called by"), order_by=("called_by__name",))
    venue = Column(verbose_name=pgettext_lazy("gathering", "Held at"))
    people = NumberColumn(verbose_name=_("People, as declared"))
    begun = NumberColumn(verbose_name=_("Paths begun from it"))
    held_on = Column(verbose_name=pgettext_lazy("gathering", "Day"))

    class Meta(ListTable.Meta):
        model = Gathering
        fields: ClassVar[tuple[str, ...]] = ("name", "place", "called_by", "venue", "people", "begun", "held_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Meetings of those who are away stand here, with what was heard and what began there. None yet.")

    def render_begun(self, value: int, record: Gathering) -> SafeString | str:
        return fig(value, f"{reverse('desk:gathering', args=[record.pk])}#begun")

    def render_held_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)
