"""A button pressed twice does it once, also where no script runs.

A form bears a token of its own each time it is drawn (the masked CSRF token). The same form with the same words sent again is
a second press: it is led to where the first one led and does nothing. Forms with a ``key``, as all of the residents' door,
see to it themselves.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cunlian.config.middleware import DESK, refused
from cunlian.kernel.refusals import Conflict

TOKEN = "csrfmiddlewaretoken"
OWN_GUARD = frozenset({"key", "seen"})
KEPT = 300
"""Seconds: much longer than anybody presses twice, and short enough that nothing piles up."""
PATIENCE = 5.0
UNDER_WAY, SHOWN = "", "-"
"""What stands under a form's name until its answer is known; and where the answer led nowhere but was a page."""


def once(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        name = _name(request)
        if not name:
            return respond(request)
        while not cache.add(name, UNDER_WAY, KEPT):
            led = _answer(name)
            if led == SHOWN or led == UNDER_WAY:
                return refused(
                    request, Conflict(_("This was sent already. Open the page again to see what came of it."))
                )
            if led:
                return HttpResponseRedirect(led)
        return _first(request, name, respond)

    return middleware


def _name(request: HttpRequest) -> str:
    """What tells this form, as it was drawn and filled in, from every other; empty where nothing is to be done once."""
    if request.method != "POST" or not request.path.startswith(DESK):
        return ""
    if not request.POST.get(TOKEN) or OWN_GUARD & request.POST.keys():
        return ""
    said = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, held in request.FILES.lists() for file in held)
    whole = repr((request.get_full_path(), said, files))
    return f"once:{hashlib.sha256(whole.encode()).hexdigest()}"


def _first(request: HttpRequest, name: str, respond: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """What was refused, or failed, may be sent again."""
    led = None
    try:
        response = respond(request)
        led = response.get("Location", SHOWN) if response.status_code < 400 else None
        return response
    finally:
        if led is None:
            cache.delete(name)
        else:
            cache.set(name, led, KEPT)


def _answer(name: str) -> str | None:
    """Where the first press led, as soon as it is known; None when it was refused meanwhile."""
    until = time.monotonic() + PATIENCE
    while (led := cache.get(name)) == UNDER_WAY and time.monotonic() < until:
        time.sleep(0.05)
    return None if led is None else str(led)
