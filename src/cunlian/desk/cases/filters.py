"""The filters of the list of cases. Page, export and the background export cut the same way with them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Level
from cunlian.cases.models.case import Source
from cunlian.cases.querysets import READERS, CaseQuerySet
from cunlian.cases.states import OPEN, State
from cunlian.desk.cases import choices
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.ids import read_receipt
from cunlian.organisations.models import Organisation
from cunlian.places.codes import is_code
from cunlian.places.models import Level as Rank
from cunlian.places.models import Place
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.ui.filters import ListFilter

WHOSE = (
    ("waiting", _("waiting for me")),
    ("passed", _("passed on by me")),
    ("word", _("waiting for the person's word")),
    ("decide", _("more time for me to decide")),
    ("nobody", _("with nobody")),
)
STATES = (
    ("", _("still open")),
    ("all", _("all")),
    ("closed", _("closed after an answer")),
    *State.choices,
)
# Part of a receipt number, with or without the district's mark.
LIKE_A_RECEIPT = re.compile(r"[^\W\d]{0,2}[\d\s-]+")
WHEN = (("overdue", _("overdue")), ("today", _("due today")))


class CaseFilter(ListFilter):
    """``actor``: whose posts "mine" means and whose villages are offered. Text is looked for in all states unless
    one is chosen; without text and state the open ones are listed.

    No index serves a word, so of more than ``LOOK_BACK`` requests words are looked for in the newest: ``back_to`` is then
    the day from which on, and stands in the field "Reported from". Another day there, or ``?count=all``, looks further."""

    LOOK_BACK: ClassVar[int] = 10_000
    FIRST = ("q", "state", "due", "mine", "village")
    q = django_filters.CharFilter(label=_("Receipt, words or village"), method="by_text")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES[1:], empty_label=STATES[0][1], method="by_state"
    )
    due = django_filters.ChoiceFilter(label=_("Deadline"), choices=WHEN, empty_label=_("any"), method="by_due")
    mine = django_filters.ChoiceFilter(label=_("With whom"), choices=WHOSE, empty_label=_("anybody"), method="by_whom")
    village = django_filters.CharFilter(label=_("Village"), method="by_village", widget=forms.Select)
    category = django_filters.CharFilter(label=_("Category"), field_name="category__code", lookup_expr="startswith",
                                         widget=forms.Select)  # fmt: skip
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level, empty_label=_("any"))
    source = django_filters.ChoiceFilter(label=_("Came by"), choices=Source, empty_label=_("any"))
    unit = django_filters.UUIDFilter(
        label=_("Unit that has it"), field_name="holder__organisation_id", widget=forms.Select
    )
    since = django_filters.DateFilter(
        label=_("Reported from"), method="by_since", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("Reported until"), method="by_until", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    but = django_filters.UUIDFilter(field_name="pk", exclude=True, widget=forms.HiddenInput)

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict | None, queryset: CaseQuerySet, *, actor: Actor, offers: bool = True) -> None:
        self.back_to = self._back_to(data, queryset) if data else None
        if data and self.back_to:
            data = data.copy()
            data["since"] = self.back_to.isoformat()
        super().__init__(data, queryset)
        self.actor = actor
        if offers:
            self._offer()

    def _back_to(self, data: QueryDict, queryset: CaseQuerySet) -> date | None:
        text = data.get("q", "").strip()
        if not text or read_receipt(text) or data.get("since") or data.get("count") == "all":
            return None
        # By the time alone: with the key as well SQLite sorts all there is.
        times = queryset.order_by("-reported_at").values_list("reported_at", flat=True)
        older = list(times[self.LOOK_BACK : self.LOOK_BACK + 1])
        return clock.day_of(older[0]) if older else None

    def _offer(self) -> None:
        """What the selects list. Not needed where nothing is drawn (exports)."""
        fields = self.form.fields
        fields["village"].widget.choices = _villages(self.actor, self.data.get("village", ""))
        groups = choices.categories_on_list()
        fields["category"].widget.choices = [("", _("any")), *_codes(groups)]
        units = (
            Organisation.objects.visible_to(self.actor).current().filter(territory_q(self.actor, READERS)).for_list()
        )
        fields["unit"].widget.choices = [("", _("any")), *((str(unit.pk), str(unit)) for unit in units)]

    @property
    def in_order(self) -> CaseQuerySet:
        """What is open by its deadline; where all or ended ones are looked at, a deadline says little, and the newest
        stand first."""
        found: CaseQuerySet = self.qs.for_list()
        asked = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        return found.by_due() if asked.get("state", "") in ("", *OPEN) and not asked.get("q") else found.by_time()

    def filter_queryset(self, queryset: CaseQuerySet) -> Any:
        values = self.form.cleaned_data
        if not any(values.get(name) for name in ("state", "q", "mine", "due")):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def by_text(self, found: CaseQuerySet, name: str, text: str) -> Any:
        text = text.strip()
        if receipt := read_receipt(text):
            return found.filter(receipt=receipt)
        digits = "".join(char for char in text if is_code(char))
        words = Q(title__icontains=text) | Q(place__short_name__contains=text) | Q(place__parent__short_name=text)
        if len(digits) >= 4 and LIKE_A_RECEIPT.fullmatch(text):
            words |= Q(receipt__contains=digits)
        if text.isascii() and text.isalpha():
            words |= Q(place__initials__startswith=text.lower()) | Q(place__parent__initials=text.lower())
        return found.filter(words)

    def by_state(self, found: CaseQuerySet, name: str, value: str) -> Any:
        if value == "all":
            return found
        if value in OPEN:
            return found.open().filter(state=value)
        return found.closed() if value == "closed" else found.filter(state=value)

    def by_due(self, found: CaseQuerySet, name: str, value: str) -> Any:
        return found.overdue() if value == "overdue" else found.due_on(clock.today())

    def by_whom(self, found: CaseQuerySet, name: str, value: str) -> Any:
        whose = {
            "waiting": found.waiting_for,
            "passed": found.passed_on_by,
            "word": found.word_awaited_by,
            "decide": found.to_decide_by,
        }
        return whose[value](self.actor) if value in whose else found.without_holder()

    def by_village(self, found: CaseQuerySet, name: str, code: str) -> Any:
        """The place with this code and all below it, whatever its rank: links come with towns and grids too."""
        return found.filter(code_q(code, "place__")) if is_code(code) else found.none()

    def by_since(self, found: CaseQuerySet, name: str, day: Any) -> Any:
        return found.filter(reported_at__gte=clock.at(day))

    def by_until(self, found: CaseQuerySet, name: str, day: Any) -> Any:
        return found.filter(reported_at__lt=clock.bounds(day)[1])


def _villages(actor: Actor, chosen: str) -> list[tuple[Any, Any]]:
    mine = Place.objects.visible_to(actor).current().filter(territory_q(actor, READERS, ""), level=Rank.VILLAGE)
    found = [(place.code, place.short_name) for place in mine.order_by("code")]
    if chosen and chosen not in dict(found):
        found += [(p.code, p.short_name) for p in Place.objects.visible_to(actor).current().filter(code=chosen)]
    return [("", _("any")), *found]


def _codes(items: list[Any]) -> list[tuple[Any, Any]]:
    """Groups and their items by code; choosing a group covers its items."""
    lines: list[tuple[Any, Any]] = []
    for item in items:
        if item.parent and (not lines or not any(code == item.parent.code for code, _label in lines)):
            lines.append((item.parent.code, str(item.parent)))
        lines.append((item.code, f"　{item}"))
    return lines
