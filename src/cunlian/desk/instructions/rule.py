"""The county's limit: the rule that holds, those before it, and setting another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column

from cunlian.desk.acting import act
from cunlian.desk.cases.choices import by_unit, keyed
from cunlian.desk.decisions import DecisionTable, paper_field
from cunlian.desk.instructions.receivers import offices_for
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.instructions.actions import set_rule
from cunlian.instructions.actions.rule import LONGEST
from cunlian.instructions.limits import SIGN_DAYS
from cunlian.instructions.models import InstructionRule
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations.models import Post
from cunlian.places.models import District
from cunlian.ui.tables import NumberColumn


class RuleTable(DecisionTable):
    most_open = NumberColumn(verbose_name=_("Open at one village at most"))
    most_a_month = NumberColumn(verbose_name=_("Sent to one village in a month at most"))
    sign_days = NumberColumn(verbose_name=_("Working days to sign for one"))
    exceed = Column(
        verbose_name=_("May send more, with a reason"),
        empty_values=(),
    )

    class Meta(DecisionTable.Meta):
        model = InstructionRule
        sequence = ("decided_at", "most_open", "most_a_month", "sign_days", "exceed", "paper", "post")
        empty_text = _("The county has not decided how many instructions a village may be given, so nothing is capped.")

    def render_exceed(self, record: InstructionRule) -> str:
        return ", ".join(map(str, record.may_exceed.all())) or "—"


def _rules(actor: Actor, query: QueryDict) -> RuleTable:
    found = InstructionRule.objects.visible_to(actor).of_root(District.current().root)
    return RuleTable(found.for_list())


RULES = add_list("instruction-rules", _("Limit of instructions"), _rules)


@require_GET
@RULES.exported
def rule(request: DeskRequest) -> HttpResponse:
    context = {
        "title": _now("How many instructions a village may be given"), "table": RULES.page(request),
        "crumbs": [(_now("Instructions"), reverse("desk:instructions")), (_now("Limit"), "")],
        "may_set": may(request.actor, "instructions.set_rule", District.current().root),
    }  # fmt: skip
    return render(request, "desk/instructions/rule.html", context)


def _number(label: Any, name: str) -> forms.IntegerField:
    number = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST[name], widget=number)


class RuleForm(forms.Form):
    most_open = _number(_("Open at one village at most"), "most_open")
    most_a_month = _number(_("Sent to one village in a month at most"), "most_a_month")
    sign_days = _number(_("Working days to sign for one"), "sign_days")
    may_exceed = forms.MultipleChoiceField(
        label=_("Posts that may send more, each time with a reason"), required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices choices-long"}),
    )  # fmt: skip
    paper = paper_field()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = offices_for(actor)
        self.posts = keyed(offices)
        self.fields["may_exceed"].choices = [group for group in by_unit(offices) if group[0]]  # type: ignore[attr-defined]
        self.fields["sign_days"].initial = SIGN_DAYS

    def clean_may_exceed(self) -> list[Post]:
        return [self.posts[key] for key in self.cleaned_data["may_exceed"]]


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, "instructions.set_rule", root)
    form = RuleForm(request.POST or None, actor=request.actor)
    return act(
        request, form, lambda **values: set_rule(by=request.actor, root=root, **values),
        title=_("Decide the limit"), button=_("Let it hold from now on"), back=reverse("desk:instruction_rule"),
        done=_("It holds for what is sent from now on."), lead=_("What is out already stays."),
    )  # fmt: skip
