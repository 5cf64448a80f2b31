"""What a visitor without an account carries along: their village, and receipts shown to be theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cunlian.cases.receipts import Held, held_by, receipts_of
from cunlian.kernel.access import ANONYMOUS, Actor
from cunlian.people.models import Person
from cunlian.places.models import District, Place

VILLAGE = "village"
RECEIPTS = "receipts"
MADE = "made"
WANTED = "wanted_page"
KEPT = 20
A_YEAR = 365 * 24 * 3600


def chosen_village(request: HttpRequest, district: District) -> Place | None:
    """The village of the cookie, else that of whoever is logged in, while the district counts it."""
    code = request.COOKIES.get(VILLAGE, "")
    if not (code.isascii() and code.isdigit()):
        person = person_of(request)
        if person is None or person.place is None:
            return None
        code = person.place.code
    return district.counted().with_path().filter(code=code).first()


def remember_village(response: HttpResponse, village: Place) -> None:
    response.set_cookie(
        VILLAGE,
        village.code,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def chosen_language(request: HttpRequest) -> str:
    """What this browser was set to, where it is not Chinese and no account keeps it: the language of messages."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = chosen in dict(settings.LANGUAGES) and chosen != settings.LANGUAGE_CODE
    return chosen if known and not getattr(request.user, "language", "") else ""


def _known(request: HttpRequest, name: str) -> list[str]:
    kept: Any = request.session.get(name, [])
    return [str(receipt) for receipt in kept] if isinstance(kept, list) else []


def known_receipts(request: HttpRequest) -> list[str]:
    """Receipts this session has shown to be its own, of whatever kind."""
    return _known(request, RECEIPTS)


def remember_receipt(request: HttpRequest, receipt: str, *, made: bool = False) -> None:
    """From now on this session may open the receipt; ``made``: it was written here."""
    for name in (RECEIPTS, MADE) if made else (RECEIPTS,):
        rest = [known for known in _known(request, name) if known != receipt]
        request.session[name] = [receipt, *rest][:KEPT]


def forget_receipts(request: HttpRequest) -> None:
    for name in (RECEIPTS, MADE):
        request.session.pop(name, None)


def made_here(request: HttpRequest, receipt: str) -> bool:
    return receipt in _known(request, MADE)


def to_log_in(request: HttpRequest) -> HttpResponse:
    """To the log-in, and after it back to the page that was asked for: a message may have brought them to it."""
    if request.method == "GET":
        request.session[WANTED] = request.get_full_path()
    return redirect("resident:enter")


def wanted_page(request: HttpRequest) -> str:
    """What ``to_log_in`` was to lead back to, once; else one's own requests."""
    return str(request.session.pop(WANTED, "")) or reverse("resident:mine")


def person_of(request: HttpRequest) -> Person | None:
    """The person the account in use belongs to."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    if actor.user_id is None:
        return None
    return Person.objects.living_file().filter(user_id=actor.user_id).select_related("place").first()


def _person_id(request: HttpRequest) -> UUID | None:
    person = person_of(request)
    return person.pk if person else None


def actor_of_visitor(request: HttpRequest, proofs: frozenset[UUID] = frozenset()) -> Actor:
    """The visitor as a resident: whoever holds a post as well does not speak here with the post's rights."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return replace(actor, person_id=_person_id(request), grants=(), post_id=None, proofs=proofs)


def held(request: HttpRequest) -> list[Held]:
    """All that this visitor may open, newest first: proven receipts, and with an account what is theirs."""
    receipts = {*_known(request, RECEIPTS), *receipts_of(_person_id(request))}
    return held_by(sorted(receipts)) if receipts else []


def open_receipt(request: HttpRequest, receipt: str, *, to_move: bool = False) -> tuple[Held, Actor]:
    """The record behind ``receipt`` and the actor who may act on it. 404 for receipts this visitor has not shown to be
    theirs: foreign and absent look alike. Whoever joined a case has proof of that alone: they read along, and may say as
    neighbours whether it is fixed."""
    if receipt in _known(request, RECEIPTS) or receipt in receipts_of(_person_id(request)):
        for found in held_by([receipt], to_move=to_move):
            proved = found.joined or found.case
            return found, actor_of_visitor(request, frozenset({proved.pk}))
    raise Http404
