"""Accounts: listed, opened, given roles by hand, closed; and one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as dj
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.accounts import actions
from cunlian.accounts.factors import has_factor
from cunlian.accounts.models import RoleGrant, User
from cunlian.accounts.querysets import grants_given, staff_accounts
from cunlian.desk.accounts import forms, tables
from cunlian.desk.acting import REFUSED, NothingMore, act, page_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import NOT_HERE
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing, Text
from cunlian.places.models import on
from cunlian.ui.forms import submit
from cunlian.ui.pieces import MoveButton

GET_POST = ("GET", "POST")


@dataclass(frozen=True)
class Work:
    """Something an administrator does with an account. ``form`` is handed the actor where it offers places."""

    title: Text
    button: Text
    permission: str
    form: type[dj.Form]
    call: Callable[..., Any]
    lead: Text = ""


WORKS: dict[str, Work] = {
    "role": Work(_("Give a role by hand"), _("Give it"), "accounts.grant_role", forms.GrantForm, actions.grant_role),
    "password": Work(
        _("Give a new password"), _("Set it"), "accounts.set_password", forms.PasswordForm, actions.set_password,
        _("They choose another at the next log-in."),
    ),
    "factor": Work(
        _("Reset the second factor"), _("Reset it"), "accounts.reset_factor", NothingMore, actions.reset_factor,
        _("For somebody who lost their phone: it is set up anew at the next log-in."),
    ),
    "close": Work(
        _("Close the account"), _("Close it"), "accounts.deactivate_user", NothingMore, actions.deactivate_user,
        _("Nobody can log in with it any more. Roles and history stay."),
    ),
}  # fmt: skip


def _account_of(actor: Actor, pk: UUID) -> User:
    require(actor, "accounts.view")
    found: User | None = staff_accounts(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(NOT_HERE)
    return found


def _accounts(actor: Actor, query: QueryDict) -> tables.AccountTable:
    require(actor, "accounts.view")
    found = tables.AccountFilter(query or None, staff_accounts(actor))
    return tables.AccountTable(found.qs, filter=found)


def _roles(actor: Actor, query: QueryDict, pk: UUID) -> tables.RoleTable:
    grants = RoleGrant.objects.filter(user=_account_of(actor, pk)).select_related("place", "area")
    return tables.RoleTable(grants.order_by("-starts_on", "pk"), may_end=may(actor, "accounts.end_grant"))


ACCOUNTS = add_list("accounts", _("Accounts"), _accounts)
ROLES = add_list("account-roles", _("Roles"), _roles)


@require_GET
@ACCOUNTS.exported
def account_list(request: DeskRequest) -> HttpResponse:
    table = ACCOUNTS.page(request)
    context = {
        "title": _now("Accounts"), "filter": table.filter, "table": table,
        "may_create": may(request.actor, "accounts.create_user"),
    }  # fmt: skip
    return render(request, "desk/accounts/list.html", context)


@require_GET
@ROLES.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    user = _account_of(request.actor, pk)
    buttons = [
        MoveButton(work.title, reverse("desk:account_work", args=[user.pk, name]), "quiet")
        for name, work in WORKS.items()
        if user.is_active and (name == "role" or may(request.actor, work.permission, user))
    ]
    context = {
        "title": str(user), "account": user, "table": ROLES.page(request, pk=pk), "factor": has_factor(user),
        "buttons": buttons if may(request.actor, "accounts.grant_role") else [],
        "roleless": user.is_active and not RoleGrant.objects.filter(on(clock.today()), user=user).exists(),
        "crumbs": [(_now("Accounts"), reverse("desk:accounts")), (user.username, "")],
    }  # fmt: skip
    return render(request, "desk/accounts/detail.html", context)


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, "accounts.create_user")
    return act(
        request, forms.AccountForm(request.POST or None),
        lambda **values: actions.create_user(by=request.actor, **values), title=_("Open an account"),
        button=_("Open it"), back=reverse("desk:accounts"), lead=_("It has no role until its person holds a post."),
        done=_("The account is open."), then=page_of("desk:account_of"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def work(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """One row of ``WORKS`` for one account."""
    user = _account_of(request.actor, pk)
    if name not in WORKS:
        raise Missing(NOT_HERE)
    row = WORKS[name]
    require(request.actor, row.permission, None if name == "role" else user)
    more: dict[str, Any] = {"actor": request.actor} if issubclass(row.form, forms.PlacesForm) else {}
    form = row.form(request.POST if request.method == "POST" else None, **more)
    return act(
        request, form, lambda **values: row.call(user, by=request.actor, **values), title=row.title, button=row.button,
        back=reverse("desk:account_of", args=[user.pk]), about=str(user), lead=row.lead, done=_("It is done."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def close_grant(request: DeskRequest, pk: UUID) -> HttpResponse:
    grant: RoleGrant | None = grants_given(request.actor).filter(pk=pk).first()
    if grant is None:
        raise Missing(NOT_HERE)
    require(request.actor, "accounts.end_grant", grant)
    return act(
        request, forms.EndForm(request.POST or None),
        lambda ends_on: actions.end_grant(grant, by=request.actor, ends_on=ends_on), title=_("End the role"),
        button=_("End it"), back=reverse("desk:account_of", args=[grant.user_id]), lead=tables.role_text(grant),
        done=_("The role has ended."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def own(request: DeskRequest) -> HttpResponse:
    """One's own account: language, password, second factor, roles of today."""
    user = User.objects.filter(pk=str(request.actor.user_id)).first()
    assert user is not None  # the gate lets nobody else in
    form = forms.LanguageForm(request.POST or None, initial={"language": user.language})
    if submit(form, lambda language: actions.choose_language(user, by=request.actor, language=language)):
        return redirect("desk:account")
    grants = RoleGrant.objects.filter(on(clock.today()), user=user).select_related("place", "area")
    context = {"title": _now("My account"), "form": form, "factor": has_factor(user), "grants": grants}
    return render(request, "desk/accounts/own.html", context, status=REFUSED if form.errors else 200)
