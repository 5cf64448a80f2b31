"""What is counted about those who come home. Staying is counted from what somebody found when they looked in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.talent.coming_home.care import months_later
from cunlian.talent.coming_home.querysets import HomecomingQuerySet
from cunlian.talent.models import AfterCare, Gathering, Homecoming, Origin

PERSONS = Unit(pgettext_lazy("unit", "person"), _("persons"))
GATHERINGS = Unit(pgettext_lazy("unit", "gathering"), _("gatherings"))
PERSON_TIMES = Unit(pgettext_lazy("unit", "person-time"), _("person-times"))
_ERASED = _("who had their file erased is no longer counted")


def _paths(viewer: Actor) -> HomecomingQuerySet:
    """Of persons on file, so that each is counted once."""
    return Homecoming.objects.visible_to(viewer).filter(person__isnull=False)


def _came_before(months: int) -> Callable[[Actor], QuerySet[Homecoming]]:
    return lambda viewer: _paths(viewer).arrived().filter(arrived_on__lte=months_later(clock.today(), -months))


def _staying(months: int) -> Callable[[Actor], QuerySet[AfterCare]]:
    def rows(viewer: Actor) -> QuerySet[AfterCare]:
        found = AfterCare.objects.visible_to(viewer).staying(months)
        return found.filter(homecoming__person__isnull=False)

    return rows


def _persons(
    code: str, name: Any, rows: Callable[[Actor], Any], *, when: str = "", day: bool = False, reading: Any = ""
) -> None:
    add_indicator(
        Indicator(
            f"coming_home.{code}", name, PERSONS, rows, measure="distinct", field="person", when=when, when_is_day=day,
            reading=reading or _ERASED,
        )
    )  # fmt: skip


_persons("interested", _("Told that they would like to come"), _paths, when="begun_at")
_persons("arrived", _("Came home or were brought in"), lambda v: _paths(v).arrived(), when="arrived_on", day=True)
_persons(
    "outsiders", _("Of those who came, from elsewhere"),
    lambda v: _paths(v).arrived().filter(origin=Origin.OUTSIDER), when="arrived_on", day=True,
)  # fmt: skip
_persons("founders", _("Of those who came, founded a firm"), lambda v: _paths(v).firms(), when="arrived_on", day=True)
for months in (12, 24):
    _persons(
        f"came_{months}", {12: _("Came at least 12 months ago"), 24: _("Came at least 24 months ago")}[months],
        _came_before(months), reading=_("all of them, whether they are still here or not, and whether anybody looked"),
    )  # fmt: skip
    add_indicator(
        Indicator(
            f"coming_home.staying_{months}",
            {12: _("Still here after 12 months"), 24: _("Still here after 24 months")}[months],
            PERSONS, _staying(months), measure="distinct", field="homecoming__person", place="homecoming__place",
            reading=_("found here by somebody who looked in then; where nobody looked, nobody is counted"),
        )
    )  # fmt: skip
add_indicator(
    Indicator(
        "coming_home.gatherings", _("Gatherings of those away"), GATHERINGS,
        lambda v: Gathering.objects.visible_to(v), when="held_on", when_is_day=True,
    )
)  # fmt: skip
add_indicator(
    Indicator(
        "coming_home.gathering_people", _("Came to gatherings, as declared"), PERSON_TIMES,
        lambda v: Gathering.objects.visible_to(v), measure="sum", field="people", when="held_on", when_is_day=True,
        nature="declared", reading=_("declared by whoever held it, with its source; who came twice counts twice"),
    )
)  # fmt: skip
