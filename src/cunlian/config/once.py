"""A button pressed twice does it once, also where no script runs.

A form bears a token of its own each time it is drawn (the masked CSRF token). The same form with the same words sent again is
a second press: it is led to where the first one led and does nothing. What was answered with a page (a preview, a paper to
print, words that were refused) may be asked again; an action whose answer is a page carries a ``key`` and sees to it itself,
as all forms of the residents' door do.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from django.core.files import File
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cunlian.config.middleware import DESK, refused
from cunlian.kernel import presses
from cunlian.kernel.refusals import Conflict

TOKEN = "csrfmiddlewaretoken"
OWN_GUARD = frozenset({"key", "seen"})
PATIENCE = 5.0
"""Seconds a second press waits for the first."""


def once(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        name = _name(request)
        if not name:
            return respond(request)
        while not _take(name):
            led = _answer(name)
            if led == "":
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
    if not request.POST.get(TOKEN) or OWN_GUARD & (request.POST.keys() | request.GET.keys()):
        return ""
    said = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, _print(file)) for name, held in request.FILES.lists() for file in held)
    whole = repr((request.get_full_path(), said, files))
    return f"once:{hashlib.sha256(whole.encode()).hexdigest()}"


def _print(file: File[bytes]) -> str:
    """Of what is in it: a table put right often keeps its name and its size."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _take(name: str) -> bool:
    """In a transaction of its own: seen by a second press at once, and on SQLite in the queue of those who write."""
    with transaction.atomic():
        return presses.take(name)


def _first(request: HttpRequest, name: str, respond: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    led = ""
    try:
        response = respond(request)
        led = response.get("Location", "")
        return response
    finally:
        with transaction.atomic():
            presses.lead(name, led) if led else presses.give_back(name)


def _answer(name: str) -> str | None:
    """Where the first press led, as soon as it is known; None when it was given back meanwhile."""
    until = time.monotonic() + PATIENCE
    while (led := presses.led(name)) == "" and time.monotonic() < until:
        time.sleep(0.05)
    return led
