"""Who must attend a course and who has: persons, each once, whatever posts they hold and however often they came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.organisations.models import Duty, Posting
from cunlian.people.models import Person
from cunlian.people.querysets import READERS, PersonQuerySet
from cunlian.places.models import on
from cunlian.places.querysets import code_q
from cunlian.places.territory import territory_q
from cunlian.talent.models import Attendance, Course, CourseCall, MustBy

WHO = ("must", "has", "missing", "besides", "came")


def day_of(course: Course) -> date:
    """Whoever holds the posts on this day must attend: today, or the day the course was closed."""
    return course.closed_on or clock.today()


def called_postings(course: Course) -> QuerySet[Posting]:
    """Who sits on the posts that must attend."""
    day = day_of(course)
    held = Posting.objects.filter(on(day))
    if course.must_by == MustBy.CAPACITY:
        duties = Duty.objects.on(day).filter(code_q(course.place.code, "place__"), capacity=course.must_capacity)
        return held.filter(post__in=duties.order_by().values("post"))
    if course.must_by == MustBy.POST_KIND:
        return held.filter(code_q(course.place.code, "post__place__"), post__post_kind=course.must_post_kind)
    if course.must_by == MustBy.LIST:
        return held.filter(post__in=CourseCall.objects.filter(course=course).exclude(post=None).values("post"))
    return held.none()


def _seen_postings(course: Course, actor: Actor) -> QuerySet[Posting]:
    rows = called_postings(course)
    if actor.is_system or actor.holds(READERS, course.place.code):
        return rows
    return rows.filter(territory_q(actor, READERS, "post__place__"))


def came_to(course: Course, actor: Actor) -> QuerySet[Attendance]:
    """Attendances of the course's held sessions by somebody kept by name."""
    return Attendance.objects.visible_to(actor).held().named().filter(session__course=course)


def _must(course: Course, actor: Actor) -> Q:
    called = CourseCall.objects.visible_to(actor).filter(course=course).exclude(person=None)
    must = Q(pk__in=_seen_postings(course, actor).order_by().values("person"))
    return must | Q(pk__in=called.order_by().values("person")) if course.must_by == MustBy.LIST else must


def roster(course: Course, actor: Actor, who: str = "") -> PersonQuerySet:
    """Persons of the course the actor may see. ``who``: must, has (must and came), missing (must and did not), besides
    (came without having to), came; everybody otherwise."""
    must, came = _must(course, actor), Q(pk__in=came_to(course, actor).order_by().values("person"))
    wanted = {
        "must": must, "has": must & came, "missing": must & ~came, "besides": came & ~must, "came": came,
    }.get(who, must | came)  # fmt: skip
    return Person.objects.living_file().filter(wanted)


def counts(course: Course, actor: Actor) -> dict[str, int]:
    """How many persons stand in each part of the roster."""
    return {who: roster(course, actor, who).count() for who in WHO}


def for_list(rows: PersonQuerySet, course: Course, actor: Actor) -> Any:
    """With ``times`` and ``hours`` attended, and ``posts_then``: the posts they hold."""
    mine = came_to(course, actor).filter(person=OuterRef("pk")).order_by().values("person")
    held = Posting.objects.filter(on(day_of(course))).select_related("post__organisation", "post__place")
    return (
        rows.select_related("place")
        .annotate(
            times=Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0),
            hours=Coalesce(Subquery(mine.annotate(n=Sum("session__hours")).values("n")), 0),
        )
        .prefetch_related(Prefetch("postings", queryset=held.order_by("post__rank", "pk"), to_attr="posts_then"))
        .order_by("place__code", "name", "pk")
    )
