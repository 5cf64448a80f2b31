"""How far one's long work is, and its file. A job is there for its owner only."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.kernel import jobs
from cunlian.kernel.models import Job
from cunlian.kernel.refusals import Missing
from cunlian.ui.htmx import render_page

SHOWN = 50
RUNNING = (Job.State.WAITING, Job.State.RUNNING)


@require_GET
def job_list(request: DeskRequest) -> HttpResponse:
    mine = Job.objects.visible_to(request.actor)[:SHOWN]
    return render(request, "desk/jobs/list.html", {"title": _("Exports"), "jobs": mine})


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
