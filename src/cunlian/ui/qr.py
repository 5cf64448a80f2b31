"""QR codes on paper: an address, read even when a tenth of the code is dirty or torn (level M)."""

from __future__ import annotations

import segno

QUIET = 2  # modules of white around the code: half of what the norm asks, enough on white paper


def code_of(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False, boost_error=False)


def svg_of(code: segno.QRCode) -> str:
    """As a drawing to stand inside a page or a sheet, without a size of its own."""
    return str(code.svg_inline(border=QUIET, omitsize=True))
