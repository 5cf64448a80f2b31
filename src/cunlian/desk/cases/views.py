"""One case: its page, its moves, what belongs to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.cases.actions import attach_file, blur_file, reveal_reporter
from cunlian.cases.looks import looks_about
from cunlian.cases.models import Case, ReplyTemplate
from cunlian.cases.states import MOVES, State
from cunlian.desk.cases import choices, evidence, moves
from cunlian.desk.cases.detail import case_page
from cunlian.desk.cases.forms import MoveForm
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import mark, receipt_text
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.evidence import path_of
from cunlian.kernel.moves import Move
from cunlian.kernel.presses import once, taken
from cunlian.kernel.refusals import IllegalMove, Missing, Refusal
from cunlian.ui.forms import submit

PAGE = "desk/cases/detail.html"
PART = "after_move"
LATER = 303
REFUSED = 422


def case_of(request: DeskRequest, pk: UUID) -> Case:
    return get_visible(Case.objects.for_detail(), request.actor, pk)


def wants_part(request: DeskRequest) -> bool:
    """HTMX asks for what a move changes; links in the bar of moves are boosted, so the target tells."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and htmx.target == PART


def show(
    request: DeskRequest, case: Case, *, move: Move | None = None, form: MoveForm | None = None, status: int = 200
) -> HttpResponse:
    part = wants_part(request)
    context = case_page(case, request.actor, move=move, form=form, swapped=part)
    response = render(request, f"{PAGE}#{PART}" if part else PAGE, context, status=status)
    response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "HX-Request", "HX-Target"]))
    return response


@require_GET
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    return show(request, case_of(request, pk))


# --- moves ---


@require_http_methods(["GET", "POST"])
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    """A move's form inside the page of the case, and its pressing."""
    drawn = Case.objects.for_detail() if request.method == "GET" else Case.objects.for_moves()
    case: Case = get_visible(drawn, request.actor, pk)
    page = moves.PAGES.get(name)
    if page is None:
        raise Missing(_("There is no such step. Go back to the request and choose one there."))
    chosen = _move_named(name)
    if request.method == "GET":
        return _open(request, case, chosen, page.form(case=case, actor=request.actor, initial=_prepared(request)))
    form = page.form(request.POST, case=case, actor=request.actor)
    refused = _press(request, case, chosen, form)
    if refused:
        return show(request, case_of(request, pk), move=chosen, form=form, status=refused)
    return _after(request, case, chosen)


def _move_named(name: str) -> Move:
    more = {one.name: one for one in moves.MORE}
    return more.get(name) or MOVES[name]


def _prepared(request: DeskRequest) -> dict[str, Any]:
    """A reply template chosen without scripts puts its words into the field."""
    keys = choices.parse_keys([request.GET.get("template", "")])
    template = ReplyTemplate.objects.visible_to(request.actor).filter(pk__in=keys).first()
    return {"text": template.text} if template else {}


def _open(request: DeskRequest, case: Case, chosen: Move, form: MoveForm) -> HttpResponse:
    if moves.move_called(chosen.name, case, request.actor):
        return show(request, case, move=chosen, form=form)
    messages.warning(request, _("“%(move)s” is not possible here now.") % {"move": chosen.label})
    return show(request, case, status=IllegalMove.status)


def _press(request: DeskRequest, case: Case, chosen: Move, form: MoveForm) -> int:
    """Do it. 0 when it is done (or was done by the first of two presses), else the status of the refusal, whose
    sentence then stands in the form."""
    key, seen = _hidden(request, "key"), _hidden(request, "seen")
    if not form.is_valid():
        return 0 if taken(key) else REFUSED
    try:
        once(key, lambda: moves.perform(chosen.name, case, form, seen=seen))
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, _whole(refusal))
        return refusal.status
    return 0


def _hidden(request: DeskRequest, name: str) -> str:
    """What a form hides; a button that is pressed without a form carries it in its address."""
    return str(request.POST.get(name) or request.GET.get(name, ""))


def _whole(refusal: Refusal) -> str:
    return f"{refusal.sentence} {refusal.rule}".strip()


def _after(request: DeskRequest, case: Case, chosen: Move) -> HttpResponse:
    """The case as it stands now; the workbench, when it has left the viewer's hands altogether."""
    seen = Case.objects.visible_to(request.actor).select_related("holder__organisation")
    now = seen.filter(pk=case.pk).first()
    messages.success(request, _result(chosen, now))
    if now is None:
        return HttpResponseRedirect(reverse("desk:home"), status=LATER)
    if not wants_part(request):
        return HttpResponseRedirect(reverse("desk:case", args=[case.pk]), status=LATER)
    response = show(request, case_of(request, case.pk))
    response.headers["HX-Push-Url"] = reverse("desk:case", args=[case.pk])
    return response


def _result(chosen: Move, case: Case | None) -> str:
    if case is None or chosen.to is None or case.holder is None or case.is_ended:
        return _("Done: %(move)s.") % {"move": chosen.label}
    if case.state == State.ANSWERED:
        return _("Answered. The reporter is now asked whether it is fixed.")
    return _("Done: %(move)s. It is now with %(post)s.") % {"move": chosen.label, "post": case.holder}


# --- what belongs to it ---


@require_POST
def reveal(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Name and phone in full, once, in this very answer. The look is logged and the person sees it."""
    case = case_of(request, pk)
    purpose = request.POST.get("purpose", "")
    context: dict[str, Any] = {"case": case, "purpose": purpose, "receipt": receipt_text(case.receipt, mark())}
    try:
        context["contact"] = reveal_reporter(case, by=request.actor, purpose=purpose)
    except Refusal as refusal:
        return render(request, "desk/cases/reveal.html", {**context, "refusal": refusal}, status=refusal.status)
    response = render(request, "desk/cases/reveal.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def looks(request: DeskRequest, pk: UUID) -> HttpResponse:
    case = case_of(request, pk)
    title = _("Who looked at the full name and phone")
    crumbs = _below(case, title)
    return render(request, "desk/cases/looks.html", {"looks": looks_about(case), "title": title, "crumbs": crumbs})


def _below(case: Case, title: str) -> list[tuple[str, str]]:
    here = reverse("desk:case", args=[case.pk])
    return [(_("Requests"), reverse("desk:cases")), (receipt_text(case.receipt, mark()), here), (title, "")]


@require_http_methods(["GET", "POST"])
def attach(request: DeskRequest, pk: UUID) -> HttpResponse:
    case = case_of(request, pk)
    form = evidence.AttachForm(request.POST or None, request.FILES or None)
    kept = submit(form, lambda **said: attach_file(case, by=request.actor, **said)) if form.is_bound else None
    if kept:
        messages.success(request, _("The file is with the request now."))
        return redirect("desk:case", pk)
    title = _("Add a photo or a paper")
    context = {"form": form, "case": case, "title": title, "crumbs": _below(case, title)}
    return render(request, "desk/cases/attach.html", context, status=REFUSED if form.errors else 200)


@require_GET
def file(request: DeskRequest, pk: UUID, attachment_pk: UUID) -> FileResponse:
    attachment = evidence.attachment_of(case_of(request, pk), attachment_pk)
    kept = attachment.evidence
    response = FileResponse(path_of(kept).open("rb"), content_type=kept.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_http_methods(["GET", "POST"])
def blur(request: DeskRequest, pk: UUID, attachment_pk: UUID) -> HttpResponse:
    case = case_of(request, pk)
    attachment = evidence.attachment_of(case, attachment_pk)
    form = evidence.BlurForm(request.POST or None)

    def call(**_said: int) -> Any:
        return blur_file(case, by=request.actor, attachment=attachment, boxes=form.boxes(attachment))

    if request.method == "POST" and submit(form, call):
        messages.success(request, _("The blurred copy hangs beside the original, which stays for staff only."))
        return redirect("desk:case", pk)
    title = _("Make part of a photo unreadable")
    context = {"form": form, "case": case, "attachment": attachment, "title": title, "crumbs": _below(case, title)}
    return render(request, "desk/cases/blur.html", context, status=REFUSED if form.errors else 200)


@require_GET
def print_file(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The case on paper: for the file, for the person at the counter."""
    case = case_of(request, pk)
    context = case_page(case, request.actor)
    return render(request, "desk/cases/print.html", {**context, "printed_at": clock.now()})
