"""The list of disputes: the fact of each, filtered and exported. What they are about stands in no list."""

from __future__ import annotations

from collections.abc import Iterator
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

from cunlian.cases.disputes.models import Dispute, DisputeKind, MediationBody
from cunlian.cases.disputes.querysets import KNOWERS, MEMBERS, DisputeQuerySet
from cunlian.cases.disputes.rules import MODULE, OPENERS
from cunlian.cases.disputes.states import State
from cunlian.desk.cases.choices import villages_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.sheets import Row, each_record, plain
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.places.codes import is_code
from cunlian.places.models import Level, Place
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.ui.filters import ListFilter
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import state

STATES = (
    ("", _("open")),
    ("all", _("all")),
    ("settled", _("settled")),
    *State.choices,
)
MINE = (("waiting", _("waiting for me")), ("mine", _("I mediate")))
WHEN = (("overdue", _("overdue")), ("today", _("due today")))


class DisputeFilter(ListFilter):
    FIRST = ("q", "state", "due", "mine", "village")
    q = django_filters.CharFilter(label=_("Number"), field_name="number", lookup_expr="contains")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES[1:], empty_label=STATES[0][1], method="by_state"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=DisputeKind, field_name="dispute_kind", empty_label=_("any")
    )
    mine = django_filters.ChoiceFilter(label=_("Which"), choices=MINE, empty_label=_("any"), method="by_mine")
    due = django_filters.ChoiceFilter(label=_("Deadline"), choices=WHEN, empty_label=_("any"), method="by_due")
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    body = django_filters.UUIDFilter(label=_("Mediation body"), widget=forms.Select)
    since = django_filters.DateFilter(
        label=_("Entered from"), method="by_since", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("until"), method="by_until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Dispute
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, queryset: DisputeQuerySet, *, actor: Actor) -> None:
        super().__init__(data, queryset)
        self.actor = actor
        bodies = MediationBody.objects.visible_to(actor).for_list()
        self.form.fields["body"].widget.choices = [("", _("any")), *((str(b.pk), str(b)) for b in bodies)]
        places = Place.objects.visible_to(actor).current().filter(territory_q(actor, KNOWERS | MEMBERS, ""))
        villages = [(p.code, p.short_name) for p in places.filter(level=Level.VILLAGE).order_by("code")]
        self.form.fields["village"].widget.choices = [("", _("any")), *villages]

    def filter_queryset(self, queryset: DisputeQuerySet) -> Any:
        if not any(self.form.cleaned_data.get(name) for name in ("state", "q", "mine", "due")):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def by_state(self, found: DisputeQuerySet, name: str, value: str) -> Any:
        if value == "all":
            return found
        return found.settled() if value == "settled" else found.filter(state=value)

    def by_mine(self, found: DisputeQuerySet, name: str, value: str) -> Any:
        return found.waiting_for(self.actor) if value == "waiting" else found.inside_of(self.actor)

    def by_due(self, found: DisputeQuerySet, name: str, value: str) -> Any:
        return found.overdue() if value == "overdue" else found.due_on(clock.today())

    def by_village(self, found: DisputeQuerySet, name: str, code: str) -> Any:
        return found.filter(code_q(code, "place__")) if is_code(code) else found.none()

    def by_since(self, found: DisputeQuerySet, name: str, day: Any) -> Any:
        return found.filter(applied_at__gte=clock.at(day))

    def by_until(self, found: DisputeQuerySet, name: str, day: Any) -> Any:
        return found.filter(applied_at__lt=clock.bounds(day)[1])


class DisputeTable(ListTable):
    rows_name = ngettext_lazy("%(n)s dispute", "%(n)s disputes", "total")
    readers = KNOWERS | MEMBERS

    number = TemplateColumn(
        '<a href="{% url "desk:dispute" record.pk %}">{{ record.number }}</a>', verbose_name=_("Number"),
        attrs={"td": {"class": "ttl"}}, order_by=("applied_at",),
    )  # fmt: skip
    dispute_kind = Column(verbose_name=_("Kind"))
    place = Column(verbose_name=_("Village"), order_by=("place__code",))
    state = Column(verbose_name=_("State"))
    body = Column(verbose_name=_("Mediation body"), order_by=("body__organisation__name_order",))
    applied_at = TemplateColumn("{% day record.applied_at %}", verbose_name=_("Entered"))
    due = TemplateColumn(
        "{% promised record.check_promise|default:record.promise %}", verbose_name=_("Deadline"), order_by=("due_at",)
    )

    class Meta(ListTable.Meta):
        model = Dispute
        fields: ClassVar[tuple[str, ...]] = ("number", "dispute_kind", "place", "state", "body", "applied_at", "due")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Here stand the disputes of your villages that fit these filters. None does now.")

    def render_state(self, record: Dispute) -> SafeString:
        return state(record.state, record.get_state_display(), kind="dispute")


def _disputes(actor: Actor, query: QueryDict) -> DisputeTable:
    found = DisputeFilter(query, Dispute.objects.visible_to(actor), actor=actor)
    return DisputeTable(found.qs.for_list().by_due(), filter=found)


def _day(value: Any) -> str:
    return clock.day_of(value).isoformat() if value else ""


def _lines(table: ListTable) -> Iterator[Row]:
    """The fact of each dispute: never its subject, its sides or its words."""
    yield [
        str(head)
        for head in (
            _("Number"), _("Mediation body"), _("Village"), _("Kind"), _("State"), _("How it came"), _("Entered"),
            pgettext_lazy("dispute", "Taken on"), _("Agreement"), _("Performed"), _("Ended"),
        )
    ]  # fmt: skip
    for one in each_record(table):
        yield [
            plain(value)
            for value in (
                one.number, str(one.body), str(one.place), one.get_dispute_kind_display(), one.get_state_display(),
                one.get_source_display(), _day(one.applied_at), _day(one.accepted_at), _day(one.agreed_at),
                _day(one.performed_at), _day(one.ended_at),
            )
        ]  # fmt: skip


DISPUTES = add_list("disputes", _("Disputes"), _disputes, lines=_lines)


@require_GET
@DISPUTES.exported
def dispute_list(request: DeskRequest) -> HttpResponse:
    table = DISPUTES.page(request)
    context = {
        "title": _now("Disputes"),
        "filter": table.filter,
        "table": table,
        "opens": request.actor.holds(OPENERS),
        "may_open": bool(villages_of(request.actor, OPENERS, MODULE)),
    }
    return render(request, "desk/disputes/list.html", context)
