"""Beginning a drawing, fixing pairs, having it worked out, moving a village by hand, and its moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cunlian.desk.acting import NothingMore, act, page_of, press
from cunlian.desk.drawing.moves import PAGES
from cunlian.desk.drawing.views import drawing_of
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import own_places
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.visible import get_visible
from cunlian.kernel.access import Actor, require
from cunlian.kernel.refusals import Refusal
from cunlian.places.drawing import actions
from cunlian.places.drawing.querysets import READERS
from cunlian.places.drawing.rules import available_moves
from cunlian.places.drawing.states import MOVES, PREPARE
from cunlian.places.models import Area, AreaDrawing, DrawnArea, DrawnVillage, FixedPair, Level, Place, Way
from cunlian.places.territory import territory_q

GET_POST = ("GET", "POST")


class NewForm(forms.Form):
    title = forms.CharField(label=_("Name of the drawing"), max_length=80)
    root = forms.ModelChoiceField(label=_("Over the villages of"), queryset=Place.objects.none(), to_field_name="code")
    area_kind = forms.ChoiceField(label=_("Kind of area"), choices=Area.AreaKind)
    areas = forms.IntegerField(label=_("How many areas"), min_value=1)
    way = forms.ChoiceField(
        label=_("Near means"), choices=Way,
        help_text=_("Points of villages, road times that were entered, or how many villages lie between."),
    )  # fmt: skip
    tolerance = forms.IntegerField(
        label=_("Households may differ from the mean by, in per cent"), initial=10, min_value=0, max_value=100
    )
    hollow_from = forms.IntegerField(
        label=_("Hollow from index"), initial=50, min_value=0, max_value=100,
        help_text=_("Each area is to hold its share of hollow villages, so that they stand with strong ones."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = own_places(actor).current().filter(territory_q(actor, READERS, ""))
        choose_from(self, "root", mine.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("code"))


class PairForm(forms.Form):
    one = forms.ModelChoiceField(label=_("Village"), queryset=Place.objects.none(), to_field_name="code")
    other = forms.ModelChoiceField(label=_("And"), queryset=Place.objects.none(), to_field_name="code")
    together = forms.TypedChoiceField(
        label=_("They belong"), choices=[("yes", _("in one area")), ("no", _("in two areas"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="yes",
    )  # fmt: skip

    def __init__(self, *args: Any, drawing: AreaDrawing, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = DrawnVillage.objects.visible_to(actor).filter(drawing=drawing).values("village")
        for name in ("one", "other"):
            choose_from(self, name, own_places(actor).filter(pk__in=keys).order_by("code"))


class PutForm(forms.Form):
    into = forms.ModelChoiceField(label=_("Into the area"), queryset=DrawnArea.objects.none())

    def __init__(self, *args: Any, row: DrawnVillage, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = DrawnArea.objects.visible_to(actor).filter(drawing=row.drawing_id).exclude(villages=row)
        choose_from(self, "into", others.order_by("number"))


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name of the area"), max_length=80)


def _page(drawing: AreaDrawing) -> str:
    return reverse("desk:drawing", args=[drawing.pk])


@require_http_methods(GET_POST)
def new(request: DeskRequest) -> HttpResponse:
    require(request.actor, PREPARE)
    return act(
        request, NewForm(request.POST or None, actor=request.actor),
        lambda **values: actions.begin_drawing(by=request.actor, **values), title=_("Draw areas anew"),
        button=_("Begin"), back=reverse("desk:drawings"),
        done=_("It is begun. Fix pairs if there are any, then have the areas worked out."),
        then=page_of("desk:drawing"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def pair(request: DeskRequest, pk: UUID) -> HttpResponse:
    drawing = drawing_of(request.actor, pk)
    require(request.actor, PREPARE, drawing)
    return act(
        request, PairForm(request.POST or None, drawing=drawing, actor=request.actor),
        lambda **values: actions.fix_pair(drawing, by=request.actor, **values), title=_("Fix a pair"),
        button=_("Fix it"), back=_page(drawing), lead=str(drawing),
        done=_("The pair is fixed. It counts the next time areas are worked out."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def free(request: DeskRequest, pk: UUID) -> HttpResponse:
    fixed: FixedPair = get_visible(FixedPair.objects.select_related("drawing__root", "one", "other"), request.actor, pk)
    require(request.actor, PREPARE, fixed.drawing)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: actions.free_pair(fixed, by=request.actor), title=_("Free the pair"), button=_("Free it"),
        back=_page(fixed.drawing), lead=str(fixed), done=_("The pair is free."),
    )  # fmt: skip


@require_POST
def work(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Have the areas worked out in the background."""
    drawing = drawing_of(request.actor, pk)
    require(request.actor, PREPARE, drawing)
    try:
        actions.order_drawing(drawing, by=request.actor)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(_page(drawing))


@require_http_methods(GET_POST)
def put(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: DrawnVillage = get_visible(DrawnVillage.objects.for_list(), request.actor, pk)
    require(request.actor, PREPARE, row.drawing)
    return act(
        request, PutForm(request.POST or None, row=row, actor=request.actor),
        lambda **values: actions.put_village(row, by=request.actor, **values),
        title=_now("Move %(village)s into another area") % {"village": row.village}, button=_("Move it"),
        back=_page(row.drawing), lead=str(row.drawn or ""), done=_("The village is moved."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def name_area(request: DeskRequest, pk: UUID) -> HttpResponse:
    drawn: DrawnArea = get_visible(DrawnArea.objects.select_related("drawing__root"), request.actor, pk)
    require(request.actor, PREPARE, drawn.drawing)
    return act(
        request, NameForm(request.POST or None, initial={"name": drawn.name}),
        lambda **values: actions.name_drawn_area(drawn, by=request.actor, **values), title=_("Name the new area"),
        button=_("Name it"), back=_page(drawn.drawing), done=_("The area is named."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    drawing = drawing_of(request.actor, pk)
    return press(
        request, drawing, name, moves=MOVES, possible=available_moves(drawing, request.actor), pages=PAGES,
        back=_page(drawing),
    )  # fmt: skip
