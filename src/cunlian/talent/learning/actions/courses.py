"""Planning a course, saying who must attend, opening and closing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import clock, log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Conflict, Invalid
from cunlian.organisations.models import Organisation, Post
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.people.models import Person
from cunlian.places.models import Place, require_module
from cunlian.talent import basis
from cunlian.talent.learning.states import ARRANGE, MOVES, OPEN, SessionState
from cunlian.talent.models import Course, CourseCall, CourseKind, MustBy
from cunlian.talent.rules import MODULE


def _check_course(course: Course) -> None:
    if not course.title:
        raise Invalid(_("Write what the course is called."), field="title")
    if course.course_kind not in CourseKind.values:
        raise Invalid(_("Please choose the kind of the course."), field="course_kind")
    if bool(course.giver) == bool(course.giver_name):
        raise Invalid(_("Name who gives it: a unit of the list, or another one by its name."), field="giver_name")
    if course.must_by == MustBy.CAPACITY and not course.must_capacity:
        raise Invalid(_("Choose the capacity whose posts must attend."), field="must_capacity")
    if course.must_by == MustBy.POST_KIND and not course.must_post_kind:
        raise Invalid(_("Choose the kind of post that must attend."), field="must_post_kind")
    if course.round_no == 0:
        raise Invalid(_("The number of a class begins with 1."), field="round_no")
    if course.certificate_hours == 0:
        raise Invalid(
            _("A certificate needs at least one hour. Leave it empty to give none."), field="certificate_hours"
        )


def _cleaned(said: dict[str, Any]) -> dict[str, Any]:
    """Words trimmed; of the two ways to say who must attend only the one chosen."""
    values = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    must = values.get("must_by", "")
    return values | {
        "must_capacity": values.get("must_capacity", "") if must == MustBy.CAPACITY else "",
        "must_post_kind": values.get("must_post_kind", "") if must == MustBy.POST_KIND else "",
    }


@transaction.atomic
def plan_course(
    *, by: Actor, place: Place, title: str, course_kind: str, starts_on: date, topic: str = "",
    giver: Organisation | None = None, giver_name: str = "", round_no: int | None = None, must_by: str = "",
    must_capacity: str = "", must_post_kind: str = "", certificate_hours: int | None = None, invented: bool = False,
) -> Course:  # fmt: skip
    """A course for ``place`` and below it. It is planned until it is opened; sessions can be planned with it."""
    said = _cleaned(
        {
            "title": title, "topic": topic, "giver_name": giver_name, "must_by": must_by, "must_capacity": must_capacity,
            "must_post_kind": must_post_kind,
        }
    )  # fmt: skip
    course = Course(
        place=place, course_kind=course_kind, starts_on=starts_on, giver=giver, round_no=round_no,
        certificate_hours=certificate_hours, invented=invented, **said,
    )  # fmt: skip
    require(by, ARRANGE, course)
    require_module(place, MODULE)
    _check_course(course)
    course.save(force_insert=True)
    log.record(by, "learning.course_planned", course)
    return course


@transaction.atomic
def correct_course(course: Course, *, by: Actor, **said: Any) -> Course:
    """What stands in its head, while it is not over. Its place and its kind stay: figures count by them."""
    course = lock(course)
    require(by, ARRANGE, course)
    _of_open(course)
    values = _cleaned(said)
    for name, value in values.items():
        setattr(course, name, value)
    _check_course(course)
    changed = change(lock(course), **values)
    log.record(by, "learning.course_corrected", course, changed=changed)
    return course


def _of_open(course: Course) -> None:
    if course.state not in OPEN:
        raise Conflict(_("This course is over. Open it again to change it."))


@transaction.atomic
def call_to_course(
    course: Course, *, by: Actor, post: Post | None = None, person: Person | None = None
) -> CourseCall:  # fmt: skip
    """Put a post, or a person who agreed to be kept by name, on the list of who must attend."""
    course = lock(course)
    require(by, ARRANGE, course)
    _of_open(course)
    if course.must_by != MustBy.LIST:
        raise Conflict(_("Who must attend this course is not said by a list. Correct the course first."))
    if bool(post) == bool(person):
        raise Invalid(_("Choose one post, or one person."), field="post")
    if post and post.place.code[:COUNTY_DIGITS] != course.place.code[:COUNTY_DIGITS]:
        raise Invalid(_("This post is of another county."), field="post")
    if course.calls.filter(post=post, person=person).exists():
        raise Conflict(_("They stand on the list already."), field="post" if post else "person")
    consent = basis.by_consent(person) if person else False
    call = CourseCall.objects.create(course=course, post=post, person=person, by_consent=consent)
    log.record(by, "learning.called", course, changed={"call": (None, str(call.pk))})
    return call


@transaction.atomic
def uncall(call: CourseCall, *, by: Actor) -> None:
    """Off the list. Whoever came stays counted as having come."""
    course = lock(call.course)
    require(by, ARRANGE, course)
    _of_open(course)
    log.record(by, "learning.uncalled", course, changed={"call": (str(call.pk), None)})
    call.delete()


@transaction.atomic
def open_course(course: Course, *, by: Actor) -> Course:
    course = lock(course)
    require(by, ARRANGE, course)
    changed = MOVES.apply(course, "open")
    log.record(by, "learning.course_opened", course, changed=changed)
    return course


@transaction.atomic
def close_course(course: Course, *, by: Actor) -> Course:
    """Nothing is planned any more; who had to attend is as of today from now on."""
    course = lock(course)
    require(by, ARRANGE, course)
    MOVES.check(course, "close")
    if course.sessions.filter(state=SessionState.PLANNED).exists():
        raise Conflict(_("A session is still planned. Enter that it took place or that it does not, then close."))
    changed = MOVES.apply(course, "close", closed_on=clock.today())
    log.record(by, "learning.course_closed", course, changed=changed)
    return course


@transaction.atomic
def reopen_course(course: Course, *, by: Actor) -> Course:
    course = lock(course)
    require(by, ARRANGE, course)
    changed = MOVES.apply(course, "reopen", closed_on=None)
    log.record(by, "learning.course_reopened", course, changed=changed)
    return course


@transaction.atomic
def cancel_course(course: Course, *, by: Actor) -> Course:
    """It does not take place; its planned sessions neither. A course of which a session was held is closed instead."""
    course = lock(course)
    require(by, ARRANGE, course)
    MOVES.check(course, "cancel")
    if course.sessions.filter(state=SessionState.HELD).exists():
        raise Conflict(_("A session of it was held. Close the course instead."))
    course.sessions.filter(state=SessionState.PLANNED).update(state=SessionState.CANCELLED)
    changed = MOVES.apply(course, "cancel")
    log.record(by, "learning.course_cancelled", course, changed=changed)
    return course
