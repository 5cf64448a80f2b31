"""Each move of an entry as a page: what it asks for, the step it takes, what pressing it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import MovePage
from cunlian.desk.consent.forms import ChannelForm
from cunlian.desk.talent.forms import AcceptForm, ChangeForm, LeaveForm, VerifyForm
from cunlian.flows.talent import agree_to_entry
from cunlian.kernel.access import Actor
from cunlian.people.consent.questions import holds
from cunlian.talent.models import TalentEntry
from cunlian.talent.register import actions
from cunlian.talent.register.querysets import PURPOSE


@dataclass(frozen=True)
class Page(MovePage):
    """``form(data, files, entry)``; ``call(entry, by, **said)``. ``for_person``: the word is the person's, passed on."""

    for_person: bool = True


def _accept(entry: TalentEntry, *, by: Actor, scan: Any = None) -> Any:
    return agree_to_entry(entry, by=by, scan=scan)


def _change_form(data: Any, files: Any, entry: TalentEntry) -> forms.Form:
    kept = [str(row.skill_id) for row in entry.skills.all()]
    start = {"skills": kept, "words": entry.words}
    return ChangeForm(data, initial=start)


PAGES: dict[str, Page] = {
    "accept": Page(
        lambda data, files, entry: AcceptForm(data, files, agreed=holds(entry.person, PURPOSE)), _accept, "circle-check",
        _("The person has read what is kept, who sees it and that no is no harm, and agrees. From now on they are found."),
    ),
    "decline": Page(
        lambda data, files, entry: ChannelForm(data), actions.decline_entry, "circle-x",
        _("What was written is erased at once, and nobody asks this person again for a year."),
    ),
    "confirm": Page(
        lambda data, files, entry: ChannelForm(data), actions.confirm_entry, "refresh",
        _("The person says that everything in it still holds. They are asked again in a year."),
    ),
    "change": Page(
        _change_form, actions.change_entry, "pencil",
        _("As the person says it today. Skills that stay keep who verified them."),
    ),
    "verify": Page(
        lambda data, files, entry: VerifyForm(data, entry=entry), actions.verify_skills, "circle-check",
        _("You say from your post that you made sure. The person reads when and from which post."), for_person=False,
    ),
    "leave": Page(
        lambda data, files, entry: LeaveForm(data, entry=entry), actions.leave_unverified, "eye",
        _("The skills stay as not verified; the person reads why. Nothing is held against anybody, and they can be verified "
          "later."), for_person=False,
    ),
}  # fmt: skip
