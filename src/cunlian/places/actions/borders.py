"""Which villages touch, entered by hand in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Border, Place

PERMISSION = "places.set_position"


@transaction.atomic
def enter_borders(root: Place, *, by: Actor, pairs: Sequence[tuple[str, str]], source: str) -> int:
    """The villages of each pair (short names or codes, within ``root``) touch. Returns how many were new. All of them, or
    with the first that cannot be true named, none."""
    require(by, PERMISSION, root)
    if not source.strip():
        raise Invalid(_("Please name the source: who knows it, or which map."), field="source")
    if not pairs:
        raise Invalid(_("Write one pair in each line, such as: Liuwan Qingshi."), field="pairs")
    villages = Place.objects.current().within(root).villages()
    known: dict[str, list[Place]] = {}
    for place in villages:
        for word in {place.code, place.name, place.short_name}:
            known.setdefault(word, []).append(place)
    wanted = {_pair(known, one, other) for one, other in pairs}
    have = set(Border.objects.filter(one__in=villages).values_list("one_id", "other_id"))
    new = [Border(one_id=one, other_id=other, source=source.strip()) for one, other in sorted(wanted - have)]
    Border.objects.bulk_create(new, batch_size=200)
    log.record(by, "places.borders_entered", root, changed={"borders": (None, len(new))}, batch_id=uuid7())
    return len(new)


def _pair(known: dict[str, list[Place]], one: str, other: str) -> tuple[UUID, UUID]:
    found: list[UUID] = []
    for word in (one, other):
        places = known.get(word, [])
        if len(places) != 1:
            several = _now("“%(word)s” is several villages: write its code.")
            said = several if places else _now("No village is called “%(word)s”.")
            raise Invalid(said % {"word": word}, field="pairs")
        found.append(places[0].pk)
    if found[0] == found[1]:
        raise Invalid(_now("“%(word)s” does not touch itself.") % {"word": one}, field="pairs")
    return min(found), max(found)


@transaction.atomic
def remove_border(border: Border, *, by: Actor) -> None:
    """The two do not touch after all."""
    require(by, PERMISSION, border)
    log.record(by, "places.border_removed", border, place_id=border.one_id)
    border.delete()
