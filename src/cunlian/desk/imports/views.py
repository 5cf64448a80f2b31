"""Lists from spreadsheets: brought in, looked at row by row, taken over, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import REFUSED
from cunlian.desk.imports import sheet
from cunlian.desk.imports.forms import ColumnsForm, NewForm, places_of
from cunlian.desk.imports.tables import ImportTable, KeptTable, LineFilter, LineTable
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.models import Job
from cunlian.kernel.refusals import Missing, Refusal
from cunlian.people.imports.actions import bring_list, decide_lines, discard_import, order_check, order_work
from cunlian.people.imports.states import MOVES
from cunlian.people.models import ImportLine, ImportTrace, RegisterImport
from cunlian.ui.forms import submit
from cunlian.ui.htmx import render_page

MAY = "people.import_register"
GET_POST = ("GET", "POST")


def _imports(actor: Actor, query: QueryDict) -> ImportTable:
    return ImportTable(RegisterImport.objects.visible_to(actor).for_list())


def _lines(actor: Actor, query: QueryDict, pk: UUID) -> LineTable:
    batch: RegisterImport = get_visible(RegisterImport.objects, actor, pk)
    rows = ImportLine.objects.visible_to(actor).filter(batch=batch).for_list()
    found = LineFilter(query, rows)
    deciding = batch.state == RegisterImport.State.CHECKED and bool(batch.alike)
    return LineTable(found.qs, filter=found, deciding=deciding)


IMPORTS = add_list("imports", _("Lists brought in"), _imports)
LINES = add_list("import-lines", _("Rows of a list"), _lines)


@require_GET
@IMPORTS.exported
def imports(request: DeskRequest) -> HttpResponse:
    context = {"title": _now("Lists brought in"), "table": IMPORTS.page(request), "may_bring": places_of(request.actor)}
    return render(request, "desk/imports/list.html", context)


@require_GET
def template(request: DeskRequest) -> FileResponse:
    """The workbook to fill in: headings and one row as an example, which is passed over when it comes back."""
    return sheet.template()


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    form = NewForm(request.POST or None, request.FILES or None, actor=request.actor)
    require(request.actor, MAY)

    def call(place: Any, file: Any) -> RegisterImport:
        return bring_list(place, by=request.actor, name=file.name, data=file.read())

    batch = submit(form, call) if request.method == "POST" else None
    if batch is not None:
        return redirect("desk:import", batch.pk)
    context = {"title": _now("Bring a list in"), "form": form, "crumbs": _crumbs(_now("Bring a list in"))}
    return render(request, "desk/imports/new.html", context, status=REFUSED if form.errors else 200)


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(_now("Lists brought in"), reverse("desk:imports")), (title, "")]


def _batch(request: DeskRequest, pk: UUID) -> RegisterImport:
    batch: RegisterImport = get_visible(RegisterImport.objects, request.actor, pk)
    return batch


@require_GET
@LINES.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Where the list stands; while work on it is under way it asks again by itself."""
    batch = _batch(request, pk)
    return _page(request, batch, ColumnsForm(batch=batch))


def _page(request: DeskRequest, batch: RegisterImport, form: ColumnsForm, status: int = 200) -> HttpResponse:
    state, allowed = RegisterImport.State, may(request.actor, MAY, batch)
    context: dict[str, Any] = {
        "title": str(batch), "batch": batch, "form": form if allowed else None, "crumbs": _crumbs(str(batch)),
        "failed": batch.job.message if batch.job and batch.job.state == Job.State.FAILED else "",
        "asks": batch.state == state.COLUMNS, "open": batch.state in (state.COLUMNS, state.CHECKED),
        "may": allowed, "moves": {move.name: move.label for move in MOVES},
    }  # fmt: skip
    if batch.state not in (state.COLUMNS, state.DISCARDED) and not batch.busy:
        context["table"] = LINES.page(request, pk=batch.pk)
    if batch.state == state.UNDONE:
        kept = ImportTrace.objects.filter(batch=batch, kept=True).select_related("person", "household")
        context["kept"] = KeptTable(kept.order_by("pk")[:200])
    return render_page(
        request, "desk/imports/detail.html", context, fragment="stand", status=status, whole=not batch.busy
    )


@require_POST
def columns(request: DeskRequest, pk: UUID) -> HttpResponse:
    """What each column holds; then the check starts."""
    batch = _batch(request, pk)
    form = ColumnsForm(request.POST, batch=batch)
    if submit(form, lambda columns: order_check(batch, by=request.actor, columns=columns)) is None:
        return _page(request, batch, form, REFUSED)
    return redirect("desk:import", batch.pk)


@require_POST
def decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Rows chosen, or all that wait, are about the person known or about somebody else."""
    batch = _batch(request, pk)
    chosen = [int(text) for text in request.POST.getlist("row") if text.isdecimal()]
    numbers = None if request.POST.get("all") else chosen
    return _done(
        request, batch, _now("It is noted who these rows are about."),
        lambda: decide_lines(batch, by=request.actor, decision=request.POST.get("decision", ""), numbers=numbers),
    )  # fmt: skip


@require_POST
def give_up(request: DeskRequest, pk: UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return _done(
        request,
        batch,
        _now("The list is given up, its file is deleted."),
        lambda: discard_import(batch, by=request.actor),
    )


@require_POST
def work(request: DeskRequest, pk: UUID, move: str) -> HttpResponse:
    """Taking over, or taking back, in the background."""
    batch = _batch(request, pk)
    if move not in ("apply", "undo"):
        raise Missing(_("This is not here, or not for your post. Check the number, or go back to the list."))
    return _done(request, batch, "", lambda: order_work(batch, by=request.actor, move=move))


def _done(request: DeskRequest, batch: RegisterImport, sentence: str, call: Any) -> HttpResponse:
    try:
        call()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        if sentence:
            messages.success(request, sentence)
    return redirect("desk:import", batch.pk)
