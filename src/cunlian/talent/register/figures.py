"""What is counted about the register of skills: persons, once each, whatever they can do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.querysets import TalentEntryQuerySet

PERSONS = Unit(pgettext_lazy("unit", "person"), _("persons"))


def _in_register(viewer: Actor) -> TalentEntryQuerySet:
    return TalentEntry.objects.visible_to(viewer).in_register()


add_indicator(
    Indicator(
        "talent.local_talent_count", _("People in the register of skills"), PERSONS, _in_register, measure="distinct",
        field="person", place="person__place", claims=("C21",),
        reading=_("persons who stand in the register today with their consent on record, verified or not; whoever was only "
          "recommended, rests unconfirmed or took the consent back does not count"),
    )
)  # fmt: skip
