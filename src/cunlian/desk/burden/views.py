"""One form, from any page of the desk."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cunlian.cases.actions import report_burden
from cunlian.cases.models import Case
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.ids import uuid7
from cunlian.ui.forms import submit


class BurdenForm(forms.Form):
    """What costs time for nothing. The page it was said on goes with it."""

    text = forms.CharField(
        label=_("What burdens you?"),
        help_text=_("A form asked twice, a number nobody reads, a task without a reason. Say what would help."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    key = forms.UUIDField(widget=forms.HiddenInput)


def burden(request: DeskRequest) -> HttpResponse:
    """It goes to the county's office, not to a superior, and has a day by which it is answered."""
    if request.method == "POST":
        form = BurdenForm(request.POST)
        case = submit(form, lambda **values: report_burden(by=request.actor, **values))
        if isinstance(case, Case):
            return redirect("desk:case", case.pk)
    else:
        form = BurdenForm(initial={"page": request.GET.get("page", ""), "key": uuid7()})
    return render(request, "desk/burden/burden.html", {"form": form}, status=422 if form.errors else 200)
