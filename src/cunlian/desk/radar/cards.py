"""The radar in a few numbers, each with the rows it counts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Text
from cunlian.organisations.coverage.catalogue import RULES
from cunlian.organisations.coverage.objects import Scope
from cunlian.organisations.coverage.open_matters import OPEN, open_matters
from cunlian.organisations.coverage.reading import missing


@dataclass(frozen=True)
class Card:
    label: Text
    count: int
    url: str


def cards(scope: Scope, where: str = "") -> list[Card]:
    """By kind of what nobody answers for; the five matters of areas as one. A query a rule."""
    found, five = [], 0
    for rule in RULES:
        if rule.on_radar and rule.matter:
            five += missing(rule, scope).count()
        elif rule.on_radar:
            found.append(Card(rule.kind.label, missing(rule, scope).count(), _rows(rule.code, where)))
    found.append(Card(_("Matters of areas"), five, reverse("desk:five")))
    found.append(Card(_("Open matters"), open_matters(scope).count(), _rows(OPEN, where)))
    return found


def _rows(what: str, where: str) -> str:
    return f"{reverse('desk:radar')}?{urlencode({'what': what, 'where': where} if where else {'what': what})}"
