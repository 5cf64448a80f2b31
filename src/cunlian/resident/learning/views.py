"""One's own training and certificates; the public check of a code."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from cunlian.people.models import Person
from cunlian.resident.mydata.views import own
from cunlian.resident.pages import show
from cunlian.resident.session import actor_of_visitor
from cunlian.talent.learning.certificates import check, pdf_of, read_code
from cunlian.talent.models import Attendance, Certificate
from cunlian.ui.qr import code_of, svg_of


@require_GET
@own
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """Every session I attended and every certificate I hold. What rests on a consent I took back is not shown any more."""
    actor = actor_of_visitor(request)
    came = Attendance.objects.visible_to(actor).held().named().filter(person=person).for_list()
    context = {
        "came": came.order_by("-session__held_on", "-pk"),
        "given": Certificate.objects.visible_to(actor).filter(person=person).for_list(),
    }  # fmt: skip
    return show(request, "resident/learning/mine.html", context)


def address_of(certificate: Certificate) -> str:
    """Where anybody may check it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("resident:certificate", args=[certificate.code])


@require_GET
@own
def file(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """My certificate as a sheet."""
    rows = Certificate.objects.visible_to(actor_of_visitor(request)).valid().filter(person=person, pk=pk)
    found = rows.select_related("course__giver", "person").first()
    if found is None:
        raise Http404
    address = address_of(found)
    response = HttpResponse(pdf_of(found, address, svg_of(code_of(address))), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{found.code}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code; a code that can be one leads to its page."""
    text = request.GET.get("code", "")
    if code := read_code(text):
        return redirect("resident:certificate", code)
    return show(request, "resident/learning/check.html", {"text": text[:60], "found": None, "asked": bool(text)})


@require_GET
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Valid or not; initials, never a name. Nobody's code and one that was erased look alike."""
    found = check(code)
    context = {"text": code[:60], "found": found, "asked": True}
    return show(request, "resident/learning/check.html", context, status=200 if found else 404)
