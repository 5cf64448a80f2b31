"""The rules of coverage: of each kind of object, who is to answer, in what capacity, how many. Data; a county that has none
of a kind (no lanes drawn) has nothing to cover."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Missing, Text
from cunlian.organisations.models import Capacity, FiveMatter
from cunlian.organisations.responsibility.aims import Aim

C = Capacity


@dataclass(frozen=True)
class CoverageRule:
    """``kind``: what is counted, each of ``counted``; ``capacities``: in which a post answers for it, or ``matter``: for which
    of the five matters of an area; ``needed``: how many posts; ``source``: where the rule comes from. ``through_area``: who
    answers for an area answers for each of its villages. ``on_radar``: without it nobody answers at all."""

    code: str
    who: Text
    kind: Aim
    counted: Text
    source: Text
    capacities: tuple[Capacity, ...] = ()
    matter: str = ""
    needed: int = 1
    through_area: bool = False
    on_radar: bool = False


VILLAGES, GRIDS, LANES = _("villages and communities the county counts"), _("grids of today"), _("lanes of today")
GROUPS, AREAS = _("villager groups of today"), _("management areas of today")
HOMES = _("households for which a contact is named, or a need is noted that your post is named for")
YEARLY = _("Yearly lists of who answers")
GRID_LAW = _("Grid regulations of Luzhou Art. 10, Binzhou Art. 6: worker and supervision phone are published")
CONTACTS = _("Yearly lists: no village without a leader, no household without a contact")
FIVE = _("Five matters of an area")

RULES: tuple[CoverageRule, ...] = (
    CoverageRule(
        "village_county_leader", _("County leader"), Aim.VILLAGE, VILLAGES,
        _("“One leader for each village”; one leader may have several"), (C.COUNTY_LEADER,), through_area=True,
    ),
    CoverageRule("village_township_leader", _("Township leader"), Aim.VILLAGE, VILLAGES, YEARLY, (C.TOWNSHIP_LEADER,)),
    CoverageRule(
        "village_cadre", _("Village head or cadre"), Aim.VILLAGE, VILLAGES, CONTACTS, (C.VILLAGE_HEAD, C.VILLAGE_CADRE),
        on_radar=True,
    ),
    CoverageRule("village_stationed", _("Stationed cadre"), Aim.VILLAGE, VILLAGES, YEARLY, (C.STATIONED_CADRE,)),
    CoverageRule("village_department", _("Department"), Aim.VILLAGE, VILLAGES, YEARLY, (C.DEPARTMENT,)),
    CoverageRule(
        "village_guide", _("Guide of the four-step decisions"), Aim.VILLAGE, VILLAGES, YEARLY, (C.DECISION_GUIDE,)
    ),
    CoverageRule("grid_worker", _("Grid worker"), Aim.GRID, GRIDS, GRID_LAW, (C.GRID_WORKER,), on_radar=True),
    CoverageRule("lane_leader", _("Lane leader"), Aim.LANE, LANES, YEARLY, (C.LANE_LEADER,), on_radar=True),
    CoverageRule(
        "group_leader", _("Group leader or cadre"), Aim.GROUP, GROUPS, YEARLY, (C.GROUP_LEADER, C.VILLAGE_CADRE),
        on_radar=True,
    ),
    CoverageRule(
        "household_contact", _("Contact"), Aim.HOUSEHOLD, HOMES, CONTACTS,
        (C.HOUSEHOLD_CONTACT, C.MEMBER_CONTACT, C.GROUP_LEADER, C.VILLAGE_CADRE, C.TOWNSHIP_LEADER), on_radar=True,
    ),
    CoverageRule("area_head", _("Area head"), Aim.AREA, AREAS, YEARLY, (C.AREA_HEAD,), on_radar=True),
    *(
        CoverageRule(f"area_{one.value}", one.label, Aim.AREA, AREAS, FIVE, matter=one.value, on_radar=True)
        for one in FiveMatter
    ),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}


def find_rule(code: str) -> CoverageRule:
    if code not in BY_CODE:
        raise Missing(_("There is no such rule. Choose one on the page of coverage."))
    return BY_CODE[code]
