"""Beginning and moving mentoring, plans, cultivation and studies: each a form of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import MovePage, act, page_of, press
from cunlian.desk.learning.people import PickForm, seek
from cunlian.desk.mentoring import forms
from cunlian.desk.mentoring.moves import MENTORING_PAGES, PLAN_PAGES, STAGE_PAGES, STUDY_PAGES
from cunlian.desk.mentoring.views import mentoring_of, plan_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import require
from cunlian.kernel.moves import Moves
from cunlian.talent.mentoring import actions
from cunlian.talent.mentoring.rules import moves_of
from cunlian.talent.mentoring.states import KEEP, MEET, MENTORING_MOVES, PLAN, PLAN_MOVES, STAGES, STUDY_MOVES
from cunlian.talent.models import Cultivation, EducationUpgrade

GET_POST = ("GET", "POST")


def _move(
    request: DeskRequest, record: Any, name: str, table: Moves, pages: Mapping[str, MovePage], back: str
) -> HttpResponse:
    return press(
        request, record, name, moves=table, possible=moves_of(table, record, request.actor), pages=pages, back=back,
        form=lambda page, sent: page.form(sent, request.actor),
    )  # fmt: skip


@require_http_methods(GET_POST)
def begin(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return seek(
        request, lambda data, found: forms.MentoringForm(data, found=found, actor=request.actor),
        lambda **said: actions.begin_mentoring(by=request.actor, **said), title=_("Begin a mentoring"),
        button=_("Begin it"), back=reverse("desk:mentorings"),
        lead=_("Look first for who is mentored, one or more."), done=_("The mentoring has begun."),
        then=page_of("desk:mentoring"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def mentee(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = mentoring_of(request.actor, pk)
    require(request.actor, KEEP, one)
    return seek(
        request, lambda data, found: PickForm(data, found=found),
        lambda person: actions.add_mentee(one, by=request.actor, person=person), title=_("Add somebody who is mentored"),
        button=_("Add"), back=reverse("desk:mentoring", args=[pk]), lead=str(one), done=_("They are mentored here now."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def meeting(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = mentoring_of(request.actor, pk)
    require(request.actor, MEET, one)
    return act(
        request, forms.MeetingForm(request.POST or None),
        lambda **said: actions.note_meeting(one, by=request.actor, **said), title=_("Note a meeting"),
        button=_("Note the meeting"), back=reverse("desk:mentoring", args=[pk]), lead=str(one),
        done=_("The meeting is noted."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def rhythm(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = mentoring_of(request.actor, pk)
    require(request.actor, MEET, one)
    return act(
        request, forms.RhythmForm(request.POST or None, initial={"every_months": one.every_months}),
        lambda **said: actions.agree_rhythm(one, by=request.actor, **said), title=_("Agree how often they meet"),
        button=_("Save"), back=reverse("desk:mentoring", args=[pk]), about=str(one),
        lead=_("The next day is counted from the last meeting."), done=_("It is entered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    one = mentoring_of(request.actor, pk)
    return _move(request, one, name, MENTORING_MOVES, MENTORING_PAGES, reverse("desk:mentoring", args=[pk]))


@require_http_methods(GET_POST)
def new_plan(request: DeskRequest) -> HttpResponse:
    require(request.actor, PLAN)
    return act(
        request, forms.PlanForm(request.POST or None, actor=request.actor),
        lambda **said: actions.draw_plan(by=request.actor, **said), title=_("Draw up a plan"), button=_("Draw it up"),
        back=reverse("desk:reserve_plans"), done=_("The draft is there. Put it in force on its paper."),
        then=page_of("desk:reserve_plan"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def correct_plan(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = plan_of(request.actor, pk)
    require(request.actor, PLAN, one)
    kept = {name: getattr(one, name) for name in forms.CorrectPlanForm.base_fields}
    return act(
        request, forms.CorrectPlanForm(request.POST or None, initial=kept),
        lambda **said: actions.correct_plan(one, by=request.actor, **said), title=_("Correct the plan"), button=_("Save"),
        back=reverse("desk:reserve_plan", args=[pk]), lead=str(one), done=_("The plan is corrected."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move_plan(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    one = plan_of(request.actor, pk)
    return _move(request, one, name, PLAN_MOVES, PLAN_PAGES, reverse("desk:reserve_plan", args=[pk]))


@require_http_methods(GET_POST)
def propose(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return seek(
        request, lambda data, found: forms.ProposeForm(data, found=found, actor=request.actor),
        lambda person, **said: actions.propose(person, by=request.actor, **said), title=_("Propose somebody"),
        button=_("Propose them"), back=reverse("desk:cultivation"),
        lead=_("Who holds no post agrees first to be kept by name."), done=_("They are proposed."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move_cultivation(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    row: Cultivation = get_visible(Cultivation.objects.for_list(), request.actor, pk)
    return _move(request, row, name, STAGES, STAGE_PAGES, reverse("desk:cultivation"))


@require_http_methods(GET_POST)
def win_over(request: DeskRequest) -> HttpResponse:
    require(request.actor, KEEP)
    return seek(
        request, lambda data, found: forms.StudyForm(data, found=found, actor=request.actor),
        lambda person, **said: actions.win_over(person, by=request.actor, **said), title=_("Somebody was won over"),
        button=_("Enter it"), back=reverse("desk:studies"),
        lead=_("Who holds no post agrees first to be kept by name."), done=_("It is entered."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move_study(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    row: EducationUpgrade = get_visible(EducationUpgrade.objects.for_list(), request.actor, pk)
    return _move(request, row, name, STUDY_MOVES, STUDY_PAGES, reverse("desk:studies"))
