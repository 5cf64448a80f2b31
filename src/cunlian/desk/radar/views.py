"""The radar, the rules of coverage and what is missing under each, the five levels."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.radar import tables
from cunlian.desk.radar.cards import cards
from cunlian.desk.radar.filters import RadarFilter, WhereFilter
from cunlian.desk.radar.levels import level_rows
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.chain import seats
from cunlian.organisations.coverage.catalogue import RULES, find_rule
from cunlian.organisations.coverage.levels import Lead, leading
from cunlian.organisations.coverage.objects import scope_of
from cunlian.organisations.coverage.reading import Coverage, coverage, gaps


def _radar(actor: Actor, query: QueryDict) -> tables.RadarTable:
    require(actor, "organisations.view")
    found = RadarFilter(query or None, actor=actor)
    table = tables.RadarTable(found.qs, actor=actor, filter=found, order_by="open_since")
    table.counted = found.total
    return table


def _rules(actor: Actor, query: QueryDict) -> tables.CoverageTable:
    require(actor, "organisations.view")
    found = WhereFilter(query or None, actor=actor)
    scope, where = found.scope, found.said("where")
    rows = [coverage(rule, scope) for rule in RULES]
    return tables.CoverageTable(rows, query=f"?{urlencode({'where': where})}" if where else "", filter=found)


def _missing(actor: Actor, query: QueryDict, code: str) -> tables.MissingTable:
    require(actor, "organisations.view")
    found = WhereFilter(query or None, actor=actor)
    rows = gaps(find_rule(code), found.scope).order_by("at", "title")
    return tables.MissingTable(rows, actor=actor, filter=found)


def _leading(actor: Actor, query: QueryDict, level: str) -> tables.LeadingTable:
    require(actor, "organisations.view")
    if level not in Lead.values:
        raise Missing(_("There is no such level. Choose one on the page of the five levels."))
    scope = scope_of(actor)
    found = leading(scope).filter(lead=level)
    seated = seats(set(found.order_by().values_list("post_id", flat=True)), scope.day)
    rows = found.select_related("post__organisation", "place", "area", "lane").order_by("place__code", "capacity", "pk")
    return tables.LeadingTable(rows, holders={key: seat.person.name for key, seat in seated.items()})


RADAR = add_list("radar", _lazy("Gap radar"), _radar)
COVERAGE = add_list("coverage", _lazy("Coverage"), _rules)
MISSING = add_list("coverage-missing", _lazy("Places that are missing"), _missing)
LEADING = add_list("leading", _lazy("Who leads"), _leading)


@require_GET
@RADAR.exported
def radar(request: DeskRequest) -> HttpResponse:
    table = RADAR.page(request)
    found: RadarFilter = table.filter
    context = {
        "title": _("Gap radar"), "table": table, "filter": found, "day": clock.today(),
        "cards": cards(found.counts, found.said("where")), "narrow": found.narrow,
    }  # fmt: skip
    return render(request, "desk/radar/radar.html", context)


@require_GET
@COVERAGE.exported
def rules(request: DeskRequest) -> HttpResponse:
    """Every rule, with how many are covered; the number of what is missing opens the places."""
    table = COVERAGE.page(request)
    rows: list[Coverage] = [row.record for row in table.rows]
    whole = [row for row in rows if row.total]
    context: dict[str, Any] = {
        "title": _("Coverage"), "table": table, "filter": table.filter, "day": clock.today(),
        "kept": sum(1 for row in whole if not row.missing), "asked": len(whole),
    }  # fmt: skip
    return render(request, "desk/radar/coverage.html", context)


@require_GET
@MISSING.exported
def missing(request: DeskRequest, code: str) -> HttpResponse:
    """The places nobody, or not enough, answer for under one rule."""
    rule, table = find_rule(code), MISSING.page(request, code=code)
    context = {
        "title": _("%(who)s missing, for each: %(kind)s") % {"who": rule.who, "kind": rule.kind.label},
        "table": table, "filter": table.filter, "rule": rule,
        "crumbs": [(_("Coverage"), reverse("desk:coverage")), (str(rule.who), "")],
    }  # fmt: skip
    return render(request, "desk/radar/missing.html", context)


@require_GET
def levels(request: DeskRequest) -> HttpResponse:
    """Who leads, from the county to the grid and the lane, counted; every number opens its records."""
    require(request.actor, "organisations.view")
    rows = level_rows(request.actor)
    context = {
        "title": _("Five levels of lead"), "rows": rows, "led": sum(1 for row in rows if row.duties),
        "figure": reverse("desk:figure", args=["organisations.leadership_level_count"]), "day": clock.today(),
    }  # fmt: skip
    return render(request, "desk/radar/levels.html", context)


@require_GET
@LEADING.exported
def level(request: DeskRequest, level: str) -> HttpResponse:
    table = LEADING.page(request, level=level)
    context = {
        "title": _("Who leads: %(level)s") % {"level": Lead(level).label}, "table": table,
        "crumbs": [(_("Five levels of lead"), reverse("desk:levels")), (str(Lead(level).label), "")],
    }  # fmt: skip
    return render(request, "desk/radar/list.html", context)
