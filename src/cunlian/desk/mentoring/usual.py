"""How often mentor and mentees usually meet: what holds, every decision before it, and the form of the next."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column

from cunlian.desk.acting import act
from cunlian.desk.decisions import DecisionTable, paper_field
from cunlian.desk.lists import add_list
from cunlian.desk.mentoring.forms import months_field
from cunlian.desk.pages import DeskRequest
from cunlian.kernel.access import Actor, may, require
from cunlian.places.models import District
from cunlian.talent.mentoring.actions import set_rhythm
from cunlian.talent.mentoring.usual import usual_rhythm
from cunlian.talent.models import MentoringRhythm
from cunlian.ui.tables import NumberColumn

MAY = "mentoring.set_rhythm"
TITLE = _("How often they usually meet")


class RhythmTable(DecisionTable):
    every_months = NumberColumn(verbose_name=_("They meet every … months"))
    reason = Column(verbose_name=_("Why another rhythm"))

    class Meta(DecisionTable.Meta):
        model = MentoringRhythm
        sequence = ("decided_at", "every_months", "reason", "paper", "post")
        empty_text = _("Here stand the decisions on how often mentor and mentees meet. None was made; custom holds.")


class UsualForm(forms.Form):
    every_months = months_field()
    reason = forms.CharField(label=_("Why another rhythm"), max_length=200, help_text=_("Every mentor reads it."))
    paper = paper_field()


def _decided(actor: Actor, query: QueryDict) -> RhythmTable:
    return RhythmTable(MentoringRhythm.objects.visible_to(actor).of_root(District.current().root).for_list())


DECIDED = add_list("mentoring-rhythms", TITLE, _decided)


@require_GET
@DECIDED.exported
def rhythm_list(request: DeskRequest) -> HttpResponse:
    context = {
        "title": str(TITLE), "table": DECIDED.page(request), "months": usual_rhythm().every_months,
        "crumbs": [(_now("Mentoring"), reverse("desk:mentorings")), (str(TITLE), "")],
        "may_set": may(request.actor, MAY, District.current().root),
    }  # fmt: skip
    return render(request, "desk/mentoring/usual.html", context)


@require_http_methods(["GET", "POST"])
def change(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, MAY, root)
    return act(
        request, UsualForm(request.POST or None, initial={"every_months": usual_rhythm(root).every_months}),
        lambda **said: set_rhythm(by=request.actor, root=root, **said), title=_now("Change how often they usually meet"),
        button=_now("Let it hold from now on"), back=reverse("desk:mentoring_usual"),
        done=_now("It holds for mentoring that begins from now on."),
        lead=_now("What runs already keeps its rhythm; mentor and mentees can always agree on another."),
    )  # fmt: skip
