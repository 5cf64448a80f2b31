"""Village secretaries and the county's file; numbers that are declared; postings that ended, with what is still open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import DayField, act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import AREA_ORDER, own_places
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.units.tables import (
    DeclaredFilter,
    DeclaredTable,
    FilingFilter,
    FilingTable,
    LeavingFilter,
    LeavingTable,
)
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.organisations import actions
from cunlian.organisations.models import PARTY_BODIES, Declared, DeclaredNumber, Leaving, Posting, PostKind
from cunlian.organisations.querysets import of_own_county
from cunlian.places.models import Area, Level, Place

GET_POST = ("GET", "POST")
FILE, DECLARE = "organisations.file_secretary", "organisations.declare_number"
SECRETARIES = Q(
    post__place__level=Level.VILLAGE, post__post_kind=PostKind.SECRETARY,
    post__organisation__organisation_kind__in=PARTY_BODIES, post__organisation__set_up_on="",
)  # fmt: skip


class FileForm(forms.Form):
    filed_on = DayField(label=_lazy("Filed on"))
    filing_paper = forms.CharField(label=_lazy("Number in the county's file"), max_length=100, required=False)


class DeclareForm(forms.Form):
    what = forms.ChoiceField(label=_lazy("What is declared"), choices=Declared)
    place = forms.ModelChoiceField(
        label=pgettext_lazy("declared", "Of the place"),
        queryset=Place.objects.none(),
        to_field_name="code",
        required=False,
    )
    area = forms.ModelChoiceField(label=_lazy("or of the area"), queryset=Area.objects.none(), required=False)
    number = forms.IntegerField(label=pgettext_lazy("declared", "Number"), min_value=0)
    as_of = DayField(label=pgettext_lazy("declared", "As of"))
    source = forms.CharField(
        label=pgettext_lazy("declared", "Source"), max_length=200,
        help_text=_lazy("Which report, register or yearbook, and of when. Never who is meant."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "place", own_places(actor).current().filter(level__lte=Level.VILLAGE).order_by("code"))
        choose_from(
            self, "area", Area.objects.filter(of_own_county(actor, "root__"), ends_on=None).order_by(*AREA_ORDER)
        )


def _filings(actor: Actor, query: QueryDict) -> FilingTable:
    held = Posting.objects.visible_to(actor).on(clock.today()).filter(SECRETARIES).for_detail()
    found = FilingFilter(query or None, held.order_by("post__place__code", "pk"))
    return FilingTable(found.qs, filter=found, may_file=may(actor, FILE))


def _leavings(actor: Actor, query: QueryDict) -> LeavingTable:
    found = LeavingFilter(query or None, Leaving.objects.visible_to(actor).for_list())
    return LeavingTable(found.qs, filter=found)


def _declared(actor: Actor, query: QueryDict) -> DeclaredTable:
    found = DeclaredFilter(query or None, DeclaredNumber.objects.visible_to(actor).for_list())
    return DeclaredTable(found.qs, filter=found)


FILINGS = add_list("filings", _lazy("Filing with the county"), _filings)
LEAVINGS = add_list("leavings", _lazy("Leaving a post"), _leavings)
DECLARED = add_list("declared-numbers", _lazy("Declared numbers"), _declared)


def _page(request: DeskRequest, title: str, table: Any, new_url: str = "", new_label: str = "") -> HttpResponse:
    context = {"title": title, "table": table, "filter": table.filter, "new_url": new_url, "new_label": new_label}
    return render(request, "desk/units/list.html", context)


@require_GET
@FILINGS.exported
def filings(request: DeskRequest) -> HttpResponse:
    """Every village secretary in office: in the county's file or not."""
    return _page(request, _("Filing with the county"), FILINGS.page(request))


@require_GET
@LEAVINGS.exported
def leavings(request: DeskRequest) -> HttpResponse:
    """Who left which post: handed over or not, audited or not."""
    return _page(request, _("Leaving a post"), LEAVINGS.page(request))


@require_GET
@DECLARED.exported
def declared(request: DeskRequest) -> HttpResponse:
    """Numbers nobody here counts, each with its source."""
    new = reverse("desk:declare") if may(request.actor, DECLARE) else ""
    return _page(request, _("Declared numbers"), DECLARED.page(request), new, _("Declare a number"))


@require_http_methods(GET_POST)
def file(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: Posting = get_visible(Posting.objects.for_detail(), request.actor, pk)
    require(request.actor, FILE, row)
    return act(
        request, FileForm(request.POST or None),
        lambda **said: actions.file_with_county(row, by=request.actor, **said),
        title=_("File with the county"), button=_("File it"), back=reverse("desk:filings"), lead=str(row.post),
        done=_("The secretary is in the county's file."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def declare(request: DeskRequest) -> HttpResponse:
    require(request.actor, DECLARE)
    return act(
        request, DeclareForm(request.POST or None, actor=request.actor),
        lambda **said: actions.declare_number(by=request.actor, **said),
        title=_("Declare a number"), button=_("Declare the number"), back=reverse("desk:declared"),
        lead=_("Only what no register here counts. Of Party members a number, never names."),
        done=_("The number is declared. Figures made of it say so."),
    )  # fmt: skip
