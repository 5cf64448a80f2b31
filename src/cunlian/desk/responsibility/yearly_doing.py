"""Drawing up a yearly list, its lines in and out, and the pressing of its moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import NothingMore, act, page_of, press
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places.seen import AREA_ORDER, own_places
from cunlian.desk.responsibility.forms import choose_from
from cunlian.desk.responsibility.yearly import list_of
from cunlian.desk.responsibility.yearly_moves import PAGES
from cunlian.desk.visible import get_visible
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, require
from cunlian.organisations.models import Capacity, Post, ResponsibilityLine, ResponsibilityList
from cunlian.organisations.querysets import COUNTY_DIGITS
from cunlian.organisations.responsibility import actions
from cunlian.organisations.responsibility.aims import AIM_OF_LEVEL, AIMS, Aim
from cunlian.organisations.responsibility.rules import available_moves
from cunlian.organisations.responsibility.states import MOVES
from cunlian.people.models import Household
from cunlian.places.models import Area, Lane, Level, Place, VillagerGroup, on
from cunlian.places.querysets import code_q

GET_POST = ("GET", "POST")


class DrawForm(forms.Form):
    capacity = forms.ChoiceField(label=_("As"), choices=Capacity)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), to_field_name="code")
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    paper = forms.CharField(
        label=_("Paper or meeting that decides it"), max_length=200, required=False,
        help_text=_("It can be named later, when the list is approved."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
        choose_from(self, "place", own_places(actor).current().filter(level__in=levels).order_by("code"))
        this = clock.today().year
        self.fields["year"].choices = [(year, str(year)) for year in (this, this + 1)]  # type: ignore[attr-defined]


def _rows(one: ResponsibilityList, aim: Aim, actor: Actor) -> Any:
    """What of this kind lies at the list's place; of households those the actor may see."""
    day = clock.today()
    if aim == Aim.AREA:
        return Area.objects.filter(on(day), code_q(one.place.code, "root__")).order_by(*AREA_ORDER)
    if aim == Aim.HOUSEHOLD:
        homes = Household.objects.visible_to(actor).filter(on(day), code_q(one.place.code, "place__"))
        return homes.select_related("place").order_by("place__code", "number")
    if aim in (Aim.LANE, Aim.GROUP):
        model: Any = Lane if aim == Aim.LANE else VillagerGroup
        here = model.objects.filter(on(day), code_q(one.place.code, "village__"))
        return here.select_related("village").order_by("village__code", "name", "pk")
    level = next(level for level, known in AIM_OF_LEVEL.items() if known == aim)
    return Place.objects.current().filter(code_q(one.place.code), level=level).order_by("code")


class LineForm(forms.Form):
    """A post, and one thing of the kinds its capacity may answer for."""

    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.none())

    def __init__(self, *args: Any, one: ResponsibilityList, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(actor).current().filter(code_q(one.place.code[:COUNTY_DIGITS], "place__"))
        choose_from(self, "post", posts.for_list())
        self.aims = [aim for aim in Aim if aim in AIMS[Capacity(one.capacity)]]
        for aim in self.aims:
            self.fields[aim.value] = forms.ModelChoiceField(
                label=aim.label, queryset=_rows(one, aim, actor), required=False, empty_label="—"
            )

    def clean(self) -> dict[str, Any]:
        """As the action's arguments: places of all levels are its ``place``."""
        chosen = [(aim, self.cleaned_data.pop(aim.value, None)) for aim in self.aims]
        named = [(aim, row) for aim, row in chosen if row]
        if len(named) != 1:
            raise forms.ValidationError(_("Choose one thing the post is to answer for."))
        aim, row = named[0]
        self.cleaned_data["place" if isinstance(row, Place) else aim.value] = row
        return self.cleaned_data


def _page(one: ResponsibilityList) -> str:
    return reverse("desk:yearly_list", args=[one.pk])


@require_http_methods(GET_POST)
def draw(request: DeskRequest) -> HttpResponse:
    require(request.actor, "organisations.draw_list")
    return act(
        request, DrawForm(request.POST or None, actor=request.actor),
        lambda **values: actions.draw_list(by=request.actor, **values),
        title=_("Draw up a yearly list"), button=_("Draw it up"), back=reverse("desk:yearly_lists"),
        done=_("The draft is there. Add who answers for what."),
        then=page_of("desk:yearly_list"),
    )  # fmt: skip


@require_http_methods(GET_POST)
def line(request: DeskRequest, pk: UUID) -> HttpResponse:
    one = list_of(request.actor, pk)
    require(request.actor, "organisations.draw_list", one)
    return act(
        request, LineForm(request.POST or None, one=one, actor=request.actor),
        lambda **values: actions.add_line(one, by=request.actor, **values),
        title=_("Add a line"), button=_("Add it"), back=_page(one), lead=str(one), done=_("The line is added."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def take_over(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Every duty of the capacity that runs there, as lines of the draft."""
    one = list_of(request.actor, pk)
    require(request.actor, "organisations.draw_list", one)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: _told(request, actions.take_over(one, by=request.actor)),
        title=_("Take over the duties that run"), button=_("Take them over"), back=_page(one), lead=str(one),
        done=_("The pairs of before are on the draft. Take out who shall no longer answer."),
    )  # fmt: skip


def _told(request: DeskRequest, number: int) -> None:
    messages.info(request, ngettext("%(n)s line was new.", "%(n)s lines were new.", number) % {"n": number})


@require_http_methods(GET_POST)
def line_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    row: ResponsibilityLine = get_visible(ResponsibilityLine.objects.for_list(), request.actor, pk)
    require(request.actor, "organisations.draw_list", row.on_list)
    return act(
        request, NothingMore(request.POST if request.method == "POST" else None),
        lambda: actions.remove_line(row, by=request.actor),
        title=_("Take a line out"), button=_("Take it out"), back=_page(row.on_list), lead=str(row),
        done=_("The line is off the draft."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def move(request: DeskRequest, pk: UUID, name: str) -> HttpResponse:
    one = list_of(request.actor, pk)
    return press(
        request, one, name, moves=MOVES, possible=available_moves(one, request.actor), pages=PAGES, back=_page(one)
    )
