"""Follow a request: by receipt and four digits, from the list of one's own, on paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cunlian.cases.receipts import check_code, prove
from cunlian.kernel import clock
from cunlian.kernel.evidence import path_of
from cunlian.places.models import District
from cunlian.resident.cases.forms import FollowForm, NeighbourForm, ReopenForm, WordsForm
from cunlian.resident.cases.rows import detail_of, photos_of, row_of
from cunlian.resident.coming_home.rows import row_of as path_row
from cunlian.resident.pages import show
from cunlian.resident.partners.rows import row_of as application_row
from cunlian.resident.sent import Sent
from cunlian.resident.session import (
    actor_of_visitor,
    forget_receipts,
    held,
    known_receipts,
    open_receipt,
    person_of,
    remember_receipt,
)
from cunlian.resident.throttle import give_back, take_guess
from cunlian.talent.coming_home import receipts as paths
from cunlian.talent.partners import receipts as applications
from cunlian.ui.forms import status_of, submit


def _prove(request: HttpRequest, receipt: str, digits: str) -> tuple[str, str]:
    """The page that both numbers open, and the receipt as stored: of a path home, an application, else a request."""
    slots = take_guess(request, receipt)
    if home := paths.prove(receipt, digits):
        found = ("resident:home_path", home.receipt)
    elif sent := applications.prove(receipt, digits):
        found = ("resident:application", sent.receipt)
    else:
        found = ("resident:receipt", prove(receipt, digits).receipt)
    give_back(slots)
    return found


def _page_of(request: HttpRequest, receipt: str) -> str:
    """The page of a receipt this visitor has shown to be theirs; "" for every other, there or not."""
    person = person_of(request)
    shown = [receipt] if receipt in known_receipts(request) else []
    if any(one.receipt == receipt for one in held(request)):
        return "resident:receipt"
    for page, kind in (("resident:home_path", paths), ("resident:application", applications)):
        if any(one.receipt == receipt for one in kind.held_by(shown, person.pk if person else None)):
            return page
    return ""


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Both numbers right: from now on this session may open the receipt. ``?receipt=``: the code on the slip and every
    message bring the one number, never the other; whoever showed both already comes to its page."""
    district = District.current()
    receipt = request.GET.get("receipt", "")
    if request.method == "GET" and (page := _page_of(request, receipt)):
        return redirect(page, receipt)
    brought = {"receipt": request.GET["receipt"]} if request.GET.get("receipt") else None
    form = FollowForm(request.POST or None, mark=district.receipt_mark, initial=brought)
    if request.method == "POST":
        found = submit(form, lambda receipt, digits: _prove(request, receipt, digits))
        if found:
            remember_receipt(request, found[1])
            return redirect(*found)
    context = {"district": district, "form": form}
    return show(request, "resident/cases/follow.html", context, status=status_of(form))


@require_GET
def detail(request: HttpRequest, receipt: str) -> HttpResponse:
    district = District.current()
    found, actor = open_receipt(request, receipt)
    context = {
        "district": district,
        "detail": detail_of(found, actor, district),
        "form": None,
        "words_form": WordsForm(),
        "reopen_form": ReopenForm(),
        "neighbour_form": NeighbourForm(),
    }
    return show(request, "resident/cases/receipt.html", context)


@require_GET
def photo(request: HttpRequest, receipt: str, key: UUID) -> FileResponse:
    """A picture of the request, for whoever may open the request."""
    found, _actor = open_receipt(request, receipt)
    for attachment in photos_of(found):
        if attachment.pk == key:
            evidence = attachment.evidence
            response = FileResponse(path_of(evidence).open("rb"), content_type=evidence.media_type)
            response.headers["Cache-Control"] = "private, max-age=3600"
            return response
    raise Http404


@require_GET
def slip(request: HttpRequest, receipt: str) -> HttpResponse:
    """The receipt on paper: number, check code, who has it, by when. Nothing of what was written."""
    district = District.current()
    found, actor = open_receipt(request, receipt)
    context = {
        "district": district,
        "detail": detail_of(found, actor, district),
        "code": check_code(found.joined or found.case),
        "address": f"{settings.PUBLIC_URL.rstrip('/')}{reverse('resident:follow')}?receipt={found.receipt}",
        "printed_at": clock.now(),
    }
    return show(request, "resident/cases/slip.html", context)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    district = District.current()
    rows = [row_of(one, district) for one in held(request)]
    person, by, known = person_of(request), actor_of_visitor(request), known_receipts(request)
    own = person.pk if person else None
    sent: list[Sent] = [path_row(one, by, district) for one in paths.held_by(known, own)]
    sent += [application_row(one, by, district) for one in applications.held_by(known, own)]
    context = {"district": district, "rows": rows, "sent": sent}
    return show(request, "resident/cases/mine.html", context)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """For a phone or a computer several people use."""
    forget_receipts(request)
    return redirect("resident:home")
