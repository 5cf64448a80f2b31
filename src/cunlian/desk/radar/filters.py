"""What cuts the radar and the lists of what is missing."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _

from cunlian.desk.radar.where import MINE, choices, is_narrow, scope_in
from cunlian.kernel.access import Actor
from cunlian.organisations.coverage.catalogue import RULES
from cunlian.organisations.coverage.open_matters import OPEN, Why
from cunlian.organisations.coverage.reading import missing_counts, radar
from cunlian.organisations.models import Gap
from cunlian.ui.filters import ListFilter

LONG = (("7", _("a week and longer")), ("30", _("30 days and longer")), ("90", _("90 days and longer")))
WHAT = [(rule.code, rule.who) for rule in RULES if rule.on_radar] + [(OPEN, _("Open matter"))]


class WhereFilter(ListFilter):
    """A part of the district, for rows that are no queryset of their own; first of all where the viewer works."""

    where = django_filters.ChoiceFilter(label=_("Where"), empty_label=MINE, method="untouched")

    class Meta:
        model = Gap
        fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data, Gap.objects.none())
        self.actor = actor
        self.filters["where"].extra["choices"] = choices(actor)

    def untouched(self, found: Any, name: str, value: str) -> Any:
        return found

    def said(self, name: str) -> str:
        return str(self.form.cleaned_data.get(name) or "") if self.is_bound and self.is_valid() else ""

    @cached_property
    def scope(self) -> Any:
        """Of an address that cannot be read: nothing."""
        wrong = self.is_bound and not self.is_valid()
        return scope_in(self.actor, "0" if wrong else self.said("where"))

    @property
    def narrow(self) -> bool:
        """Nothing is chosen, and the viewer's own places are not the whole district: there is more to see."""
        return not self.said("where") and is_narrow(self.scope)


class RadarFilter(WhereFilter):
    what = django_filters.ChoiceFilter(
        label=_("Who is missing"), choices=WHAT, empty_label=_("any"), method="untouched"
    )
    why = django_filters.ChoiceFilter(label=_("Why"), choices=Why, empty_label=_("any"), method="untouched")
    long = django_filters.ChoiceFilter(label=_("Open for"), choices=LONG, empty_label=_("any time"), method="untouched")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are missing under each rule, whatever else is chosen."""
        return missing_counts(self.scope)

    @property
    def total(self) -> int | None:
        """How many rows there are, where the counts tell it."""
        if self.said("why") or self.said("long"):
            return None
        return sum(n for code, n in self.counts.items() if self.said("what") in ("", code))

    @property
    def qs(self) -> Any:
        """Rules under which nothing is missing are not read again."""
        scope, cut = self.scope, {}
        if why := self.said("why"):
            cut["why"] = why
        if days := self.said("long"):
            cut["open_since__lte"] = scope.day - timedelta(days=int(days))
        return radar(scope, [code for code, n in self.counts.items() if n and self.said("what") in ("", code)], **cut)
