"""Who is asking, whether the desk is open to them, and what a refusal looks like: once for every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from cunlian.accounts.actors import actor_of
from cunlian.accounts.factors import has_factor, has_shown_factor
from cunlian.accounts.models import User
from cunlian.accounts.querysets import administrators
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Forbidden, Refusal
from cunlian.people.models import Person
from cunlian.ui.htmx import render_page

Respond = Callable[[HttpRequest], HttpResponse]
DESK = "/desk/"
POLICY = "; ".join(
    (
        "default-src 'self'",
        # Pictures drawn in the address (a sketch, the theme's icons), and those chosen for a form before they are sent.
        "img-src 'self' data: blob:",
        # Widths of bars stand in attributes; a style sheet comes from here. Browsers that do not know the two read the first.
        "style-src 'self' 'unsafe-inline'",
        "style-src-elem 'self'",
        "style-src-attr 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""What a page may load and where it may send: whatever somebody smuggles into one runs nowhere."""


def content_policy(respond: Respond) -> Respond:
    """Say ``POLICY`` with every answer that has no stricter one of its own. (Django 6 has a middleware for it.)"""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def _actor(request: HttpRequest) -> Actor:
    user = request.user
    if isinstance(user, User) and not user.is_resident and (user.password_given or not has_shown_factor(request, user)):
        # Half logged in: known, but with no role anywhere until the second factor is shown and the password is their own.
        return Actor("user", user_id=user.pk)
    return actor_of(user, Person.objects.of_user(user.pk))


def actor(respond: Respond) -> Respond:
    """Put ``request.actor``: the account's person and its grants of today, resolved once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return respond(request)

    return middleware


def language(respond: Respond) -> Respond:
    """The language stored with the account, until this browser has chosen one itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        if chosen and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return respond(request)

    return middleware


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says the sentence and the way back."""
    context: dict[str, Any] = {"refusal": refusal, "back": request.META.get("HTTP_REFERER", "/")}
    return render_page(request, "ui/refused.html", context, fragment="sentence", status=refusal.status)


def _send(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A redirect that takes the whole page with it, also when a fragment was asked for."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(response["Location"])
    return response


def _first(request: HttpRequest, name: str) -> HttpResponse:
    """To the page ``name``, and from there to where they were going."""
    return _send(request, redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"))


def _closed(request: HttpRequest) -> HttpResponse | None:
    """Why the desk does not open, as a page or a redirect; None when it does."""
    user = request.user
    if not isinstance(user, User):
        return _send(request, redirect_to_login(request.get_full_path()))
    if user.is_resident:
        return refused(request, Forbidden(_("These pages are for staff. Your own requests are on the first page.")))
    if not has_shown_factor(request, user):
        name = "mfa_reauthenticate" if has_factor(user) else "mfa_activate_totp"
        return _first(request, name)
    if user.password_given:
        return _first(request, "account_change_password")
    if not request.actor.grants:  # type: ignore[attr-defined]
        return render(request, "account/no_territory.html", {"administrators": administrators()}, status=403)
    return None


def staff_gate(respond: Respond) -> Respond:
    """Everything under /desk/ is for staff who have shown their second factor and hold a post."""

    def middleware(request: HttpRequest) -> HttpResponse:
        closed = _closed(request) if request.path.startswith(DESK) else None
        return closed or respond(request)

    return middleware


class refusals:
    """Answer a refusal no view has put beside its field with a page that says the sentence and the way back."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return refused(request, error)
