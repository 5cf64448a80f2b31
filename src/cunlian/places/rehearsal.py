"""What a change of places would do, found by doing it and taking it back: the preview can never differ from the deed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from cunlian.places.models import Place, Succession
from cunlian.places.querysets import code_q


@dataclass(frozen=True)
class Difference:
    """A place before and after; ``before`` None: it begins. ``ends``: it existed before and exists no longer."""

    before: Place | None
    after: Place

    @property
    def ends(self) -> bool:
        return self.before is not None and self.after.ends_on is not None

    @property
    def renamed(self) -> bool:
        return self.before is not None and self.before.name != self.after.name

    @property
    def recoded(self) -> bool:
        return self.before is not None and not self.ends and self.before.code != self.after.code


def rehearse(call: Callable[[], object], places: Iterable[Place]) -> list[Difference]:
    """What ``call`` changes of ``places``, of what lies below them today and of what comes out of them. Nothing stays
    changed, nothing is told to anybody. Raises what ``call`` raises."""
    below = Q(pk__in=())
    for place in places:
        below |= code_q(place.code)
    known = {place.pk: place for place in Place.objects.current().filter(below).order_by("code")}
    heirs = Succession.objects.filter(from_place__in=list(known)).order_by()
    earlier = {*known, *heirs.values_list("to_place_id", flat=True)}
    with transaction.atomic():
        call()
        made = set(heirs.values_list("to_place_id", flat=True)) - earlier
        after = list(Place.objects.filter(pk__in=[*known, *made]))
        transaction.set_rollback(True)
    changed = [Difference(known.get(place.pk), place) for place in after]
    order = {key: number for number, key in enumerate(known)}
    return sorted(filter(_differs, changed), key=lambda one: (order.get(one.after.pk, len(order)), one.after.code))


def _differs(one: Difference) -> bool:
    return one.before is None or one.ends or one.renamed or one.recoded
