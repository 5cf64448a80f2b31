"""Who was found by a search, how far away, and in which further villages somebody is known to have the skill.

Persons are shown to staff of their territory only. Of villages outside it a search says what anybody may read: the skill
and the village.
"""

from __future__ import annotations

from collections.abc import Iterable

from cunlian.kernel.access import Actor
from cunlian.kernel.models import Look
from cunlian.places.distance import ORDER, Basis, Distance, Near, distances
from cunlian.places.models import Place
from cunlian.places.querysets import code_q
from cunlian.talent.models import Skill, TalentEntry, TalentSearch, Whereabouts
from cunlian.talent.register.querysets import TalentEntryQuerySet

COUNTY_DIGITS = 6
# Where no point is known: what the road table says, at 30 km an hour.
MINUTES_A_KM = 2


def _is_within(distance: Distance, km: int | None) -> bool:
    """Nothing is measured where neither point nor road is known: the same town counts as near, what is further does not."""
    if km is None:
        return True
    if distance.value is None:
        return distance.basis in (Basis.SAME_TOWN, Basis.SAME_AREA)
    return distance.value <= (km * MINUTES_A_KM if distance.basis == Basis.MINUTES else km)


def villages_near(place: Place, km: int | None) -> dict[str, Near]:
    """The villages of the county within ``km``, by code. Four queries."""
    villages = Place.objects.current().villages().filter(code_q(place.code[:COUNTY_DIGITS])).select_related("parent")
    return {one.place.code: one for one in distances(place, villages) if _is_within(one.distance, km)}


def fitting(entries: TalentEntryQuerySet, skills: list[Skill], whereabouts: str, verified: bool) -> TalentEntryQuerySet:
    if whereabouts:
        entries = entries.filter(person__is_away=whereabouts == Whereabouts.AWAY)
    return entries.with_skills(skills, verified=verified)


def skills_of(search: TalentSearch) -> list[Skill]:
    return list(Skill.objects.filter(root__code__in=_above(search.place), code__in=search.skills).order_by("code"))


def _above(place: Place) -> list[str]:
    return [place.code[:length] for length in (2, 4, 6, 9, 12) if length <= len(place.code)]


def found_by(search: TalentSearch, actor: Actor) -> TalentEntryQuerySet:
    """Those the search found that this actor may still see."""
    looks = Look.objects.filter(about_kind=TalentSearch.KIND, about_id=search.pk).values("person_id")
    return TalentEntry.objects.visible_to(actor).in_register().filter(person__in=looks)


def elsewhere(search: TalentSearch, actor: Actor, near: dict[str, Near]) -> list[Near]:
    """Villages near where somebody has one of the skills, and the actor keeps no register; the nearest first."""
    known = TalentEntry.objects.in_register().with_skills(skills_of(search)).filter(person__place__code__in=list(near))
    codes = set(known.order_by().values_list("person__place__code", flat=True).distinct())
    own = known.visible_to(actor).order_by().values_list("person__place__code", flat=True).distinct()
    return by_distance(near[code] for code in codes - set(own))


def by_distance(found: Iterable[Near]) -> list[Near]:
    return sorted(
        found,
        key=lambda one: (ORDER.index(one.distance.basis), one.distance.value or 0, one.place.code),
    )
