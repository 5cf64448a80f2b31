"""What a receipt of an application opens, for whoever knows it and four digits."""

from __future__ import annotations

from uuid import UUID

from cunlian.kernel.ids import read_receipt
from cunlian.talent.models import Application
from cunlian.talent.taking import fits


def prove(receipt: str, digits: str) -> Application | None:
    """The application, for whoever knows both numbers; None for an unknown receipt and for wrong digits alike."""
    number = read_receipt(receipt)
    found = Application.objects.for_detail().filter(receipt=number).first() if number else None
    return found if found and fits(digits, found.pk, found.person) else None


def held_by(receipts: list[str], person_id: UUID | None) -> list[Application]:
    """The applications of these receipts, shown to be somebody's, and of this person, newest first."""
    rows = Application.objects.for_detail()
    own = rows.filter(person_id=person_id) if person_id else rows.none()
    return sorted({*rows.filter(receipt__in=receipts), *own}, key=lambda one: one.sent_at, reverse=True)
