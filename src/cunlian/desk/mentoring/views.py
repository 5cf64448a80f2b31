"""Mentoring and one of them; plans for reserve cadres and one of them; cultivation; studies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.lists import DeskList, add_list
from cunlian.desk.mentoring import tables
from cunlian.desk.mentoring.moves import MENTORING_PAGES, PLAN_PAGES
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may
from cunlian.organisations.models import Post
from cunlian.talent.mentoring.promises import is_owed, owing
from cunlian.talent.mentoring.querysets import KEEPERS
from cunlian.talent.mentoring.rules import moves_of
from cunlian.talent.mentoring.states import KEEP, MEET, MENTORING_MOVES, PLAN, PLAN_MOVES, MentoringState, PlanState
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentee, Mentoring, ReservePlan
from cunlian.ui import formats
from cunlian.ui.pieces import buttons_for


def mentoring_of(actor: Actor, pk: UUID) -> Mentoring:
    found: Mentoring = get_visible(Mentoring.objects.for_list(), actor, pk)
    return found


def plan_of(actor: Actor, pk: UUID) -> ReservePlan:
    found: ReservePlan = get_visible(ReservePlan.objects.for_list(), actor, pk)
    return found


def _mentorings(actor: Actor, query: QueryDict) -> tables.MentoringTable:
    found = tables.MentoringFilter(query or None, Mentoring.objects.visible_to(actor).for_list())
    return tables.MentoringTable(found.qs, filter=found)


def _plans(actor: Actor, query: QueryDict) -> tables.PlanTable:
    found = tables.PlanFilter(query or None, ReservePlan.objects.visible_to(actor).for_list())
    return tables.PlanTable(found.qs, filter=found)


def _cultivation(actor: Actor, query: QueryDict) -> tables.CultivationTable:
    found = tables.CultivationFilter(query or None, Cultivation.objects.visible_to(actor).for_list())
    return tables.CultivationTable(found.qs, filter=found, actor=actor)


def _by_plan(actor: Actor, query: QueryDict, pk: UUID) -> tables.CultivationTable:
    rows = Cultivation.objects.visible_to(actor).filter(plan=plan_of(actor, pk)).for_list()
    return tables.CultivationTable(rows, actor=actor, exclude=("cultivation_kind",))


def _studies(actor: Actor, query: QueryDict) -> tables.StudyTable:
    found = tables.StudyFilter(query or None, EducationUpgrade.objects.visible_to(actor).for_list())
    return tables.StudyTable(found.qs, filter=found, actor=actor)


MENTORINGS = add_list("mentorings", _lazy("Mentoring"), _mentorings)
PLANS = add_list("reserve-plans", _lazy("Plans for reserve cadres"), _plans)
CULTIVATION = add_list("cultivation", _lazy("Cultivation"), _cultivation)
BY_PLAN = add_list("plan-cultivation", _lazy("Cultivated by a plan"), _by_plan)
STUDIES = add_list("studies", _lazy("Studies"), _studies)


def _list(request: DeskRequest, of: DeskList, new: str, act: str, lead: str = "", rule: str = "") -> HttpResponse:
    table = of.page(request)
    context = {
        "title": str(of.title), "table": table, "filter": table.filter, "lead": lead, "act": act, "rule": rule,
        "new": reverse(new) if request.actor.holds(KEEPERS) else "",
    }  # fmt: skip
    return render(request, "desk/mentoring/list.html", context)


@require_GET
@MENTORINGS.exported
def mentorings(request: DeskRequest) -> HttpResponse:
    return _list(
        request, MENTORINGS, "desk:mentoring_new", _("Begin a mentoring"), rule=reverse("desk:mentoring_usual")
    )


@require_GET
@PLANS.exported
def plans(request: DeskRequest) -> HttpResponse:
    lead = _("A declared number stands apart from the persons counted; nothing is held about membership in the Party.")
    return _list(request, PLANS, "desk:reserve_plan_new", _("Draw up a plan"), lead)


@require_GET
@CULTIVATION.exported
def cultivation(request: DeskRequest) -> HttpResponse:
    return _list(request, CULTIVATION, "desk:cultivation_new", _("Propose somebody"))


@require_GET
@STUDIES.exported
def studies(request: DeskRequest) -> HttpResponse:
    return _list(request, STUDIES, "desk:study_new", _("Somebody was won over"))


def _crumbs(name: Any, url_name: str, last: Any) -> list[tuple[Any, str]]:
    return [(name, reverse(url_name)), (last, "")]


def _heading(one: Mentoring) -> str:
    return _("They meet by %(when)s") % {"when": formats.due(one.promise.due_at)} if one.promise else ""


def _answers(one: Mentoring) -> Post | None:
    """Whose matter the next meeting is: the post that owes it, or would."""
    if one.state != MentoringState.RUNNING:
        return None
    if one.promise is None or one.promise.settled_at:
        return owing(one)
    return Post.objects.for_list().filter(pk__in=[one.promise.owner_id]).first()


@require_GET
def mentoring(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Goals, term, who is mentored, each meeting with what was agreed, the result."""
    one, actor = mentoring_of(request.actor, pk), request.actor
    icons = {name: page.icon for name, page in MENTORING_PAGES.items()}
    mentees = Mentee.objects.visible_to(actor).filter(mentoring=one).for_list()
    context = {
        "title": str(one), "one": one, "mentees": [(tables.named(row), row.joined_on) for row in mentees],
        "meetings": one.meetings.order_by("-held_on", "-pk"),
        "buttons": buttons_for(
            moves_of(MENTORING_MOVES, one, actor), lambda move: reverse("desk:mentoring_move", args=[pk, move.name]),
            icons=icons,
        ),
        "may_keep": may(actor, KEEP, one) and one.state == MentoringState.RUNNING,
        "may_meet": may(actor, MEET, one) and one.state == MentoringState.RUNNING,
        "owed": one.promise if is_owed(one) else None, "heading": _heading(one),
        "answers": _answers(one),
        "crumbs": _crumbs(_("Mentoring"), "desk:mentorings", one),
    }  # fmt: skip
    return render(request, "desk/mentoring/one.html", context)


@require_GET
@BY_PLAN.exported
def plan(request: DeskRequest, pk: UUID) -> HttpResponse:
    one, actor = plan_of(request.actor, pk), request.actor
    icons = {name: page.icon for name, page in PLAN_PAGES.items()}
    context = {
        "title": _("%(place)s, plan for reserve cadres of %(year)s") % {"place": one.place, "year": one.year},
        "one": one, "table": BY_PLAN.page(request, pk=pk),
        "buttons": buttons_for(
            moves_of(PLAN_MOVES, one, actor), lambda move: reverse("desk:reserve_plan_move", args=[pk, move.name]),
            icons=icons,
        ),
        "may_plan": may(actor, PLAN, one) and one.state != PlanState.CLOSED,
        "crumbs": _crumbs(_("Plans for reserve cadres"), "desk:reserve_plans", one),
    }  # fmt: skip
    return render(request, "desk/mentoring/plan.html", context)
