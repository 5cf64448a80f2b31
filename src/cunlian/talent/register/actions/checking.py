"""Making sure of skills: seen and verified, or looked at and left as they are, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.talent.models import HowVerified, Skill, TalentEntry, WhyNot
from cunlian.talent.register.promises import reckon_check
from cunlian.talent.register.states import MOVES


def _look(entry: TalentEntry, skills: Iterable[Skill], **found: Any) -> None:
    chosen = list(entry.skills.filter(skill__in=list(skills)))
    if not chosen:
        raise Invalid(_("Choose which of the entry's skills."), field="skills")
    for row in chosen:
        change(row, **{"verified_how": "", "verified_on": None, "left_on": None, "why_not": "", **found})
    reckon_check(entry, looked=True)


@transaction.atomic
def verify_skills(entry: TalentEntry, *, by: Actor, skills: Iterable[Skill], how: str) -> TalentEntry:
    """Somebody of the staff has made sure of these skills. ``how`` empty takes an earlier verification back."""
    entry = lock(entry)
    require(by, "talent.verify", entry)
    MOVES.check(entry, "verify")
    if how and how not in HowVerified:
        raise Invalid(_("Please choose how the skills were verified."), field="how")
    _look(
        entry, skills, verified_how=how, verified_on=clock.today() if how else None,
        looked_by_id=by.post_id if how else None,
    )  # fmt: skip
    log.record(by, "talent.verified", entry, changed={"how": (None, how)})
    return entry


@transaction.atomic
def leave_unverified(entry: TalentEntry, *, by: Actor, skills: Iterable[Skill], why_not: str) -> TalentEntry:
    """Somebody looked and cannot say it, for a listed reason the person reads. The skills stay, as not verified; nothing is
    held against anybody, and they can be verified later."""
    entry = lock(entry)
    require(by, "talent.verify", entry)
    MOVES.check(entry, "leave")
    if why_not not in WhyNot:
        raise Invalid(_("Choose why they cannot be verified now."), field="why_not")
    _look(entry, skills, why_not=why_not, left_on=clock.today(), looked_by_id=by.post_id)
    log.record(by, "talent.left_unverified", entry, changed={"why_not": (None, why_not)})
    return entry
