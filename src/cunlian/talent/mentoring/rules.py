"""Who plans for reserve cadres and keeps mentoring, cultivation and studies; what goes with a person."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.moves import Move, Moves
from cunlian.kernel.records import Record, change
from cunlian.kernel.ticks import add_tick
from cunlian.people.consent.retention import add_kept
from cunlian.people.duplicates import add_mover
from cunlian.people.models import Person
from cunlian.talent.basis import LEARNING
from cunlian.talent.mentoring import holdings  # noqa: F401  (registers what is told)
from cunlian.talent.mentoring.promises import let_go
from cunlian.talent.mentoring.querysets import KEEPERS
from cunlian.talent.mentoring.states import KEEP, MEET, PLAN
from cunlian.talent.mentoring.sweep import call_meetings
from cunlian.talent.models import Cultivation, EducationUpgrade, Mentee, Mentoring, MentorMeeting


def _meets(actor: Actor, one: Mentoring) -> bool:
    """The post that mentors, wherever it lies; or who keeps the mentoring of the place."""
    return one.mentor_post_id in actor.post_ids or actor.holds(KEEPERS, one.territory_code)


add_permission(PLAN, _("plan for reserve cadres"), *KEEPERS)
add_permission(KEEP, _("keep mentoring, cultivation and studies"), *KEEPERS)
add_permission(
    MEET, _("note that mentor and mentees met, and agree how often"), everyone=True, where=_meets,
    reason=_("The mentor's post notes it, or an office that keeps the mentoring of the place."),
)  # fmt: skip
add_permission("mentoring.set_rhythm", _("decide how often mentor and mentees usually meet"), Role.COUNTY_STAFF)
add_permission("mentoring.remind", _("call a meeting of a mentoring that has fallen due"))

add_tick("mentoring.call_meetings", 3600, call_meetings)


def moves_of(table: Moves, record: Record, by: Actor) -> list[Move]:
    """The moves of its table this actor could make now."""
    state: str = record.state  # type: ignore[attr-defined]
    return [move for move in table.starting_from(state) if may(by, move.permission, record)]


def forget_mentoring(person_id: UUID) -> int:
    """Words about mentor and mentee may tell who they were, so they go whole; kind, place and days of the mentoring stay."""
    return _forget(person_id, {})


def forget_agreed(person_id: UUID) -> int:
    return _forget(person_id, {"by_consent": True})


def _forget(person_id: UUID, which: dict[str, object]) -> int:
    mine = Mentee.objects.filter(person=person_id, **which)
    led = Mentoring.objects.filter(mentor_person=person_id, **which)
    keys = [*mine.values_list("mentoring_id", flat=True), *led.values_list("pk", flat=True)]
    about = Mentoring.objects.filter(pk__in=keys)
    gone = MentorMeeting.objects.filter(mentoring__in=keys).exclude(agreed="").update(agreed="")
    gone += about.exclude(goals="", result="", expert="").update(goals="", result="", expert="")
    gone += led.update(mentor_person=None, by_consent=False) + mine.delete()[0]
    _close_empty(keys)
    gone += Cultivation.objects.filter(person=person_id, **which).delete()[0]
    return gone + EducationUpgrade.objects.filter(person=person_id, **which).delete()[0]


def _close_empty(keys: list[UUID]) -> None:
    """Where nobody is left who is mentored, no meeting is owed."""
    for one in Mentoring.objects.running().filter(pk__in=keys, mentees=None).select_related("promise"):
        let_go(one, "erased")
        change(one, meet_next_on=None)


def move_mentoring(gone: Person, kept: Person) -> int:
    """What the file kept had its like of already: one person is mentored, cultivated or enrolled once. And nobody mentors
    themself: where the two were mentor and mentee, they were not."""
    left = sum(model.objects.filter(person=gone).delete()[0] for model in (Mentee, Cultivation, EducationUpgrade))
    return left + Mentee.objects.filter(Q(person=kept, mentoring__mentor_person=kept)).delete()[0]


add_eraser("mentoring.persons", forget_mentoring)
add_kept(LEARNING, "mentoring.persons", forget_agreed)
add_mover("mentoring.persons", move_mentoring)
