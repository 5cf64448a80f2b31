"""Programmes: their papers and measures, who owns each, and how far it is by figures of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_tables2 import Column, TemplateColumn

from cunlian.desk.acting import DayField, act, page_of
from cunlian.desk.cases.choices import by_unit, keyed
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.visible import get_visible
from cunlian.instructions.actions import add_measure, end_measure, enter_programme
from cunlian.instructions.models import Copy, Form, Measure, Programme
from cunlian.kernel import clock, figures
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Text
from cunlian.organisations.models import Post
from cunlian.places.models import District, Level, code_range
from cunlian.ui.tables import ListTable, NumberColumn, WorkColumn
from cunlian.ui.templatetags.ui import fig

KEEP = "instructions.keep_programmes"


class ProgrammeTable(ListTable):
    rows_name = ngettext_lazy("%(n)s programme", "%(n)s programmes", "total")

    name = TemplateColumn(
        '<a href="{% url "desk:programme" record.pk %}">{{ record.name }}</a>', verbose_name=_("Programme"),
        attrs={"td": {"class": "ttl"}}, order_by=("name",),
    )  # fmt: skip
    form = Column(verbose_name=pgettext_lazy("programme", "Form"))
    paper = Column(verbose_name=_("Paper that decides it"))
    lines = NumberColumn(verbose_name=_("Measures in force"))
    starts_on = TemplateColumn("{% day record.starts_on %}", verbose_name=pgettext_lazy("programme", "From"))
    ends_on = TemplateColumn("{% day record.ends_on %}", verbose_name=pgettext_lazy("programme", "Until"))

    class Meta(ListTable.Meta):
        model = Programme
        fields: ClassVar[tuple[str, ...]] = ("name", "form", "paper", "lines", "starts_on", "ends_on")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("Here stand the county's programmes with their measures. None is entered yet.")


def _programmes(actor: Actor, query: QueryDict) -> ProgrammeTable:
    return ProgrammeTable(Programme.objects.visible_to(actor).for_list())


PROGRAMMES = add_list("programmes", _("Programmes"), _programmes)


@require_GET
@PROGRAMMES.exported
def programme_list(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    context = {
        "title": _now("Programmes"),
        "table": PROGRAMMES.page(request),
        "may_keep": may(request.actor, KEEP, root),
    }
    return render(request, "desk/instructions/programmes.html", context)


@dataclass(frozen=True)
class Progress:
    """One figure of a measure, with the address of the records it counts."""

    name: Text
    shown: str
    value: int | Decimal | None
    url: str


@dataclass(frozen=True)
class Line:
    measure: Measure
    progress: list[Progress]
    given: int
    ended: bool


def _progress(programme: Programme, codes: set[str], actor: Actor) -> dict[str, Progress]:
    """Each figure once, since the programme began, for this viewer."""
    last = min(clock.today(), programme.ends_on or clock.today())
    period = figures.Period(programme.starts_on, max(programme.starts_on, last))
    within = [code_range(programme.root.code)]
    query = f"place={programme.root.code}&from={period.first}&to={period.last}"
    found = {}
    for code in sorted(codes & set(figures.INDICATORS)):
        figure = figures.compute(code, actor, within=within, period=period)
        url = f"{reverse('desk:figure', args=[code])}?{query}"
        found[code] = Progress(figure.indicator.name, figure.indicator.unit_beside(figure.value), figure.amount, url)
    return found


def _lines(programme: Programme, actor: Actor) -> list[Line]:
    measures = list(Measure.objects.visible_to(actor).filter(programme=programme).for_list())
    known = _progress(programme, {code for measure in measures for code in measure.indicators}, actor)
    given = Copy.objects.visible_to(actor).lasting().for_measures(measures)
    today = clock.today()
    return [
        Line(
            measure, [known[code] for code in measure.indicators if code in known], given.get(measure.pk, 0),
            measure.ends_on is not None and measure.ends_on <= today,
        )
        for measure in measures
    ]  # fmt: skip


class MeasureTable(ListTable):
    rows_name = ngettext_lazy("%(n)s measure", "%(n)s measures", "total")

    name = TemplateColumn(
        template_name="desk/instructions/cell_measure.html", verbose_name=_("Measure"), attrs={"td": {"class": "ttl"}}
    )
    owner = Column(verbose_name=_("Owner"), accessor="measure__owner")
    due_on = TemplateColumn("{% day record.measure.due_on %}", verbose_name=_("Due day"))
    progress = TemplateColumn(
        template_name="desk/instructions/cell_progress.html", verbose_name=_("Progress, by figures")
    )
    given = NumberColumn(verbose_name=_("Instructions"))
    work = WorkColumn()

    class Meta(ListTable.Meta):
        fields: ClassVar[tuple[str, ...]] = ("name", "owner", "due_on", "progress", "given", "work")
        sequence: ClassVar[tuple[str, ...]] = fields
        orderable = False
        empty_text = _(
            "This programme has no measures yet. Add what is to be done, who owns it, and by which figures it is told."
        )

    def __init__(self, *args: Any, may_keep: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if may_keep else ("work",), **kwargs)

    def render_given(self, record: Line) -> SafeString | str:
        return fig(record.given, f"{reverse('desk:instructions')}?state=sent_out&measure={record.measure.pk}")

    def render_work(self, record: Line) -> SafeString | str:
        if record.ended:
            return ""
        return format_html('<a href="{}">{}</a>', reverse("desk:measure_end", args=[record.measure.pk]), _("End it"))


def _programme_of(actor: Actor, pk: UUID) -> Programme:
    found: Programme = get_visible(Programme.objects.select_related("root"), actor, pk)
    return found


def _measures(actor: Actor, query: QueryDict, pk: UUID) -> MeasureTable:
    programme = _programme_of(actor, pk)
    return MeasureTable(_lines(programme, actor), may_keep=may(actor, KEEP, programme))


MEASURES = add_list("measures", _("Measures of a programme"), _measures)


@require_GET
@MEASURES.exported
def detail(request: DeskRequest, pk: UUID) -> HttpResponse:
    programme = _programme_of(request.actor, pk)
    context = {
        "programme": programme, "title": programme.name, "table": MEASURES.page(request, pk=pk),
        "may_keep": may(request.actor, KEEP, programme),
        "crumbs": [(_now("Programmes"), reverse("desk:programmes")), (programme.name, "")],
    }  # fmt: skip
    return render(request, "desk/instructions/programme.html", context)


class ProgrammeForm(forms.Form):
    name = forms.CharField(label=_("Name of the programme"), max_length=120)
    form = forms.ChoiceField(label=_("What its lines are"), choices=Form, initial=Form.PLAN)
    paper = forms.CharField(label=_("Paper that decides it"), max_length=200)
    paper_on = DayField(label=_("Day of the paper"))
    starts_on = DayField(label=pgettext_lazy("programme", "From"))
    ends_on = DayField(label=pgettext_lazy("programme", "Until"), required=False)


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    root = District.current().root
    require(request.actor, KEEP, root)
    return act(
        request, ProgrammeForm(request.POST or None),
        lambda **values: enter_programme(by=request.actor, root=root, **values),
        title=_("Enter a programme"), button=_("Enter it"), back=reverse("desk:programmes"),
        done=_("The programme is entered. Add its measures now."),
        then=page_of("desk:programme"),
    )  # fmt: skip


class MeasureForm(forms.Form):
    name = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = forms.ChoiceField(label=_("Post that owns it"))
    due_on = DayField(label=_("Due day"), required=False)
    indicators = forms.MultipleChoiceField(
        label=_("Figures that tell how far it is"), required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices choices-long"}),
        help_text=_("From the catalogue. Nobody types progress."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Post.objects.visible_to(actor).current().filter(place__level__lt=Level.VILLAGE)
        posts = list(above.for_list().with_holders())
        self.posts = keyed(posts)
        self.fields["owner"].choices = by_unit(posts)  # type: ignore[attr-defined]
        named = [(code, str(one.name)) for code, one in sorted(figures.INDICATORS.items())]
        self.fields["indicators"].choices = named  # type: ignore[attr-defined]

    def clean_owner(self) -> Post | None:
        return self.posts.get(self.cleaned_data["owner"])


@require_http_methods(["GET", "POST"])
def measure(request: DeskRequest, pk: UUID) -> HttpResponse:
    programme = _programme_of(request.actor, pk)
    require(request.actor, KEEP, programme)
    return act(
        request, MeasureForm(request.POST or None, actor=request.actor),
        lambda **values: add_measure(programme, by=request.actor, **values),
        title=_("Add a measure"), button=_("Add it"), back=reverse("desk:programme", args=[pk]), lead=programme.name,
        done=_("The measure is added."),
    )  # fmt: skip


class EndForm(forms.Form):
    ends_on = DayField(label=_("Holds until (this day no more)"))


@require_http_methods(["GET", "POST"])
def end(request: DeskRequest, pk: UUID) -> HttpResponse:
    line: Measure = get_visible(Measure.objects.for_list(), request.actor, pk)
    require(request.actor, KEEP, line)
    return act(
        request, EndForm(request.POST or None), lambda **values: end_measure(line, by=request.actor, **values),
        title=_("End a measure"), button=_("End it"), back=reverse("desk:programme", args=[line.programme_id]),
        lead=line.name, done=_("The measure has ended and stays to be read."),
    )  # fmt: skip
