"""Founding units, filling posts, assigning duties, arranging stand-ins: each a form of its own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import REFUSED, NothingMore, act, page_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility import forms
from cunlian.desk.responsibility.asked import seat_in
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import require
from cunlian.kernel.refusals import Missing
from cunlian.organisations import actions
from cunlian.organisations.models import Duty, Leaving, Organisation, Post, Posting, StandIn
from cunlian.places.models import District
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")


def _post_of(request: DeskRequest, pk: UUID) -> Post:
    return get_visible(Post.objects.for_list(), request.actor, pk)


def _page(post: Post) -> str:
    return reverse("desk:post", args=[post.pk])


@require_http_methods(GET_POST)
def found(request: DeskRequest) -> HttpResponse:
    require(request.actor, "organisations.found")
    form = forms.UnitForm(request.POST or None, actor=request.actor, root=District.current().root)
    return act(
        request, form, lambda **values: actions.found_organisation(by=request.actor, **values),
        title=_("Found a unit"), button=_("Found it"), back=reverse("desk:units"), done=_("The unit is founded."),
        then=page_of("desk:unit"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def new_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    unit: Organisation = get_visible(Organisation.objects.for_list(), request.actor, pk)
    require(request.actor, "organisations.create_post", seat_in(unit))
    form = forms.PostForm(request.POST or None, unit=unit, actor=request.actor)
    return act(
        request, form, lambda **values: actions.create_post(by=request.actor, organisation=unit, **values),
        title=_("Create a post"), button=_("Create it"), back=reverse("desk:unit", args=[unit.pk]), lead=unit.name,
        done=_("The post is created. Appoint somebody now."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def appoint_person(request: DeskRequest, pk: UUID) -> HttpResponse:
    """First a search by name or phone, then the person from what it found; names are shown masked."""
    post = _post_of(request, pk)
    require(request.actor, "organisations.appoint", post)
    text = request.POST.get("q", request.GET.get("q", ""))
    people = forms.candidates(request.actor, text)
    form = forms.AppointForm(request.POST or None, found=people, actor=request.actor)
    posting = submit(form, lambda **said: actions.appoint(post, by=request.actor, **said)) if form.is_bound else None
    if posting is not None:
        return redirect(_page(post))
    context = {"title": _("Appoint somebody"), "post": post, "form": form, "text": text, "people": people}
    return render(request, "desk/responsibility/appoint.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(GET_POST)
def join_account(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say which account belongs to whoever holds the post today; the roles of their posts follow."""
    post = _post_of(request, pk)
    posting = Posting.objects.visible_to(request.actor).on(clock.today()).filter(post=post).first()
    if posting is None:
        raise Missing(_("Nobody holds this post today. Appoint somebody first."))
    require(request.actor, "people.link_account", posting.person)
    return act(
        request, forms.JoinForm(request.POST or None),
        lambda username: actions.join_account(posting.person, username, by=request.actor),
        title=_("Join an account"), button=_("Join it"), back=_page(post), lead=str(post),
        done=_("The account is joined. It has the roles of this person's posts."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def new_duty(request: DeskRequest, pk: UUID) -> HttpResponse:
    post = _post_of(request, pk)
    require(request.actor, "organisations.assign_duty", post)
    form = forms.DutyForm(request.POST or None, post=post, actor=request.actor)
    return act(
        request, form, lambda **values: actions.assign_duty(post, by=request.actor, **values),
        title=_("Assign a duty"), button=_("Assign it"), back=_page(post), lead=str(post),
        done=_("The duty is assigned. Gaps it covers are closed."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def new_stand_in(request: DeskRequest, pk: UUID) -> HttpResponse:
    post = _post_of(request, pk)
    require(request.actor, "organisations.arrange_stand_in", post)
    form = forms.StandInForm(request.POST or None, post=post, actor=request.actor)
    return act(
        request, form, lambda **values: actions.arrange_stand_in(post, by=request.actor, **values),
        title=_("Arrange a stand-in"), button=_("Arrange it"), back=_page(post), lead=str(post),
        done=_("The stand-in is arranged."),
    )  # fmt: skip


def _day_form(request: DeskRequest, starts_on: date) -> forms.EndForm:
    """Today is offered, or the first day of what is still ahead: it then never begins."""
    return forms.EndForm(request.POST or None, initial={"ends_on": max(clock.today(), starts_on)})


def _end(request: DeskRequest, post: Post, call: Any, title: str, form: Any, then: Any = None) -> HttpResponse:
    return act(
        request, form, call, title=title, button=_("End it"), back=_page(post), lead=str(post), done=_("It has ended."),
        then=then,
    )  # fmt: skip


@require_http_methods(GET_POST)
def close_duty(request: DeskRequest, pk: UUID) -> HttpResponse:
    duty: Duty = get_visible(Duty.objects.for_list(), request.actor, pk)
    require(request.actor, "organisations.end_duty", duty)
    return _end(
        request, duty.post, lambda ends_on: actions.end_duty(duty, by=request.actor, ends_on=ends_on),
        _("End the duty"), _day_form(request, duty.starts_on),
    )  # fmt: skip


def _handing_over(request: DeskRequest, ended: Posting) -> str:
    """The page where the work goes on: what is to be handed over, if they held it at all."""
    leaving = Leaving.objects.visible_to(request.actor).filter(posting=ended).first()
    return reverse("desk:leaving", args=[leaving.pk]) if leaving else _page(ended.post)


@require_http_methods(GET_POST)
def close_posting(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: Posting = get_visible(Posting.objects.for_detail(), request.actor, pk)
    require(request.actor, "organisations.end_posting", row)
    return _end(
        request, row.post, lambda ends_on: actions.end_posting(row, by=request.actor, ends_on=ends_on),
        _("End the posting"), _day_form(request, row.starts_on), lambda ended: _handing_over(request, ended),
    )  # fmt: skip


@require_http_methods(GET_POST)
def close_stand_in(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: StandIn = get_visible(StandIn.objects.select_related("post__organisation"), request.actor, pk)
    require(request.actor, "organisations.end_stand_in", row)
    return _end(
        request, row.post, lambda: actions.end_stand_in(row, by=request.actor), _("End the standing in"),
        NothingMore(request.POST if request.method == "POST" else None),
    )  # fmt: skip
