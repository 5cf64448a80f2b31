"""The registers as lists: households, persons, houses, persons outside households, pairs that may be one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from cunlian.desk.acting import day_in
from cunlian.desk.lists import DeskList, add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.people import filters, tables
from cunlian.desk.people.where import village_asked, villages_of
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.people.duplicates import alike
from cunlian.people.models import House, HouseholdVersion, Membership, Person
from cunlian.people.rules import KEEPERS
from cunlian.places.models import Place
from cunlian.places.querysets import code_q


def _here(village: Place | None) -> Q:
    """By today's code: what a merged village's register said is found under its successor."""
    if village is None:
        return Q()
    return code_q(village.code, "place__")


def _asked(actor: Actor, query: QueryDict) -> tuple[Any, Place | None]:
    return day_in(query), village_asked(actor, query, searched=bool(query.get("q", "").strip()))


def _households(actor: Actor, query: QueryDict) -> tables.HouseholdTable:
    day, village = _asked(actor, query)
    rows = HouseholdVersion.objects.visible_to(actor).on(day).filter(_here(village)).for_list(day)
    rows = rows if village else rows.order_by("pk")  # a whole county is not sorted for its first page
    found = filters.HouseholdFilter(query, rows, actor=actor, village=village, day=day)
    return tables.HouseholdTable(found.qs, filter=found, day=day)


def _persons(actor: Actor, query: QueryDict) -> tables.PersonTable:
    day, village = _asked(actor, query)
    rows = Membership.objects.in_register(actor, day, _here(village)).for_list(day)
    rows = rows if village else rows.order_by("pk")
    found = filters.PersonFilter(query, rows, actor=actor, village=village, day=day)
    return tables.PersonTable(found.qs, filter=found, day=day)


def _houses(actor: Actor, query: QueryDict) -> tables.HouseTable:
    day, village = _asked(actor, query)
    rows = House.objects.visible_to(actor).on(day).filter(_here(village)).for_list(day)
    rows = rows if village else rows.order_by("pk")
    found = filters.HouseFilter(query, rows, actor=actor, village=village, day=day)
    return tables.HouseTable(found.qs, filter=found, day=day)


def _outside(actor: Actor, query: QueryDict) -> tables.OutsideTable:
    return tables.OutsideTable(Person.objects.visible_to(actor).without_household().for_list())


def _pairs(actor: Actor, query: QueryDict) -> tables.PairTable:
    return tables.PairTable(alike(actor))


HOUSEHOLDS = add_list("households", pgettext_lazy("register", "Households"), _households)
PERSONS = add_list("persons", _("Persons"), _persons)
HOUSES = add_list("houses", _("Houses"), _houses)
OUTSIDE = add_list("persons-outside", _("In no household"), _outside)
PAIRS = add_list("pairs", _("Perhaps one person"), _pairs)


def list_page(request: DeskRequest, of: DeskList, lead: str = "") -> HttpResponse:
    table = of.page(request)
    day = getattr(table, "day", clock.today())
    village = table.filter.village if table.filter else None
    context = {
        "title": str(of.title), "table": table, "filter": table.filter, "lead": lead, "village": village,
        "day": None if day == clock.today() else day,
        "keeps": villages_of(request.actor, KEEPERS).exists(),
    }  # fmt: skip
    return render(request, "desk/people/list.html", context)


@require_GET
@HOUSEHOLDS.exported
def households(request: DeskRequest) -> HttpResponse:
    return list_page(request, HOUSEHOLDS)


@require_GET
@PERSONS.exported
def persons(request: DeskRequest) -> HttpResponse:
    return list_page(request, PERSONS)


@require_GET
@HOUSES.exported
def houses(request: DeskRequest) -> HttpResponse:
    return list_page(request, HOUSES)


@require_GET
@OUTSIDE.exported
def outside(request: DeskRequest) -> HttpResponse:
    return list_page(
        request, OUTSIDE, _now("Known because they reported something or hold a post, and in no household.")
    )


@require_GET
@PAIRS.exported
def pairs(request: DeskRequest) -> HttpResponse:
    return list_page(
        request, PAIRS, _now("Two files may be of one person. Compare them, then merge them or keep them apart.")
    )


def crumbs(name: str, label: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """From the list a page lies below to the page."""
    return [(str(label), reverse(name)), *more]
