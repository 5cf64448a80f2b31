"""“This burdens me” reaches the county's office with a clock, and no superior."""

from __future__ import annotations

import pytest

from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.actions import assign_duty
from tests.cases.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(desk: Desk) -> Desk:
    assign_duty(
        desk.post("county_staff"), by=SYSTEM, capacity="department", matter="burden", place=desk.cast.world.county
    )
    return desk


def test_only_the_office_and_the_one_who_said_it_see_it(office: Desk) -> None:
    case = actions.report_burden(by=office.cast.grid_worker, page="/desk/", text="同样的表填了三遍。")
    assert case.holder == office.post("county_staff") and case.promise is not None
    for name in ("village_cadre", "village_head", "township_head", "county_leader", "dispatcher", "area_staff"):
        assert not Case.objects.visible_to(getattr(office.cast, name)).filter(pk=case.pk).exists()
    for name in ("grid_worker", "county_staff"):
        assert Case.objects.visible_to(getattr(office.cast, name)).filter(pk=case.pk).exists()


def test_whoever_sits_in_the_office_does_not_answer_their_own(office: Desk) -> None:
    with pytest.raises(Invalid):
        actions.report_burden(by=office.cast.county_staff, page="/desk/", text="太多表。")


def test_residents_have_other_ways(office: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.report_burden(by=office.cast.resident, page="/", text="太多表。")
