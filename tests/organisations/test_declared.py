"""Numbers declared from a source: the newest holds, a whole and its part are never added up, nothing names a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock, figures
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations import actions
from cunlian.organisations.models import Declared, DeclaredNumber
from cunlian.places.models import Area, AreaMembership
from tests.cast import Cast
from tests.organisations.test_appoint import verb_of

AS_OF = date(2025, 3, 27)


def declare(cast: Cast, **said: Any) -> DeclaredNumber:
    usual = {"by": cast.county_staff, "what": Declared.POPULATION, "number": 226_000, "as_of": AS_OF, "source": "日报"}
    if "area" not in said:
        usual["place"] = cast.world.township
    return actions.declare_number(**{**usual, **said})


def total(cast: Cast, what: str, who: str = "county_leader") -> int | None:
    return figures.compute(f"organisations.{what}", getattr(cast, who)).value


def test_the_newest_number_holds_and_the_older_one_stays(cast: Cast) -> None:
    declare(cast)
    later = declare(cast, number=225_000, as_of=AS_OF + timedelta(days=300))

    assert total(cast, Declared.POPULATION) == 225_000 and DeclaredNumber.objects.count() == 2
    assert verb_of(later) == "organisations.number_declared"


def test_said_again_for_the_same_day_it_is_corrected(cast: Cast) -> None:
    declare(cast)
    declare(cast, number=226_100)

    assert [row.number for row in DeclaredNumber.objects.all()] == [226_100]


def test_numbers_of_two_kinds_are_two_figures_and_say_that_they_are_declared(cast: Cast) -> None:
    declare(cast, what=Declared.LAND, number=38_331)
    declare(cast)

    assert (total(cast, Declared.LAND), total(cast, Declared.POPULATION)) == (38_331, 226_000)
    assert {figures.find(f"organisations.{what}").nature for what in Declared} == {"declared"}


def test_a_whole_and_its_part_do_not_declare_the_same(cast: Cast) -> None:
    declare(cast)
    for where in ({"place": cast.world.village}, {"place": cast.world.county}, {"area": cast.world.area}):
        with pytest.raises(Conflict, match="already"):
            declare(cast, **where)

    declare(cast, what=Declared.LAND, place=cast.world.village, number=40)
    declare(cast, what=Declared.LAND, place=cast.world.other_village, number=2)
    assert total(cast, Declared.LAND) == 42


def test_areas_that_share_a_village_do_not_declare_the_same(cast: Cast) -> None:
    declare(cast, what=Declared.NEW_PARTY_MEMBERS, number=18, area=cast.world.area)
    over = Area.objects.create(
        root=cast.world.township, name="农文旅片区", area_kind="industry", starts_on=date(2024, 1, 1)
    )
    beside = Area.objects.create(
        root=cast.world.township, name="北片区", area_kind="industry", starts_on=date(2024, 1, 1)
    )
    AreaMembership.objects.create(area=over, place=cast.world.village, starts_on=date(2024, 1, 1))
    with pytest.raises(Conflict):
        declare(cast, what=Declared.NEW_PARTY_MEMBERS, number=3, area=over)
    declare(cast, what=Declared.NEW_PARTY_MEMBERS, number=2, area=beside)

    assert total(cast, Declared.NEW_PARTY_MEMBERS) == 20


@pytest.mark.parametrize(
    "wrong",
    [{"source": " "}, {"number": -1}, {"what": "mood"}, {"as_of": date(2999, 1, 1)}, {"place": None}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_without_source_day_or_place_nothing_is_declared(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        declare(cast, **wrong)
    assert not DeclaredNumber.objects.exists()


def test_offices_declare_for_their_territory_and_nobody_else(cast: Cast) -> None:
    for who in ("village_cadre", "grid_worker", "area_staff", "auditor", "resident", "stranger"):
        with pytest.raises(Forbidden):
            declare(cast, by=getattr(cast, who))
    declare(cast, by=cast.township_staff)

    assert total(cast, Declared.POPULATION, "stranger") == total(cast, Declared.POPULATION, "resident") == 0


def test_a_declared_number_holds_nothing_about_a_person() -> None:
    names = {field.name for field in DeclaredNumber._meta.get_fields()}
    assert names == {"id", "place", "area", "what", "number", "as_of", "source", "invented"}


def test_nothing_declared_is_nothing_and_the_system_sees_all(cast: Cast) -> None:
    assert total(cast, Declared.PARTY_MEMBERS) == 0
    declare(cast, by=SYSTEM, what=Declared.PARTY_MEMBERS, number=7, as_of=clock.today())
    assert total(cast, Declared.PARTY_MEMBERS) == 7


def test_party_members_among_local_talent_are_a_declared_number_and_no_entry_holds_who_is_one(cast: Cast) -> None:
    declare(cast, what=Declared.MEMBER_TALENTS, number=5, place=cast.world.village)

    figure = figures.find("organisations.party_member_talent_selected_count")
    assert (figure.nature, figure.claims) == ("declared", ("C22",))
    assert total(cast, Declared.MEMBER_TALENTS) == 5
