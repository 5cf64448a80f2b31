"""A case in one line of a list: its receipt as printed here, its state in a word or two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.desk.receipts import mark, receipt_text
from cunlian.kernel.refusals import Text

# The page of a case says the state in full; a column has room for a word or two.
SHORT: dict[str, Text] = {
    State.REPORTED: pgettext_lazy("state in a list", "New"),
    State.ACCEPTED: pgettext_lazy("state in a list", "Taken on"),
    State.DISPATCHED: pgettext_lazy("state in a list", "Passed on"),
    State.RETURNED: pgettext_lazy("state in a list", "Not ours"),
    State.IN_PROGRESS: pgettext_lazy("state in a list", "In work"),
    State.ANSWERED: pgettext_lazy("state in a list", "Answered"),
    State.CONFIRMED: pgettext_lazy("state in a list", "Confirmed"),
    State.VOUCHED: pgettext_lazy("state in a list", "Vouched for"),
    State.ELAPSED: pgettext_lazy("state in a list", "No reply"),
    State.REJECTED: pgettext_lazy("state in a list", "Not taken on"),
    State.HANDED_OVER: pgettext_lazy("state in a list", "Petition office"),
    State.MERGED: pgettext_lazy("state in a list", "Joined"),
    State.WITHDRAWN: pgettext_lazy("state in a list", "Withdrawn"),
}

SHORT_MOVES: dict[str, Text] = {"answer": _("Write the answer"), "confirm": _("Is it fixed?")}


@dataclass(frozen=True)
class Line:
    case: Case
    receipt: str
    state: Text


def lines(cases: Iterable[Case]) -> list[Line]:
    with_mark = mark()
    return [Line(case, receipt_text(case.receipt, with_mark), SHORT[case.state]) for case in cases]
