"""Sessions: planned, held or not, and what was learned."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.places.models import Place
from cunlian.talent.learning.states import ARRANGE, OPEN, SESSION_MOVES
from cunlian.talent.models import Course, Session, SessionLevel

MOST_HOURS = 100


def _check_session(session: Session) -> None:
    course = session.course
    if course.state not in OPEN:
        raise Conflict(_("This course is over. Open it again to change it."))
    if not session.place.code.startswith(course.place.code):
        raise Invalid(_("This lies outside the place of the course."), field="place")
    if not 1 <= session.hours <= MOST_HOURS:
        raise Invalid(_("A session has between 1 and 100 hours of 45 minutes."), field="hours")
    if session.level not in SessionLevel.values:
        raise Invalid(_("Please choose whose training it is."), field="level")
    if course.is_tour and not session.destination:
        raise Invalid(
            _("Write which place is visited. Each place visited is a session of its own."), field="destination"
        )
    if not course.is_tour and session.destination:
        raise Invalid(_("Only a study tour visits a place. Write the room under “where”."), field="destination")


@transaction.atomic
def add_session(
    course: Course, *, by: Actor, held_on: date, place: Place | None = None, venue: str = "", destination: str = "",
    hours: int = 2, level: str = SessionLevel.TOWNSHIP, teacher: str = "", invented: bool = False,
) -> Session:  # fmt: skip
    """A session on a day, past or to come; it counts when it is entered that it took place."""
    course = lock(course)
    session = Session(
        course=course, place=place or course.place, held_on=held_on, venue=venue.strip(),
        destination=destination.strip(), hours=hours, level=level, teacher=teacher.strip(), invented=invented,
    )  # fmt: skip
    require(by, ARRANGE, session)
    _check_session(session)
    session.save(force_insert=True)
    log.record(by, "learning.session_added", session)
    return session


@transaction.atomic
def hold_session(session: Session, *, by: Actor, lessons: str = "") -> Session:
    """It took place on its day. Who came is entered after it."""
    session = lock(session)
    require(by, ARRANGE, session)
    SESSION_MOVES.check(session, "hold")
    if session.held_on > clock.today():
        raise Invalid(_("Its day is still to come. Enter it when it has taken place."))
    changed = SESSION_MOVES.apply(session, "hold", lessons=lessons.strip())
    log.record(by, "learning.session_held", session, changed=changed | {"lessons": (None, None)})
    return session


@transaction.atomic
def drop_session(session: Session, *, by: Actor) -> Session:
    session = lock(session)
    require(by, ARRANGE, session)
    changed = SESSION_MOVES.apply(session, "drop")
    log.record(by, "learning.session_dropped", session, changed=changed)
    return session


@transaction.atomic
def write_lessons(session: Session, *, by: Actor, lessons: str) -> Session:
    """What was learned, and on a study tour what is to be done at home."""
    session = lock(session)
    require(by, ARRANGE, session)
    if not lessons.strip():
        raise Invalid(_("Write what was learned."), field="lessons")
    change(session, lessons=lessons.strip())
    log.record(by, "learning.lessons_written", session)
    return session
