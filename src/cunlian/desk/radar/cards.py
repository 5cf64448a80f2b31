"""The radar in a few numbers, each with the rows it counts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.kernel.refusals import Text
from cunlian.organisations.coverage.catalogue import RULES
from cunlian.organisations.coverage.open_matters import OPEN


@dataclass(frozen=True)
class Card:
    label: Text
    count: int
    url: str


def cards(counts: dict[str, int], where: str = "") -> list[Card]:
    """By kind of what nobody answers for; the five matters of areas as one."""
    rules = [rule for rule in RULES if rule.on_radar]
    found = [Card(rule.kind.label, counts[rule.code], _rows(rule.code, where)) for rule in rules if not rule.matter]
    five = sum(counts[rule.code] for rule in rules if rule.matter)
    found.append(Card(_("Matters of areas"), five, reverse("desk:five")))
    found.append(Card(_("Open matters"), counts[OPEN], _rows(OPEN, where)))
    return found


def _rows(what: str, where: str) -> str:
    return f"{reverse('desk:radar')}?{urlencode({'what': what, 'where': where} if where else {'what': what})}"
