"""Courses, one course, its roster, its certificates; sessions, one session, its sheet to sign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from cunlian.desk.learning import tables
from cunlian.desk.learning.moves import COURSE_PAGES, SESSION_PAGES
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.talent.learning.roster import counts, day_of, for_list, roster
from cunlian.talent.learning.rules import ARRANGERS, available_moves, session_moves
from cunlian.talent.learning.states import ARRANGE, OPEN, SessionState
from cunlian.talent.models import Attendance, Certificate, Course, CourseCall, MustBy, Session
from cunlian.ui import formats
from cunlian.ui.pieces import buttons_for


def course_of(actor: Actor, pk: UUID) -> Course:
    found: Course = get_visible(Course.objects.select_related("place", "giver"), actor, pk)
    return found


def session_of(actor: Actor, pk: UUID) -> Session:
    found: Session = get_visible(Session.objects.for_list(actor), actor, pk)
    return found


def _courses(actor: Actor, query: QueryDict) -> tables.CourseTable:
    found = tables.CourseFilter(query or None, Course.objects.visible_to(actor).for_list())
    return tables.CourseTable(found.qs, filter=found)


def _sessions(actor: Actor, query: QueryDict) -> tables.SessionTable:
    found = tables.SessionFilter(query or None, Session.objects.visible_to(actor).for_list(actor))
    return tables.SessionTable(found.qs, filter=found)


def _of_course(actor: Actor, query: QueryDict, pk: UUID) -> tables.SessionTable:
    rows = Session.objects.visible_to(actor).for_list(actor).filter(course=course_of(actor, pk))
    return tables.SessionTable(rows, exclude=("course",))


def _roster(actor: Actor, query: QueryDict, pk: UUID) -> tables.RosterTable:
    found = tables.RosterFilter(query or None, course=course_of(actor, pk), actor=actor)
    return tables.RosterTable(found.qs, filter=found)


def _attendance(actor: Actor, query: QueryDict, pk: UUID) -> tables.AttendanceTable:
    session = session_of(actor, pk)
    rows = Attendance.objects.visible_to(actor).filter(session=session)
    unnamed = rows.exclude(pk__in=rows.named().order_by().values("pk"))
    hidden = frozenset(unnamed.order_by().values_list("pk", flat=True))
    return tables.AttendanceTable(rows.for_list(), may_change=may(actor, "learning.attend", session), hidden=hidden)


def _certificates(actor: Actor, query: QueryDict, pk: UUID) -> tables.CertificateTable:
    course = course_of(actor, pk)
    shown = () if may(actor, "learning.certify", course) else ("work",)
    rows = Certificate.objects.visible_to(actor).filter(course=course)
    return tables.CertificateTable(rows.for_list(), exclude=shown)


COURSES = add_list("courses", _lazy("Courses"), _courses)
SESSIONS = add_list("sessions", pgettext_lazy("training", "Sessions"), _sessions)
OF_COURSE = add_list("course-sessions", _lazy("Sessions of a course"), _of_course)
ROSTER = add_list("course-roster", _lazy("Who must attend and who has"), _roster)
ATTENDANCE = add_list("session-attendance", _lazy("Who came"), _attendance)
CERTIFICATES = add_list("certificates", _lazy("Certificates of a course"), _certificates)


def _crumbs(*rest: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [(_("Training"), reverse("desk:courses")), *rest]


def _of(course: Course) -> tuple[Any, str]:
    return course, reverse("desk:course", args=[course.pk])


@require_GET
@COURSES.exported
def courses(request: DeskRequest) -> HttpResponse:
    table = COURSES.page(request)
    context = {
        "title": _("Training"), "table": table, "filter": table.filter, "may_plan": request.actor.holds(ARRANGERS),
    }  # fmt: skip
    return render(request, "desk/learning/list.html", context)


@require_GET
@SESSIONS.exported
def sessions(request: DeskRequest) -> HttpResponse:
    table = SESSIONS.page(request)
    context = {"title": str(SESSIONS.title), "table": table, "filter": table.filter, "may_plan": False}
    return render(request, "desk/learning/list.html", context)


def numbers(course: Course, actor: Actor) -> list[tuple[Any, int, str]]:
    """Label, number and the list it opens. Sessions, person-times and persons stand apart and are never added."""
    held = Session.objects.visible_to(actor).held().filter(course=course)
    came = Attendance.objects.visible_to(actor).held().filter(session__course=course)
    declared = sum(number or 0 for number in held.order_by().values_list("declared_count", flat=True))
    who, here = reverse("desk:course_roster", args=[course.pk]), reverse("desk:course", args=[course.pk])
    found = counts(course, actor)
    lines = [
        (_("Sessions held"), held.count(), f"{here}#sessions"),
        (_("Person-times"), came.count(), f"{here}#sessions"),
        (_("Persons who came"), found["came"], f"{who}?who=came"),
    ]
    if declared:
        lines.append((_("Person-times declared without names"), declared, f"{here}#sessions"))
    if course.must_by:
        lines += [
            (_("Must attend"), found["must"], f"{who}?who=must"),
            (_("of these, have attended"), found["has"], f"{who}?who=has"),
            (_("of these, have not"), found["missing"], f"{who}?who=missing"),
            (_("Came without having to"), found["besides"], f"{who}?who=besides"),
        ]
    return lines


@require_GET
@OF_COURSE.exported
def course(request: DeskRequest, pk: UUID) -> HttpResponse:
    one, actor = course_of(request.actor, pk), request.actor
    icons = {name: page.icon for name, page in COURSE_PAGES.items()}
    calls = CourseCall.objects.visible_to(actor).filter(course=one).for_list() if one.must_by == MustBy.LIST else []
    may_arrange = may(actor, ARRANGE, one) and one.state in OPEN
    table = OF_COURSE.page(request, pk=pk)
    if not table.total:
        table.empty_text = _("No session of this course is arranged yet. Arrange one: day, place and teacher.")
    context = {
        "title": str(one), "course": one, "table": table, "numbers": numbers(one, actor),
        "buttons": buttons_for(
            available_moves(one, actor), lambda move: reverse("desk:course_move", args=[pk, move.name]), icons=icons
        ),
        "may_arrange": may_arrange, "calls": calls, "on_list": one.must_by == MustBy.LIST,
        "certified": Certificate.objects.visible_to(actor).valid().filter(course=one).count(), "crumbs": _crumbs((one, "")),
    }  # fmt: skip
    return render(request, "desk/learning/course.html", context)


@require_GET
@ROSTER.exported
def course_roster(request: DeskRequest, pk: UUID) -> HttpResponse:
    one, table = course_of(request.actor, pk), ROSTER.page(request, pk=pk)
    context = {
        "title": _("Who must attend and who has"), "course": one, "table": table, "filter": table.filter,
        "day": day_of(one), "crumbs": _crumbs(_of(one), (_("Who must attend and who has"), "")),
    }  # fmt: skip
    return render(request, "desk/learning/roster.html", context)


@require_GET
@CERTIFICATES.exported
def certificates(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = course_of(request.actor, pk)
    context = {
        "title": _("Certificates"), "course": one, "table": CERTIFICATES.page(request, pk=pk),
        "may_issue": may(request.actor, "learning.certify", one) and one.certificate_hours is not None,
        "crumbs": _crumbs(_of(one), (_("Certificates"), "")),
    }  # fmt: skip
    return render(request, "desk/learning/certificates.html", context)


@require_GET
@ATTENDANCE.exported
def session(request: DeskRequest, pk: UUID) -> HttpResponse:
    one, actor = session_of(request.actor, pk), request.actor
    came = Attendance.objects.visible_to(actor).filter(session=one)
    icons, ahead = {name: page.icon for name, page in SESSION_PAGES.items()}, one.held_on > clock.today()
    context = {
        "title": f"{one.course} {one.destination}".strip(), "session": one, "table": ATTENDANCE.page(request, pk=pk),
        "persons": came.named().order_by().values("person").distinct().count(), "person_times": came.count(),
        "buttons": buttons_for(
            session_moves(one, actor), lambda move: reverse("desk:session_move", args=[pk, move.name]), icons=icons,
            reasons={"hold": _("Its day is still to come. Enter it when it has taken place.")} if ahead else {},
        ),
        "may_enter": may(actor, "learning.attend", one) and one.state == SessionState.HELD,
        "may_arrange": may(actor, ARRANGE, one),
        "crumbs": _crumbs(_of(one.course), (formats.day(one.held_on, year=True), "")),
    }  # fmt: skip
    return render(request, "desk/learning/session.html", context)


@require_GET
def sheet(request: DeskRequest, pk: UUID) -> HttpResponse:
    """To be signed by who comes. Who must attend stands on it by name and post; below it are empty lines."""
    one = session_of(request.actor, pk)
    must = for_list(roster(one.course, request.actor, "must"), one.course, request.actor)
    rows = [tables.RosterTable([]).render_name(person) for person in must]
    posts = [tables.RosterTable([]).render_post(person) for person in must]
    context = {
        "session": one, "title": str(one.course), "rows": list(zip(rows, posts, strict=True)), "empty": range(12),
        "printed_at": clock.now(),
    }  # fmt: skip
    return render(request, "desk/learning/sheet.html", context)
