"""Each move of a course and of a session as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage, NothingMore
from cunlian.desk.learning.forms import LessonsForm
from cunlian.talent.learning import actions

COURSE_PAGES: dict[str, MovePage] = {
    "open": MovePage(NothingMore, actions.open_course, "player-play", _("From now on it is running.")),
    "close": MovePage(
        NothingMore, actions.close_course, "circle-check",
        _("Nothing more is planned. Who had to attend is who holds the posts today."),
    ),
    "reopen": MovePage(NothingMore, actions.reopen_course, "rotate", _("Sessions can be planned again.")),
    "cancel": MovePage(
        NothingMore, actions.cancel_course, "circle-x", _("It does not take place, and its planned sessions neither.")
    ),
}  # fmt: skip
SESSION_PAGES: dict[str, MovePage] = {
    "hold": MovePage(LessonsForm, actions.hold_session, "check", _("It counts from now on. Who came is entered next.")),
    "drop": MovePage(NothingMore, actions.drop_session, "circle-x", _("It does not take place and counts nowhere.")),
}
