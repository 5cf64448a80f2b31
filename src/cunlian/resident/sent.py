"""What somebody sent at this door beside requests (a wish to come home, an answer to a call), as they read it."""

from __future__ import annotations

from dataclasses import dataclass

from cunlian.talent.models import Application, Homecoming
from cunlian.ui.pieces import WayStep


@dataclass(frozen=True)
class Sent:
    """One in a line, and what its page says. ``kind``: whose states they are, and the draft its form keeps; ``line``: ""
    where the state says all; ``address``: its page; ``take_back``: where it is taken back, "" when it cannot be."""

    record: Homecoming | Application
    kind: str
    title: str
    place: str
    shown: str
    state_label: str
    line: str
    way: list[WayStep]
    said: str
    said_beside: str
    address: str
    take_back: str
