"""One's own notes and who needs a visit; a note opened, written, followed up."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column

from cunlian.desk.acting import act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.desk.visits.forms import FollowForm, ReportForm, VisitForm
from cunlian.flows.visits import report_from_visit
from cunlian.kernel import clock, threads
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.models import PromiseState
from cunlian.organisations.models import VisitNote
from cunlian.organisations.visits import actions
from cunlian.organisations.visits.needs import due_visits
from cunlian.organisations.visits.rules import VISITORS
from cunlian.ui.tables import ListTable
from cunlian.ui.templatetags.ui import day_tag

GET_POST = ("GET", "POST")


class VisitTable(ListTable):
    """Notes of the reader's own posts. What was said stands in the note alone."""

    rows_name = ngettext_lazy("%(n)s note", "%(n)s notes", "total")
    readers = frozenset(VISITORS)

    place = Column(verbose_name=_("Visited"), order_by=("place__code",), attrs={"td": {"class": "ttl"}})
    visited_on = Column(verbose_name=_("Day of the visit"))
    promise = Column(verbose_name=_("What follows"), orderable=False, empty_values=())
    again_on = Column(verbose_name=_("Look in again on"))
    post = Column(verbose_name=_("From which post"), order_by=("post__title",))

    class Meta(ListTable.Meta):
        model = VisitNote
        fields: ClassVar[tuple[str, ...]] = ("place", "visited_on", "promise", "again_on", "post")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Your notes of visits stand here, for a year. Only your post and the household read them.")

    def render_place(self, record: VisitNote) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("desk:visit", args=[record.pk]), record)

    def value_place(self, record: VisitNote) -> str:
        return str(record)

    def render_visited_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_again_on(self, value: Any) -> SafeString | str:
        return day_tag(value, year=True)

    def render_promise(self, record: VisitNote) -> str:
        return str(PromiseState(record.promise.state).label) if record.promise else "—"


def _visits(actor: Actor, query: QueryDict) -> VisitTable:
    return VisitTable(VisitNote.objects.visible_to(actor).kept(clock.today()).for_list())


VISITS = add_list("visits", _("My visits"), _visits)


@require_GET
@VISITS.exported
def visits(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _now("Visits"), "table": VISITS.page(request), "due": due_visits(request.actor), "today": clock.today(),
        "may_note": request.actor.holds(VISITORS),
    }  # fmt: skip
    return render(request, "desk/visits/list.html", context)


def _note(request: DeskRequest, pk: UUID) -> VisitNote:
    found: VisitNote = get_visible(VisitNote.objects.kept(clock.today()).for_list(), request.actor, pk)
    return found


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    """On a phone at the door, or later at the desk. ``?household=``: whom it is about."""
    if not request.actor.holds(VISITORS):
        require(request.actor, "organisations.note_visit")
    form = VisitForm(request.POST or None, actor=request.actor, initial={"household": request.GET.get("household", "")})
    return act(
        request, form, lambda **values: actions.note_visit(by=request.actor, **values), title=_("Note a visit"),
        button=_("Keep the note"), back=reverse("desk:visits"),
        lead=_("A note, not a proof: no photo, no place on a map, no check-in. The household can read it."),
        done=_("The note is kept."),
    )  # fmt: skip


@require_GET
def visit(request: DeskRequest, pk: UUID) -> HttpResponse:
    note = _note(request, pk)
    owed = note.promise is not None and note.promise.state in (PromiseState.OPEN, PromiseState.PAUSED)
    context = {
        "title": _now("Visit: %(whom)s") % {"whom": note}, "note": note, "words": note.words, "owed": owed,
        "may_follow": may(request.actor, "organisations.follow_up_visit", note),
        "steps": [one for one in threads.with_lines(threads.chain(note, request.actor)) if one.direction == "after"],
        "crumbs": [(_now("Visits"), reverse("desk:visits")), (str(note), "")],
    }  # fmt: skip
    return render(request, "desk/visits/visit.html", context)


@require_http_methods(GET_POST)
def follow(request: DeskRequest, pk: UUID) -> HttpResponse:
    note = _note(request, pk)
    require(request.actor, "organisations.follow_up_visit", note)
    return act(
        request, FollowForm(request.POST or None),
        lambda done: actions.follow_up(note, by=request.actor, done=done), title=_("What was promised is done"),
        button=_("It is done"), back=reverse("desk:visit", args=[note.pk]), lead=note.words.follows,
        done=_("The promise is kept. The household reads what was done."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def report(request: DeskRequest, pk: UUID) -> HttpResponse:
    """A request begun from the note; it goes its usual way and the thread leads back here."""
    note = _note(request, pk)
    require(request.actor, "organisations.follow_up_visit", note)
    said = note.words
    form = ReportForm(request.POST or None, actor=request.actor, initial={"text": said.follows or said.heard})
    return act(
        request, form, lambda **values: report_from_visit(note, by=request.actor, **values),
        title=_("Begin a request from this visit"), button=_("Enter the request"),
        back=reverse("desk:visit", args=[note.pk]), lead=str(note), done=_("The request is entered; it stands under the note."),
    )  # fmt: skip
