"""Receipt numbers as they are printed and read out in this district."""

from __future__ import annotations

from cunlian.cases.receipts import shown
from cunlian.kernel.refusals import Missing
from cunlian.places.models import District, Place


def district() -> District | None:
    """The district served here, or None before anybody has set one up."""
    try:
        return District.current()
    except Missing:
        return None


def root() -> Place | None:
    served = district()
    return served.root if served else None


def mark() -> str:
    served = district()
    return served.receipt_mark if served else ""


def receipt_text(receipt: str, with_mark: str) -> str:
    """恒-2607-3849217; without a district the bare number in its two parts."""
    return shown(receipt, with_mark).lstrip("-")
