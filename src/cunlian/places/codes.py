"""Official statistical codes as text: 2, 4, 6, 9, 12 digits by rank (GB/T 2260, 国统字〔2009〕91号); a grid adds 3."""

from __future__ import annotations

from typing import Final

LENGTHS: Final = (2, 4, 6, 9, 12, 15)
"""Digits of a code by level: ``LENGTHS[level - 1]``."""

LEVEL_OF_LENGTH: Final = {length: level for level, length in enumerate(LENGTHS, start=1)}
BEYOND = "~"
"""Greater than every code in Python and in byte order; only for "no upper bound"."""


def code_range(code: str) -> tuple[str, str]:
    """The half-open range [low, high) of codes at or below ``code``.

    ``high`` is digits too ("6109" → "6110", "6199" → "62"), so that the range means the same in every collation: under
    en_US a database sorts "~" before the digits."""
    stem = code.rstrip("9")
    return code, stem[:-1] + chr(ord(stem[-1]) + 1) if stem else BEYOND


def is_code(text: str) -> bool:
    """Digits of ASCII only: ``str.isdigit`` alone would let full-width and raised digits pass."""
    return text.isascii() and text.isdigit()


def parent_code(code: str) -> str:
    """The code one rank up, "" for a province. KeyError for a length that no rank has."""
    level = LEVEL_OF_LENGTH[len(code)]
    return code[: LENGTHS[level - 2]] if level > 1 else ""


def ancestor_codes(code: str) -> list[str]:
    """Codes above ``code``, the province first."""
    return [code[:length] for length in LENGTHS if length < len(code)]


def code_set_aside(code: str) -> str:
    """A code for a place that ended and whose own code now belongs to another: still below the place above it
    (610902107220 → 610902107z220), in the subtree of no village, and never in a list."""
    above = parent_code(code)
    return f"{above}z{code[len(above) :]}"
