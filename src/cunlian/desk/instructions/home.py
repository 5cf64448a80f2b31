"""What the workbench shows of instructions: those that wait for the viewer, and those that passed over them."""

from __future__ import annotations

from dataclasses import dataclass

from cunlian.desk.instructions.moves import address
from cunlian.instructions.models import Copy
from cunlian.instructions.rules import available_moves
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text

SHOWN = 10


@dataclass(frozen=True)
class Row:
    """``act``: the step it waits for from this viewer, with the address of its form."""

    copy: Copy
    act: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Waiting:
    rows: list[Row]
    count: int
    told: int


def waiting_instructions(actor: Actor) -> Waiting:
    """What is due first stands first. Three queries, none for who holds no post."""
    if not actor.post_ids:
        return Waiting([], 0, 0)
    seen = Copy.objects.visible_to(actor)
    mine = seen.waiting_for(actor)
    rows = [_row(copy, actor) for copy in mine.for_list().by_due()[:SHOWN]]
    return Waiting(rows, mine.count(), seen.told_to(actor).open().count())


def _row(copy: Copy, actor: Actor) -> Row:
    move = next((one for one in available_moves(copy, actor) if one.style == "primary"), None)
    return Row(copy, move.label, address(copy, move.name)) if move else Row(copy)
