"""Moves are data: states and the table of what leads where.

One table per record feeds the buttons, the API's ``actions``, the generated tests and the check inside the action.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.records import change
from cunlian.kernel.refusals import IllegalMove, Text


@dataclass(frozen=True)
class Move:
    """``name`` in the code, the states it starts ``from_``, the state it leads ``to`` (None: stays), its button ``label``.

    ``permission`` is the named rule that must allow it; ``style`` is how the button looks (primary, normal, quiet).
    """

    name: str
    from_: frozenset[str]
    to: str | None
    label: Text
    permission: str
    style: str = "normal"


class Moves:
    """The table of moves of one kind of record, whose state is held in ``field``."""

    def __init__(self, states: type[models.TextChoices], moves: Iterable[Move], *, field: str = "state") -> None:
        self.states = states
        self.field = field
        self._moves = {move.name: move for move in moves}

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def __getitem__(self, name: str) -> Move:
        return self._moves[name]

    def starting_from(self, state: str) -> list[Move]:
        return [move for move in self if state in move.from_]

    def check(self, obj: models.Model, name: str) -> Move:
        """The move, or IllegalMove with a sentence that names where the record stands."""
        move = self._moves[name]
        state = getattr(obj, self.field)
        if state not in move.from_:
            raise IllegalMove(
                _("This is now “%(state)s”, so “%(move)s” is not possible. Reload the page to see what is.")
                % {"state": self.states(state).label, "move": move.label}
            )
        return move

    def apply(self, obj: models.Model, name: str, **values: Any) -> dict[str, tuple[Any, Any]]:
        """Check the move, set the new state and ``values``, save just those; returns old and new for the log."""
        move = self.check(obj, name)
        if move.to is not None:
            values[self.field] = move.to
        return change(obj, **values)
