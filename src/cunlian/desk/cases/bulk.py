"""Passing on many cases at once: each by its own action, all in one batch of the log, each told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cunlian.cases.actions import dispatch_case
from cunlian.cases.models import Case
from cunlian.desk.cases import choices
from cunlian.desk.cases.forms import words
from cunlian.desk.pages import DeskRequest
from cunlian.kernel import log
from cunlian.kernel.access import Actor
from cunlian.kernel.presses import give_back, new_key, take, taken
from cunlian.kernel.refusals import Refusal
from cunlian.organisations.models import Post
from cunlian.ui.forms import status_of

MOST = 100


@dataclass(frozen=True)
class Outcome:
    """``refused``: why this one was not passed on; empty when it was."""

    case: Case
    refused: str = ""


class PassOnForm(forms.Form):
    to = forms.ChoiceField(label=_("To which post"), help_text=_("Posts near the places of the ticked requests."))
    text = words(_("Why"), required=False, hint=_("Everybody who reported reads this."), rows=2)

    def __init__(self, *args: Any, cases: list[Case], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = choices.posts_for(cases, actor)
        self.posts = choices.keyed(posts)
        self.fields["to"].choices = choices.by_unit(posts)  # type: ignore[attr-defined]

    def clean_to(self) -> Post:
        post: Post = self.posts[self.cleaned_data["to"]]
        return post


@require_http_methods(["GET", "POST"])
def pass_on(request: DeskRequest) -> HttpResponse:
    """GET: what was ticked and to whom. POST: do it, and say row by row what came of it."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = choices.parse_keys(sent.getlist("case"))[:MOST]
    cases = list(Case.objects.visible_to(request.actor).filter(pk__in=keys).for_list().by_due())
    form = PassOnForm(request.POST or None, cases=cases, actor=request.actor)
    outcomes: list[Outcome] = []
    key = request.POST.get("key", "")
    if taken(key):
        form = PassOnForm(cases=cases, actor=request.actor)
        outcomes = [Outcome(case) for case in cases if str(case.holder_id) == request.POST.get("to")]
    elif cases and form.is_valid() and take(key):
        outcomes = _pass_on(cases, form, request.actor, key)
    context = {
        "title": gettext("Pass on together"), "cases": cases, "form": form, "outcomes": outcomes, "key": new_key(),
        "done": [one for one in outcomes if not one.refused], "not_done": [one for one in outcomes if one.refused],
    }  # fmt: skip
    return render(request, "desk/cases/pass_on.html", context, status=status_of(form))


def _pass_on(cases: list[Case], form: PassOnForm, actor: Actor, key: str) -> list[Outcome]:
    try:
        return pass_on_all(cases, by=actor, **form.cleaned_data)
    except BaseException:
        give_back(key)
        raise


def pass_on_all(cases: list[Case], *, by: Actor, to: Post, text: str) -> list[Outcome]:
    """Each whole or not at all; one that is refused holds up none of the others."""
    outcomes = []
    with log.batch():
        for case in cases:
            try:
                dispatch_case(case, by=by, to=to, text=text)
                outcomes.append(Outcome(case))
            except Refusal as refusal:
                outcomes.append(Outcome(case, f"{refusal.sentence} {refusal.rule}".strip()))
    return outcomes
