"""Who answers where on a day, and the lists behind it."""

from __future__ import annotations

from datetime import date
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
from cunlian.desk.responsibility.filters import VillageFilter
from cunlian.desk.responsibility.ranks import rank_names
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.chain import seats
from cunlian.organisations.models import Duty, Gap, Lead, Organisation, Post, Posting, StandIn, UnitMembership
from cunlian.organisations.querysets import PostQuerySet


@require_GET
def chain(request: DeskRequest) -> HttpResponse:
    """The chain of one village, or the posts of one area with its villages, and the gaps that are open there."""
    require(request.actor, "organisations.view")
    form = asked.WhereForm(request.GET or None, actor=request.actor)
    day = day_asked(request)
    context = {
        "title": _("Posts and duties"), "form": form, "day": day, "matters": matter_names(), "ranks": rank_names(),
        **asked.chosen(request, form, day),
    }  # fmt: skip
    return render(request, "desk/responsibility/chain.html", context)


def _gaps(actor: Actor, query: QueryDict) -> tables.GapTable:
    found = tables.GapFilter(query or None, Gap.objects.visible_to(actor).open().for_list(), actor=actor)
    return tables.GapTable(found.qs, filter=found)


def _of_village(actor: Actor, query: QueryDict, rows: Any) -> VillageFilter:
    return VillageFilter(query, rows, actor=actor, day=day_in(query))


def _units(actor: Actor, query: QueryDict) -> tables.UnitTable:
    found = _of_village(actor, query, Organisation.objects.visible_to(actor).current(day_in(query)).for_list())
    return tables.UnitTable(found.qs, filter=found)


def _seats(actor: Actor, query: QueryDict) -> PostQuerySet:
    day = day_in(query)
    return Post.objects.visible_to(actor).current(day).for_list().with_holders(day)


def _posts(actor: Actor, query: QueryDict) -> tables.PostTable:
    found = _of_village(actor, query, _seats(actor, query))
    return tables.PostTable(found.qs, filter=found)


def _unit_posts(actor: Actor, query: QueryDict, pk: UUID) -> tables.PostTable:
    return tables.PostTable(_seats(actor, query).filter(organisation=_unit_of(actor, pk)))


def _duties(actor: Actor, query: QueryDict) -> tables.DutyTable:
    found = _of_village(actor, query, Duty.objects.visible_to(actor).on(day_in(query)).for_list())
    return tables.DutyTable(found.qs, filter=found)


def _post_of(actor: Actor, pk: UUID) -> Post:
    found: Post = get_visible(Post.objects.for_list(), actor, pk)
    return found


def _post_duties(actor: Actor, query: QueryDict, pk: UUID) -> tables.PostDutyTable:
    found = _post_of(actor, pk)
    running = Duty.objects.visible_to(actor).on(day_in(query)).filter(post=found).for_list()
    return tables.PostDutyTable(running, may_end=may(actor, "organisations.end_duty", found))


def _holders(actor: Actor, query: QueryDict, pk: UUID) -> tables.HolderTable:
    found = _post_of(actor, pk)
    held = Posting.objects.visible_to(actor).filter(post=found).select_related("person")
    may_end = may(actor, "organisations.end_posting", found)
    return tables.HolderTable(held.order_by("-starts_on", "-pk"), may_end=may_end)


GAPS = add_list("gaps", _lazy("Gaps met by requests"), _gaps)
UNITS = add_list("units", _lazy("Units"), _units)
POSTS = add_list("posts", _lazy("Posts"), _posts)
UNIT_POSTS = add_list("unit-posts", _lazy("Posts"), _unit_posts)
DUTIES = add_list("duties", _lazy("Duties"), _duties)
POST_DUTIES = add_list("post-duties", _lazy("What it answers for"), _post_duties)
HOLDERS = add_list("post-holders", _lazy("Who holds it"), _holders, prefix="holders-")


@require_GET
@GAPS.exported
def gaps(request: DeskRequest) -> HttpResponse:
    table = GAPS.page(request)
    context = _list(_("Gaps met by requests"), table, filter=table.filter, met=True)
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@UNITS.exported
def units(request: DeskRequest) -> HttpResponse:
    table = UNITS.page(request)
    context = _list(_("Units"), table, filter=table.filter)
    context["may_found"] = may(request.actor, "organisations.found")
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@POSTS.exported
def posts(request: DeskRequest) -> HttpResponse:
    table = POSTS.page(request)
    context = _list(_("Posts"), table, filter=table.filter)
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@DUTIES.exported
def duties(request: DeskRequest) -> HttpResponse:
    table = DUTIES.page(request)
    context = _list(_("Duties"), table, filter=table.filter)
    return render(request, "desk/responsibility/list.html", context)


def _unit_of(actor: Actor, pk: UUID) -> Organisation:
    return get_visible(Organisation.objects.for_list(), actor, pk)


def _ties(actor: Actor, unit: Organisation) -> dict[str, Any]:
    """What the unit is a member of, who is a member of it, and which posts lead it, today."""
    today = clock.today()
    running = UnitMembership.objects.visible_to(actor).on(today).for_list()
    leads = Lead.objects.visible_to(actor).on(today).for_list()
    return {
        "member_of": running.filter(unit=unit),
        "members": running.filter(body=unit),
        "led_by": leads.filter(unit=unit),
        "may_join": may(actor, "organisations.join_unit"),
        "may_name_lead": may(actor, "organisations.name_lead"),
    }


@require_GET
@UNIT_POSTS.exported
def unit(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A unit and its posts on a day."""
    found = _unit_of(request.actor, pk)
    context = _list(found.name, UNIT_POSTS.page(request, pk=pk), day=day_asked(request))
    context |= {
        **_ties(request.actor, found), "unit": found,
        "may_create": may(request.actor, "organisations.create_post", asked.seat_in(found)),
        "crumbs": [(_("Units"), reverse("desk:units")), (found.name, "")],
    }  # fmt: skip
    return render(request, "desk/responsibility/list.html", context)


@require_GET
@POST_DUTIES.exported
@HOLDERS.exported
def post(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A post: who holds and held it, what it answers for, who stands in."""
    found, day = _post_of(request.actor, pk), day_asked(request)
    stand_ins = StandIn.objects.visible_to(request.actor).filter(post=found).select_related("by_post__organisation")
    holder = (
        Posting.objects.visible_to(request.actor).on(clock.today()).filter(post=found).select_related("person").first()
    )
    context = {
        "title": str(found), "post": found, "day": day, "today": clock.today(),
        "duties": POST_DUTIES.page(request, pk=pk), "holders": HOLDERS.page(request, pk=pk),
        "stand_ins": stand_ins.order_by("-starts_on"), "seat": seats([found.pk], day).get(found.pk),
        "conflict": _conflict(request.actor, found, day),
        "may_join": holder is not None and may(request.actor, "people.link_account", holder.person),
        **asked.may_do(request.actor, found), **asked.leaves_of(request.actor, found),
        "crumbs": [(_("Posts"), reverse("desk:posts")), (str(found), "")],
    }  # fmt: skip
    return render(request, "desk/responsibility/post.html", context)


def _conflict(actor: Actor, post: Post, day: date) -> str:
    """What the holder declared on being appointed, for who may appoint there and nobody else."""
    if not may(actor, "organisations.appoint", post):
        return ""
    held = Posting.objects.visible_to(actor).on(day).filter(post=post)
    return next(filter(None, held.values_list("conflict", flat=True)), "")


def _list(title: str, table: Any, **more: Any) -> dict[str, Any]:
    usual = {"filter": None, "day": None, "unit": None, "may_found": False, "may_create": False, "met": False}
    return {"title": title, "table": table, **usual, **more}
