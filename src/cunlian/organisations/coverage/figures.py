"""What the reports say of who leads: a rule checked by the village with the fewest, levels and kinds counted by their names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cunlian.kernel.access import Actor
from cunlian.kernel.figures import Indicator, Unit, add_indicator
from cunlian.organisations.coverage.catalogue import find_rule
from cunlian.organisations.coverage.levels import leading, led_on_all_levels
from cunlian.organisations.coverage.objects import scope_of
from cunlian.organisations.coverage.reading import objects
from cunlian.organisations.coverage.seated import answered
from cunlian.organisations.models import Capacity, Duty, OrganisationKind
from cunlian.places.models import Place


def _led_villages(viewer: Actor, day: date) -> QuerySet[Place]:
    """Every village, with how many posts of county leaders answer for it."""
    return objects(find_rule("village_county_leader"), scope_of(viewer, day))


def _all_levels(viewer: Actor, day: date) -> QuerySet[Place]:
    return led_on_all_levels(viewer, scope_of(viewer, day))


def _leading(viewer: Actor, day: date) -> QuerySet[Any]:
    return leading(scope_of(viewer, day)).select_related("place", "area")


def _group_leaders(viewer: Actor, day: date) -> QuerySet[Any]:
    """Group leaders who are there, with which kind: of a Party group, or of a villager group."""
    scope = scope_of(viewer, day)
    party = When(post__organisation__organisation_kind=OrganisationKind.PARTY_GROUP, then=Value("party"))
    found = Duty.objects.on(scope.day).filter(
        answered(scope.day), scope.inside("place__"), capacity=Capacity.GROUP_LEADER
    )
    kinds = Case(party, default=Value("villager"), output_field=CharField())
    return found.annotate(leader_kind=kinds).select_related("place", "area")


FLAG = Unit(pgettext_lazy("unit of a flag", "item"), pgettext_lazy("unit of a flag", "items"))
LEADERS = Unit(pgettext_lazy("unit", "leader a village"), pgettext_lazy("unit", "leaders a village"))
LEVELS = Unit(pgettext_lazy("unit", "level"), _("levels"))
KINDS = Unit(pgettext_lazy("unit of leaders", "kind"), pgettext_lazy("unit of leaders", "kinds"))

add_indicator(
    Indicator(
        "organisations.district_leader_per_village_min", _("County leaders for a village, at least"),
        LEADERS, _led_villages,
        measure="min", field="seated", place="",
        nature="rule", claims=("B01",), dated=True,
        reading=_("a rule: one for each village. The figure is the number of the village with the fewest; a leader who "
                  "answers for an area answers for each of its villages, and one leader may have several"),
    )
)  # fmt: skip
add_indicator(
    Indicator(
        "organisations.five_in_one_levels_flag", _("Led on all five levels"), FLAG,
        _all_levels, place="", nature="structural", claims=("B02",), dated=True,
        reading=_("1 where somebody leads at each of the five levels (county, township, area, village, grid and lane), "
                  "else 0"),
    )
)  # fmt: skip
add_indicator(
    Indicator(
        "organisations.leadership_level_count", _("Levels of lead"), LEVELS, _leading, measure="distinct",
        field="lead", nature="structural", claims=("B03",), dated=True,
        reading=_("levels at which somebody who is there leads: county, township, area, village, grid and lane"),
    )
)  # fmt: skip
add_indicator(
    Indicator(
        "organisations.group_leader_kind_count", _("Kinds of group leaders"), KINDS,
        _group_leaders, measure="distinct", field="leader_kind", nature="structural", claims=("B04",), dated=True,
        reading=_("two kinds: leaders of Party groups and of villager groups who keep contact with households"),
    )
)  # fmt: skip
