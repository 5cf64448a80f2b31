"""The hollow index: how far a village has emptied, 0 (not at all) to 100, from its profile.

Four parts, each 0–100 in whole points, each missing when one of its numbers is missing:

    people    of those registered, how many do not live there      (registered - resident) / registered
    houses    vacant houses to households                          vacant houses / households
    land      idle land per household; 2.00 mu and more is 100     idle land / households / 2 mu
    industry  what the economy lacks: 100 less the mean of the collective's operating income (500,000 yuan a year and
              more is 100) and of firms and cooperatives (5 and more is 100); of one of the two, when only it is known

The index is the mean of the parts present, rounded half up, and always says how many parts it rests on. A missing
part is shown as missing: counted as zero it would make the villages nobody looked at the fullest. The thresholds are
ours, not the law's; docs/decisions/0005 gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Text
from cunlian.places.models import VillageProfile

IDLE_PER_HOUSEHOLD: Final = 200
STRONG_INCOME_FEN: Final = 500_000_00
ENOUGH_FIRMS: Final = 5


class PartOfIndex(NamedTuple):
    """``value`` 0–100, None when missing."""

    code: str
    label: Text
    value: int | None


@dataclass(frozen=True)
class Hollow:
    """``value``: the index, None when no part is known. ``present`` of the four parts it rests on."""

    value: int | None
    parts: tuple[PartOfIndex, ...]

    @property
    def present(self) -> int:
        return sum(part.value is not None for part in self.parts)


def share(part: int, whole: int) -> int:
    """100 · part / whole, rounded half up, kept within 0–100. ``whole`` is above zero."""
    return max(0, min(100, (200 * part + whole) // (2 * whole)))


def hollow_index(profile: VillageProfile) -> Hollow:
    parts = (
        PartOfIndex("people", _("People"), _people(profile)),
        PartOfIndex("houses", _("Houses"), _houses(profile)),
        PartOfIndex("land", _("Land"), _land(profile)),
        PartOfIndex("industry", _("Industry"), _industry(profile)),
    )
    return from_parts(parts)


def from_parts(parts: tuple[PartOfIndex, ...]) -> Hollow:
    """The index of parts that may come from several sources (``people.hollow``)."""
    known = [part.value for part in parts if part.value is not None]
    return Hollow(_mean(known), parts)


def _mean(values: list[int]) -> int | None:
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else None


def _people(profile: VillageProfile) -> int | None:
    registered, resident = profile.registered_population, profile.resident_population
    if not registered or resident is None:
        return None
    return share(registered - resident, registered)


def _houses(profile: VillageProfile) -> int | None:
    if not profile.households or profile.vacant_houses is None:
        return None
    return share(profile.vacant_houses, profile.households)


def _land(profile: VillageProfile) -> int | None:
    if not profile.households or profile.idle_land is None:
        return None
    return share(profile.idle_land, profile.households * IDLE_PER_HOUSEHOLD)


def _industry(profile: VillageProfile) -> int | None:
    there = []
    if profile.operating_income_fen is not None:
        there.append(share(profile.operating_income_fen, STRONG_INCOME_FEN))
    if profile.firms is not None and profile.cooperatives is not None:
        there.append(share(profile.firms + profile.cooperatives, ENOUGH_FIRMS))
    strength = _mean(there)
    return None if strength is None else 100 - strength
