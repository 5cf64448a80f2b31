"""Every failure as application/problem+json (RFC 9457): a sentence in the caller's language, never a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from cunlian.kernel.refusals import Refusal

MEDIA_TYPE = "application/problem+json"
API = "/api/"

# What Django and the framework answer by themselves, before or instead of our code.
_PLAIN: dict[int, tuple[str, LazyText]] = {
    400: ("unreadable", gettext_lazy("The body cannot be read. Send JSON as the description says.")),
    403: ("forbidden", gettext_lazy("This is not allowed here.")),
    404: ("not-found", gettext_lazy("There is nothing at this address. /api/v1/openapi.json lists all addresses.")),
    405: ("method-not-allowed", gettext_lazy("This address does not take this method. “Allow” lists those it takes.")),
    413: ("too-large", gettext_lazy("The body is too large.")),
}
_FAULT = ("fault", gettext_lazy("Something went wrong with us, not with your call. It is noted; try again later."))

# The framework's kinds of unreadable values, in plain words; all others are just unreadable.
_REASONS: dict[str, LazyText] = {
    "missing": gettext_lazy("is missing"),
    "string_too_long": gettext_lazy("is too long"),
    "uuid_parsing": gettext_lazy("is no UUID"),
    "uuid_type": gettext_lazy("is no UUID"),
    "enum": gettext_lazy("is none of the listed values"),
    "timezone_aware": gettext_lazy("needs a time zone, e.g. +08:00"),
    "less_than_equal": gettext_lazy("is too large"),
    "greater_than_equal": gettext_lazy("is too small"),
    "int_parsing": gettext_lazy("is no whole number"),
    "int_type": gettext_lazy("is no whole number"),
    "string_type": gettext_lazy("is no text"),
}
_UNREADABLE = gettext_lazy("cannot be read")


def problem(status: int, code: str, sentence: str, **more: Any) -> HttpResponse:
    body = {"type": f"/api/v1/problems/{code}", "title": code, "status": status, "detail": sentence, **more}
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=f"{MEDIA_TYPE}; charset=utf-8"
    )


def plain(status: int) -> HttpResponse:
    code, sentence = _PLAIN.get(status, _FAULT if status >= 500 else _PLAIN[400])
    return problem(status, code, str(sentence))


def _field(item: dict[str, Any]) -> dict[str, str]:
    """``loc`` is where it was sent (query, path, body), for a body the name of our parameter, and then the field."""
    where, *names = item["loc"]
    if where == "body" and len(names) > 1:
        names = names[1:]
    return {"field": ".".join(map(str, names)), "reason": str(_REASONS.get(item["type"], _UNREADABLE))}


def install(api: NinjaAPI) -> None:
    """Hand the ways a call can fail to ``problem``."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        more = {"field": error.field} if error.field else {}
        response = problem(error.status, error.code, str(error.sentence), **more)
        if error.status == 429:
            response.headers["Retry-After"] = "60"
        return response

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(401, "unauthorised", _("Send a valid key: Authorization: Bearer …"))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = [_field(item) for item in error.errors]
        return problem(422, "invalid", _("Some values cannot be read. See “fields”."), fields=fields)

    @api.exception_handler(HttpError)
    def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
        return plain(error.status_code)


def problems(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whatever fails under /api/ outside our handlers (an unknown address, a method that is not taken, a fault) is a
    problem as well, and nothing from there is kept on the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not request.path.startswith(API):
            return response
        if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            answered = plain(response.status_code)
            if "Allow" in response.headers:
                answered.headers["Allow"] = response.headers["Allow"]
            response = answered
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
