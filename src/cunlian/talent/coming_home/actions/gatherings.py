"""Gatherings of those away: entered, and put right."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cunlian.kernel import log
from cunlian.kernel.access import Actor, require
from cunlian.kernel.records import change, lock
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Organisation
from cunlian.places.models import Area, Place, require_module
from cunlian.talent.coming_home.actions.walk import check_past
from cunlian.talent.models import Gathering
from cunlian.talent.rules import MODULE


def _clean(name: str, held_on: date, venue: str, people: int, people_source: str, heard: str) -> dict[str, Any]:
    check_past(held_on, "held_on")
    if not name.strip():
        raise Invalid(_("Please write what the gathering is called."), field="name")
    if people < 1:
        raise Invalid(_("Write how many people came, at least one."), field="people")
    if not people_source.strip():
        raise Invalid(_("Say who counted them and how; a declared number is worth its source."), field="people_source")
    return {
        "name": name.strip(), "held_on": held_on, "venue": venue.strip(), "people": people,
        "people_source": people_source.strip(), "heard": heard.strip(),
    }  # fmt: skip


@transaction.atomic
def enter_gathering(
    *,
    by: Actor,
    place: Place,
    called_by: Organisation,
    name: str,
    held_on: date,
    venue: str,
    people: int,
    people_source: str,
    heard: str = "",
    area: Area | None = None,
    invented: bool = False,
) -> Gathering:
    """A meeting of those away from ``place`` (a village or what lies above it), with a declared number and no names."""
    gathering = Gathering(place=place, area=area, called_by=called_by, invented=invented)
    require(by, "coming_home.keep_gatherings", gathering)
    require_module(place, MODULE)
    for field, value in _clean(name, held_on, venue, people, people_source, heard).items():
        setattr(gathering, field, value)
    gathering.save(force_insert=True)
    log.record(by, "coming_home.gathering_held", gathering)
    return gathering


@transaction.atomic
def correct_gathering(
    gathering: Gathering,
    *,
    by: Actor,
    name: str,
    held_on: date,
    venue: str,
    people: int,
    people_source: str,
    heard: str = "",
) -> Gathering:
    """Put right what was entered; the log keeps the numbers of before."""
    gathering = lock(gathering)
    require(by, "coming_home.keep_gatherings", gathering)
    changed = change(gathering, **_clean(name, held_on, venue, people, people_source, heard))
    log.record(by, "coming_home.gathering_corrected", gathering, changed=changed)
    return gathering
