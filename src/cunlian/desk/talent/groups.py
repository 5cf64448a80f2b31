"""Advisory groups: all of them, one with its members, set up, seats begun and ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act, page_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.talent import forms
from cunlian.desk.talent.listing import crumbs
from cunlian.desk.talent.tables import GroupTable, MemberTable
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.talent.models import AdvisoryGroup, AdvisoryMember
from cunlian.talent.register import actions

GET_POST = ("GET", "POST")


def group_of(actor: Actor, pk: UUID) -> AdvisoryGroup:
    found: AdvisoryGroup = get_visible(AdvisoryGroup.objects.for_list(), actor, pk)
    return found


def _groups(actor: Actor, query: QueryDict) -> GroupTable:
    return GroupTable(AdvisoryGroup.objects.visible_to(actor).for_list())


def _members(actor: Actor, query: QueryDict, pk: UUID) -> MemberTable:
    one = group_of(actor, pk)
    rows = AdvisoryMember.objects.visible_to(actor).filter(group=one).shown().for_list()
    return MemberTable(rows, may_keep=may(actor, "talent.keep_groups", one))


GROUPS = add_list("advisory-groups", _("Advisory groups"), _groups)
MEMBERS = add_list("advisory-members", _("Members of an advisory group"), _members)


@require_GET
@GROUPS.exported
def group_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _now("Advisory groups"), "table": GROUPS.page(request), "crumbs": crumbs(),
        "may_keep": may(request.actor, "talent.keep_groups"),
    }  # fmt: skip
    return render(request, "desk/talent/groups.html", context)


@require_GET
@MEMBERS.exported
def group(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = group_of(request.actor, pk)
    context = {
        "title": one.name, "group": one, "table": MEMBERS.page(request, pk=pk),
        "may_keep": one.ends_on is None and may(request.actor, "talent.keep_groups", one),
        "crumbs": crumbs((_now("Advisory groups"), reverse("desk:advisory_groups")), (one.name, "")),
    }  # fmt: skip
    return render(request, "desk/talent/group.html", context)


def _page(one: AdvisoryGroup) -> str:
    return reverse("desk:advisory_group", args=[one.pk])


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, "talent.keep_groups")
    return act(
        request, forms.GroupForm(request.POST or None, actor=request.actor),
        lambda **said: actions.found_group(by=request.actor, **said),
        title=_now("Set up an advisory group"), button=_("Set it up"), back=reverse("desk:advisory_groups"),
        done=_("The group is set up. Now its members, drawn from the register."),
        then=page_of("desk:advisory_group"),
        lead=_("It advises. Decisions over the assets of a village stay with the village."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def seat(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = group_of(request.actor, pk)
    require(request.actor, "talent.keep_groups", one)
    return act(
        request, forms.SeatForm(request.POST or None, group=one, actor=request.actor),
        lambda **said: actions.seat_member(one, by=request.actor, **said),
        title=_now("Name a member"), button=_now("Name a member"), back=_page(one),
        done=_("The member is named."), lead=one.name,
    )  # fmt: skip


@require_http_methods(GET_POST)
def unseat(request: DeskRequest, pk: UUID) -> HttpResponse:
    member: AdvisoryMember = get_visible(AdvisoryMember.objects.shown().for_list(), request.actor, pk)
    require(request.actor, "talent.keep_groups", member)
    return act(
        request, forms.EndForm(request.POST or None), lambda **said: actions.unseat_member(member, by=request.actor, **said),
        title=_now("A member leaves"), button=_("End the seat"), back=_page(member.group), done=_("The seat has ended."),
        lead=member.entry.person.masked_name,
    )  # fmt: skip


@require_http_methods(GET_POST)
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = group_of(request.actor, pk)
    require(request.actor, "talent.keep_groups", one)
    return act(
        request, forms.EndForm(request.POST or None), lambda **said: actions.end_group(one, by=request.actor, **said),
        title=_now("End the group"), button=_("End it"), back=_page(one), about=one.name,
        done=_("The group and its seats have ended."),
        lead=_("Every seat in it ends the same day. What was stays on record."),
    )  # fmt: skip
