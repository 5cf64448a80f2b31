"""Areas over villages: many-to-many, typed, dated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.places.actions.areas import add_village_to_area, create_area, end_area, end_area_membership
from cunlian.places.models import Area, AreaMembership, Place, on
from tests.cast import Cast
from tests.places.conftest import DAY, place

START = date(2024, 1, 1)


@pytest.fixture
def area(town: Place) -> Area:
    return create_area(
        town, by=SYSTEM, name="一片区", area_kind="management", starts_on=START, paper="恒管发〔2024〕1号"
    )


def test_a_village_sits_in_two_areas_at_once(area: Area, town: Place, village: Place) -> None:
    other = create_area(town, by=SYSTEM, name="农文旅", area_kind="industry", starts_on=START)
    for one in (area, other):
        add_village_to_area(one, by=SYSTEM, village=village, starts_on=START)
    assert AreaMembership.objects.filter(on(DAY), place=village).count() == 2


def test_a_village_is_in_an_area_once(area: Area, village: Place) -> None:
    add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    with pytest.raises(Invalid):
        add_village_to_area(area, by=SYSTEM, village=village, starts_on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaMembership.objects.create(area=area, place=village, starts_on=DAY)


def test_leaving_is_dated_and_coming_back_is_possible(area: Area, village: Place) -> None:
    row = add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    end_area_membership(row, by=SYSTEM, ends_on=DAY)
    assert AreaMembership.objects.filter(on(DAY - timedelta(days=1))).exists()
    assert not AreaMembership.objects.filter(on(DAY)).exists()
    with pytest.raises(Invalid):
        add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    add_village_to_area(area, by=SYSTEM, village=village, starts_on=DAY)
    assert AreaMembership.objects.filter(on(DAY)).count() == 1


def test_ending_an_area_ends_what_is_in_it(area: Area, village: Place) -> None:
    add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    end_area(area, by=SYSTEM, ends_on=DAY)
    assert AreaMembership.objects.get().ends_on == DAY
    with pytest.raises(Invalid):
        end_area(area, by=SYSTEM, ends_on=DAY)
    with pytest.raises(Invalid):
        add_village_to_area(area, by=SYSTEM, village=village, starts_on=DAY)


def test_only_villages_of_the_district_belong(area: Area, town: Place) -> None:
    for other in (town, place("610902108201")):
        with pytest.raises(Invalid) as refused:
            add_village_to_area(area, by=SYSTEM, village=other, starts_on=DAY)
        assert refused.value.field == "village"


@pytest.mark.parametrize(
    ("field", "values"),
    [("name", {"name": " "}), ("name", {"name": "一片区"}), ("area_kind", {"area_kind": "colour"})],
)
def test_an_area_needs_a_free_name_and_a_kind(area: Area, town: Place, field: str, values: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        create_area(town, by=SYSTEM, **{"name": "二片区", "area_kind": "management", "starts_on": DAY, **values})
    assert refused.value.field == field


def test_each_step_is_in_the_log(area: Area, village: Place) -> None:
    row = add_village_to_area(area, by=SYSTEM, village=village, starts_on=START)
    end_area_membership(row, by=SYSTEM, ends_on=DAY)
    verbs = list(Activity.objects.filter(object_id=area.pk).order_by("recorded_at").values_list("verb", flat=True))
    assert verbs == ["places.area_created", "places.area_joined", "places.area_left"]


def test_who_may(cast: Cast) -> None:
    root = cast.world.township
    for actor in (cast.area_staff, cast.township_staff, cast.village_cadre, cast.auditor, cast.stranger):
        with pytest.raises(Forbidden):
            create_area(root, by=actor, name="新片区", area_kind="management", starts_on=DAY)
        with pytest.raises(Forbidden):
            end_area(cast.world.area, by=actor, ends_on=DAY)
    create_area(root, by=cast.county_staff, name="新片区", area_kind="management", starts_on=DAY)
    end_area(cast.world.area, by=cast.administrator, ends_on=DAY)
