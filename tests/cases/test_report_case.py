"""A resident's word is taken by any door, gets a receipt, a holder and a deadline, and is kept once."""

from __future__ import annotations

from datetime import date

import pytest

from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel import clock
from cunlian.kernel.access import ANONYMOUS, SYSTEM
from cunlian.kernel.ids import new_receipt, read_receipt, uuid7
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.models import Gap
from cunlian.people.models import Person
from cunlian.places.actions.districts import switch_module
from tests.cases.conftest import PHONE, Desk

pytestmark = pytest.mark.django_db


def test_a_stranger_reports_without_an_account_and_gets_a_receipt(desk: Desk) -> None:
    case = desk.report()
    assert read_receipt(case.receipt) == case.receipt
    assert case.state == State.REPORTED
    assert case.reporter is not None and case.reporter.name == "张桂兰"


def test_it_goes_to_the_post_that_answers_for_the_place_and_is_due_in_seven_working_days(desk: Desk) -> None:
    with clock.set_to(clock.at(date(2026, 7, 1), 9)):
        case = desk.report()
    assert case.holder == desk.post("village_head") or case.holder == desk.post("village_cadre")
    assert case.promise is not None and case.promise.owner_id == case.holder.pk
    assert clock.day_of(case.promise.due_at) == date(2026, 7, 10)


def test_a_duty_for_the_matter_goes_before_the_general_one(desk: Desk) -> None:
    assert desk.report(category=desk.channel).holder == desk.post("township_staff")


def test_a_matter_of_power_goes_past_grid_and_village_to_the_department(desk: Desk) -> None:
    case = desk.report(category=desk.unlawful)
    assert case.holder is not None
    assert case.holder.organisation.holds_power or case.holder == desk.post("dispatcher")
    assert case.holder.role not in {"grid_worker", "village_cadre"}


def test_the_counties_rule_sets_the_deadline(desk: Desk) -> None:
    actions.set_deadline(desk.lamp, by=desk.cast.administrator, level="emergency", hours=4)
    case = desk.report(category=desk.lamp, level="emergency")
    assert case.promise is not None
    assert (case.promise.due_at - case.promise.made_at).total_seconds() == 4 * 3600


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_without_words_there_is_nothing_to_take_in(desk: Desk, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.report(text)
    assert refused.value.field == "text"
    assert not Case.objects.exists()


def test_a_place_of_another_county_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.report(place=desk.cast.world.strange_place)
    assert refused.value.field == "place"


def test_the_same_form_sent_twice_is_one_case(desk: Desk) -> None:
    key = uuid7()
    assert desk.report(key=key).pk == desk.report(key=key).pk == key
    assert Case.objects.count() == 1
    assert Activity.objects.filter(object_id=key).count() == 1


def test_somebody_elses_form_with_the_same_key_is_refused(desk: Desk) -> None:
    key = uuid7()
    desk.report(key=key)
    with pytest.raises(Conflict):
        desk.report("别的事。", key=key)


def test_one_phone_and_name_is_one_person(desk: Desk) -> None:
    desk.report()
    desk.report("又一件事。")
    assert Person.objects.filter(cases__isnull=False).distinct().count() == 1


def test_a_bad_phone_keeps_everything_out(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.report(told=Told("张桂兰", "12345"))
    assert not Case.objects.exists()


def test_no_name_and_no_phone_is_taken_all_the_same(desk: Desk) -> None:
    assert desk.report(told=None).reporter is None


@pytest.mark.parametrize("name", ["𠮷田", "张😀", "<b>x</b>", "'; DROP TABLE cases_case; --"])
def test_any_name_is_kept_as_written(desk: Desk, name: str) -> None:
    case = desk.report(name, told=Told(name, PHONE), place_text=name)
    case.refresh_from_db()
    assert (case.text, case.reporter and case.reporter.name, case.place_text) == (name, name, name)


def test_staff_enter_for_somebody_and_it_is_recorded_as_such(desk: Desk) -> None:
    case = desk.report(by=desk.cast.grid_worker.for_("phone"), source="phone", place=desk.cast.world.grid)
    row = Activity.objects.get(object_id=case.pk)
    assert (row.verb, row.behalf_channel) == ("cases.reported_for", "phone")


def test_nobody_enters_for_others_outside_their_place(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.report(by=desk.cast.neighbour_worker.for_("phone"))


def test_nobody_responsible_means_the_next_up_and_a_gap_on_record(desk: Desk) -> None:
    case = desk.report(place=desk.cast.world.second_grid)
    assert case.holder is not None
    assert Gap.objects.filter(place=desk.cast.world.second_grid, closed_on=None).exists()


def test_a_neighbour_joins_and_gets_a_receipt_of_their_own(desk: Desk) -> None:
    case = desk.report()
    joined = actions.join_case(case, by=desk.cast.anonymous, told=Told("李国庆", "13800001111"), words="我家也没水。")
    assert joined.receipt != case.receipt
    assert case.endorsements.count() == 1


def test_nobody_joins_what_is_finished(desk: Desk) -> None:
    with pytest.raises(Invalid):
        actions.join_case(desk.in_state(State.WITHDRAWN), by=desk.cast.anonymous)


def test_the_log_holds_no_word_of_it(desk: Desk) -> None:
    case = desk.report("只有我家知道的事")
    rows = str(list(Activity.objects.filter(object_id=case.pk).values()))
    assert "只有我家" not in rows and "张桂兰" not in rows


def test_receipts_tell_a_wrong_digit(desk: Desk) -> None:
    receipt = new_receipt("2607")
    wrong = receipt[:5] + str((int(receipt[5]) + 1) % 10) + receipt[6:]
    assert read_receipt(receipt) == receipt
    assert read_receipt(wrong) is None
    assert read_receipt(f"恒-{receipt[:4]}-{receipt[4:]}") == receipt


def test_a_village_that_has_switched_requests_off_says_where_to_turn(desk: Desk) -> None:
    switch_module(desk.cast.world.village, by=SYSTEM, module="cases", on=False, day=clock.today())
    with pytest.raises(Invalid) as refused:
        desk.report()
    assert refused.value.field == "place"
    assert desk.report(place=desk.cast.world.other_village).pk


def test_a_complaint_about_service_is_taken_where_requests_are_switched_off(desk: Desk) -> None:
    world = desk.cast.world
    switch_module(world.village, by=SYSTEM, module="cases", on=False, day=clock.today())
    post = world.posts["grid_worker"]
    assert actions.report_complaint(by=ANONYMOUS, place=world.village, text="三次都没有人来。", post=post).pk
