"""How far one's long work is, and its file. A job is there for its owner only."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.jobs.tables import JobTable
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel import jobs
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Job
from cunlian.kernel.refusals import Missing
from cunlian.ui.htmx import render_page

RUNNING = (Job.State.WAITING, Job.State.RUNNING)


def _jobs(actor: Actor, query: QueryDict) -> JobTable:
    return JobTable(Job.objects.visible_to(actor))


JOBS = add_list("jobs", _lazy("Exports"), _jobs)


@require_GET
@JOBS.exported
def job_list(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/jobs/list.html", {"title": _("Exports"), "table": JOBS.page(request)})


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Asks again by itself while it runs: HTMX in place, else by reloading."""
    job: Job = get_visible(Job.objects, request.actor, pk)
    context = {"title": job.title, "job": job, "runs": job.state in RUNNING}
    return render_page(request, "desk/jobs/detail.html", context, fragment="progress")


@require_GET
def file(request: DeskRequest, pk: UUID) -> FileResponse:
    job: Job = get_visible(Job.objects, request.actor, pk)
    path = jobs.path_of(job)
    if job.state != Job.State.DONE or not job.file or not path.exists():
        raise Missing(_("The file is not there: it is kept for a week. Start the export again."))
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
