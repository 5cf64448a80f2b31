"""“This burdens me” reaches the county's office with a clock, and no superior."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.accounts.roles import Role
from cunlian.cases import actions
from cunlian.cases.models import Case
from cunlian.cases.routing import BURDEN
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.actions import appoint, assign_duty, create_post, end_posting
from cunlian.organisations.coverage.actions import enter_leave
from cunlian.organisations.models import Gap
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


def test_with_nobody_at_the_office_it_goes_to_the_next_up_and_the_gap_is_open_until_somebody_is(office: Desk) -> None:
    above = create_post(
        by=SYSTEM, organisation=office.cast.world.units["department"], title="分管副局长", role=Role.COUNTY_STAFF, rank=1,
        place=office.cast.world.county,
    )  # fmt: skip
    appoint(above, by=SYSTEM, person=office.cast.world.persons["dispatcher"])
    end_posting(office.post("county_staff").postings.get(), by=SYSTEM)
    case = actions.report_burden(by=office.cast.grid_worker, page="/desk/", text="同样的表填了三遍。")
    assert case.holder == above
    gap = Gap.objects.open().get()
    assert (gap.place, gap.matter) == (office.cast.world.county, BURDEN)

    appoint(office.post("county_staff"), by=SYSTEM, person=office.cast.world.persons["county_leader"])
    gap.refresh_from_db()
    assert gap.closed_on is not None
    later = actions.report_burden(by=office.cast.grid_worker, page="/desk/", text="又多一张表。")
    assert later.holder == office.post("county_staff")


def test_a_superior_of_whoever_said_it_never_reads_it_it_waits_at_the_office(office: Desk) -> None:
    today = clock.today()
    posting = office.post("county_staff").postings.get()
    enter_leave(posting, by=SYSTEM, starts_on=today, ends_on=today + timedelta(days=10))
    case = actions.report_burden(by=office.cast.grid_worker, page="/desk/", text="同样的表填了三遍。")
    assert case.holder == office.post("county_staff")
    assert not Case.objects.visible_to(office.cast.county_leader).filter(pk=case.pk).exists()
    assert Gap.objects.open().filter(matter=BURDEN).exists()
