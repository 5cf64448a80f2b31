"""Who stands: proposed, papers handed in, what the reviewers read and say."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.desk.acting import REFUSED, NothingMore, act
from cunlian.desk.choosing import forms
from cunlian.desk.choosing.tables import outcome_of
from cunlian.desk.choosing.views import choice_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.responsibility.forms import candidates as search_persons
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import may, require
from cunlian.kernel.evidence import path_of
from cunlian.kernel.models import Attachment
from cunlian.kernel.refusals import Missing
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.states import OPEN, PREPARE, REVIEW, State
from cunlian.organisations.models import NEEDED, Candidate, CandidatePaper, Criterion, Opinion
from cunlian.ui.forms import submit

GET_POST = ("GET", "POST")


def candidate_of(request: DeskRequest, pk: UUID) -> Candidate:
    found: Candidate = get_visible(Candidate.objects.for_list(), request.actor, pk)
    return found


def _page(one: Candidate) -> str:
    return reverse("desk:candidate", args=[one.pk])


@require_http_methods(GET_POST)
def propose(request: DeskRequest, pk: UUID) -> HttpResponse:
    """First a search by name or phone, then the person from what it found; names are shown masked."""
    one = choice_of(request.actor, pk)
    require(request.actor, PREPARE, one)
    text = request.POST.get("q", request.GET.get("q", ""))
    people = search_persons(request.actor, text)
    form = forms.ProposeForm(request.POST or None, choice=one, found=people)
    made = (
        submit(form, lambda **said: actions.propose_candidate(one, by=request.actor, **said)) if form.is_bound else None
    )
    if made is not None:
        return redirect(_page(made))
    context = {"title": _("Enter a candidate"), "one": one, "form": form, "text": text, "people": people}
    return render(request, "desk/choosing/propose.html", context, status=REFUSED if form.errors else 200)


@require_GET
def candidate(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Which papers were handed in; for reviewers the papers themselves and what each office said."""
    one, actor = candidate_of(request, pk), request.actor
    there = {paper.criterion: paper.handed_on for paper in one.papers.all()}
    opened = {row.criterion: row for row in CandidatePaper.objects.visible_to(actor).filter(candidate=one)}
    hang = Attachment.objects.filter(about_kind=CandidatePaper.KIND, about_id__in=[row.pk for row in opened.values()])
    with_file = set(hang.values_list("about_id", flat=True))
    prepares, state = may(actor, PREPARE, one.choice), one.choice.state
    context = {
        "title": one.person.name, "candidate": one, "outcome": outcome_of(one),
        "papers": [(kind, kind in NEEDED, there.get(kind), opened.get(kind)) for kind in Criterion], "with_file": with_file,
        "reviews": bool(opened) or may(actor, REVIEW, one.choice),
        "opinions": Opinion.objects.visible_to(actor).filter(candidate=one).for_list(),
        "may_hand_in": prepares and state == State.PREPARING and not one.withdrawn_on,
        "may_withdraw": prepares and state in OPEN - {State.VOTED} and not one.withdrawn_on,
        "may_say": state == State.IN_REVIEW and not one.withdrawn_on and may(actor, REVIEW, one.choice),
        "crumbs": [
            (_("Choosing the two committees"), reverse("desk:choices")),
            (str(one.choice), reverse("desk:choice", args=[one.choice_id])), (one.person.name, ""),
        ],
    }  # fmt: skip
    return render(request, "desk/choosing/candidate.html", context)


@require_http_methods(GET_POST)
def paper(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = candidate_of(request, pk)
    require(request.actor, PREPARE, one.choice)
    asked = {"criterion": request.GET["criterion"]} if "criterion" in request.GET else {}
    return act(
        request, forms.PaperForm(request.POST or None, request.FILES or None, initial=asked),
        lambda **said: actions.hand_in_paper(one, by=request.actor, **said),
        title=_("Take in a paper"), button=_("Take it in"), back=_page(one), lead=str(one),
        done=_("The paper is taken in. Only the reviewing offices can open it."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def opinion(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = candidate_of(request, pk)
    require(request.actor, REVIEW, one.choice)
    return act(
        request, forms.OpinionForm(request.POST or None),
        lambda **said: actions.give_opinion(one, by=request.actor, **said),
        title=_("Opinion of your office"), button=_("Give the opinion"), back=_page(one), lead=str(one),
        done=_("The opinion is given. It can be changed until the review is closed."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def withdraw(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = candidate_of(request, pk)
    require(request.actor, PREPARE, one.choice)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: actions.withdraw_candidate(one, by=request.actor),
        title=_("Withdraw a candidate"), button=_("Withdraw the candidate"), back=reverse("desk:choice", args=[one.choice_id]),
        about=str(one), lead=_("At their own wish. Papers and opinions are erased at once."),
        done=_("The candidate is withdrawn."),
    )  # fmt: skip


@require_POST
def open_file(request: DeskRequest, pk: UUID) -> FileResponse:
    """The file of a paper, for a reviewer. The candidate reads that it was opened."""
    found: CandidatePaper = get_visible(
        CandidatePaper.objects.select_related("candidate__choice__unit__place"), request.actor, pk
    )
    files = actions.open_paper(found, by=request.actor)
    if not files:
        raise Missing(_("No file hangs on this paper: it was seen in the original."))
    file = files[0].evidence
    response = FileResponse(path_of(file).open("rb"), as_attachment=True, filename=path_of(file).name)
    response.headers["Cache-Control"] = "no-store"
    return response
