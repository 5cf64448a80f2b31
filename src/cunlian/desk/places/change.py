"""Changing a place itself: entered, looked at with all that follows from it, and only then done.

The first press rehearses the change and shows what it would do; the second, on that page, does it. What was entered
travels in the page, so that nothing is kept in between and nothing is lost on the way back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cunlian.desk.acting import REFUSED
from cunlian.desk.pages import DeskRequest
from cunlian.desk.places import change_forms as forms
from cunlian.desk.places.seen import NOT_HERE, page_of_place, place_of
from cunlian.desk.places.standing import Fate, standing
from cunlian.flows.reorganising import merge_villages, split_village
from cunlian.kernel.access import Actor, may, require
from cunlian.kernel.refusals import Missing, Text
from cunlian.places.actions.grids import open_grid_set
from cunlian.places.actions.reorganising import PERMISSION, Part, rename_place, transfer_place
from cunlian.places.models import Level, Place
from cunlian.places.rehearsal import rehearse
from cunlian.ui.forms import submit
from cunlian.ui.pieces import MoveButton

SHOWN = 30
"""Differences listed on the preview; a town that moves has hundreds, and their number is told."""
VILLAGES = frozenset({Level.VILLAGE})


@dataclass(frozen=True)
class Change:
    """``call(place, by=…, **entered)``; ``fate``: what becomes of what stands in a place that does not end. ``above``: the
    permission is asked over the place above too."""

    title: Text
    done: Text
    form: type[forms.ChangeForm]
    call: Callable[..., Any]
    fate: Fate = Fate.STAYS
    levels: frozenset[Level] = VILLAGES
    permission: str = PERMISSION
    above: bool = False

    def asks(self, place: Place) -> list[Place]:
        """Over which places the permission is asked."""
        return [place, place.parent] if self.above and place.parent else [place]


def _merge(place: Place, *, by: Actor, places: Any, **said: Any) -> Any:
    return merge_villages(list(places), into=place, by=by, **said)


def _split(place: Place, *, by: Actor, parts: list[Part], goes_on: str, **said: Any) -> Any:
    itself = [Part(place.code, place.name)] if goes_on == "yes" else []
    return split_village(place, by=by, parts=[*itself, *parts], **said)


CHANGES: dict[str, Change] = {
    "rename": Change(
        _("Rename"), _("The place has its new name."), forms.RenameForm, rename_place,
        levels=frozenset({Level.TOWNSHIP, Level.VILLAGE, Level.GRID}),
    ),
    "merge": Change(_("Merge villages into this one"), _("The villages are merged."), forms.MergeForm, _merge),
    "split": Change(_("Split the village"), _("The village is split."), forms.SplitForm, _split),
    "transfer": Change(
        _("Transfer or renumber"), _("The place has its new code."), forms.TransferForm, transfer_place, Fate.MOVES,
        frozenset({Level.TOWNSHIP, Level.VILLAGE}), above=True,
    ),
    "grids": Change(
        _("Start a new set of grids"), _("A new set of grids has begun. Draw its grids now."), forms.GridSetForm,
        open_grid_set, Fate.REDRAWN, permission="places.draw_grid",
    ),
}  # fmt: skip


def change_buttons(place: Place, actor: Actor, *names: str) -> list[MoveButton]:
    """Those of ``names`` that fit the rank of the place and that the actor may."""
    return [
        MoveButton(change.title, reverse("desk:place_change", args=[place.code, name]), "quiet")
        for name, change in CHANGES.items()
        if name in names
        and place.level in change.levels
        and all(may(actor, change.permission, where) for where in change.asks(place))
    ]


@require_http_methods(("GET", "POST"))
def change(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """One row of ``CHANGES``: its form, the preview, the deed."""
    place, asked = place_of(request.actor, code), CHANGES.get(name)
    if asked is None or place.level not in asked.levels:
        raise Missing(NOT_HERE)
    for where in asked.asks(place):
        require(request.actor, asked.permission, where)
    form = asked.form(request.POST or None, place=place, actor=request.actor)
    context: dict[str, Any] = {"title": asked.title, "place": place, "form": form, "back": page_of_place(place)}
    context["crumbs"] = [
        (_("Villages and areas"), reverse("desk:places")),
        (str(place), page_of_place(place)),
        (asked.title, ""),
    ]
    step = request.POST.get("step", "look") if request.method == "POST" else "fill"

    def call(**said: Any) -> tuple[Any]:
        return (asked.call(place, by=request.actor, **said),)

    if step == "do" and submit(form, call) is not None:
        messages.success(request, str(asked.done))
        return redirect(page_of_place(Place.objects.visible_to(request.actor).filter(pk=place.pk).first()))
    found = submit(form, lambda **said: rehearse(lambda: call(**said), form.touched())) if step == "look" else None
    if found is not None:
        context |= {"differences": found[:SHOWN], "more": len(found[SHOWN:]), **_what_stands(form, asked, place)}
        return render(request, "desk/places/change_look.html", context)
    return render(request, "desk/places/change.html", context, status=REFUSED if form.errors else 200)


def _what_stands(form: forms.ChangeForm, asked: Change, place: Place) -> dict[str, Any]:
    """What stands in the places that change, and what becomes of it."""
    ending = form.ending()
    if not ending:
        return {"standing": [(place, standing(place, asked.fate, None, form.actor))]}
    heir, fate = (place.parent, Fate.ENDS) if place in ending else (place, Fate.MERGED)
    return {"standing": [(one, standing(one, fate, heir, form.actor)) for one in ending]}
