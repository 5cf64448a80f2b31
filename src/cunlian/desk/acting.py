"""The form of one action on a page of its own: shown, filled in, sent, and back to where its result stands.

The permission is asked before the form is shown, so that nobody fills in what would be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock
from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.presses import once
from cunlian.kernel.refusals import Invalid, Missing, Text
from cunlian.ui.apps import YEARS
from cunlian.ui.forms import submit

REFUSED = 422
HUNDREDTHS = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")


class NothingMore(forms.Form):
    """The press says it all."""


@dataclass(frozen=True)
class MovePage:
    """A move as a page: what it asks for, the action it calls, and what pressing it means, said above the form."""

    form: Callable[..., Any]
    call: Callable[..., Any]
    icon: str = ""
    lead: Text = ""


def act(
    request: HttpRequest,
    form: forms.Form,
    call: Callable[..., Any],
    *,
    title: Text,
    button: Text,
    back: str,
    done: Text,
    about: Text = "",
    lead: Text = "",
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show ``form``; when it is sent and ``call(**values)`` is not refused, go ``back`` and say what is ``done``.

    ``about``: whom or what it is done to; ``lead``: what it means. ``then``: the page of what the call made, when that is
    where the work goes on; a second press made nothing and goes ``back``.
    """
    sent = submit(form, lambda **values: (call(**values),)) if request.method == "POST" else None
    if sent is not None:
        messages.success(request, str(done))
        return redirect(then(sent[0]) if then and sent[0] is not None else back)
    context = {"title": title, "about": about, "lead": lead, "form": form, "button": button, "back": back}
    return render(request, "desk/act.html", context, status=REFUSED if form.errors else 200)


def press(
    request: HttpRequest,
    one: Any,
    name: str,
    *,
    moves: Moves,
    possible: Collection[Move],
    pages: Mapping[str, MovePage],
    back: str,
    after: str = "",
    about: Text = "",
    form: Callable[[MovePage, QueryDict | None], forms.Form] = lambda page, sent: page.form(sent),
) -> HttpResponse:
    """A move of ``one`` as ``act`` shows it, where it is ``possible``. ``form``: of a page that is given more than what was
    sent; with a ``key`` in it a second press does nothing more. ``after``: where to go when ``one`` is no longer seen then."""
    if name not in pages:
        raise Missing(_("There is no such step. Go back and choose one there."))
    page, chosen, by = pages[name], moves[name], request.actor  # type: ignore[attr-defined]
    if chosen not in possible:
        messages.warning(request, _("“%(move)s” is not possible here now.") % {"move": chosen.label})
        return redirect(back)
    return act(
        request, form(page, request.POST if request.method == "POST" else None),
        lambda key="", **said: once(str(key), lambda: page.call(one, by=by, **said)),
        title=chosen.label, button=chosen.label, back=after or back, about=about or str(one), lead=page.lead,
        done=_("Done: %(move)s.") % {"move": chosen.label},
    )  # fmt: skip


def page_of(name: str) -> Callable[[Any], str]:
    """For ``then`` of an action that makes a record: the record's page, at the address with this name."""
    return lambda made: reverse(name, args=[made.pk])


def day_asked(request: HttpRequest, name: str = "on") -> date:
    return day_in(request.GET, name)


def day_in(query: QueryDict, name: str = "on", otherwise: date | None = None) -> date:
    """The day the address asks for, as ``?on=2026-07-09``; ``otherwise``, or today, when it says nothing. Invalid when it says
    something else, or a year that is a slip of the keyboard."""
    text = query.get(name, "")
    if not text:
        return otherwise or clock.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("“%(text)s” is not a day. Write it as 2026-07-09.") % {"text": text}, field=name) from None
    if day.year not in YEARS:
        raise Invalid(_("Please check the year: it says %(year)s now.") % {"year": day.year}, field=name)
    return day


class DayField(forms.DateField):
    """A day, today unless something else is said."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        if kwargs.get("required", True):
            kwargs.setdefault("initial", clock.today)
        super().__init__(**kwargs)


class HundredthsField(forms.CharField):
    """A number with at most two places, as whole hundredths (fen, hundredths of a mu); None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"inputmode": "decimal"}), max_length=16, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value)).replace(",", "")
        if not text:
            return None
        found = HUNDREDTHS.fullmatch(text)
        if found is None:
            raise ValidationError(_("Write it as a number with at most two places, such as 12.5."))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
