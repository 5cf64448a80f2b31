"""Each move as a page: what it asks for, the action it calls, what pressing it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage, NothingMore
from cunlian.desk.mentoring import forms
from cunlian.kernel.access import Actor
from cunlian.talent.mentoring import actions


def _plain(form: type[Any]) -> Callable[[Any, Actor], Any]:
    return lambda data, actor: form(data)


PLAN_PAGES = {
    "approve": MovePage(
        _plain(forms.PaperForm), actions.approve_plan, "check", _("Reserve cadres can come by it from now on.")
    ),
    "close": MovePage(
        _plain(NothingMore), actions.close_plan, "circle-check",
        _("Nobody new comes by it. Who is being cultivated goes on."),
    ),
}  # fmt: skip
STAGE_PAGES = {
    "take_in": MovePage(_plain(forms.TakeInForm), actions.take_in, lead=_("From this day on they count.")),
    "call_ready": MovePage(
        _plain(NothingMore), actions.call_ready, lead=_("They could take a post or stand alone now.")
    ),
    "end": MovePage(lambda data, actor: forms.EndForm(data, actor=actor), actions.end_cultivation),
}
MENTORING_PAGES = {
    "complete": MovePage(_plain(forms.CompleteForm), actions.complete_mentoring, "circle-check"),
    "break_off": MovePage(
        _plain(forms.BreakOffForm), actions.break_off, "circle-x",
        _("It ends before its goals are reached. No reason need be given; it counts against nobody."),
    ),
}  # fmt: skip
STUDY_PAGES = {
    "enrol": MovePage(_plain(forms.EnrolForm), actions.enrol),
    "graduate": MovePage(_plain(forms.EndedForm), actions.graduate),
    "leave": MovePage(_plain(forms.EndedForm), actions.leave_studies, lead=_("Without finishing. No reason is asked.")),
}
