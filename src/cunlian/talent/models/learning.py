"""Courses, who is called to them, sessions, attendance, certificates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel import days
from cunlian.kernel.records import Record
from cunlian.organisations.models import Capacity, Organisation, Post, PostKind
from cunlian.people.models import Person
from cunlian.places.models import Place
from cunlian.talent.learning.querysets import (
    AttendanceQuerySet,
    CertificateQuerySet,
    CourseCallQuerySet,
    CourseQuerySet,
    SessionQuerySet,
)
from cunlian.talent.learning.states import CourseState, SessionState


class CourseKind(models.TextChoices):
    ROTATION = "rotation", pgettext_lazy("course", "Training for all in turn")
    CAPACITY = "capacity", pgettext_lazy("course", "Class to raise capacity")
    NEW_CADRE = "new_cadre", pgettext_lazy("course", "Class for new cadres")
    SKILLS = "skills", pgettext_lazy("course", "Training in a skill")
    STUDY_TOUR = "study_tour", pgettext_lazy("course", "Study tour")
    TALK = "talk", pgettext_lazy("course", "Talk")


class MustBy(models.TextChoices):
    """How it is said who must attend."""

    NOBODY = "", _("Nobody: whoever wants to comes")
    CAPACITY = "capacity", _("All posts that answer in one capacity")
    POST_KIND = "post_kind", _("All posts of one kind")
    LIST = "list", _("Those on the course's list")


class Course(Record):
    """Training on one matter for ``place`` and below it. ``giver``: the unit that gives it, or ``giver_name`` where it is not
    one of the county. ``round_no``: the how-manieth class of its kind. ``certificate_hours``: so many hours attended make a
    certificate; empty: none is given."""

    KIND = "course"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(_("title"), max_length=120)
    course_kind = models.CharField(_("kind"), max_length=12, choices=CourseKind)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="courses")
    giver_name = models.CharField(_("given by"), max_length=120, blank=True)
    round_no = models.PositiveSmallIntegerField(_("number of the class"), null=True, blank=True)
    must_by = models.CharField(_("who must attend"), max_length=10, choices=MustBy, blank=True)
    must_capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity, blank=True)
    must_post_kind = models.CharField(_("kind of post"), max_length=20, choices=PostKind, blank=True)
    certificate_hours = models.PositiveSmallIntegerField(_("hours for a certificate"), null=True, blank=True)
    starts_on = models.DateField(_("begins on"))
    closed_on = models.DateField(null=True)
    state = models.CharField(
        pgettext_lazy("course", "state"), max_length=10, choices=CourseState, default=CourseState.PLANNED
    )
    invented = models.BooleanField(_("invented"), default=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="course_must_capacity", condition=~Q(must_by=MustBy.CAPACITY) | ~Q(must_capacity="")
            ),
            models.CheckConstraint(
                name="course_must_post_kind", condition=~Q(must_by=MustBy.POST_KIND) | ~Q(must_post_kind="")
            ),
            models.CheckConstraint(
                name="course_closed",
                condition=Q(state=CourseState.CLOSED, closed_on__isnull=False)
                | (~Q(state=CourseState.CLOSED) & Q(closed_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def territory_code(self) -> str:
        return self.place.code

    @property
    def is_tour(self) -> bool:
        return self.course_kind == CourseKind.STUDY_TOUR

    @property
    def given_by(self) -> str:
        return str(self.giver or self.giver_name)


class CourseCall(Record):
    """That a post, or a person who holds none, is on the list of who must attend."""

    KIND = "course_call"
    PERSONAL = frozenset({"person"})

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="calls")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="course_calls")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="course_calls")
    by_consent = models.BooleanField(default=False)

    objects = CourseCallQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="course_call_of_one", condition=Q(post=None) ^ Q(person=None)),
            models.UniqueConstraint(fields=["course", "post"], name="course_call_post_once"),
            models.UniqueConstraint(fields=["course", "person"], name="course_call_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.post or self.person)

    @property
    def territory_code(self) -> str:
        return self.course.place.code


class SessionLevel(models.TextChoices):
    """Whose training it is, from the village upwards."""

    VILLAGE = "village", pgettext_lazy("training", "Village")
    TOWNSHIP = "township", pgettext_lazy("training", "Township")
    COUNTY = "county", pgettext_lazy("training", "County")
    CITY = "city", pgettext_lazy("training", "City")
    PROVINCE = "province", pgettext_lazy("training", "Province or above")


class Session(Record):
    """One meeting of a course on one day; of a study tour, one place visited (``destination``), and what was brought home
    from it (``lessons``). ``hours`` are lessons of 45 minutes. ``declared_count``: how many came where no names are kept,
    and ``declared_source`` who counted them."""

    KIND = "training_session"

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="training_sessions")
    held_on = models.DateField(_("day"))
    venue = models.CharField(_("where"), max_length=120, blank=True)
    destination = models.CharField(_("place visited"), max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), default=2)
    level = models.CharField(_("level"), max_length=10, choices=SessionLevel, default=SessionLevel.TOWNSHIP)
    teacher = models.CharField(_("teacher"), max_length=120, blank=True)
    lessons = models.CharField(_("what was learned"), max_length=1000, blank=True)
    declared_count = models.PositiveIntegerField(_("declared number"), null=True)
    declared_source = models.CharField(_("source of the number"), max_length=200, blank=True)
    state = models.CharField(
        pgettext_lazy("session", "state"), max_length=10, choices=SessionState, default=SessionState.PLANNED
    )
    invented = models.BooleanField(_("invented"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="session_declared_with_source", condition=Q(declared_count=None) | ~Q(declared_source="")
            ),
            models.CheckConstraint(name="session_hours", condition=Q(hours__gte=1) & Q(hours__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.course} {days.day(self.held_on)}"

    @property
    def territory_code(self) -> str:
        return self.place.code


class Attendance(Record):
    """One who came to one session: a person-time. ``person`` is empty for who came without being kept by name, and after
    the person was erased. ``post``: the one they held on the day."""

    KIND = "training_attendance"
    PERSONAL = frozenset({"person"})

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="attendances")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="attendances")
    by_consent = models.BooleanField(default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.session} · {self.post or self.person or '—'}"

    @property
    def territory_code(self) -> str:
        return self.session.place.code


class Certificate(Record):
    """That a person attended enough of a course. Whoever has the check ``code`` may ask whether it is valid, and reads no
    more than initials. Goes when the person is erased."""

    KIND = "certificate"
    PERSONAL = frozenset({"person"})

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="certificates")
    code = models.CharField(_("check code"), max_length=12, unique=True)
    hours = models.PositiveSmallIntegerField(_("hours"))
    issued_on = models.DateField()
    revoked_on = models.DateField(null=True)
    revoked_because = models.CharField(_("reason"), max_length=200, blank=True)
    by_consent = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["course", "person"], condition=Q(revoked_on=None), name="certificate_once_valid"
            ),
            models.CheckConstraint(
                name="certificate_revoked_for_a_reason", condition=Q(revoked_on=None) | ~Q(revoked_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} · {self.shown_code}"

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is read out."""
        return " ".join(self.code[n : n + 4] for n in range(0, len(self.code), 4))

    @property
    def place_id(self) -> object:
        return self.course.place_id

    @property
    def territory_code(self) -> str:
        return self.course.place.code
