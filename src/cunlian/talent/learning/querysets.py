"""Which courses, sessions, attendances and certificates: seen by whom, counted how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cunlian.kernel.access import Actor
from cunlian.organisations.querysets import of_own_county
from cunlian.people.querysets import READERS
from cunlian.places.territory import territory_q
from cunlian.talent.basis import standing
from cunlian.talent.learning.states import OPEN, SessionState

if TYPE_CHECKING:
    from cunlian.talent.models import (  # noqa: F401
        Attendance,
        Certificate,
        Course,
        CourseCall,
        Session,
    )


def of_territory(actor: Actor, *paths: str, own: str = "person") -> Q:
    """Rows that lie in the actor's territory by one of ``paths``, and those about the actor."""
    seen = Q(pk__in=())
    for path in paths:
        seen |= territory_q(actor, READERS, path)
    return seen | Q(**{own: actor.person_id}) if actor.person_id else seen


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, actor: Actor) -> CourseQuerySet:
        """What is taught is no secret among the staff of one county; who came is, see ``AttendanceQuerySet``."""
        return self.filter(of_own_county(actor))

    def open(self) -> CourseQuerySet:
        return self.filter(state__in=OPEN)

    def for_list(self) -> CourseQuerySet:
        """With ``held``: how many of its sessions took place."""
        held = Count("sessions", filter=Q(sessions__state=SessionState.HELD))
        return self.select_related("place", "giver").annotate(held=held).order_by("-starts_on", "-pk")


class CourseCallQuerySet(models.QuerySet["CourseCall"]):
    def visible_to(self, actor: Actor) -> CourseCallQuerySet:
        """Posts on the list as posts are; persons in the territory of the course or in their own."""
        if actor.is_system:
            return self
        persons = of_territory(actor, "course__place__", "person__place__") & standing()
        return self.filter(Q(person=None) & of_own_county(actor, "course__place__") | persons)

    def for_list(self) -> CourseCallQuerySet:
        return self.select_related("course__place", "post__organisation", "person").order_by("post__title", "pk")


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, actor: Actor) -> SessionQuerySet:
        return self.filter(of_own_county(actor))

    def held(self) -> SessionQuerySet:
        return self.filter(state=SessionState.HELD)

    def of_tours(self) -> SessionQuerySet:
        return self.filter(course__course_kind="study_tour")

    def of_classes(self) -> SessionQuerySet:
        """Sessions proper: a place visited on a study tour is none."""
        return self.exclude(course__course_kind="study_tour")

    def for_list(self, actor: Actor) -> SessionQuerySet:
        """With ``person_times``: attendances the actor may see, without the declared number."""
        rows = self.model.attendances.rel.related_model._default_manager.visible_to(actor)  # type: ignore[attr-defined]
        count = rows.filter(session=OuterRef("pk")).order_by().values("session").annotate(n=Count("pk")).values("n")
        return (
            self.select_related("course__place", "place")
            .annotate(person_times=Coalesce(Subquery(count), 0))
            .order_by("-held_on", "-pk")
        )


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, actor: Actor) -> AttendanceQuerySet:
        """In the territory of the session, of the post, or of the person, and one's own."""
        if actor.is_system:
            return self
        return self.filter(of_territory(actor, "session__place__", "post__place__", "person__place__"))

    def held(self) -> AttendanceQuerySet:
        return self.filter(session__state=SessionState.HELD)

    def named(self) -> AttendanceQuerySet:
        """Those who are persons: kept by name, and the basis for it holds."""
        return self.exclude(person=None).filter(standing())

    def of_tours(self) -> AttendanceQuerySet:
        return self.filter(session__course__course_kind="study_tour")

    def for_list(self) -> AttendanceQuerySet:
        return self.select_related(
            "session__course", "session__place", "person__place", "post__organisation", "post__place"
        ).order_by(
            F("post__place__code").asc(nulls_last=True), F("post__rank").asc(nulls_last=True),
            F("person__place__code").asc(nulls_last=True), "pk",
        )  # fmt: skip


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, actor: Actor) -> CertificateQuerySet:
        if actor.is_system:
            return self
        return self.filter(of_territory(actor, "course__place__", "person__place__"), standing())

    def standing(self) -> CertificateQuerySet:
        """Without those of somebody who took their consent back."""
        return self.filter(standing())

    def valid(self) -> CertificateQuerySet:
        return self.standing().filter(revoked_on=None)

    def for_list(self) -> CertificateQuerySet:
        return self.select_related("course__place", "course__giver", "person__place").order_by("-issued_on", "-pk")
