"""What a receipt opens, and how somebody without an account shows that it is theirs.

A receipt alone opens nothing. With it go the last four digits of the phone that was left, or the check code printed
on the slip: the code serves those who left no phone, changed it, or whose name and phone left the case since.
It is derived from the record under the county's key and kept nowhere, so staff who see a case cannot read it from the
address and speak for the person. A receipt of somebody who joined opens state, answer and steps, never the words or the
moves of the one who reported.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.cases.models import Case, Endorsement
from cunlian.kernel.ids import read_receipt
from cunlian.kernel.refusals import Missing
from cunlian.kernel.secrets import blind, decrypt
from cunlian.people.models import Person

WRONG = _("Receipt number and digits do not fit together. Please compare both with your slip, or call the office.")


@dataclass(frozen=True)
class Held:
    """What a receipt is for. ``joined``: the endorsement, when its holder joined somebody else's request."""

    receipt: str
    case: Case
    joined: Endorsement | None = None

    @property
    def is_own(self) -> bool:
        return self.joined is None

    @property
    def person(self) -> Person | None:
        return self.joined.person if self.joined else self.case.reporter


def check_code(record: Case | Endorsement) -> str:
    """The four digits on the slip."""
    return f"{int(blind(f'receipt:{record.pk}')[:12], 16) % 10_000:04d}"


def held_by(receipts: list[str], *, to_move: bool = False) -> list[Held]:
    """What these receipts are for, newest first. Unproven: only for receipts a session or an account has shown to
    be its own. ``to_move``: without what only a page shows."""
    rows = Case.objects.filter(receipt__in=receipts)
    found = [Held(case.receipt, case) for case in (rows.for_moves() if to_move else rows.for_detail())]
    rest = set(receipts) - {held.receipt for held in found}
    joins = Endorsement.objects.filter(receipt__in=rest).select_related(
        "person", "case__place__parent", "case__category__parent", "case__holder__organisation", "case__promise",
        "case__merged_into",
    )  # fmt: skip
    found += [Held(joined.receipt, joined.case, joined) for joined in joins]
    return sorted(found, key=lambda held: held.case.reported_at, reverse=True)


def receipts_of(person_id: UUID | None) -> list[str]:
    """The receipts of everything a person reported or joined."""
    if person_id is None:
        return []
    own = Case.objects.filter(reporter_id=person_id).values_list("receipt", flat=True)
    return [*own, *Endorsement.objects.filter(person_id=person_id).values_list("receipt", flat=True)]


def phone_of(held: Held) -> str:
    """The phone that was left with it, or "" when there is none (any more)."""
    person = held.person
    return decrypt(person.phone) if person and person.phone else ""


def prove(receipt: str, digits: str) -> Held:
    """The record, for whoever knows both numbers. Missing, in one sentence for an unknown receipt and for wrong
    digits, so that neither can be told from the other."""
    number = read_receipt(receipt)
    typed = "".join(str(int(char)) for char in digits if char.isdecimal())
    found = held_by([number]) if number else []
    fits = False
    for held in found:
        record = held.joined or held.case
        fits = hmac.compare_digest(typed, check_code(record))
        phone = phone_of(held)
        fits |= bool(phone) and hmac.compare_digest(typed, phone[-4:])
    if not fits:
        raise Missing(WRONG, field="receipt")
    return found[0]


def shown(receipt: str, mark: str) -> str:
    """As it is printed and read out: 恒-2607-3849217."""
    return f"{mark}-{receipt[:4]}-{receipt[4:]}"
