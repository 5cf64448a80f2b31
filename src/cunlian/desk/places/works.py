"""What may be entered about a village: one row each, from which the buttons and their pages come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cunlian.desk.places import forms
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Text
from cunlian.places.actions.districts import switch_module
from cunlian.places.actions.grids import create_grid, create_lane, create_villager_group
from cunlian.places.actions.positions import set_position
from cunlian.places.actions.profiles import enter_profile
from cunlian.places.models import Place

PARTS = ("profile", "position", "grids", "groups", "modules")


@dataclass(frozen=True)
class Work:
    """``part``: of the page, one of ``PARTS``, where its button stands."""

    title: Text
    button: Text
    permission: str
    form: type[forms.VillageForm]
    call: Callable[..., Any]
    part: str


def _position(village: Place, *, by: Actor, latitude: int, longitude: int, **values: Any) -> Any:
    return set_position(village, by=by, latitude_e7=latitude, longitude_e7=longitude, **values)


WORKS: dict[str, Work] = {
    "profile": Work(
        _("Enter the profile"), _("Enter"), "places.enter_profile", forms.ProfileForm, enter_profile, "profile"
    ),
    "position": Work(_("Set the position"), _("Set"), "places.set_position", forms.PositionForm, _position, "position"),
    "grid": Work(_("Draw a grid"), _("Draw"), "places.draw_grid", forms.GridForm, create_grid, "grids"),
    "group": Work(
        _("Enter a villager group"), _("Enter"), "places.draw_grid", forms.GroupForm, create_villager_group, "groups"
    ),
    "lane": Work(_("Enter a lane"), _("Enter"), "places.draw_grid", forms.LaneForm, create_lane, "groups"),
    "module": Work(
        _("Switch a module"), _("Switch"), "places.switch_module", forms.ModuleForm, switch_module, "modules"
    ),
}  # fmt: skip
