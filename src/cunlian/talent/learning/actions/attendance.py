"""Who came: by name where there is a basis for it, else as one without a name; or a declared number where nobody keeps
names."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.people.models import Person
from cunlian.talent import basis
from cunlian.talent.learning.states import SessionState
from cunlian.talent.models import Attendance, Session

MOST = 5_000
"""Who came without a name to one session: more is a slip of the key."""


def _held(session: Session) -> None:
    if session.state != SessionState.HELD:
        raise Conflict(_("Who came is entered when the session has taken place. Enter that first."))


def _row(session: Session, person: Person) -> Attendance:
    if person.erased_at or person.merged_into_id:
        raise Invalid(_("This file is closed. Choose the one that is used."), field="persons")
    consent = basis.by_consent(person, session.held_on, field="persons")
    post = None if consent else basis.post_of(person, session.held_on)
    return Attendance(session=session, person=person, post=post, by_consent=consent)


@transaction.atomic
def enter_attendance(
    session: Session, *, by: Actor, persons: Sequence[Person] = (), without_name: int = 0
) -> int:  # fmt: skip
    """Add persons, each once however often they are named, and so many who came without being kept by name. Returns how
    many person-times are new."""
    session = lock(session)
    require(by, "learning.attend", session)
    _held(session)
    if session.declared_count is not None:
        raise Conflict(_("A number is declared for this session. Take it back first, then enter who came."))
    if not 0 <= without_name <= MOST:
        raise Invalid(_("Write a number between 0 and 5,000."), field="without_name")
    there = set(session.attendances.exclude(person=None).values_list("person_id", flat=True))
    new = {person.pk: person for person in persons if person.pk not in there}
    if not new and not without_name:
        raise Invalid(
            _("Nobody new is named. Choose who came, or write how many came without a name."), field="persons"
        )
    rows = [_row(session, person) for person in new.values()]
    rows += [Attendance(session=session) for _n in range(without_name)]
    Attendance.objects.bulk_create(rows)
    log.record(by, "learning.attendance_entered", session, changed={"person_times": (0, len(rows))})
    return len(rows)


@transaction.atomic
def strike_attendance(attendance: Attendance, *, by: Actor) -> None:
    """Entered by mistake: they did not come."""
    session = lock(attendance.session)
    require(by, "learning.attend", session)
    log.record(by, "learning.attendance_struck", session, changed={"attendance": (str(attendance.pk), None)})
    attendance.delete()


@transaction.atomic
def declare_attendance(session: Session, *, by: Actor, number: int | None, source: str = "") -> Session:
    """How many came, with the source that says so, where no names are kept; None takes the number back. There are then no
    persons of this session."""
    session = lock(session)
    require(by, "learning.attend", session)
    _held(session)
    if number is not None and session.attendances.exists():
        raise Conflict(
            _("Who came is entered one by one already. A declared number would count them twice."), field="number"
        )
    if number is not None and not 0 <= number <= MOST:
        raise Invalid(_("Write a number between 0 and 5,000."), field="number")
    if number is not None and not source.strip():
        raise Invalid(_("Write where the number comes from, such as the sheet and who counted."), field="source")
    source = source.strip() if number is not None else ""
    changed = change(session, declared_count=number, declared_source=source)
    log.record(by, "learning.attendance_declared", session, changed={**changed, "declared_source": (None, None)})
    return session
