"""Planning and correcting courses, sessions, who came, certificates: each a form of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import NothingMore, act, page_of, press
from cunlian.desk.learning import forms
from cunlian.desk.learning.moves import COURSE_PAGES, SESSION_PAGES
from cunlian.desk.learning.people import PickForm, seek
from cunlian.desk.learning.views import course_of, session_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import require
from cunlian.talent.learning import actions
from cunlian.talent.learning.certificates import pdf_of
from cunlian.talent.learning.rules import available_moves, session_moves
from cunlian.talent.learning.states import ARRANGE, MOVES, SESSION_MOVES
from cunlian.talent.models import Attendance, Certificate, Course, CourseCall, Session
from cunlian.ui.qr import code_of, svg_of

GET_POST = ("GET", "POST")


def _page(course: Course) -> str:
    return reverse("desk:course", args=[course.pk])


def _session_page(session: Session) -> str:
    return reverse("desk:session", args=[session.pk])


def _data(request: DeskRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(GET_POST)
def plan(request: DeskRequest) -> HttpResponse:
    require(request.actor, ARRANGE)
    return act(
        request, forms.CourseForm(request.POST or None, actor=request.actor),
        lambda **said: actions.plan_course(by=request.actor, **said), title=_("Plan a course"), button=_("Plan it"),
        back=reverse("desk:courses"), done=_("The course is planned. Add its sessions now."),
        then=page_of("desk:course"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def correct(request: DeskRequest, pk: UUID) -> HttpResponse:
    course = course_of(request.actor, pk)
    require(request.actor, ARRANGE, course)
    return act(
        request, forms.CourseForm(request.POST or None, actor=request.actor, course=course),
        lambda **said: actions.correct_course(course, by=request.actor, **said), title=_("Correct the course"),
        button=_("Save"), back=_page(course), lead=str(course), done=_("The course is corrected."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    course = course_of(request.actor, pk)
    return press(
        request, course, name, moves=MOVES, possible=available_moves(course, request.actor), pages=COURSE_PAGES,
        back=_page(course),
    )  # fmt: skip


@require_http_methods(GET_POST)
def call_post(request: DeskRequest, pk: UUID) -> HttpResponse:
    course = course_of(request.actor, pk)
    require(request.actor, ARRANGE, course)
    return act(
        request, forms.CallPostForm(request.POST or None, course=course, actor=request.actor),
        lambda post: actions.call_to_course(course, by=request.actor, post=post), title=_("Put a post on the list"),
        button=_("Put it on"), back=_page(course), lead=str(course), done=_("The post is on the list."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def call_person(request: DeskRequest, pk: UUID) -> HttpResponse:
    course = course_of(request.actor, pk)
    require(request.actor, ARRANGE, course)
    return seek(
        request, lambda data, found: PickForm(data, found=found),
        lambda person: actions.call_to_course(course, by=request.actor, person=person),
        title=_("Put a person on the list"), button=_("Put them on"), back=_page(course), lead=str(course),
        done=_("They are on the list."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def call_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: CourseCall = get_visible(CourseCall.objects.for_list(), request.actor, pk)
    require(request.actor, ARRANGE, row.course)
    return act(
        request, NothingMore(_data(request)), lambda: actions.uncall(row, by=request.actor),
        title=_("Take off the list"), button=_("Take off the list"), back=_page(row.course), lead=str(row),
        done=_("Off the list."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def new_session(request: DeskRequest, pk: UUID) -> HttpResponse:
    course = course_of(request.actor, pk)
    require(request.actor, ARRANGE, course)
    return act(
        request, forms.SessionForm(request.POST or None, course=course, actor=request.actor),
        lambda **said: actions.add_session(course, by=request.actor, **said), title=_("Add a session"),
        button=_("Add it"), back=_page(course), lead=str(course),
        done=_("The session is planned. Enter that it took place when it has."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move_session(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    session = session_of(request.actor, pk)
    return press(
        request, session, name, moves=SESSION_MOVES, possible=session_moves(session, request.actor), pages=SESSION_PAGES,
        back=_session_page(session),
    )  # fmt: skip


@require_http_methods(GET_POST)
def lessons(request: DeskRequest, pk: UUID) -> HttpResponse:
    session = session_of(request.actor, pk)
    require(request.actor, ARRANGE, session)
    return act(
        request, forms.LessonsForm(request.POST or None, initial={"lessons": session.lessons}),
        lambda lessons: actions.write_lessons(session, by=request.actor, lessons=lessons),
        title=_("What was learned"), button=_("Save"), back=_session_page(session), lead=str(session),
        done=_("It is written down."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def enter(request: DeskRequest, pk: UUID) -> HttpResponse:
    """From the signed sheet: ticks for who must attend, a search for others, a number for those without a name."""
    session = session_of(request.actor, pk)
    require(request.actor, "learning.attend", session)
    return seek(
        request, lambda data, found: forms.AttendForm(data, session=session, actor=request.actor, found=found),
        lambda **said: actions.enter_attendance(session, by=request.actor, **said), title=_("Enter who came"),
        button=_("Enter who came"), back=_session_page(session), lead=str(session), done=_("It is entered."),
        without=True,
    )  # fmt: skip


@require_http_methods(GET_POST)
def declare(request: DeskRequest, pk: UUID) -> HttpResponse:
    session = session_of(request.actor, pk)
    require(request.actor, "learning.attend", session)
    initial = {"number": session.declared_count, "source": session.declared_source}
    return act(
        request, forms.DeclareForm(request.POST or None, initial=initial),
        lambda **said: actions.declare_attendance(session, by=request.actor, **said), title=_("Declare how many came"),
        button=_("Save"), back=_session_page(session), about=str(session),
        lead=_("Only where nobody keeps names. The session then has person-times and no persons."),
        done=_("The number stands with its source."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def attendance_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: Attendance = get_visible(Attendance.objects.for_list(), request.actor, pk)
    require(request.actor, "learning.attend", row.session)
    return act(
        request, NothingMore(_data(request)), lambda: actions.strike_attendance(row, by=request.actor),
        title=_("Take an attendance out"), button=_("Take it out"), back=_session_page(row.session), lead=str(row),
        done=_("It is taken out."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def issue(request: DeskRequest, pk: UUID) -> HttpResponse:
    course = course_of(request.actor, pk)
    require(request.actor, "learning.certify", course)
    return act(
        request, NothingMore(_data(request)), lambda: actions.issue_certificates(course, by=request.actor),
        title=_("Issue certificates"), button=_("Issue them"), back=reverse("desk:certificates", args=[pk]), about=str(course),
        lead=_("One for each person who attended enough hours and has none yet."), done=_("They are issued."),
    )  # fmt: skip


def _certificate(request: DeskRequest, pk: UUID) -> Certificate:
    found: Certificate = get_visible(Certificate.objects.for_list(), request.actor, pk)
    return found


@require_http_methods(GET_POST)
def revoke(request: DeskRequest, pk: UUID) -> HttpResponse:
    row = _certificate(request, pk)
    require(request.actor, "learning.certify", row)
    return act(
        request, forms.ReasonForm(request.POST or None),
        lambda reason: actions.revoke_certificate(row, by=request.actor, reason=reason),
        title=_("Take a certificate back"), button=_("Take a certificate back"),
        back=reverse("desk:certificates", args=[row.course_id]), lead=str(row), done=_("It is not valid any more."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def print_one(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The sheet has the full name on it, so printing it is a look, and it is asked before."""
    row = _certificate(request, pk)
    require(request.actor, "learning.hand_out", row)
    if request.method == "GET":
        context = {
            "title": _("Print the certificate"), "lead": _("The full name stands on it. The holder can read who printed it."),
            "form": NothingMore(), "button": _("Print"), "back": reverse("desk:certificates", args=[row.course_id]),
        }  # fmt: skip
        return render(request, "desk/act.html", context)
    actions.print_certificate(row, by=request.actor)
    return certificate_file(row)


def certificate_file(row: Certificate) -> HttpResponse:
    """The PDF to download."""
    address = settings.PUBLIC_URL.rstrip("/") + reverse("resident:certificate", args=[row.code])
    response = HttpResponse(pdf_of(row, address, svg_of(code_of(address))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{row.code}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
