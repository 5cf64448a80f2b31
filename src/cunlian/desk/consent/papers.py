"""Blank forms of consent: printed with a number and a code, and found again by either when they come back signed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cunlian.desk.consent import forms
from cunlian.desk.consent.purposes import purpose_of
from cunlian.desk.consent.sheet import pdf_of
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import require
from cunlian.kernel.ids import read_receipt
from cunlian.kernel.refusals import Invalid
from cunlian.people.consent import print_forms
from cunlian.people.models import Consent, ConsentForm


@require_POST
def print_blank(request: DeskRequest, code: str) -> HttpResponse:
    form = forms.PrintForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose how many forms to print."), field="copies")
    made = print_forms(purpose_of(code), by=request.actor, copies=form.cleaned_data["copies"])
    response = HttpResponse(pdf_of(made), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="consent-{code}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def paper(request: DeskRequest, number: str) -> HttpResponse:
    """What the code on a form opens: which words it has, whether it was entered, and how it is."""
    require(request.actor, "people.print_consent_forms")
    rows = ConsentForm.objects.select_related("text__purpose")
    found = get_object_or_404(rows, number=read_receipt(number) or "")
    holding = Consent.objects.visible_to(request.actor).filter(form=found).select_related("person")
    context = {
        "title": _("Form of consent %(number)s") % {"number": found.number}, "paper": found, "purpose": found.text.purpose,
        "holds": found.text_id == found.text.purpose.current_text().pk, "used": found.is_used,
        "consent": holding.first(),
        "crumbs": [(_("Purposes and consent"), reverse("desk:purposes")), (found.number, "")],
    }  # fmt: skip
    return render(request, "desk/consent/paper.html", context)
