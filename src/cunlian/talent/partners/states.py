"""The states of a call, an application and an agreement, and the three tables of moves between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.refusals import Text


class CallState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("call for partners", "Draft")
    OPEN = "open", pgettext_lazy("call for partners", "Open")
    CLOSED = "closed", pgettext_lazy("call for partners", "Closed")


class ApplicationState(models.TextChoices):
    SENT = "sent", pgettext_lazy("application", "With the reviewers")
    TAKEN = "taken", pgettext_lazy("application", "Taken, agreement to be signed")
    AGREED = "agreed", pgettext_lazy("application", "Agreement signed")
    NOT_TAKEN = "not_taken", pgettext_lazy("application", "Not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


class PartnershipState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("agreement", "In force")
    RENEWED = "renewed", pgettext_lazy("agreement", "Renewed")
    ENDED = "ended", pgettext_lazy("agreement", "Ended")


def _m(name: str, from_: Iterable[str], to: str | None, label: Text, perm: str, style: str = "normal") -> Move:
    return Move(name, frozenset(map(str, from_)), to and str(to), label, f"partners.{perm}", style)


C, A, P = CallState, ApplicationState, PartnershipState
NOT_COME = frozenset({A.NOT_TAKEN, A.WITHDRAWN})

CALL_MOVES = Moves(
    CallState,
    [
        _m("name_reviewer", set(C), None, _("Name a reviewer"), "keep_calls"),
        _m("publish", {C.DRAFT}, C.OPEN, _("Publish the call"), "keep_calls", "primary"),
        _m("close", {C.OPEN}, C.CLOSED, _("Close the call"), "keep_calls", "quiet"),
    ],
)
APPLICATION_MOVES = Moves(
    ApplicationState,
    [
        _m("give_word", {A.SENT}, None, _("Give your word on it"), "review", "primary"),
        _m("declare_conflict", {A.SENT}, None, _("Declare a conflict of interest"), "review", "quiet"),
        _m("take", {A.SENT}, A.TAKEN, _("Take it"), "review"),
        _m("agree", {A.TAKEN}, A.AGREED, _("Enter the agreement"), "review", "primary"),
        _m("decline", {A.SENT, A.TAKEN}, A.NOT_TAKEN, _("Do not take it"), "review", "quiet"),
        _m("withdraw", {A.SENT, A.TAKEN}, A.WITHDRAWN, pgettext_lazy("application", "Withdraw"), "withdraw", "quiet"),
    ],
)
PARTNERSHIP_MOVES = Moves(
    PartnershipState,
    [
        _m("name_project", {P.RUNNING}, None, _("Name the project"), "keep", "primary"),
        _m("note_outcome", {P.RUNNING}, None, _("Note the outcome"), "keep"),
        _m("renew", {P.RUNNING}, P.RENEWED, _("Renew the agreement"), "keep"),
        _m("end", {P.RUNNING}, P.ENDED, _("End the agreement"), "keep", "quiet"),
    ],
)
