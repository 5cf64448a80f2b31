"""What is counted, by hand: settled is not accepted, breached is not settled, two names are two brands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.organisations.models import Organisation, OrganisationKind
from cunlian.places.models import Grid, GridClass, GridSet, code_range
from tests.cases.disputes.conftest import Peace
from tests.cast import START

pytestmark = pytest.mark.django_db


def _value(peace: Peace, code: str, name: str = "county_leader") -> int | None:
    return figures.compute(code, getattr(peace.cast, name)).value


@pytest.fixture
def year(peace: Peace) -> list[Dispute]:
    made = [peace.in_state(state) for state in State]
    made.append(peace.in_state(State.PERFORMED, dispute_kind="village_enterprise"))
    made.append(peace.in_state(State.BREACHED, dispute_kind="village_enterprise"))
    return made


def test_accepted_settled_and_with_enterprise(peace: Peace, year: list[Dispute]) -> None:
    accepted = {State.ACCEPTED, State.IN_MEDIATION, State.AGREED, State.PERFORMED, State.BREACHED, State.CONFIRMED}
    assert _value(peace, "disputes.accepted") == len(accepted) + 1 + 2  # the failed one was taken on, too
    assert _value(peace, "disputes.settled") == 3 + 1
    assert _value(peace, "disputes.settled_all") == 3 + 1
    assert _value(peace, "disputes.settled_enterprise") == 1


def test_a_period_cuts_by_the_day_of_the_agreement(peace: Peace, year: list[Dispute]) -> None:
    before = figures.Period(clock.today() - timedelta(days=30), clock.today() - timedelta(days=1))
    leader = peace.cast.county_leader
    assert figures.compute("disputes.settled", leader, period=before).value == 0
    assert figures.compute("disputes.settled_all", leader, period=before).value == 4


def test_the_trace_opens_exactly_what_was_counted(peace: Peace, year: list[Dispute]) -> None:
    rows = figures.trace(figures.find("disputes.settled_enterprise"), peace.cast.county_leader)
    assert [row.pk for row in rows] == [year[-2].pk]


def test_others_count_nothing(peace: Peace, year: list[Dispute]) -> None:
    for name in ("stranger", "neighbour_cadre", "administrator", "resident"):
        assert _value(peace, "disputes.settled_all", name) == 0


def test_an_agreement_the_same_day_took_one_day(peace: Peace) -> None:
    assert _value(peace, "disputes.median_days") is None
    peace.in_state(State.AGREED)
    assert _value(peace, "disputes.median_days") == 1


def test_a_name_two_bodies_share_is_one_brand(peace: Peace) -> None:
    world = peace.cast.world
    for place, brand in ((world.other_village, "老娘舅"), (world.township, "红色议事会"), (world.county, "")):
        unit = Organisation.objects.create(
            name=f"{place}调委会", organisation_kind=OrganisationKind.MEDIATION_COMMITTEE, place=place, starts_on=START
        )
        actions.found_body(by=SYSTEM, organisation=unit, brand=brand)
    assert _value(peace, "disputes.brands") == 2
    village = [code_range(world.village.code)]
    assert figures.compute("disputes.brands", peace.cast.county_leader, within=village).value == 1


def test_grid_colours_are_the_classes_in_use_today(peace: Peace) -> None:
    world = peace.cast.world
    red, _green, blue = (
        GridClass.objects.create(root=world.county, code=c, label_zh=c, label_en=c, colour="#d94f3d", meaning=c)
        for c in ("red", "green", "blue")
    )
    division = GridSet.objects.create(village=world.village, starts_on=START)
    rows = ((world.grid, red, None), (world.second_grid, red, None), (world.other_grid, blue, clock.today()))
    for place, colour, ends_on in rows:
        Grid.objects.create(
            place=place, grid_set=division, tier="village", grid_class=colour, starts_on=START, ends_on=ends_on
        )
    assert _value(peace, "places.grid_colours") == 1


def test_the_published_figures_have_their_indicators() -> None:
    claimed = {claim for indicator in figures.INDICATORS.values() for claim in indicator.claims}
    assert {"B28", "B29", "E26", "E27"} <= claimed
    with override("zh-hans"):
        units = {claim: str(one.unit) for one in figures.INDICATORS.values() for claim in one.claims}
    assert [units[claim] for claim in ("B28", "B29", "E26", "E27")] == ["色", "个", "件", "起"]
