"""What the page of a village shows on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from cunlian.cases.matters import matter_names
from cunlian.cases.models import Case
from cunlian.cases.querysets import READERS
from cunlian.desk.places.change import change_buttons
from cunlian.desk.places.forms import AREAL, LABELS
from cunlian.desk.places.history import history
from cunlian.desk.places.road_tables import far
from cunlian.desk.places.works import PARTS, WORKS
from cunlian.desk.responsibility.ranks import rank_names
from cunlian.kernel import clock
from cunlian.kernel.access import Actor, may
from cunlian.kernel.refusals import Text
from cunlian.organisations.chain import chain_for
from cunlian.people.hollow import hollow_of
from cunlian.places.distance import nearby
from cunlian.places.models import (
    AreaMembership,
    District,
    Lane,
    Place,
    Position,
    RosterEntry,
    VillageProfile,
    modules_off,
    on,
)
from cunlian.places.models.position import E7
from cunlian.places.models.profile import NUMBERS
from cunlian.places.modules import MODULES
from cunlian.places.querysets import code_q
from cunlian.ui import formats
from cunlian.ui.pieces import MoveButton

NEAREST: Final = 8


@dataclass(frozen=True)
class Count:
    """A number of requests and the list that shows exactly them."""

    label: str
    value: int
    url: str


def counts(village: Place, actor: Actor) -> list[Count]:
    """Requests the viewer may see. Whoever may see none here (an administrator) gets no number, not a false 0."""
    here = Case.objects.visible_to(actor).filter(code_q(village.code, "place__"))
    if not actor.holds(READERS, village.code) and not here.exists():
        return []
    base = f"{reverse('desk:cases')}?village={village.code}"
    return [
        Count(_("Open"), here.open().count(), base),
        Count(_("Overdue"), here.overdue().count(), f"{base}&due=overdue"),
        Count(_("Answered, waiting to hear"), here.awaiting_word().count(), f"{base}&state=answered"),
        Count(_("Closed after an answer"), here.closed().count(), f"{base}&state=closed"),
        Count(_("All ever received"), here.count(), f"{base}&state=all"),
    ]


def profile_lines(profile: VillageProfile) -> list[tuple[str, str, bool]]:
    """(label, value, whether it is known) of each number."""
    lines = []
    for name in NUMBERS:
        value, label = getattr(profile, name), str(LABELS[name])
        shown = formats.no_data() if value is None else AREAL.get(name, formats.number)(value)
        lines.append((label, shown, value is not None))
    return lines


def degrees(value: int) -> str:
    return f"{'-' if value < 0 else ''}{abs(value) // E7}.{abs(value) % E7:07d}"


def modules(village: Place, district: District) -> list[tuple[Text, bool]]:
    """Those the district uses, and whether this village does."""
    off = modules_off(village)
    return [(label, code not in off) for code, label in MODULES.items() if district.uses(code)]


def _works(place: Place, actor: Actor) -> dict[str, list[MoveButton]]:
    """Buttons by the part of the page they stand in."""
    buttons: dict[str, list[MoveButton]] = {part: [] for part in PARTS}
    for name, work in WORKS.items():
        if may(actor, work.permission, place):
            url = reverse("desk:place_work", args=[place.code, name])
            buttons[work.part].append(MoveButton(work.title, url, "quiet"))
    buttons["grids"] += change_buttons(place, actor, "grids")
    return {**buttons, "place": change_buttons(place, actor, "rename", "merge", "split", "transfer")}


def _land(village: Place) -> dict[str, Any]:
    reading = hollow_of(village)
    profile = reading.profile
    position = Position.objects.filter(place=village).first()
    return {
        "profile": profile, "numbers": profile_lines(profile) if profile else [], "reading": reading,
        "position": position, "latitude": degrees(position.latitude_e7) if position else "",
        "longitude": degrees(position.longitude_e7) if position else "",
    }  # fmt: skip


def village_page(village: Place, day: date, actor: Actor) -> dict[str, Any]:
    district = District.current()
    memberships = AreaMembership.objects.filter(on(day), place=village).select_related("area").order_by("area__name")
    near = nearby(village, district.listed(), day)
    return {
        "title": village.short_name, "village": village, "day": day, "today": clock.today(), "district": district,
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (village.short_name, "")],
        "memberships": memberships, "lanes": Lane.objects.filter(on(day), village=village).order_by("name"),
        "entry": RosterEntry.objects.filter(on(day), place=village).first(), "counts": counts(village, actor),
        "chain": chain_for(village, day), "ranks": rank_names(), "matters": matter_names(),
        "modules": modules(village, district), "works": _works(village, actor),
        "may_print_week": actor.holds(READERS, village.code),
        "may_print_cards": may(actor, "people.print_cards", village),
        "near": [(one, far(one)) for one in near[:NEAREST]], "near_all": len(near),
        "may_road": may(actor, "places.set_position", village),
        **_land(village), **history(village),
    }  # fmt: skip


def town_page(town: Place, actor: Actor) -> dict[str, Any]:
    villages = Place.objects.visible_to(actor).current().within(town).villages()
    return {
        "title": town.short_name, "place": town, "villages": villages.count(), "works": _works(town, actor),
        "list_url": f"{reverse('desk:places')}?q={town.code}",
        "crumbs": [(_("Villages and areas"), reverse("desk:places")), (town.short_name, "")], **history(town),
    }  # fmt: skip
