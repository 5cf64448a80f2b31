"""Step one: the message and its pictures. Step two is the form for entering, filled in from it; in between nothing is
kept of the words, and the pictures for a day at most."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cunlian.cases.models.case import Source
from cunlian.cases.pasted import Proposal, propose
from cunlian.cases.rules import MODULE, WORKERS
from cunlian.desk.cases import choices
from cunlian.desk.cases.drafts import DraftsForm
from cunlian.desk.cases.entry_forms import CaseEntryForm
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import require
from cunlian.kernel.ids import uuid7
from cunlian.places.models import Level
from cunlian.ui.forms import status_of


class PasteForm(DraftsForm):
    """The message as copied, the chat's own line with the name and the time included, and the pictures that came with it."""

    message = forms.CharField(
        label=gettext_lazy("The message from the group"),
        help_text=gettext_lazy(
            "Copy it whole, with the line that names who wrote it. You can correct everything next."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6000,
    )

    field_order = ("message", "along", "file")


def _initial(found: Proposal, pictures: str) -> dict[str, Any]:
    return {
        "source": Source.CHAT, "text": found.text, "name": found.name, "phone": found.phone, "key": uuid7(),
        "kept": pictures,
        "place": str(found.places[0].pk) if found.places else "",
        "category": found.categories[0].pk if found.categories else None,
    }  # fmt: skip


def paste(request: DeskRequest) -> HttpResponse:
    """The form for entering with what the message says; or the empty box for the message."""
    require(request.actor, "cases.report_for")
    form = PasteForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        villages = [one for one in choices.villages_of(request.actor, WORKERS, MODULE) if one.level == Level.VILLAGE]
        found = propose(form.cleaned_data["message"], villages)
        entry = CaseEntryForm(initial=_initial(found, form.word), actor=request.actor)
        context = {"title": _("Enter from the chat group"), "form": entry, "alike": [], "proposal": found}
        return render(request, "desk/cases/new.html", context)
    return render(request, "desk/paste/paste.html", {"form": form}, status=status_of(form))
