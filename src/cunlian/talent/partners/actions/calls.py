"""A call: drawn up, its reviewers named, published, closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import new_receipt
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Post
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.places.models import Area, Place, require_module
from cunlian.talent.models import PartnerCall, Reviewer
from cunlian.talent.partners.states import CALL_MOVES, CallState
from cunlian.talent.rules import MODULE

REVIEWERS = 2
"""At least so many review, so that nobody decides alone."""


def _clean(name: str, paper: str, paper_on: date, wanted: str, offered: str, open_until: date) -> dict[str, Any]:
    if not name.strip():
        raise Invalid(_("Please write what the call is called."), field="name")
    if not paper.strip():
        raise Invalid(_("Name the paper that decides it, with its number or its day."), field="paper")
    if not wanted.strip():
        raise Invalid(_("Please write who is wanted."), field="wanted")
    if not offered.strip():
        raise Invalid(_("Please write what is offered."), field="offered")
    if open_until < clock.today():
        raise Invalid(_("The last day has passed already. Choose a later one."), field="open_until")
    return {
        "name": name.strip(), "paper": paper.strip(), "paper_on": paper_on, "wanted": wanted.strip(),
        "offered": offered.strip(), "open_until": open_until,
    }  # fmt: skip


def _unused_number() -> str:
    while PartnerCall.objects.filter(number=(number := new_receipt(f"{clock.today():%y%m}"))).exists():
        continue
    return number


@transaction.atomic
def draw_call(
    *,
    by: Actor,
    place: Place,
    name: str,
    paper: str,
    paper_on: date,
    wanted: str,
    offered: str,
    open_until: date,
    area: Area | None = None,
    invented: bool = False,
) -> PartnerCall:
    """A draft for a village, or for what lies above it; ``area``: for its villages together."""
    call = PartnerCall(place=place, area=area, invented=invented, number=_unused_number())
    require(by, "partners.keep_calls", call)
    require_module(place, MODULE)
    for field, value in _clean(name, paper, paper_on, wanted, offered, open_until).items():
        setattr(call, field, value)
    call.save(force_insert=True)
    log.record(by, "partners.call_drawn", call)
    return call


@transaction.atomic
def correct_call(call: PartnerCall, *, by: Actor, **said: Any) -> PartnerCall:
    """Change the words of a draft. What is published stays as it was read."""
    call = lock(call)
    require(by, "partners.keep_calls", call)
    if call.state != CallState.DRAFT:
        raise Conflict(_("The call is published. Close it and draw up a new one instead."))
    changed = change(call, **_clean(**said))
    log.record(by, "partners.call_corrected", call, changed=changed)
    return call


@transaction.atomic
def name_reviewer(call: PartnerCall, *, by: Actor, post: Post) -> Reviewer:
    """A post that reviews. From now on its holder sees the applications, those there already included."""
    call = lock(call)
    require(by, "partners.keep_calls", call)
    CALL_MOVES.check(call, "name_reviewer")
    if post.place.code[:COUNTY_DIGITS] != call.place.code[:COUNTY_DIGITS]:
        raise Invalid(_("This post is of another county."), field="post")
    if call.reviewers.filter(post=post).exists():
        raise Conflict(_("This post reviews it already."), field="post")
    reviewer = Reviewer.objects.create(call=call, post=post)
    log.record(by, "partners.reviewer_named", call, changed={"post": (None, post.pk)})
    return reviewer


@transaction.atomic
def publish(call: PartnerCall, *, by: Actor) -> PartnerCall:
    """On the residents' site from now until its last day."""
    call = lock(call)
    require(by, "partners.keep_calls", call)
    CALL_MOVES.check(call, "publish")
    if call.reviewers.count() < REVIEWERS:
        raise Invalid(_("Name at least two reviewers first, so that nobody decides alone."))
    if call.open_until < clock.today():
        raise Invalid(_("The last day has passed already. Choose a later one."))
    changed = CALL_MOVES.apply(call, "publish", published_on=clock.today())
    log.record(by, "partners.call_published", call, changed=changed)
    return call


@transaction.atomic
def close(call: PartnerCall, *, by: Actor) -> PartnerCall:
    """No more applications. Those that came are reviewed to the end."""
    call = lock(call)
    require(by, "partners.keep_calls", call)
    changed = CALL_MOVES.apply(call, "close", closed_on=clock.today())
    log.record(by, "partners.call_closed", call, changed=changed)
    return call
