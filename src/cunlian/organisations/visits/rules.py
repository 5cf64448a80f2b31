"""Who notes visits; what the people visited are told, and how it goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import SYSTEM, Actor, add_permission
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.holdings import Held, add_teller, facts
from cunlian.kernel.promises import add_promise_kind
from cunlian.kernel.threads import PublicLine, add_public_line
from cunlian.kernel.ticks import add_tick
from cunlian.organisations.models import VisitMember, VisitNote
from cunlian.organisations.visits.actions import erase_visits
from cunlian.organisations.visits.actions.note import PROMISED
from cunlian.organisations.visits.models import Words
from cunlian.people.consent.masking import Mask, mask_of

VISITORS = (
    Role.GRID_WORKER, Role.LANE_LEADER, Role.SOCIAL_WORKER, Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF,
    Role.COUNTY_STAFF, Role.COUNTY_LEADER,
)  # fmt: skip


def from_own_post(actor: Actor, note: VisitNote) -> bool:
    return note.post_id in actor.post_ids


_NOT_YOURS = _("A visit is noted from a post of one's own, where it works.")

add_permission("organisations.note_visit", _("note a visit"), *VISITORS, where=from_own_post, reason=_NOT_YOURS)
add_permission(
    "organisations.follow_up_visit", _("do what was promised at a visit"), *VISITORS, where=from_own_post,
    reason=_NOT_YOURS,
)  # fmt: skip
# Done by the clock; nobody presses it.
add_permission("organisations.erase_visits", _("erase notes of visits after their time"))
add_promise_kind(PROMISED, _("Promise made at a visit"), ladder=(0,))


def _others(note: VisitNote, person_id: UUID) -> list[Mask]:
    return [mask_of(row.person_id) for row in note.members.all() if row.person_id != person_id]


def _masked(text: str, masks: list[Mask]) -> str:
    for mask in masks:
        text = mask.hide(text)
    return text


def tell_visits(person_id: UUID) -> list[Held]:
    """That a note exists and what it says; names and numbers of others of the household are masked."""
    rows = VisitMember.objects.filter(person=person_id).select_related("note__post__organisation")
    told = []
    for row in rows.prefetch_related("note__members").order_by("note__visited_on", "pk"):
        note, words = row.note, row.note.words
        masks = _others(note, person_id)
        shown = facts(
            (_now("What was heard"), _masked(words.heard, masks)), (_now("What follows"), _masked(words.follows, masks)),
            (_now("What was done"), _masked(words.done, masks)), (_now("Noted by"), note.post),
            (_now("Look in again on"), note.again_on), (_now("Kept until"), note.kept_until),
        )  # fmt: skip
        basis = _now("Service to the household; read by that post alone")
        told.append(Held(row.KIND, _now("Note of a visit"), shown, note.visited_on, basis))
    return told


def forget_visits(person_id: UUID) -> int:
    """The person's name and numbers go out of the words; a note about nobody else goes whole."""
    mask, touched = mask_of(person_id), 0
    for row in VisitMember.objects.filter(person=person_id).select_related("note"):
        note, words = row.note, row.note.words
        if note.members.exclude(person=person_id).exists():
            note.sealed = Words(*(mask.hide(one) for one in (words.heard, words.follows, words.done))).seal()
            note.save(update_fields=["sealed"])
            row.delete()
        else:
            note.delete()
        touched += 1
    return touched


def visit_lines(keys: Collection[UUID]) -> dict[UUID, PublicLine]:
    rows = VisitNote.objects.filter(pk__in=keys).select_related("place")
    return {row.pk: PublicLine(_("Visit"), row.place.short_name, "", row.visited_on, "desk:visit") for row in rows}


def _hidden(actor: Actor, keys: Collection[UUID]) -> set[UUID]:
    return set(keys) - set(VisitNote.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))


def sweep_visits(now: datetime) -> int:
    return erase_visits(by=SYSTEM)


add_public_line(VisitNote.KIND, visit_lines, personal=True, withheld=_hidden)
add_teller("organisations.visits", tell_visits)
add_eraser("organisations.visits", forget_visits)
add_tick("organisations.visits", 3600, sweep_visits)
