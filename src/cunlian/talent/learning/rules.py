"""Who arranges training, enters who came and hands out certificates; what goes with a person, and what the consent says."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cunlian.accounts.roles import Role
from cunlian.kernel.access import Actor, add_permission, may
from cunlian.kernel.erasure import add_eraser
from cunlian.kernel.moves import Move
from cunlian.people.consent.purposes import add_purpose
from cunlian.people.consent.retention import add_kept
from cunlian.people.duplicates import add_mover
from cunlian.people.models import Person
from cunlian.talent.basis import LEARNING
from cunlian.talent.learning import holdings  # noqa: F401  (registers what is told)
from cunlian.talent.learning.states import ARRANGE, MOVES, SESSION_MOVES, CourseState, SessionState
from cunlian.talent.models import Attendance, Certificate, Course, CourseCall, Session

ARRANGERS = (Role.VILLAGE_CADRE, Role.AREA_STAFF, Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)
OFFICES = (Role.TOWNSHIP_STAFF, Role.COUNTY_STAFF)

add_permission(ARRANGE, _("arrange courses and sessions"), *ARRANGERS)
add_permission("learning.attend", _("enter who came to a session"), *ARRANGERS)
add_permission("learning.certify", _("issue and take back certificates"), *OFFICES)
add_permission("learning.hand_out", _("print a certificate for its holder"), *ARRANGERS)

add_purpose(
    LEARNING,
    _("Training, mentoring and studies"),
    _(
        "The village and the township keep by name which training you attended, which certificates you were given, who "
        "mentors you or whom you mentor, and which studies you have taken up, so that they can invite you and vouch for "
        "what you have learned. Only staff who arrange training here see it; whoever checks a certificate reads no more "
        "than your initials. You may say no or take this back at any time: you may come to every training all the same "
        "and are then counted without a name, and what was kept, certificates too, is erased."
    ),
)


def available_moves(course: Course, by: Actor) -> list[Move]:
    """The moves this actor could make now."""
    return [move for move in MOVES.starting_from(CourseState(course.state)) if may(by, move.permission, course)]


def session_moves(session: Session, by: Actor) -> list[Move]:
    found = SESSION_MOVES.starting_from(SessionState(session.state))
    return [move for move in found if may(by, move.permission, session)]


def forget_learning(person_id: UUID) -> int:
    """The name goes; that somebody came stays, as a person-time without a person."""
    return _forget({"person": person_id})


def forget_agreed(person_id: UUID) -> int:
    """What was kept by consent; what was attended as the holder of a post stays with the post's own record."""
    return _forget({"person": person_id, "by_consent": True})


def _forget(which: dict[str, object]) -> int:
    gone = Attendance.objects.filter(**which).update(person=None, by_consent=False)
    gone += CourseCall.objects.filter(**which).delete()[0]
    return gone + Certificate.objects.filter(**which).delete()[0]


def move_learning(gone: Person, kept: Person) -> int:
    """What the file kept had its like of already: the same session, list or course. One person came once."""
    left = (Attendance, CourseCall, Certificate)
    return sum(model.objects.filter(person=gone).delete()[0] for model in left)


add_eraser("learning.attendance", forget_learning)
add_kept(LEARNING, "learning.attendance", forget_agreed)
add_mover("learning.attendance", move_learning)
