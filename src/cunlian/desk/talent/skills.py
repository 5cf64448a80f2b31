"""The tree of skills, as the county keeps it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import NothingMore, act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import root
from cunlian.desk.talent import forms
from cunlian.desk.talent.listing import crumbs
from cunlian.desk.talent.tables import SkillTable
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import Place
from cunlian.talent.models import Skill
from cunlian.talent.register import actions

GET_POST = ("GET", "POST")


def _skills(actor: Actor, query: QueryDict) -> SkillTable:
    rows = Skill.objects.visible_to(actor).filter(of_own_county(actor, "root__")).listed_on(clock.today()).for_list()
    return SkillTable(rows, may_keep=may(actor, "talent.keep_skills", root()))


SKILLS = add_list("skills", _("Tree of skills"), _skills)


@require_GET
@SKILLS.exported
def skill_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _now("Tree of skills"), "table": SKILLS.page(request), "crumbs": crumbs(),
        "may_keep": may(request.actor, "talent.keep_skills", root()),
    }  # fmt: skip
    return render(request, "desk/talent/skills.html", context)


def _kept_root(actor: Actor) -> Place:
    place = root()
    require(actor, "talent.keep_skills", place)
    if place is None:
        raise Missing(_now("There is no district here yet. An administrator sets it up first."))
    return place


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    place = _kept_root(request.actor)
    return act(
        request, forms.SkillForm(request.POST or None),
        lambda **said: actions.add_skill(by=request.actor, root=place, **said),
        title=_now("Add a skill"), button=_("Add it"), back=reverse("desk:skills"), done=_("The skill is on the tree."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def usual(request: DeskRequest) -> HttpResponse:
    place = _kept_root(request.actor)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: (actions.take_over_skills(place, by=request.actor),), title=_now("Take over the usual tree"),
        button=_("Take it over"), back=reverse("desk:skills"), done=_("The usual tree is there."),
        lead=_("Adds the groups and skills that are missing here. What the county added or took off stays as it is."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    skill: Skill = get_visible(Skill.objects.for_list(), request.actor, pk)
    require(request.actor, "talent.keep_skills", skill)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: actions.end_skill(skill, by=request.actor), title=_now("Take a skill off the tree"),
        button=_("Take it off"), back=reverse("desk:skills"), done=_("The skill is off the tree."), lead=str(skill),
    )  # fmt: skip
