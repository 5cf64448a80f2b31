"""Entering master data: of the district, the roster, classes of grids, and one village."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.forms import model_to_dict
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from cunlian.desk.acting import act
from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places import forms
from cunlian.desk.places.seen import NOT_HERE, village_of
from cunlian.desk.places.tables import ClassTable
from cunlian.desk.places.works import WORKS
from cunlian.desk.receipts import district as served
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing
from cunlian.organisations.querysets import of_own_county
from cunlian.places.actions.districts import enter_roster, set_district
from cunlian.places.actions.grids import set_grid_class
from cunlian.places.models import District, GridClass, on

GET_POST = ("GET", "POST")
CLASSES = "places.set_grid_class"


@require_http_methods(GET_POST)
def district(request: DeskRequest) -> HttpResponse:
    """The data of the district. The first time it also says which place it is."""
    known = served()
    require(request.actor, "places.set_district", known)
    form = forms.DistrictForm(request.POST or None, district=known)

    def call(**values: Any) -> District:
        root = known.root if known else values.pop("root")
        return set_district(root, by=request.actor, **values)

    return act(
        request, form, call, title=_("Data of the district"), button=_("Save"), back=reverse("desk:places"),
        done=_("The data of the district is saved."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def roster(request: DeskRequest) -> HttpResponse:
    """Which places the district counts from a day on, by which paper."""
    known = District.current()
    require(request.actor, "places.set_district", known)
    chosen = {"places": request.GET.getlist("code")}
    form = forms.RosterForm(request.POST or None, district=known, initial=chosen)
    return act(
        request, form, lambda **values: enter_roster(by=request.actor, **values), title=_("Change the roster"),
        button=_("Enter"), back=reverse("desk:places"), done=_("The roster is changed."),
    )  # fmt: skip


def _classes(actor: Actor, query: QueryDict) -> ClassTable:
    used = Count("grids", filter=on(clock.today(), "grids__"))
    return ClassTable(
        GridClass.objects.filter(of_own_county(actor, "root__")).annotate(grids_now=used).order_by("code"),
        exclude=() if may(actor, CLASSES, District.current()) else ("works",),
    )


CLASS_LIST = add_list("grid-classes", _lazy("Classes of grids"), _classes)


@require_GET
@CLASS_LIST.exported
def classes(request: DeskRequest) -> HttpResponse:
    """The county's classes of grids: colour, word, meaning, and how many grids have it today."""
    context = {
        "title": _("Classes of grids"), "table": CLASS_LIST.page(request),
        "may_set": may(request.actor, CLASSES, District.current()),
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (_("Classes of grids"), "")],
    }  # fmt: skip
    return render(request, "desk/places/classes.html", context)


@require_http_methods(GET_POST)
def set_class(request: DeskRequest, pk: UUID | None = None) -> HttpResponse:
    """A new class, or the one of the address changed."""
    known = District.current()
    require(request.actor, CLASSES, known)
    one = get_object_or_404(GridClass.objects.filter(root=known.root), pk=pk) if pk else None
    form = forms.ClassForm(request.POST or None, initial=model_to_dict(one) if one else None)
    code = one.code if one else ""
    return act(
        request, form, lambda **values: set_grid_class(known.root, by=request.actor, code=code, **values),
        title=_("Change the class of grids") if one else _("Set a class of grids"), button=_("Set"),
        back=reverse("desk:grid_classes"), done=_("The class is set."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def village_work(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """One row of ``works.WORKS`` for one village. What the address says by the name of a field stands in it already."""
    village = village_of(request.actor, code)
    if name not in WORKS:
        raise Missing(NOT_HERE)
    work = WORKS[name]
    require(request.actor, work.permission, village)
    form = work.form(request.POST or None, village=village, initial=request.GET.dict())
    return act(
        request, form, lambda **values: work.call(village, by=request.actor, **values), title=work.title,
        button=work.button, back=reverse("desk:place", args=[village.code]), lead=village.short_name,
        done=_("It is entered."),
    )  # fmt: skip
