"""One form, from any page of the desk."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions import report_burden
from cunlian.cases.models import Case
from cunlian.desk.pages import DeskRequest
from cunlian.desk.receipts import mark, receipt_text
from cunlian.kernel.ids import uuid7
from cunlian.ui.forms import status_of, submit
from cunlian.ui.navigation import page_name


class BurdenForm(forms.Form):
    """What costs time for nothing. The page it was said on goes with it by the name the side bar gives it: its address is no
    name, and may be that of somebody's file."""

    text = forms.CharField(
        label=_("What burdens you?"),
        help_text=_("A form asked twice, a number nobody reads, a task without a reason. Say what would help."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput)


def _where(path: str) -> str:
    """Where it was said, as it stands in the place of the request."""
    name = page_name(path)
    return gettext("%(name)s (page)") % {"name": name} if name else ""


def burden(request: DeskRequest) -> HttpResponse:
    """It goes to the county's office, not to a superior, and has a day by which it is answered."""
    if request.method == "POST":
        form = BurdenForm(request.POST)
        case = submit(form, lambda page, **said: report_burden(by=request.actor, page=_where(page), **said))
        if isinstance(case, Case):
            return _sent(request, case)
    else:
        form = BurdenForm(initial={"page": request.GET.get("page", ""), "key": uuid7()})
    context = {"form": form, "page_name": page_name(form["page"].value() or "")}
    return render(request, "desk/burden/burden.html", context, status=status_of(form))


def _sent(request: DeskRequest, case: Case) -> HttpResponse:
    """To what was sent; an account that is nobody's own, such as the administrator's, has no file to look into."""
    if Case.objects.visible_to(request.actor).filter(pk=case.pk).exists():
        return redirect("desk:case", case.pk)
    said = gettext("It is with the county's office, receipt %(receipt)s.")
    messages.success(request, said % {"receipt": receipt_text(case.receipt, mark())})
    return redirect("desk:home")
