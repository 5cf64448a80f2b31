"""What a receipt of a path home opens, for whoever knows it and four digits."""

from __future__ import annotations

from uuid import UUID

from cunlian.kernel.ids import read_receipt
from cunlian.talent.models import Homecoming
from cunlian.talent.taking import fits


def prove(receipt: str, digits: str) -> Homecoming | None:
    """The path, for whoever knows both numbers; None for an unknown receipt and for wrong digits alike."""
    number = read_receipt(receipt)
    path = Homecoming.objects.for_detail().filter(receipt=number).first() if number else None
    return path if path and fits(digits, path.pk, path.person) else None


def held_by(receipts: list[str], person_id: UUID | None) -> list[Homecoming]:
    """The paths of these receipts, shown to be somebody's, and of this person, newest first."""
    rows = Homecoming.objects.for_detail()
    own = rows.filter(person_id=person_id) if person_id else rows.none()
    return sorted({*rows.filter(receipt__in=receipts), *own}, key=lambda path: path.begun_at, reverse=True)
