"""The retention job: what lost its basis is hidden at once by whoever reads it, and erased here within the hour.

A domain that keeps something by consent registers how it goes: ``add_kept("contact_away", "people.away", forget_away)``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from cunlian.kernel import clock, evidence, log
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Attachment
from cunlian.kernel.records import change, lock
from cunlian.people.consent.questions import holds
from cunlian.people.models import Circumstance, Consent

Eraser = Callable[[UUID], int]
KEPT: dict[str, dict[str, Eraser]] = {}
AT_ONCE = 500
# How long it can be asked whether somebody had agreed (民法典 Art. 188): then the consent and its form go as well.
PROOF = timedelta(days=3 * 366)


def add_kept(purpose: str, name: str, function: Eraser) -> None:
    """Register, once, in a domain's ``rules.py``: ``function(person_id)`` erases what the domain keeps about the person
    for ``purpose`` and returns the number of rows. Running it twice changes nothing."""
    names = KEPT.setdefault(purpose, {})
    if name in names:
        raise ValueError(f"what is kept as {name} is registered twice")
    names[name] = function


@transaction.atomic
def _erase(consent: Consent) -> int:
    """What was kept because of a consent that ended, unless the person has agreed anew."""
    consent = lock(consent)
    code, person = consent.purpose.code, consent.person
    gone = 0
    if not holds(person, code):
        gone = Circumstance.objects.filter(person=person, purpose=consent.purpose).delete()[0]
        gone += sum(function(person.pk) for function in KEPT.get(code, {}).values())
        log.record(SYSTEM, "people.basis_erased", consent, changed={"rows": (None, gone)})
    change(consent, erased_at=clock.now(), withdrawn_at=consent.withdrawn_at or clock.now())
    return gone


@transaction.atomic
def _end(circumstance: Circumstance) -> int:
    log.record(SYSTEM, "people.circumstance_ended", circumstance)
    circumstance.delete()
    return 1


@transaction.atomic
def _forget_proof(consent: Consent) -> int:
    for attachment in Attachment.objects.about(consent):
        evidence.detach(attachment)
    consent.delete()
    return 1


def forget_ended(now: datetime) -> int:
    """Erase what has no basis any more: consents taken back or of a purpose that ended, circumstances past their day, and
    consents nobody can ask about any more. Returns how many things went."""
    today = clock.day_of(now)
    past = Q(purpose__ends_on__isnull=False, purpose__ends_on__lte=today)
    ended = Consent.objects.filter(Q(withdrawn_at__isnull=False) | past, erased_at=None)
    due = ended.select_related("purpose", "person").order_by("given_at", "pk")
    gone = sum(_erase(consent) for consent in list(due[:AT_ONCE]))
    over = Circumstance.objects.filter(Q(ends_on__lte=today) | past).select_related("person").order_by("pk")
    gone += sum(_end(circumstance) for circumstance in list(over[:AT_ONCE]))
    old = Consent.objects.filter(withdrawn_at__lt=now - PROOF, erased_at__isnull=False).order_by("pk")
    return gone + sum(_forget_proof(consent) for consent in list(old[:AT_ONCE]))
