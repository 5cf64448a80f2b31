"""Who answers where on a day, and the lists behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.cases.matters import matter_names
from cunlian.desk.acting import day_asked, day_in
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility import asked, tables
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.chain import seats
from cunlian.organisations.models import Duty, Gap, Organisation, Post, Posting, StandIn
from cunlian.organisations.querysets import PostQuerySet


@require_GET
def chain(request: DeskRequest) -> HttpResponse:
    """The chain of one village, or the posts of one area with its villages, and the gaps that are open there."""
    require(request.actor, "organisations.view")
    form = asked.WhereForm(request.GET or None, actor=request.actor)
    day = day_asked(request)
    context = {
        "title": _("Posts and duties"), "form": form, "day": day, "matters": matter_names(), **asked.chosen(request, form, day),
    }  # fmt: skip
    return render(request, "desk/responsibility/chain.html", context)


def _gaps(actor: Actor, query: QueryDict) -> tables.GapTable:
    return tables.GapTable(Gap.objects.visible_to(actor).open().for_list())


def _units(actor: Actor, query: QueryDict) -> tables.UnitTable:
    return tables.UnitTable(Organisation.objects.visible_to(actor).current(day_in(query)).for_list())


def _seats(actor: Actor, query: QueryDict) -> PostQuerySet:
    day = day_in(query)
    return Post.objects.visible_to(actor).current(day).for_list().with_holders(day)


def _posts(actor: Actor, query: QueryDict) -> tables.PostTable:
    return tables.PostTable(_seats(actor, query))


def _unit_posts(actor: Actor, query: QueryDict, pk: UUID) -> tables.PostTable:
    return tables.PostTable(_seats(actor, query).filter(organisation=_unit_of(actor, pk)))


def _duties(actor: Actor, query: QueryDict) -> tables.DutyTable:
    return tables.DutyTable(Duty.objects.visible_to(actor).on(day_in(query)).for_list())


GAPS = add_list("gaps", _lazy("Where nobody answers"), _gaps)
UNITS = add_list("units", _lazy("Units"), _units)
POSTS = add_list("posts", _lazy("Posts"), _posts)
UNIT_POSTS = add_list("unit-posts", _lazy("Posts"), _unit_posts)
DUTIES = add_list("duties", _lazy("Duties"), _duties)


@require_GET
@GAPS.exported
def gaps(request: DeskRequest) -> HttpResponse:
    context = _list(_("Where nobody answers"), GAPS.page(request))
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@UNITS.exported
def units(request: DeskRequest) -> HttpResponse:
    context = _list(_("Units"), UNITS.page(request), day=day_asked(request))
    context["may_found"] = may(request.actor, "organisations.found")
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@POSTS.exported
def posts(request: DeskRequest) -> HttpResponse:
    context = _list(_("Posts"), POSTS.page(request), day=day_asked(request))
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@DUTIES.exported
def duties(request: DeskRequest) -> HttpResponse:
    context = _list(_("Duties"), DUTIES.page(request), day=day_asked(request))
    return render(request, "desk/responsibility/list.html", context)


def _unit_of(actor: Actor, pk: UUID) -> Organisation:
    return get_visible(Organisation.objects.for_list(), actor, pk)


@require_GET
@UNIT_POSTS.exported
def unit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A unit and its posts on a day."""
    found = _unit_of(request.actor, pk)
    context = _list(found.name, UNIT_POSTS.page(request, pk=pk), day=day_asked(request))
    context |= {
        "unit": found, "may_create": may(request.actor, "organisations.create_post", asked.seat_in(found)),
        "crumbs": [(_("Units"), reverse("desk:units")), (found.name, "")],
    }  # fmt: skip
    return render(request, "desk/responsibility/list.html", context)


@require_GET
def post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A post: who holds and held it, what it answers for, who stands in."""
    found: Post = get_visible(Post.objects.for_list(), request.actor, pk)
    day = day_asked(request)
    running = Duty.objects.visible_to(request.actor).on(day).filter(post=found).for_list()
    stand_ins = StandIn.objects.visible_to(request.actor).filter(post=found).select_related("by_post__organisation")
    held = Posting.objects.visible_to(request.actor).filter(post=found).select_related("person")
    context = {
        "title": str(found), "post": found, "day": day, "today": clock.today(), "duties": running,
        "stand_ins": stand_ins.order_by("-starts_on"), "postings": held.order_by("-starts_on"),
        "seat": seats([found.pk], day).get(found.pk), "matters": matter_names(),
        "may_join": may(request.actor, "people.link_account", found),
        **asked.may_do(request.actor, found),
        "crumbs": [(_("Posts"), reverse("desk:posts")), (str(found), "")],
    }  # fmt: skip
    return render(request, "desk/responsibility/post.html", context)


def _list(title: str, table: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "table": table, "day": None, "unit": None, "may_found": False, "may_create": False, **more}
