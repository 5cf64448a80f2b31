"""Each move of a course and of a session as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.learning.forms import LessonsForm, NothingMore
from cunlian.kernel.refusals import Text
from cunlian.talent.learning import actions


@dataclass(frozen=True)
class Page:
    form: type[forms.Form]
    call: Callable[..., Any]
    icon: str
    lead: Text


COURSE_PAGES: dict[str, Page] = {
    "open": Page(NothingMore, actions.open_course, "player-play", _("From now on it is running.")),
    "close": Page(
        NothingMore, actions.close_course, "circle-check",
        _("Nothing more is planned. Who had to attend is who holds the posts today."),
    ),
    "reopen": Page(NothingMore, actions.reopen_course, "rotate", _("Sessions can be planned again.")),
    "cancel": Page(
        NothingMore, actions.cancel_course, "circle-x", _("It does not take place, and its planned sessions neither.")
    ),
}  # fmt: skip
SESSION_PAGES: dict[str, Page] = {
    "hold": Page(LessonsForm, actions.hold_session, "check", _("It counts from now on. Who came is entered next.")),
    "drop": Page(NothingMore, actions.drop_session, "circle-x", _("It does not take place and counts nowhere.")),
}
