"""Entering what a village was like on a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Level, Place, VillageProfile
from cunlian.places.models.profile import NUMBERS


@transaction.atomic
def enter_profile(
    village: Place, *, by: Actor, as_of: date, source: str, invented: bool = False, **numbers: int | None
) -> VillageProfile:
    """Enter or correct the profile of one day. Numbers not given stay missing, or as they are in a correction."""
    village = lock(village)
    require(by, "places.enter_profile", village)
    if village.level != Level.VILLAGE:
        raise Invalid(_("Profiles are of villages and communities."), field="place")
    if as_of > clock.today():
        raise Invalid(_("This day is still to come."), field="as_of")
    if not source.strip():
        raise Invalid(_("Please name the source: which register or report."), field="source")
    for name, number in numbers.items():
        if name not in NUMBERS:
            raise TypeError(f"a profile has no {name}")
        if number is not None and number < 0:
            raise Invalid(_("A count cannot be below zero. Leave it empty when it is not known."), field=name)
    profile = VillageProfile.objects.filter(place=village, as_of=as_of).first()
    values = {**numbers, "source": source.strip(), "invented": invented, "entered_at": clock.now()}
    if profile is None:
        profile = VillageProfile.objects.create(place=village, as_of=as_of, **values)
        changed = {name: (None, number) for name, number in numbers.items()}
    else:
        changed = change(lock(profile), **values)
        changed.pop("source", None)
    log.record(by, "places.profile_entered", profile, changed=changed, place_id=village.pk)
    return profile
