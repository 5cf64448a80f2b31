"""Every list of the desk: one function says which rows it has, and its page, its file and its long export all ask it.

::

    def _units(actor: Actor, query: QueryDict) -> ListTable: ...      # cut to the actor, permission asked here

    UNITS = add_list("units", _("Units"), _units)

    @require_GET
    @UNITS.exported                        # ?export=xlsx answers with the file
    def units(request: DeskRequest) -> HttpResponse:
        return render(request, "…", {"table": UNITS.page(request)})

What a path holds (``<uuid:pk>``) comes to the function by name. A second list on the same page takes a ``prefix``, which
stands before its words in the address (``?unsent-export=csv``). Up to ``AT_ONCE`` rows come at once; more are made by a
job in its owner's name, with the rights of the moment it runs, and only its owner is handed the file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, BinaryIO

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext as _

from cunlian.desk import sheets
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import district
from cunlian.kernel import clock, jobs
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job
from cunlian.kernel.refusals import Text
from cunlian.people.actors import actor_of_account
from cunlian.places.models import code_range
from cunlian.ui.tables import PAGE_SIZE, ListTable, page_of

AT_ONCE = 5_000
JOB = "desk.export_list"

Build = Callable[..., ListTable]
Lines = Callable[[ListTable], Iterator[sheets.Row]]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class DeskList:
    """``build(actor, query, **path)``: the rows that actor has under that address; ``name``: of the file; ``lines``: head
    and rows of the file where it holds more than the page's columns; ``prefix``: of a further list on one page."""

    name: str
    title: Text
    build: Build
    lines: Lines = sheets.lines_of
    prefix: str = ""

    @property
    def field(self) -> str:
        return f"{self.prefix}export"

    def page(self, request: DeskRequest, *, size: int | None = PAGE_SIZE, **path: Any) -> Any:
        """The table for the page, with its links to the file; ``size=None``: all rows, for a sheet that is printed."""
        table = page_of(request, self._build(request.actor, request.GET, path), size=size)
        table.exports = tuple(sheets.KINDS)
        if not table.total:
            table.empty_text = why_empty(request.actor, table)
        return table

    def exported(self, view: View) -> View:
        """Let the view's address answer ``?export=xlsx`` and ``?export=csv`` with the file of this list."""

        @wraps(view)
        def page_or_file(request: DeskRequest, **path: Any) -> HttpResponseBase:
            kind = request.GET.get(self.field, "")
            return self.export(request, kind, **path) if kind in sheets.KINDS else view(request, **path)

        return page_or_file

    def export(
        self, request: DeskRequest, kind: str, *, at_once: int = AT_ONCE, **path: Any
    ) -> HttpResponse | FileResponse:
        """The file itself, or the page of the job that makes it."""
        table = self._table(request.actor, request.GET, path)
        total = sheets.count_of(table)
        if total > at_once:
            return redirect("desk:job", self._start(request, kind, table, total).pk)
        buffer = io.BytesIO()
        self._write(kind, buffer, self.lines(table))
        buffer.seek(0)
        return FileResponse(buffer, as_attachment=True, filename=self.file_name(kind), content_type=sheets.KINDS[kind])

    def run(self, job: Job, progress: jobs.Progress, path: dict[str, Any]) -> None:
        query = QueryDict(job.parameters["query"])
        table = self._table(actor_of_account(job.owner_id), query, path)
        progress(0, sheets.count_of(table), save=True)
        kind = job.parameters["kind"]
        with progress.file(self.file_name(kind)).open("wb") as target:
            self._write(kind, target, _counted(self.lines(table), progress))
        progress(job.total, job.total)

    def file_name(self, kind: str) -> str:
        return f"{self.name}-{clock.today():%Y%m%d}.{kind}"

    def _build(self, actor: Actor, query: QueryDict, path: dict[str, Any]) -> ListTable:
        table = self.build(actor, query, **path)
        table.prefix = self.prefix
        return table

    def _table(self, actor: Actor, query: QueryDict, path: dict[str, Any]) -> ListTable:
        """The whole list in the order the address asks for, as the page's first row to its last."""
        table = self._build(actor, query, path)
        if order := query.getlist(table.prefixed_order_by_field):
            table.order_by = order
        return table

    def _start(self, request: DeskRequest, kind: str, table: ListTable, total: int) -> Job:
        query = request.GET.copy()
        query.pop(self.field, None)
        title = f"{self.title} · {table.text_of(total)}"
        asked = {"list": self.name, "path": request.path_info, "query": query.urlencode(), "kind": kind}
        return jobs.start(JOB, title, request.actor, **asked)

    def _write(self, kind: str, target: BinaryIO, lines: Iterator[sheets.Row]) -> None:
        sheets.write(kind, target, lines, str(self.title))


LISTS: dict[str, DeskList] = {}


def add_list(name: str, title: Text, build: Build, *, lines: Lines = sheets.lines_of, prefix: str = "") -> DeskList:
    """Register a list, once, beside its view."""
    if name in LISTS:
        raise ValueError(f"list {name} is registered twice")
    LISTS[name] = DeskList(name, title, build, lines, prefix)
    return LISTS[name]


def why_empty(actor: Actor, table: ListTable) -> Text:
    """What stands where there are no rows: when no row could be there for this actor, that it is their role or its place;
    else what the list is for. Nothing about any record."""
    if table.readers is not None and not actor.holds(table.readers):
        return _("Your role works for no villages here, so nothing of theirs stands in this list.")
    served = district()
    low, high = code_range(served.root.code) if served else ("", "~")
    if served and not any(grant.low < high and low < grant.high for grant in actor.grants):
        return _("Your role works outside %(district)s, so nothing of it stands in this list.") % {"district": served}
    usual: Text = table.empty_text
    return usual


def run(job: Job, progress: jobs.Progress) -> None:
    """In the worker. Reading the address again brings the lists, and what its path holds, as the page had it."""
    path = resolve(job.parameters["path"]).kwargs
    LISTS[job.parameters["list"]].run(job, progress, path)


def _counted(lines: Iterator[sheets.Row], progress: jobs.Progress) -> Iterator[sheets.Row]:
    for done, line in enumerate(lines):
        if done and done % sheets.CHUNK == 0:
            progress(done)
        yield line


jobs.add_job(JOB, run)
