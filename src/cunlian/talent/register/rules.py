"""Who keeps the register of skills, answers for an entry, searches it and sets up advisory groups."""

from __future__ import annotations

from cunlian.talent.register import holdings  # noqa: F401  (registers what is told, how it goes, and how it moves)
