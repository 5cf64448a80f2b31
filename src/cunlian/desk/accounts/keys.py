"""Keys for programs: made, shown once, revoked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.accounts.actions import make_service_key, revoke_service_key
from cunlian.accounts.models import ServiceKey
from cunlian.accounts.querysets import service_keys
from cunlian.desk.accounts import forms
from cunlian.desk.accounts.tables import KeyTable
from cunlian.desk.acting import REFUSED, NothingMore, act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.presses import make_once
from cunlian.kernel.refusals import Conflict, Missing
from cunlian.organisations.actions import make_post_key
from cunlian.organisations.models import Post
from cunlian.places.models import Place
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")


def _keys(actor: Actor, query: QueryDict) -> KeyTable:
    require(actor, "accounts.view")
    found = service_keys(actor)
    posts = (
        Post.objects.visible_to(actor).filter(pk__in=found.order_by().values("post_id")).select_related("organisation")
    )
    return KeyTable(found, posts={post.pk: post for post in posts}, may_make=may(actor, "accounts.make_key"))


KEYS = add_list("keys", _lazy("Keys for programs"), _keys)


@require_GET
@KEYS.exported
def key_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _("Keys for programs"), "table": KEYS.page(request),
        "may_make": may(request.actor, "accounts.make_key"),
        "crumbs": [(_("Accounts"), reverse("desk:accounts")), (_("Keys for programs"), "")],
    }  # fmt: skip
    return render(request, "desk/accounts/keys.html", context)


def _make(
    by: Actor, *, key: UUID | None, post: Post | None, place: Place, role: str, **values: Any
) -> tuple[ServiceKey, str]:
    def make() -> tuple[ServiceKey, str]:
        if post:
            return make_post_key(post, by=by, **values)
        return make_service_key(by=by, place=place, role=role, **values)

    made = make_once(str(key or ""), make)
    if made is None:
        raise Conflict(
            _("The key was made already, and its secret shown. If you did not see it, revoke the key and make another.")
        )
    return made


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    """The answer to the form shows the secret, this once: it is kept nowhere, not in the session either."""
    require(request.actor, "accounts.make_key")
    form = forms.KeyForm(request.POST or None, actor=request.actor)
    made = submit(form, lambda **values: _make(request.actor, **values))
    if made:
        response = render(request, "desk/accounts/secret.html", {"title": made[0].name, "secret": made[1]})
        response.headers["Cache-Control"] = "no-store"
        return response
    context = {"title": _("Make a key"), "form": form, "button": _("Make it"), "back": reverse("desk:keys"), "lead": ""}
    return render(request, "desk/act.html", context, status=REFUSED if form.errors else 200)


@require_http_methods(GET_POST)
def revoke(request: DeskRequest, pk: UUID) -> HttpResponse:
    key: ServiceKey | None = service_keys(request.actor).filter(pk=pk).first()
    if key is None:
        raise Missing(NOT_HERE)
    require(request.actor, "accounts.revoke_key", key)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: revoke_service_key(key, by=request.actor), title=_("Revoke the key"), button=_("Revoke it"),
        back=reverse("desk:keys"), lead=key.name, done=_("The key is refused from now on."),
    )  # fmt: skip
