"""Changing the code of a place so that what it was stays readable."""

from __future__ import annotations

from datetime import date

from cunlian.kernel.records import change
from cunlian.places.codes import code_set_aside
from cunlian.places.models import Place
from cunlian.places.querysets import code_q


def recode(place: Place, code: str, day: date, paper: str = "") -> None:
    """Another code from ``day`` on. Of a place that has ended under its own code, that code is kept as a version first;
    one that only follows its successor has it in a version already."""
    follows = place.ends_on is not None and place.since is not None and place.since >= place.ends_on
    if not follows:
        place.version(place.ends_on or day, paper).save(force_insert=True)
    change(place, code=code, since=place.ends_on or day)


def set_aside(place: Place) -> None:
    """Give a place that has ended a code no other has: its own belongs to a new place now."""
    if place.ends_on is None:
        raise ValueError(f"{place.code} exists today")
    recode(place, code_set_aside(place.code), place.ends_on)


def follow(old: str, code: str, day: date, paper: str) -> None:
    """Whatever has ended at or below ``old`` is found under ``code`` from now on."""
    for ended in Place.objects.filter(code_q(old), ends_on__isnull=False):
        recode(ended, code, day, paper)
