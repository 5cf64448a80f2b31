"""Opening a choice, noting its steps, pressing its moves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import act, page_of, press
from cunlian.desk.choosing import forms
from cunlian.desk.choosing.moves import PAGES
from cunlian.desk.choosing.views import choice_of
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import require
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.rules import available_moves
from cunlian.organisations.choosing.states import MOVES, PREPARE

GET_POST = ("GET", "POST")


@require_http_methods(GET_POST)
def open_new(request: DeskRequest) -> HttpResponse:
    require(request.actor, PREPARE)
    return act(
        request, forms.OpenForm(request.POST or None, actor=request.actor),
        lambda unit, **said: actions.open_choice(unit, by=request.actor, **said),
        title=_("Choose a committee anew"), button=_("Open the choice"), back=reverse("desk:choices"),
        lead=_("Its seats are the posts of the unit on that day."), done=_("It is open. Enter who was proposed."),
        then=page_of("desk:choice"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def step(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = choice_of(request.actor, pk)
    require(request.actor, PREPARE, one)
    asked = {"step": request.GET["step"]} if "step" in request.GET else {}
    return act(
        request, forms.StepForm(request.POST or None, initial=asked),
        lambda **said: actions.record_step(one, by=request.actor, **said),
        title=_("Note a step"), button=_("Note it"), back=reverse("desk:choice", args=[pk]), lead=str(one),
        done=_("The step is noted."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    one = choice_of(request.actor, pk)
    return press(
        request, one, name, moves=MOVES, possible=available_moves(one, request.actor), pages=PAGES,
        back=reverse("desk:choice", args=[pk]), form=lambda page, sent: page.form(sent, choice=one, actor=request.actor),
    )  # fmt: skip
