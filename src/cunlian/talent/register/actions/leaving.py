"""What is owed about an entry when the person leaves the register of residents, or moves to another village of it."""

from __future__ import annotations

from django.db import transaction

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import lock
from cunlian.talent.models import TalentEntry
from cunlian.talent.register.promises import let_go, owe_again


@transaction.atomic
def let_go_entry(entry: TalentEntry, *, by: Actor, reason: str) -> TalentEntry:
    """Who died, moved out or was registered twice is asked nothing more, and nobody makes sure of what they can do. Being
    away is no reason: what they can do they may offer from there. Quiet when nothing is owed."""
    entry = lock(entry)
    require(by, "talent.let_go", entry)
    owed = let_go(entry, reason)
    if owed:
        log.record(by, "talent.let_go", entry, changed={"owed": (owed, []), "reason": (None, reason)})
    return entry


@transaction.atomic
def hand_on_entry(entry: TalentEntry, *, by: Actor) -> TalentEntry:
    """The village they live in now owes what the one before did, counted from today. Quiet when nothing is owed."""
    entry = lock(entry)
    require(by, "talent.hand_on", entry)
    owed = let_go(entry, "moved")
    if owed:
        owe_again(entry, owed)
        log.record(by, "talent.handed_on", entry, changed={"owed": (owed, owed)})
    return entry
