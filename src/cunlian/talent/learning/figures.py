"""What is counted about training. Sessions, person-times and persons are three figures; a declared number is a fourth."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.organisations.figures import NAMED
from cunlian.talent.models import Attendance, CourseKind, Session

SESSIONS = Unit(pgettext_lazy("unit", "session"), _("sessions"))
PERSONS = Unit(pgettext_lazy("unit", "person"), _("persons"))
PERSON_TIMES = Unit(pgettext_lazy("unit", "person-time"), _("person-times"))
CLASSES = Unit(pgettext_lazy("unit of training", "class"), pgettext_lazy("unit of training", "classes"))
PLACES = Unit(pgettext_lazy("unit", "destination"), pgettext_lazy("unit", "destinations"))


def _held(viewer: Actor) -> QuerySet[Session]:
    return Session.objects.visible_to(viewer).held().for_list(viewer)


def _classes(viewer: Actor) -> QuerySet[Session]:
    return _held(viewer).of_classes()  # type: ignore[attr-defined, no-any-return]


def _declared(viewer: Actor) -> QuerySet[Session]:
    return _held(viewer).exclude(declared_count=None)


def _capacity(viewer: Actor) -> QuerySet[Session]:
    return _held(viewer).filter(course__course_kind=CourseKind.CAPACITY, course__round_no__isnull=False)


def _new_cadres(viewer: Actor) -> QuerySet[Session]:
    return _held(viewer).filter(course__course_kind=CourseKind.NEW_CADRE)


def _visited(viewer: Actor) -> QuerySet[Session]:
    return _held(viewer).of_tours()  # type: ignore[attr-defined, no-any-return]


def _came(viewer: Actor) -> QuerySet[Attendance]:
    return Attendance.objects.visible_to(viewer).held().for_list()


def _persons(viewer: Actor) -> QuerySet[Attendance]:
    return Attendance.objects.visible_to(viewer).held().named().for_list()


def _toured(viewer: Actor) -> QuerySet[Attendance]:
    return Attendance.objects.visible_to(viewer).held().named().of_tours().for_list()


_ON: dict[str, Any] = {"when": "held_on", "when_is_day": True}
_CAME: dict[str, Any] = {"when": "session__held_on", "when_is_day": True, "place": "session__place"}

for _indicator in (
    Indicator(
        "talent.training_session_count", _("Training sessions"), SESSIONS, _classes, claims=("D11", "E22"),
        reading=_("sessions that took place; places visited on study tours are not among them"), **_ON,
    ),
    Indicator(
        "talent.training_person_time_count", _("Person-times in training"), PERSON_TIMES, _came,
        reading=_("everybody who came, each time; declared numbers are not among them"), **_CAME,
    ),
    Indicator(
        "talent.training_person_count", _("Persons trained"), PERSONS, _persons, measure="distinct", field="person",
        reading=_("each person once, however often they came; who is not kept by name is not among them"), **_CAME,
    ),
    Indicator(
        "talent.training_declared_count", _("Person-times declared"), PERSON_TIMES, _declared, measure="sum",
        field="declared_count", nature="declared",
        reading=_("numbers somebody declared, with their source, for sessions without names; no persons follow from them"),
        **_ON,
    ),
    Indicator(
        "talent.capacity_class_round_no", _("Number of the latest class to raise capacity"),
        Unit(pgettext_lazy("unit", "round"), pgettext_lazy("unit", "rounds")), _capacity, measure="max",
        field="course__round_no", nature="ordinal", claims=("B08",),
        reading=_("the highest number of a class of which a session took place: an order, not a quantity"), **_ON,
    ),
    Indicator(
        "talent.new_cadre_class_count", _("Classes for new cadres"), CLASSES, _new_cadres, measure="distinct",
        field="course", claims=("B09",),
        reading=_("classes of which at least one session took place; the published number is not stated, so at least one"),
        **_ON,
    ),
    Indicator(
        "talent.study_tour_participant_count", _("Persons on study tours"), NAMED, _toured, measure="distinct",
        field="person", claims=("B10",), reading=_("each person once, however many places were visited"), **_CAME,
    ),
    Indicator(
        "talent.study_tour_destination_count", _("Places visited on study tours"), PLACES, _visited, measure="distinct",
        field="destination", claims=("B11",),
        reading=_("different places; the published number is a least one (“and others”)"), **_ON,
    ),
):  # fmt: skip
    add_indicator(_indicator)
