"""The list of copies: what was given to whom, how it stands, when it is due."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET
from django_tables2 import Column, TemplateColumn

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.instructions.models import Copy
from cunlian.instructions.querysets import POSTED, READERS, CopyQuerySet
from cunlian.instructions.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.places.codes import is_code
from cunlian.places.models import Level, Place
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import state

STATES = (
    ("all", _("all")),
    ("delivered", _("done, checked or closed")),
    ("sent_out", _("all but those taken back")),
    *State.choices,
)
MINE = (
    ("waiting", _("wait for me")),
    ("held", _("with my posts")),
    ("given", _("given by my posts")),
    ("told", _("for my information")),
    ("overdue", pgettext_lazy("instructions", "overdue")),
)


class CopyFilter(ListFilter):
    """What stands in no form but in links: ``instruction``, ``giver`` (a unit), ``post``, ``measure``."""

    q = django_filters.CharFilter(label=_("Words"), field_name="instruction__title", lookup_expr="contains")
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("open"), method="by_state")
    mine = django_filters.ChoiceFilter(label=_("Which"), choices=MINE, empty_label=_("any"), method="by_mine")
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    since = django_filters.DateFilter(
        label=_("Sent from"), method="by_since", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("until"), method="by_until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    instruction = django_filters.UUIDFilter(widget=forms.HiddenInput)
    giver = django_filters.UUIDFilter(field_name="instruction__giver__organisation", widget=forms.HiddenInput)
    post = django_filters.UUIDFilter(widget=forms.HiddenInput)
    measure = django_filters.UUIDFilter(field_name="instruction__measure", widget=forms.HiddenInput)

    class Meta:
        model = Copy
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, queryset: CopyQuerySet, *, actor: Actor) -> None:
        super().__init__(data, queryset)
        self.actor = actor
        places = Place.objects.visible_to(actor).current().filter(territory_q(actor, READERS, ""))
        villages = [(p.code, p.short_name) for p in places.filter(level=Level.VILLAGE).order_by("code")]
        self.form.fields["village"].widget.choices = [("", _("any")), *villages]

    def filter_queryset(self, queryset: CopyQuerySet) -> Any:
        if not any(self.form.cleaned_data.get(name) for name in ("state", "q", "instruction")):
            queryset = queryset.open() if self.form.cleaned_data.get("mine") != "waiting" else queryset
        return super().filter_queryset(queryset)

    def by_state(self, found: CopyQuerySet, name: str, value: str) -> Any:
        named = {"all": found.all, "delivered": found.delivered, "sent_out": found.lasting}
        return named[value]() if value in named else found.filter(state=value)

    def by_mine(self, found: CopyQuerySet, name: str, value: str) -> Any:
        if value == "overdue":
            return found.overdue()
        cut = {
            "waiting": found.waiting_for, "held": found.held_by, "given": found.given_by, "told": found.told_to,
        }  # fmt: skip
        return cut[value](self.actor)

    def by_village(self, found: CopyQuerySet, name: str, code: str) -> Any:
        return found.filter(code_q(code, "place__")) if is_code(code) else found.none()

    def by_since(self, found: CopyQuerySet, name: str, day: Any) -> Any:
        return found.filter(sent_at__gte=clock.at(day))

    def by_until(self, found: CopyQuerySet, name: str, day: Any) -> Any:
        return found.filter(sent_at__lt=clock.bounds(day)[1])


class CopyTable(ListTable):
    rows_name = ngettext_lazy("%(n)s instruction", "%(n)s instructions", "total")
    readers = POSTED

    title = TemplateColumn(
        '<a href="{% url "desk:instruction_copy" record.pk %}">{{ record.instruction.title }}</a>',
        verbose_name=_("In short"), attrs={"td": {"class": "ttl"}}, order_by=("instruction__title",),
    )  # fmt: skip
    place = Column(verbose_name=_("Place"), accessor="about", order_by=("place__code", "area__name"))
    post = Column(verbose_name=_("With"), order_by=("post__organisation__name_order",))
    giver = Column(
        verbose_name=_("Given by"),
        accessor="instruction__giver",
        order_by=("instruction__giver__organisation__name_order",),
    )
    state = Column(verbose_name=_("State"))
    sent_at = TemplateColumn("{% day record.sent_at %}", verbose_name=pgettext_lazy("instruction", "Sent"))
    due = TemplateColumn("{% promised record.promise %}", verbose_name=_("Deadline"), order_by=("promise__due_at",))

    class Meta(ListTable.Meta):
        model = Copy
        fields: ClassVar[tuple[str, ...]] = ("title", "place", "post", "giver", "state", "sent_at", "due")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Here stand the instructions given to or by your posts and villages. None fits these filters.")

    def render_state(self, record: Copy) -> SafeString:
        return state(record.state, record.get_state_display(), kind="instruction")


def _copies(actor: Actor, query: QueryDict) -> CopyTable:
    found = CopyFilter(query, Copy.objects.visible_to(actor), actor=actor)
    return CopyTable(found.qs.for_list().by_due(), filter=found)


COPIES = add_list("instructions", _("Instructions"), _copies)


@require_GET
@COPIES.exported
def copy_list(request: DeskRequest) -> HttpResponse:
    table = COPIES.page(request)
    context = {
        "title": _now("Instructions"), "table": table, "filter": table.filter,
        "may_send": request.actor.post_id is not None and may(request.actor, "instructions.send"),
    }  # fmt: skip
    return render(request, "desk/instructions/list.html", context)
