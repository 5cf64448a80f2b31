"""Erasing a person: each domain says how its own traces go, one function erases them all.

The kernel does not know what a person is; it knows a key. Whether somebody may be erased, and what the law keeps, is
asked before (个人信息保护法 Art. 47), in the domain that owns people. The log needs no eraser: it holds no personal
value.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

Eraser = Callable[[UUID], int]
ERASERS: dict[str, Eraser] = {}


def add_eraser(name: str, function: Eraser) -> None:
    """Register, once, at import of a domain's ``rules.py``: ``function(person_id)`` removes or blanks everything in
    its domain that tells who the person was, and returns the number of rows it touched. Running it twice changes
    nothing."""
    if name in ERASERS:
        raise ValueError(f"eraser {name} is registered twice")
    ERASERS[name] = function


@transaction.atomic
def erase(person_id: UUID) -> dict[str, int]:
    """Run every eraser; all or none. Rows touched, by eraser."""
    return {name: function(person_id) for name, function in ERASERS.items()}
