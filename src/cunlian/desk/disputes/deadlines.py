"""How long mediation may take: the days that hold, every decision before them, and the form of the next."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column

from cunlian.cases.disputes.actions import set_deadlines
from cunlian.cases.disputes.deadlines import LONGEST_CHECK, LONGEST_MEDIATION, deadlines
from cunlian.cases.disputes.models import MediationDeadline
from cunlian.desk.acting import act
from cunlian.desk.decisions import DecisionTable, paper_field
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import Actor, may, require
from cunlian.places.models import District
from cunlian.ui.tables import NumberColumn

MAY = "disputes.set_deadlines"
TITLE = _("Deadlines of mediation")


class DeadlineTable(DecisionTable):
    mediate_days = NumberColumn(verbose_name=_("To mediate (working days)"))
    check_days = NumberColumn(verbose_name=_("To ask whether it is performed (working days)"))
    reason = Column(verbose_name=_("Why other days"))

    class Meta(DecisionTable.Meta):
        model = MediationDeadline
        sequence = ("decided_at", "mediate_days", "check_days", "reason", "paper", "post")
        empty_text = _(
            "Here stand the decisions on how long mediation may take. None was made; the customary days hold."
        )


class DeadlineForm(forms.Form):
    mediate_days = forms.IntegerField(
        label=_("Working days to mediate"), min_value=1, max_value=LONGEST_MEDIATION,
        help_text=_("From the day a mediator takes it on."), widget=forms.NumberInput({"inputmode": "numeric"}),
    )  # fmt: skip
    check_days = forms.IntegerField(
        label=_("Working days to ask whether it is performed"), min_value=1, max_value=LONGEST_CHECK,
        help_text=_("From the day on which the agreement is to be performed."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why other days"), max_length=200, help_text=_("Every mediator reads it."))
    paper = paper_field()


def _decided(actor: Actor, query: QueryDict) -> DeadlineTable:
    return DeadlineTable(MediationDeadline.objects.visible_to(actor).of_root(District.current().root).for_list())


DECIDED = add_list("mediation-deadlines", TITLE, _decided)


def _crumbs() -> list[tuple[str, str]]:
    return [(_now("Disputes"), reverse("desk:disputes")), (str(TITLE), "")]


@require_GET
@DECIDED.exported
def deadline_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": str(TITLE), "table": DECIDED.page(request), "days": deadlines(), "crumbs": _crumbs(),
        "may_set": may(request.actor, MAY, District.current().root),
    }  # fmt: skip
    return render(request, "desk/disputes/deadlines.html", context)


@require_http_methods(["GET", "POST"])
def change(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, MAY, root)
    held = deadlines(root)
    initial = {"mediate_days": held.mediate_days, "check_days": held.check_days}
    return act(
        request, DeadlineForm(request.POST or None, initial=initial),
        lambda **said: set_deadlines(by=request.actor, root=root, **said), title=_now("Change the deadlines of mediation"),
        button=_("Let these days hold"), back=reverse("desk:mediation_deadlines"),
        done=_("These days hold from now on. Days already promised do not move."),
        lead=_("They hold for disputes taken on and agreements reached from now on. Days already promised do not move."),
    )  # fmt: skip
