"""A Party branch in every village and who was sent there, in the numbers the zone's report names, so that its figures can be
compared with it. Who they are is invented."""

from __future__ import annotations

from datetime import date
from itertools import cycle, islice
from random import Random

from cunlian.demo.hengkou.land import START, Land
from cunlian.demo.hengkou.lists import Names
from cunlian.demo.hengkou.staff import Staff
from cunlian.demo.hengkou.units import TERM, Hall
from cunlian.kernel import figures
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import Organisation, OrganisationKind, Posting, PostKind
from cunlian.places.models import Place

SEED = 20260709 + 43
K, P, B = OrganisationKind, PostKind, Posting.Basis
TITLES = ("组织委员", "宣传委员", "纪检委员", "青年委员")
IN_COMMITTEES, RETURNED, FIRST_SECRETARIES, TASK_FORCE, DEPUTIES = 646, 5, 54, 127, 44
"""A04 to A08 of the report of 27 March 2025."""
UNFILED = 3


def build(land: Land, staff: Staff) -> None:
    chance = Random(SEED)
    hall = Hall(land, staff, Names(chance), chance)
    hall.units["committee"] = Organisation.objects.get(place=land.root, name="恒口示范区党工委")
    rest = [village for village in land.villages if village not in land.detailed]
    branches = [_branch(hall, village, n) for n, village in enumerate(rest)]
    _sent(hall, branches)
    _members(hall, branches)
    _joined(land)


def _missing(code: str, wanted: int) -> int:
    return max(0, wanted - (figures.compute(f"organisations.{code}", SYSTEM).value or 0))


def _branch(hall: Hall, village: Place, n: int) -> Organisation:
    """With its secretary; a few of them came home. All but the newest are filed with the county."""
    branch = hall.unit(K.PARTY_BRANCH, f"{village.short_name}党支部", village, parent=hall.units["committee"])
    basis = B.RETURNED if _missing("returnee_party_secretary_count", RETURNED) else B.ELECTED
    posting = hall.sit(branch, "书记", P.SECRETARY, hall.person(village), basis, rank=1, **TERM)
    if n >= UNFILED:
        actions.file_with_county(
            posting, by=hall.office, filed_on=date(2024, 2, 20), filing_paper=f"恒村书备〔2024〕{100 + n}号（虚构）"
        )
    return branch


def _sent(hall: Hall, branches: list[Organisation]) -> None:
    """First secretaries, members of task forces, deputies and assistants whom offices sent."""
    town, farm = hall.department("恒口示范区党建办"), hall.department("农业综合服务站")
    for branch in branches[: _missing("first_secretary_count", FIRST_SECRETARIES)]:
        hall.sit(branch, "第一书记", P.FIRST_SECRETARY, hall.person(), B.DISPATCHED, sent_by=town)
    for branch in branches[: _missing("deputy_secretary_or_director_assistant_count", DEPUTIES)]:
        hall.sit(branch, "副书记", P.DEPUTY_SECRETARY, hall.person(), B.DISPATCHED, rank=2, sent_by=town, **TERM)
    teams: dict[str, Organisation] = {}
    wanted = _missing("village_task_force_member_count", TASK_FORCE)
    for n, branch in enumerate(islice(cycle(branches), wanted)):
        village = branch.place
        if village.code not in teams:
            teams[village.code] = hall.unit(K.TEAM, f"{village.short_name}驻村工作队", village)
        title = f"队员{'一二'[n // len(branches)]}"
        hall.sit(teams[village.code], title, P.TASK_FORCE, hall.person(), B.DISPATCHED, sent_by=farm)


def _members(hall: Hall, branches: list[Organisation]) -> None:
    """As many as make the two committees as large as the report says, spread evenly."""
    for n, branch in enumerate(islice(cycle(branches), _missing("two_committee_member_count", IN_COMMITTEES))):
        hall.sit(branch, TITLES[n // len(branches)], P.COMMITTEE_MEMBER, hall.person(branch.place), rank=3, **TERM)


def _joined(land: Land) -> None:
    """The branches of an area's villages are members of its Party committee; the unit above each stays what it was."""
    bodies = Organisation.objects.filter(organisation_kind=K.PARTY_COMMITTEE, area__isnull=False)
    by_area = {body.area_id: body for body in bodies}
    for area, members in land.areas:
        for branch in Organisation.objects.filter(organisation_kind=K.PARTY_BRANCH, place__in=members).order_by("name"):
            actions.join_unit(
                branch, by=SYSTEM, body=by_area[area.pk], starts_on=START, paper="片区党委组建文件（虚构）"
            )
