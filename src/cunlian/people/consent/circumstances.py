"""Circumstances: noted, looked at and ended by the posts that are named for their purpose, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.models import RoleGrant
from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.models import Look
from cunlian.kernel.records import change, lock, ref
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid, Missing
from cunlian.people.consent.purposes import KINDS_FOR, purpose_of
from cunlian.people.consent.questions import holds
from cunlian.people.models import Circumstance, CircumstanceKind, Person, PurposeViewer, Told
from cunlian.places.models import Place, on

LONGEST = timedelta(days=366)


@transaction.atomic
def name_viewer(*, by: Actor, purpose: str, place: Place, post_id: UUID) -> PurposeViewer:
    """From today whoever holds the post sees the circumstances kept for ``purpose`` at ``place`` and below. The post must
    carry a role there."""
    require(by, "people.name_viewers", place)
    kept_for = purpose_of(purpose)
    if kept_for.code not in KINDS_FOR:
        raise Invalid(_("No circumstances are kept for this purpose."), field="purpose")
    above = [place.code[:length] for length in (2, 4, 6, 9, 12, 15) if length <= len(place.code)]
    if not RoleGrant.objects.filter(on(clock.today()), post_id=post_id, place__code__in=above).exists():
        raise Invalid(_("Nobody holds this post at this place today. Choose a post that works here."), field="post")
    named = {"purpose": kept_for, "post_id": post_id, "place": place}
    if PurposeViewer.objects.filter(ends_on=None, **named).exists():
        raise Conflict(_("This post is named for this purpose already."), field="post")
    viewer = PurposeViewer.objects.create(starts_on=clock.today(), **named)
    log.record(by, "people.viewer_named", viewer, changed={"post": (None, post_id), "purpose": (None, kept_for.code)})
    return viewer


@transaction.atomic
def end_viewer(viewer: PurposeViewer, *, by: Actor) -> PurposeViewer:
    """From now on the post sees nothing of it any more."""
    viewer = lock(viewer)
    require(by, "people.name_viewers", viewer)
    if viewer.ends_on:
        return viewer
    changed = change(viewer, ends_on=clock.today())
    log.record(by, "people.viewer_ended", viewer, changed=changed)
    return viewer


def _checked(person: Person, purpose: str, kind: str, words: str, ends_on: date) -> Told:
    if kind not in KINDS_FOR.get(purpose, ()):
        raise Invalid(_("This is not kept for this purpose. Choose one of the listed circumstances."), field="kind")
    if not holds(person, purpose):
        raise Invalid(
            _("The person has not agreed to this purpose. Ask them first and enter their consent."), field="purpose"
        )
    if not clock.today() < ends_on <= clock.today() + LONGEST:
        raise Invalid(
            _("Choose the day until which it is kept, within a year. Then look again whether it still holds."),
            field="ends_on",
        )
    if len(words) > 500:
        raise Invalid(_("Write only what whoever helps must know, at most 500 characters."), field="words")
    return Told(CircumstanceKind(kind), " ".join(words.split()))


@transaction.atomic
def note_circumstance(
    person: Person, *, by: Actor, purpose: str, kind: str, ends_on: date, words: str = ""
) -> Circumstance:
    """Kept for the purpose until ``ends_on`` (exclusive, within a year), on the person's consent or a duty in law. Only a
    post that is named for the purpose there notes it."""
    person = lock(person)
    kept_for = purpose_of(purpose)
    require(by, "people.note_circumstance", person)
    if not by.is_system and not PurposeViewer.objects.over(person, kept_for).filter(post_id__in=by.post_ids).exists():
        raise Forbidden(_("Your post is not named for this purpose here. The township names who may see it."))
    told = _checked(person, purpose, kind, words, ends_on)
    noted = Circumstance.objects.create(
        person=person, purpose=kept_for, sealed=told.seal(), post_id=by.post_id, noted_at=clock.now(), ends_on=ends_on
    )
    log.record(by, "people.circumstance_noted", noted, changed={"ends_on": (None, ends_on)})
    return noted


def _kept(circumstance: Circumstance, by: Actor) -> Circumstance:
    """Locked, or Missing for whoever may not see it: its basis may have ended a moment ago."""
    found = Circumstance.objects.visible_to(by).filter(pk=circumstance.pk).first()
    if found is None:
        raise Missing(_("This is not kept any more, or not for your post."))
    return lock(found)


@transaction.atomic
def look_at_circumstance(circumstance: Circumstance, *, by: Actor, purpose: str) -> Told:
    """What it says, for a reason the person will read."""
    found = _kept(circumstance, by)
    require(by, "people.see_circumstance", found)
    if len(purpose.strip()) < 2:
        raise Invalid(_("Please say what you need it for. The person will read this."), field="purpose")
    about_kind, about_id = ref(found)
    Look.objects.create(
        person_id=found.person_id, actor_id=by.user_id, post_id=by.post_id, fields="circumstance",
        purpose=purpose.strip()[:200], about_kind=about_kind, about_id=about_id, happened_at=clock.now(),
    )  # fmt: skip
    log.record(by, "people.circumstance_seen", found)
    return found.told


@transaction.atomic
def end_circumstance(circumstance: Circumstance, *, by: Actor) -> None:
    """It holds no more: gone at once, words and all. The log keeps that something was kept and until when."""
    found = _kept(circumstance, by)
    require(by, "people.end_circumstance", found)
    log.record(by, "people.circumstance_ended", found)
    found.delete()
