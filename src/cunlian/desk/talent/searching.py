"""Finding somebody with a skill: the question with its purpose, who was found, and every search made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import REFUSED
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.talent.forms import SearchForm
from cunlian.desk.talent.listing import crumbs
from cunlian.desk.talent.tables import FoundTable, SearchTable, distance_text
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.models import Post
from cunlian.talent.models import Skill, TalentSearch
from cunlian.talent.register.actions import search_talent
from cunlian.talent.register.finding import elsewhere, found_by, skills_of, villages_near
from cunlian.ui.forms import submit


def search_of(actor: Actor, pk: UUID) -> TalentSearch:
    found: TalentSearch = get_visible(TalentSearch.objects.for_list(), actor, pk)
    return found


@require_http_methods(("GET", "POST"))
def search(request: DeskRequest) -> HttpResponse:
    """Posted, because it is written down and the people found read it."""
    require(request.actor, "talent.search")
    form = SearchForm(request.POST or None, actor=request.actor)
    made = submit(form, lambda **said: search_talent(by=request.actor, **said)) if form.is_bound else None
    if made:
        return redirect("desk:talent_found", made.pk)
    context = {"title": _now("Find somebody"), "form": form, "crumbs": crumbs((_now("Find somebody"), ""))}
    return render(request, "desk/talent/search.html", context, status=REFUSED if form.errors else 200)


def _found(actor: Actor, query: QueryDict, pk: UUID) -> FoundTable:
    made = search_of(actor, pk)
    near = villages_near(made.place, made.within_km)
    order = {code: number for number, code in enumerate(sorted(near, key=lambda code: _farness(near[code])))}
    rows = sorted(
        found_by(made, actor).for_list(),
        key=lambda entry: (order.get(entry.person.place.code if entry.person.place else "", len(order)), str(entry.pk)),
    )
    return FoundTable(rows, near=near)


def _farness(one: Any) -> tuple[float, str]:
    """By distance; what is measured by road alone or not at all comes after what is measured."""
    value = one.distance.value
    return (float("inf") if value is None else value, one.place.code)


def _searches(actor: Actor, query: QueryDict) -> SearchTable:
    rows = TalentSearch.objects.visible_to(actor).for_list()
    posts = (
        Post.objects.visible_to(actor).filter(pk__in=rows.order_by().values("post_id")).select_related("organisation")
    )
    return SearchTable(
        rows, posts={post.pk: post for post in posts}, names={one.code: one for one in Skill.objects.all()}
    )


FOUND = add_list("talent-found", _("People found"), _found)
SEARCHES = add_list("talent-searches", _("Searches of the register"), _searches)


@require_GET
@FOUND.exported
def found(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Who was found, the nearest first; and villages outside one's territory where somebody has the skill."""
    made = search_of(request.actor, pk)
    further = elsewhere(made, request.actor, villages_near(made.place, made.within_km))
    context = {
        "title": _now("Who was found"), "search": made, "skills": skills_of(made), "table": FOUND.page(request, pk=pk),
        "may_search": may(request.actor, "talent.search"), "further": [(one.place, distance_text(one)) for one in further],
        "crumbs": crumbs((_now("Who was found"), "")),
    }  # fmt: skip
    return render(request, "desk/talent/found.html", context)


@require_GET
@SEARCHES.exported
def searches(request: DeskRequest) -> HttpResponse:
    context = {"title": _now("Searches of the register"), "table": SEARCHES.page(request), "crumbs": crumbs()}
    return render(request, "desk/talent/plain.html", context)
