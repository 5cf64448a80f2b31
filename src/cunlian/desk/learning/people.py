"""Choosing people: a search by name or phone, and the ones it found, masked. Shared with mentoring."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cunlian.desk.acting import REFUSED
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility.forms import candidates, masked_label
from cunlian.kernel.refusals import Text
from cunlian.people.models import Person
from cunlian.ui.forms import submit


def shown_name(person: Person, in_post: bool) -> str:
    """Who holds a post stands with the name, as everywhere among staff; others are masked."""
    return person.name if in_post else person.masked_name


class PickForm(forms.Form):
    """``found``: whom the search came to."""

    person = forms.ChoiceField(
        label=_("Who"), widget=forms.RadioSelect, error_messages={"required": _("Please choose who it is.")}
    )

    def __init__(self, *args: Any, found: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.persons = {str(person.pk): person for person in found}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, masked_label(person)) for key, person in self.persons.items()]

    def clean_person(self) -> Person:
        return self.persons[self.cleaned_data["person"]]


def seek(
    request: DeskRequest,
    make: Callable[[Any, list[Person]], forms.Form],
    call: Callable[..., Any],
    *,
    title: Text,
    button: Text,
    back: str,
    done: Text,
    lead: Text = "",
    without: bool = False,
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """A page that searches and then asks. ``make(data, found)`` gives the form; ``without``: it is shown before anybody is
    found as well; ``then``: as for ``act``."""
    text = request.POST.get("q", request.GET.get("q", ""))
    found = candidates(request.actor, text)
    form = make(request.POST or None, found)
    sent = submit(form, lambda **said: (call(**said),)) if form.is_bound else None
    if sent is not None:
        messages.success(request, str(done))
        return redirect(then(sent[0]) if then else back)
    context = {
        "title": title, "lead": lead, "form": form, "button": button, "back": back, "text": text, "people": found,
        "asking": bool(found or without or form.errors),
    }  # fmt: skip
    return render(request, "desk/learning/seek.html", context, status=REFUSED if form.errors else 200)
