"""What is counted about the register of skills: persons, once each, whatever they can do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, add_indicator
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.querysets import TalentEntryQuerySet

PERSONS = _("persons")


def _in_register(viewer: Actor) -> TalentEntryQuerySet:
    return TalentEntry.objects.visible_to(viewer).in_register()


def _party_members(viewer: Actor) -> TalentEntryQuerySet:
    return _in_register(viewer).filter(party_member=True)


for code, name, rows, claim, reading in (
    (
        "talent.local_talent_count", _("People in the register of skills"), _in_register, "C21",
        _("persons who stand in the register today with their consent on record, verified or not; whoever was only "
          "recommended, rests unconfirmed or took the consent back does not count"),
    ),
    (
        "talent.party_member_talent_selected_count", _("Party members in the register of skills"), _party_members, "C22",
        _("of the people in the register those who say of themselves that they are Party members: “selected” is read as "
          "screened out of the register, not as counted beside it"),
    ),
):  # fmt: skip
    add_indicator(
        Indicator(
            code, name, PERSONS, rows, measure="distinct", field="person", place="person__place", claims=(claim,),
            reading=reading,
        )
    )  # fmt: skip
