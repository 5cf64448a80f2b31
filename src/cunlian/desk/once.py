"""Pressing twice does it once: a form carries a key, and the first request that shows it takes it.

The key is kept in the cache, which all processes of a county share. A form that was refused gives its key back, so
that it can be put right and sent again.
"""

from __future__ import annotations

from django.core.cache import cache

from cunlian.kernel.ids import uuid7

KEPT = 24 * 3600
"""Seconds. Longer than anybody leaves a form open and then presses twice."""


def new_key() -> str:
    return uuid7().hex


def take(key: str) -> bool:
    """True for the first who shows the key. A form without one (an old page, a program) is never held back."""
    return not key or bool(cache.add(f"once:{key}", 1, KEPT))


def taken(key: str) -> bool:
    """Somebody showed it already: asked before a form is read, which after the first press may no longer fit."""
    return bool(key) and cache.get(f"once:{key}") is not None


def give_back(key: str) -> None:
    cache.delete(f"once:{key}")
