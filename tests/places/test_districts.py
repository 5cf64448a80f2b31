"""The district, its roster and the modules of its villages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid, Missing
from cunlian.places.actions.districts import arrange_district, enter_roster, set_district, switch_module
from cunlian.places.models import (
    District,
    ModuleSwitch,
    Place,
    RosterEntry,
    module_on,
    modules_off,
    require_module,
    roster,
)
from tests.cast import Cast
from tests.places.conftest import DAY, place

PAPER = "恒管发〔2024〕3号"
START = date(2024, 1, 1)


@pytest.fixture
def district(town: Place) -> District:
    return set_district(
        town, by=SYSTEM, name="恒口示范区", receipt_mark="恒", titles={"township": "示范区", "village": "村（社区）"}
    )


def test_before_it_is_set_up_a_sentence_says_so(db: None) -> None:
    with pytest.raises(Missing, match="administrator"):
        District.current()


def test_a_town_can_be_the_root(district: District, town: Place) -> None:
    current = District.current()
    assert (current.root, current.title_of("township"), current.title_of("city")) == (town, "示范区", "")


def test_there_is_one_district(district: District, county: Place) -> None:
    with pytest.raises(Invalid):
        set_district(county, by=SYSTEM, name="别处", receipt_mark="别")
    with pytest.raises(IntegrityError), transaction.atomic():
        District.objects.create(root=county, name="别处", receipt_mark="别")


def test_a_map_service_needs_its_review_number(district: District, town: Place) -> None:
    with pytest.raises(Invalid):
        set_district(town, by=SYSTEM, map_service_key="secret-key")
    set_district(town, by=SYSTEM, map_service_key="secret-key", map_review_number="GS(2026)0001号")
    assert District.current().map_key == "secret-key"
    assert Activity.objects.filter(changed__map_service_key=[None, None]).exists()
    assert "secret-key" not in str(list(Activity.objects.values_list("changed", flat=True)))


def test_the_key_of_the_map_service_lies_sealed_and_can_be_taken_out(district: District, town: Place) -> None:
    set_district(town, by=SYSTEM, map_service_key="secret-key", map_review_number="GS(2026)0001号")
    assert b"secret-key" not in bytes(District.objects.values_list("map_service_key", flat=True).get())
    set_district(town, by=SYSTEM, map_service_key="")
    assert (District.current().map_service_key, District.current().map_key) == (b"", "")


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("receipt_mark", ""), ("receipt_mark", "恒口镇"), ("privacy_notice_url", "x y")]
)
def test_bad_data_is_refused_beside_its_field(district: District, town: Place, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_district(town, by=SYSTEM, **{field: value})
    assert refused.value.field == field
    assert District.current().name == "恒口示范区"


def test_both_numbers_are_there_listed_and_counted(district: District) -> None:
    villages = list(district.listed())
    enter_roster(villages[:5], by=SYSTEM, starts_on=START, paper=PAPER)
    enter_roster(villages[5:], by=SYSTEM, starts_on=START, paper=PAPER, counted=False, invented=True)
    assert (district.listed().count(), district.counted().count()) == (7, 5)
    assert RosterEntry.objects.filter(counted=False, invented=True).count() == 2


def test_the_roster_is_dated(district: District, village: Place) -> None:
    enter_roster([village], by=SYSTEM, starts_on=START, paper=PAPER)
    enter_roster([village], by=SYSTEM, starts_on=DAY, paper=PAPER, counted=False)
    assert village in roster(DAY - timedelta(days=1))
    assert village not in roster(DAY)
    assert village not in roster(START - timedelta(days=1))
    assert RosterEntry.objects.count() == 2


def test_the_same_entry_again_changes_nothing(district: District, village: Place) -> None:
    enter_roster([village], by=SYSTEM, starts_on=START, paper=PAPER)
    assert enter_roster([village], by=SYSTEM, starts_on=DAY, paper=PAPER) == []
    assert Activity.objects.filter(verb="places.roster_entered").count() == 1


def test_the_roster_needs_a_paper_and_goes_forward(district: District, village: Place) -> None:
    with pytest.raises(Invalid):
        enter_roster([village], by=SYSTEM, starts_on=START, paper=" ")
    enter_roster([village], by=SYSTEM, starts_on=DAY, paper=PAPER)
    with pytest.raises(Invalid):
        enter_roster([village], by=SYSTEM, starts_on=START, paper=PAPER, counted=False)


def test_a_module_is_off_between_its_days(village: Place) -> None:
    switch_module(village, by=SYSTEM, module="points", on=False, day=START)
    assert module_on(village, "points", START - timedelta(days=1))
    assert not module_on(village, "points")
    assert module_on(village, "cases")
    switch_module(village, by=SYSTEM, module="points", on=True, day=DAY)
    assert module_on(village, "points", DAY)
    assert not module_on(village, "points", DAY - timedelta(days=1))


def test_what_is_off_for_the_town_is_off_for_its_villages_and_no_other(village: Place, town: Place) -> None:
    switch_module(town, by=SYSTEM, module="points", on=False, day=START)
    assert not module_on(village, "points")
    assert module_on(place("610902108201"), "points")


def test_switching_to_what_is_so_writes_nothing(village: Place) -> None:
    switch_module(village, by=SYSTEM, module="points", on=True, day=START)
    assert not ModuleSwitch.objects.exists()
    assert not Activity.objects.filter(verb="places.module_switched").exists()


def test_the_county_names_its_ranks_and_an_empty_title_is_the_usual_word(district: District) -> None:
    arrange_district(district, by=SYSTEM, titles={"township": " 园区 ", "village": ""}, modules=["cases"])
    current = District.current()
    assert (current.titles, current.title_of("village")) == ({"township": "园区"}, "")
    arrange_district(district, by=SYSTEM, titles={"township": "园区"}, modules=["cases"])
    assert Activity.objects.filter(verb="places.district_arranged").count() == 1


def test_a_module_the_district_does_not_use_is_off_in_every_village(district: District, village: Place) -> None:
    assert module_on(village, "disputes")
    arrange_district(district, by=SYSTEM, titles={}, modules=["cases"])
    assert (module_on(village, "cases"), module_on(village, "disputes")) == (True, False)
    with pytest.raises(Invalid, match="not in use") as refused:
        require_module(village, "disputes")
    assert refused.value.field == "place"


@pytest.mark.parametrize(
    ("field", "titles", "modules"),
    [("modules", {}, []), ("modules", {}, ["telepathy"]), ("area", {"area": "片" * 13}, ["cases"])],
)
def test_titles_and_modules_that_cannot_be_are_refused_beside_their_field(
    district: District, field: str, titles: dict[str, str], modules: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        arrange_district(district, by=SYSTEM, titles=titles, modules=modules)
    assert refused.value.field == field


def test_what_is_off_is_read_at_once_for_all_modules(village: Place, town: Place) -> None:
    switch_module(village, by=SYSTEM, module="cases", on=False, day=START)
    switch_module(town, by=SYSTEM, module="disputes", on=False, day=DAY)
    assert modules_off(village) == {"cases", "disputes"}
    assert modules_off(village, START) == {"cases"}
    assert modules_off(town, START) == frozenset()


def test_county_staff_arrange_and_nobody_below(cast: Cast) -> None:
    district = set_district(cast.world.county, by=cast.administrator, name="区", receipt_mark="测")
    for actor in (cast.township_staff, cast.village_cadre, cast.county_leader, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            arrange_district(district, by=actor, titles={}, modules=["cases"])
    arrange_district(district, by=cast.county_staff, titles={"grid": "网格"}, modules=["cases"])
    assert District.current().title_of("grid") == "网格"


def test_who_may(cast: Cast) -> None:
    root, village = cast.world.county, cast.world.village
    for actor in (cast.county_staff, cast.village_cadre, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            set_district(root, by=actor, name="区", receipt_mark="测")
        with pytest.raises(Forbidden):
            enter_roster([village], by=actor, starts_on=START, paper=PAPER)
    for actor in (cast.village_cadre, cast.county_leader, cast.stranger):
        with pytest.raises(Forbidden):
            switch_module(village, by=actor, module="points", on=False, day=START)
    set_district(root, by=cast.administrator, name="区", receipt_mark="测")
    enter_roster([village], by=cast.administrator, starts_on=START, paper=PAPER)
    switch_module(village, by=cast.county_staff, module="points", on=False, day=START)
    assert not module_on(village, "points", DAY)
