"""The district page and what lies behind its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.cases.models import Case
from cunlian.desk import sheets
from cunlian.desk.figures import by_place
from cunlian.desk.figures.asked import asked
from cunlian.desk.figures.district import Overview, roster_sentence
from cunlian.desk.figures.traces import CatalogueTable, table_of
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.kernel import clock, figures
from cunlian.kernel.access import Actor
from cunlian.places.models import Level, code_range
from cunlian.ui import formats
from cunlian.ui.tables import ListTable


def _places(actor: Actor, query: QueryDict) -> by_place.PlaceTable:
    ask = asked(query)
    overview = Overview(actor, ask.place, ask.period, ask.area)
    return by_place.table_of(overview, by_place.by_village(ask, query))


PLACES = add_list("district", _lazy("By village"), _places)


@PLACES.exported
def district(request: DeskRequest) -> HttpResponse:
    """How it stands, by month, step, area, village and subject; every number opens its records."""
    ask = asked(request.GET)
    overview = Overview(request.actor, ask.place, ask.period, ask.area)
    whole, single = ask.whole, ask.area is None and ask.place.level >= Level.VILLAGE
    drawn = None if single else overview.map()
    context: dict[str, Any] = {
        "ask": ask, "overview": overview, "roster": roster_sentence(ask.district), "whole": whole,
        "heading": ask.area or ask.place if not whole else ask.district,
        "by_village": by_place.by_village(ask, request.GET), "table": PLACES.page(request),
        "single": single, "drawn": drawn if drawn and drawn.shapes else None,
        "crumbs": None if whole else [(str(ask.district), request.path), (str(ask.area or ask.place), "")],
    }  # fmt: skip
    return render(request, "desk/figures/district.html", context)


def _records(actor: Actor, query: QueryDict, code: str) -> ListTable:
    """Exactly what the figure counts for this viewer."""
    ask, indicator = asked(query), figures.find(code)
    within = Overview(actor, ask.place, ask.period, ask.area).within
    rows = figures.trace(indicator, actor, within=within, period=ask.period, day=ask.day)
    group = query.get("group")
    table = table_of(_of_group(rows, group) if group and rows.model is Case else rows)
    table.as_of = None if indicator.when else ask.day
    return table


def _dated(table: ListTable) -> Iterator[sheets.Row]:
    """The rows of the file, each with the day as of which a stock is told: a file goes about without its address."""
    lines = sheets.lines_of(table)
    if table.as_of is None:
        yield from lines
        return
    yield [*next(lines), str(_("As on"))]
    for line in lines:
        yield [*line, table.as_of.isoformat()]


RECORDS = add_list("figure", _lazy("Records behind a figure"), _records, lines=_dated)


@require_GET
@RECORDS.exported
def figure(request: DeskRequest, code: str) -> HttpResponse:
    """The records one figure counts for this viewer, and how it is computed."""
    indicator, ask = figures.find(code), asked(request.GET)
    within = Overview(request.actor, ask.place, ask.period, ask.area).within
    value = figures.compute(code, request.actor, within=within, period=ask.period, day=ask.day)
    table = RECORDS.page(request, code=code)
    context = {
        "ask": ask, "indicator": indicator, "nature": figures.NATURES[indicator.nature], "table": table, "figure": value,
        "today": clock.today(),
        "shown": formats.count(value.amount, indicator.unit_beside(value.value)) if value.told else _("today only"),
        "crumbs": [(_("Catalogue of figures"), "../"), (str(indicator.name), "")],
    }  # fmt: skip
    return render(request, "desk/figures/figure.html", context)


def _of_group(rows: Any, group: str) -> Any:
    """Only one group of matters, as the district page's table of subjects counts it."""
    if group == "none":
        return rows.filter(category=None)
    return rows.filter(category__parent=group) | rows.filter(category=group)


def _catalogue(actor: Actor, query: QueryDict) -> CatalogueTable:
    ask = asked(query)
    within = [code_range(ask.district.root.code)]
    table = CatalogueTable(
        [
            figures.compute(code, actor, within=within, period=ask.period, day=ask.day)
            for code in sorted(figures.INDICATORS)
        ]
    )
    table.as_of = ask.day
    return table


CATALOGUE = add_list("figures", _lazy("Catalogue of figures"), _catalogue, lines=_dated)


@require_GET
@CATALOGUE.exported
def catalogue(request: DeskRequest) -> HttpResponse:
    """Every figure there is: its definition, and its value for the whole district."""
    context = {"ask": asked(request.GET), "table": CATALOGUE.page(request), "today": clock.today()}
    return render(request, "desk/figures/catalogue.html", context)
