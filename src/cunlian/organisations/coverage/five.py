"""Who answers for the five matters of areas on a day, with whoever sits on the post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cunlian.kernel.refusals import Text
from cunlian.organisations.chain import Seat, seats
from cunlian.organisations.models import AreaMatter, FiveMatter
from cunlian.places.models import Area


@dataclass(frozen=True)
class Answer:
    """One matter of one area. ``named`` None: no post is named; ``seat`` None: nobody sits on it."""

    matter: FiveMatter
    named: AreaMatter | None = None
    seat: Seat | None = None

    @property
    def label(self) -> Text:
        return self.matter.label

    @property
    def holder(self) -> str:
        return str(self.seat.person.name) if self.seat else ""


def five_of(areas: Iterable[Area], day: date) -> dict[UUID, list[Answer]]:
    """All five of each area, named or not, in their order. Four queries at most."""
    keys = [area.pk for area in areas]
    found = {(row.area_id, row.matter): row for row in AreaMatter.objects.on(day).filter(area__in=keys).for_list()}
    seated = seats({row.post_id for row in found.values()}, day)

    def answer(key: UUID, matter: FiveMatter) -> Answer:
        named = found.get((key, matter.value))
        return Answer(matter, named, seated.get(named.post_id) if named else None)

    return {key: [answer(key, matter) for matter in FiveMatter] for key in keys}
