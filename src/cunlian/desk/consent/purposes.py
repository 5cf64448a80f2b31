"""The purposes: the words people agree to, version by version, and which posts see what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act
from cunlian.desk.consent import forms
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.models import Post
from cunlian.people.consent.actions import add_text
from cunlian.people.consent.circumstances import end_viewer, name_viewer
from cunlian.people.consent.purposes import KINDS_FOR, all_purposes
from cunlian.people.models import Purpose, PurposeText, PurposeViewer

GET_POST = ("GET", "POST")
PAGE = "desk:purposes"


@dataclass(frozen=True)
class Row:
    """A purpose as drawn. ``viewers``: the posts, and which of them this reader may end."""

    purpose: Purpose
    text: PurposeText
    viewers: list[tuple[PurposeViewer, Post | None, bool]]
    keeps: bool
    listed: bool


def _rows(actor: Actor) -> list[Row]:
    purposes = list(all_purposes())  # those that came with the product are written on the first visit, with their words
    viewers = list(PurposeViewer.objects.visible_to(actor).filter(ends_on=None).select_related("place").order_by("pk"))
    keys = {one.post_id for one in viewers}
    posts = {
        post.pk: post for post in Post.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation")
    }
    texts: dict[UUID, PurposeText] = {}
    for text in PurposeText.objects.order_by("version"):
        texts[text.purpose_id] = text
    return [
        Row(
            purpose, texts[purpose.pk],
            [(one, posts.get(one.post_id), may(actor, "people.name_viewers", one)) for one in viewers
             if one.purpose_id == purpose.pk and one.post_id in posts],
            purpose.code in KINDS_FOR, purpose.code not in KINDS_FOR and not purpose.by_law,
        )
        for purpose in purposes
    ]  # fmt: skip


@require_GET
def page(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Purposes and consent"), "rows": _rows(request.actor),
        "may_print": may(request.actor, "people.print_consent_forms"), "print_form": forms.PrintForm(),
        "may_write": may(request.actor, "people.keep_purposes"), "may_name": may(request.actor, "people.name_viewers"),
    }  # fmt: skip
    return render(request, "desk/consent/purposes.html", context)


def purpose_of(code: str) -> Purpose:
    found = next((one for one in all_purposes() if one.code == code), None)
    if found is None:
        raise Missing(_("There is no such purpose. Go back to the list."))
    return found


@require_http_methods(GET_POST)
def new_text(request: DeskRequest, code: str) -> HttpResponse:
    found = purpose_of(code)
    require(request.actor, "people.keep_purposes", found)
    form = forms.TextForm(request.POST or None, initial={"text": found.current_text().text})
    return act(
        request, form, lambda text: add_text(found, by=request.actor, text=text), title=_("Write a new version"),
        button=_("Hold from now on"), lead=str(found), back=reverse(PAGE),
        done=_("The new words hold for whoever agrees from now on."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def new_viewer(request: DeskRequest, code: str) -> HttpResponse:
    found = purpose_of(code)
    require(request.actor, "people.name_viewers")
    form = forms.ViewerForm(request.POST or None, actor=request.actor, purpose=found)

    def name(post: Post) -> PurposeViewer:
        return name_viewer(by=request.actor, purpose=found.code, place=post.place, post_id=post.pk)

    return act(
        request, form, name, title=_("Name a post that may see it"), button=_("Name it"), lead=str(found),
        back=reverse(PAGE), done=_("The post is named. Everybody concerned can read that it is."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def close_viewer(request: DeskRequest, pk: UUID) -> HttpResponse:
    found: PurposeViewer = get_visible(PurposeViewer.objects.select_related("purpose", "place"), request.actor, pk)
    require(request.actor, "people.name_viewers", found)
    form = forms.NothingMore(request.POST if request.method == "POST" else None)
    post = Post.objects.visible_to(request.actor).filter(pk=found.post_id).for_list().first()
    return act(
        request, form, lambda: end_viewer(found, by=request.actor), title=_("The post sees it no more"),
        button=_("End it"), about=str(found.purpose), lead=f"{post or '—'} {found.place}", back=reverse(PAGE),
        done=_("The post sees nothing of it any more."),
    )  # fmt: skip
