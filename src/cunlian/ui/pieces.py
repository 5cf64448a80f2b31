"""What pages hand to the tags: plain frozen records, so that a door says what is to be shown and never how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cunlian.kernel.moves import Move
from cunlian.kernel.refusals import Text

MOST_LABELS = 6
"""Under the columns of a chart on a phone."""


@dataclass(frozen=True)
class TimelineEntry:
    """One step of what happened: who (a post, or the system), what they did, when, and their words if there are any."""

    at: datetime
    who: Text
    sentence: Text
    icon: str = "point"
    words: str = ""
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class WayStep:
    """A step of a resident's matter. ``state``: done, now or later."""

    label: Text
    state: str
    note: Text = ""


@dataclass(frozen=True)
class ThreadStep:
    """What came of it. ``state``: done, here (the record on this page) or next (not yet; ``act`` makes it).
    Without ``url`` the viewer may know that it exists but not open it."""

    kind: Text
    label: Text
    state: str = "done"
    day: date | None = None
    url: str = ""
    note: Text = ""
    act: Text = ""
    act_url: str = ""


@dataclass(frozen=True)
class MoveButton:
    """A move on the page. ``reason``: why it is not possible yet; it then stands disabled with the reason beside it.
    ``post``: one press does it; otherwise the button opens a form."""

    label: Text
    url: str = ""
    style: str = "normal"
    icon: str = ""
    reason: Text = ""
    post: bool = False


@dataclass(frozen=True)
class Bar:
    """A row of a bar table. ``series``: k1…k5, or k0 for what is not known or not counted (hatched)."""

    label: Text
    value: int
    url: str = ""
    series: str = "k1"
    note: str = ""


@dataclass(frozen=True)
class Goal:
    """Actual against target, never added: both in per cent of one whole."""

    label: Text
    actual: float
    target: float
    shown: str
    url: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Series:
    """One colour of a stacked chart: its values column by column, and the addresses of their records."""

    label: Text
    values: Sequence[int]
    urls: Sequence[str] = ()
    series: str = "k1"


@dataclass(frozen=True)
class Chart:
    """Stacked columns with the table that says the same. ``sentence``: what a screen reader hears instead;
    ``more`` are further rows of the table that are not drawn (totals, shares)."""

    title: Text
    sentence: Text
    columns: Sequence[str]
    series: Sequence[Series]
    more: Sequence[Series] = ()
    lead: Text = ""
    corner: str = ""

    @property
    def top(self) -> int:
        """The top of the axis: the next round number above the highest column."""
        highest = max((sum(values) for values in zip(*(s.values for s in self.series), strict=True)), default=0)
        step = nice_step(highest)
        return max(-(-highest // step), 1) * step

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """(value, height in per cent) of each line of the grid, from zero up."""
        step = nice_step(self.top)
        return [(value, height(value, self.top)) for value in range(0, self.top + 1, step)]

    @property
    def stacks(self) -> list[list[tuple[str, str]]]:
        """For each column its parts from below: (series, height in per cent)."""
        return [
            [(s.series, height(s.values[n], self.top)) for s in self.series if s.values[n]]
            for n in range(len(self.columns))
        ]

    @property
    def axis(self) -> list[str]:
        """What stands under the columns where there is room for few labels only: every so many-th."""
        step = -(-len(self.columns) // MOST_LABELS)
        return [label if number % step == 0 else "" for number, label in enumerate(self.columns)]

    @property
    def rows(self) -> list[tuple[Text, list[tuple[int, str]]]]:
        """The rows of the table: label and (value, address) column by column."""
        rows = (*self.series, *self.more)
        return [(s.label, list(zip(s.values, s.urls or [""] * len(s.values), strict=True))) for s in rows]


def nice_step(highest: int) -> int:
    """A step of 1, 2, 5 × 10ⁿ that divides the axis into at most five parts."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= highest:
                return step * factor
        step *= 10


def height(value: int, top: int) -> str:
    return f"{value * 100 / top:.2f}%"


def buttons_for(
    moves: Iterable[Move],
    url_for: Callable[[Move], str],
    *,
    icons: Mapping[str, str] | None = None,
    reasons: Mapping[str, Text] | None = None,
) -> list[MoveButton]:
    """Buttons for moves of the table, primary first, quiet last; only one stays primary. ``reasons`` names moves
    that are shown but not yet possible."""
    order = {"primary": 0, "normal": 1, "quiet": 2}
    buttons = [
        MoveButton(m.label, url_for(m), m.style, (icons or {}).get(m.name, ""), (reasons or {}).get(m.name, ""))
        for m in sorted(moves, key=lambda m: order[m.style])
    ]
    seen = False
    for n, button in enumerate(buttons):
        if button.style == "primary" and not button.reason:
            buttons[n] = replace(button, style="normal") if seen else button
            seen = True
    return buttons
