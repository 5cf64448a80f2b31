"""Setting up the district: its data, its roster, the modules its villages use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.ids import uuid7
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.kernel.secrets import encrypt
from cunlian.places.models import District, ModuleSwitch, Place, RosterEntry
from cunlian.places.modules import MODULES

LONGEST_TITLE = 12


@transaction.atomic
def set_district(root: Place, *, by: Actor, **values: Any) -> District:
    """Make ``root`` the district, or change its data (fields of ``District``; the key of the map service as it was given).
    There is one; its root stays."""
    require(by, "places.set_district", root)
    district = District.objects.first()
    if district is not None and district.root_id != root.pk:
        raise Invalid(_("This installation serves %(district)s already.") % {"district": district}, field="root")
    if root.ends_on is not None:
        raise Invalid(_("Choose a place that exists today."), field="root")
    if (key := values.get("map_service_key")) is not None:
        values["map_service_key"] = encrypt(key) if key else b""
    made = district is None
    district = lock(district) if district is not None else District(root=root, **values)
    before = {} if made else {name: getattr(district, name) for name in values}
    for name, value in values.items():
        setattr(district, name, value)
    try:
        district.full_clean(validate_unique=False)
    except ValidationError as error:
        field, texts = next(iter(error.message_dict.items()))
        raise Invalid(texts[0], field="" if field == "__all__" else field) from error
    district.save(force_insert=made, update_fields=None if made else list(values))
    changed = {name: (before.get(name), value) for name, value in values.items() if before.get(name) != value}
    if "map_service_key" in changed:
        changed["map_service_key"] = (None, None)  # A secret stands in the log by name alone.
    log.record(by, "places.district_set", district, changed=changed)
    return district


@transaction.atomic
def arrange_district(district: District, *, by: Actor, titles: Mapping[str, str], modules: Sequence[str]) -> District:
    """What the county calls the ranks of its chain (empty: the usual word), and which modules are in use (not none)."""
    district = lock(district)
    require(by, "places.arrange_district", district)
    named = {rank: title.strip() for rank, title in titles.items() if title.strip()}
    for rank, title in named.items():
        if len(title) > LONGEST_TITLE:
            raise Invalid(_("A title has %(count)s characters at most.") % {"count": LONGEST_TITLE}, field=rank)
    if not modules or set(modules) - MODULES.keys():
        raise Invalid(_("Choose at least one of the modules."), field="modules")
    changed = change(district, titles=named, modules=sorted(modules))
    if changed:
        log.record(by, "places.district_arranged", district, changed=changed)
    return district


@transaction.atomic
def enter_roster(
    places: Iterable[Place],
    *,
    by: Actor,
    starts_on: date,
    paper: str,
    counted: bool = True,
    invented: bool = False,
) -> list[RosterEntry]:
    """From that day the district counts (or no longer counts) these places. What is as wanted already is left alone."""
    if not paper.strip():
        raise Invalid(_("Please name the paper that decided this."), field="paper")
    batch, rows = uuid7(), []
    for place in places:
        require(by, "places.set_district", place)
        held = RosterEntry.objects.filter(place=place, ends_on=None).first()
        if held is not None and held.counted == counted:
            continue
        if held is not None and starts_on < held.starts_on:
            raise Invalid(_("%(place)s has a later entry; choose a later day.") % {"place": place}, field="starts_on")
        if held is not None:
            change(lock(held), ends_on=starts_on)
        row = RosterEntry.objects.create(
            place=place, counted=counted, starts_on=starts_on, paper=paper, invented=invented
        )
        was = None if held is None else held.counted
        values = {"counted": (was, counted), "starts_on": (None, starts_on)}
        log.record(by, "places.roster_entered", row, changed=values, batch_id=batch, place_id=place.pk)
        rows.append(row)
    return rows


@transaction.atomic
def switch_module(village: Place, *, by: Actor, module: str, on: bool, day: date) -> None:
    """Switch a module off or on again for a village from ``day``. As it is already: nothing happens."""
    require(by, "places.switch_module", village)
    if not module.strip():
        raise Invalid(_("Choose a module."), field="module")
    held = ModuleSwitch.objects.filter(place=village, module=module, off_to=None).first()
    if (held is None) == on:
        return
    if held is None:
        held = ModuleSwitch.objects.create(place=village, module=module, off_from=day)
    else:
        held = lock(held)
        if day < held.off_from:
            raise Invalid(_("The module was switched off after that day."), field="day")
        change(held, off_to=day)
    changed = {"module": (None, module), "on": (not on, on), "day": (None, day)}
    log.record(by, "places.module_switched", held, changed=changed, place_id=village.pk)
