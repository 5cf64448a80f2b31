"""The states of a case and the table of moves between them (domain.md §2.3).

Handled is not fixed: a case is closed only after an answer to the person, and the state it ends in says how it was
confirmed: by the person, by a neighbour for a public matter, or by nobody within the window.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.moves import Move, Moves


class State(models.TextChoices):
    REPORTED = "reported", _("Waiting to be taken on")
    ACCEPTED = "accepted", _("Taken on")
    DISPATCHED = "dispatched", _("Passed on")
    RETURNED = "returned", _("Not ours, sent back")
    IN_PROGRESS = "in_progress", _("Being handled")
    ANSWERED = "answered", _("Answered, waiting to hear if it is fixed")
    CONFIRMED = "confirmed", _("Confirmed by the person who reported it")
    VOUCHED = "vouched", _("Confirmed by a neighbour")
    ELAPSED = "elapsed", _("No reply within the window")
    REJECTED = "rejected", _("Not taken on")
    HANDED_OVER = "handed_over", _("Handed to the petition office")
    MERGED = "merged", _("Joined with another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


HELD = frozenset({State.ACCEPTED, State.DISPATCHED, State.IN_PROGRESS})
OPEN = HELD | {State.REPORTED, State.RETURNED}
CLOSED = frozenset({State.CONFIRMED, State.VOUCHED, State.ELAPSED})
REOPENABLE = CLOSED | {State.ANSWERED}
ENDED = CLOSED | {State.REJECTED, State.HANDED_OVER, State.MERGED, State.WITHDRAWN}


def _m(
    name: str, from_: frozenset[State] | set[State], to: State | None, label: object, perm: str, style: str = "normal"
) -> Move:
    return Move(name, frozenset(str(s) for s in from_), to and str(to), label, f"cases.{perm}", style)  # type: ignore[arg-type]


MOVES = Moves(
    State,
    [
        _m("accept", {State.REPORTED, State.RETURNED}, State.ACCEPTED, _("Take on"), "accept", "primary"),
        _m("reject", {State.REPORTED, State.RETURNED}, State.REJECTED, _("Not taken on"), "reject", "quiet"),
        _m("dispatch", OPEN, State.DISPATCHED, _("Pass on"), "dispatch"),
        _m("start", {State.DISPATCHED, State.ACCEPTED}, State.IN_PROGRESS, _("Start work"), "handle", "primary"),
        _m("return", {State.DISPATCHED, State.IN_PROGRESS}, State.RETURNED, _("Not ours"), "return", "quiet"),
        _m("note_progress", HELD, None, _("Add progress"), "handle"),
        _m("ask_extension", HELD, None, _("Ask for more time"), "ask_extension"),
        _m("grant_extension", HELD, None, _("Grant more time"), "grant_extension"),
        _m("refuse_extension", HELD, None, _("Refuse more time"), "grant_extension", "quiet"),
        _m("pause", HELD, None, _("Pause the clock"), "pause"),
        _m("resume", HELD, None, _("Resume the clock"), "pause"),
        _m("answer", HELD, State.ANSWERED, _("Done, write the answer"), "handle", "primary"),
        _m("confirm", {State.ANSWERED}, State.CONFIRMED, _("It is fixed"), "confirm", "primary"),
        _m("vouch", {State.ANSWERED}, State.VOUCHED, _("A neighbour confirms"), "vouch"),
        _m("elapse", {State.ANSWERED}, State.ELAPSED, _("Window has passed"), "elapse", "quiet"),
        _m("reopen", REOPENABLE, State.IN_PROGRESS, _("Not fixed, do it again"), "reopen"),
        _m("merge", OPEN, State.MERGED, _("Join with another"), "merge", "quiet"),
        _m("unmerge", {State.MERGED}, State.REPORTED, _("Separate again"), "merge", "quiet"),
        _m("split", OPEN, None, _("Split off a part"), "merge", "quiet"),
        _m(
            "hand_over",
            {State.REPORTED, State.ACCEPTED, State.RETURNED},
            State.HANDED_OVER,
            _("Hand to the petition office"),
            "hand_over",
            "quiet",
        ),
        _m("add_words", OPEN | {State.ANSWERED}, None, _("The person adds a word"), "add_words", "quiet"),
        _m("withdraw", OPEN, State.WITHDRAWN, _("Withdraw"), "withdraw", "quiet"),
        _m("comment", frozenset(State), None, _("Add a note"), "comment", "quiet"),
    ],
)
