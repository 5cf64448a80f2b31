"""Terms, bases, filing, and how the two committees are made up: warned with the article, never refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cunlian.kernel import clock
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations import actions
from cunlian.organisations.composition import (
    FIVE_YEARS,
    IN_ONE_HAND,
    MAKE_UP,
    RURAL,
    SUPERVISORS,
    TwoCommittees,
    two_committees,
)
from cunlian.organisations.models import OrganisationKind, PostKind
from cunlian.people.actions import erase_person
from tests.cast import Cast
from tests.organisations.conftest import START, Hall
from tests.organisations.test_appoint import verb_of

K, P = OrganisationKind, PostKind
DAY = timedelta(days=1)


def seen(hall: Hall) -> TwoCommittees:
    return two_committees(hall.cast.township_staff, place=hall.village)[0]


def warned(hall: Hall) -> set[str]:
    return {str(one.rule) for one in seen(hall).warnings}


def test_who_is_dispatched_names_the_unit_that_sends_them(hall: Hall) -> None:
    sender = hall.cast.world.units["department"]
    person = hall.person("程远")
    with pytest.raises(Invalid, match="unit that sends"):
        hall.hold(K.PARTY_BRANCH, P.FIRST_SECRETARY, person, basis="dispatched")
    with pytest.raises(Invalid, match="Only who is dispatched"):
        hall.hold(K.PARTY_BRANCH, P.FIRST_SECRETARY, person, basis="elected", sent_by=sender)

    assert hall.hold(K.PARTY_BRANCH, P.FIRST_SECRETARY, person, basis="dispatched", sent_by=sender).sent_by == sender


@pytest.mark.parametrize(
    ("term_from", "term_to"), [(date(2026, 1, 1), date(2025, 6, 1)), (date(2020, 1, 1), date(2025, 1, 1))]
)
def test_a_term_ends_after_it_begins_and_is_not_over(hall: Hall, term_from: date, term_to: date) -> None:
    with pytest.raises(Invalid):
        hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"), term_from=term_from, term_to=term_to)


def test_an_unknown_basis_and_kind_of_post_are_refused(hall: Hall) -> None:
    with pytest.raises(Invalid):
        hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"), basis="inherited")
    with pytest.raises(Invalid):
        hall.seat(hall.unit(K.PARTY_BRANCH), "king")


def test_one_person_in_two_committees_counts_once_and_one_hand_is_flagged(hall: Hall) -> None:
    both = hall.person("程远")
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, both)
    hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, both)

    village = seen(hall)
    assert len(village.postings) == 2 and list(village.members) == [both.pk]
    assert village.in_one_hand and str(IN_ONE_HAND) in warned(hall)


def test_two_heads_are_not_one_hand(hall: Hall) -> None:
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"))
    hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程近"))

    assert not seen(hall).in_one_hand


@pytest.mark.parametrize(("members", "fits"), [(2, False), (3, True), (7, True), (8, False)])
def test_a_committee_has_three_to_seven_members(hall: Hall, members: int, fits: bool) -> None:
    for n in range(members):
        hall.hold(K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, hall.person(f"程{n}号", "female"))

    assert (str(MAKE_UP) not in warned(hall)) is fits


def test_a_committee_without_a_woman_is_warned_of_until_one_sits_in_it(hall: Hall) -> None:
    for n in range(3):
        hall.hold(K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, hall.person(f"程{n}号"))
    assert str(MAKE_UP) in warned(hall)
    hall.hold(K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, hall.person("程四", "female"))

    assert str(MAKE_UP) not in warned(hall) and seen(hall).women == 1


def test_who_supervises_does_not_sit_in_what_is_supervised(hall: Hall) -> None:
    person, of_party = hall.person("程远"), hall.person("程近")
    hall.hold(K.VILLAGERS_COMMITTEE, P.COMMITTEE_MEMBER, person)
    hall.hold(K.PARTY_BRANCH, P.COMMITTEE_MEMBER, of_party)
    hall.hold(K.SUPERVISION_COMMITTEE, P.DIRECTOR, of_party)
    assert str(SUPERVISORS) not in warned(hall)  # the law keeps members of the villagers' committee out, nobody else
    hall.hold(K.SUPERVISION_COMMITTEE, P.COMMITTEE_MEMBER, person)

    assert str(SUPERVISORS) in warned(hall)


def texts(hall: Hall) -> str:
    return " ".join(str(one.text) for one in seen(hall).warnings)


def test_a_declared_conflict_is_warned_of_and_the_log_does_not_hold_it(hall: Hall) -> None:
    posting = hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程远"), conflict="妻弟在监委会")

    assert "A member declared a conflict" in texts(hall)
    assert "妻弟" not in str(list(Activity.objects.filter(object_id=posting.pk).values()))


def test_the_rule_on_relatives_is_not_one_for_party_seats(hall: Hall) -> None:
    hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"), conflict="弟弟在村委会")
    assert "conflict" not in texts(hall)
    hall.hold(K.SUPERVISION_COMMITTEE, P.DIRECTOR, hall.person("程近"), conflict="弟弟在村委会")

    assert "A supervisor declared a conflict" in texts(hall) and str(SUPERVISORS) in warned(hall)


def test_a_declared_conflict_goes_with_the_file(hall: Hall) -> None:
    person = hall.person("程远")
    posting = hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, person, conflict="妻弟在监委会")
    erase_person(person, by=hall.cast.county_staff)
    posting.refresh_from_db()

    assert posting.conflict == ""


def test_who_stays_past_the_term_is_warned_of(hall: Hall, frozen_clock: Any) -> None:
    over = clock.today() + DAY
    hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程远"), term_from=START, term_to=over)
    assert str(FIVE_YEARS) not in warned(hall)
    frozen_clock(clock.at(over, 9))

    assert str(FIVE_YEARS) in warned(hall)


def test_the_county_files_village_secretaries_and_nobody_else_does(cast: Cast, hall: Hall) -> None:
    secretary = hall.hold(K.PARTY_BRANCH, P.SECRETARY, hall.person("程远"))
    director = hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程近"))
    today = clock.today()
    with pytest.raises(Forbidden):
        actions.file_with_county(secretary, by=cast.township_staff, filed_on=today)
    with pytest.raises(Invalid):
        actions.file_with_county(director, by=cast.county_staff, filed_on=today)
    with pytest.raises(Invalid):
        actions.file_with_county(secretary, by=cast.county_staff, filed_on=today + DAY)
    assert str(RURAL) in warned(hall)
    filed = actions.file_with_county(secretary, by=cast.county_staff, filed_on=today, filing_paper="备2026-017")

    assert filed.filed_on == today and verb_of(filed) == "organisations.secretary_filed"
    assert str(RURAL) not in warned(hall)


def test_committees_of_an_area_are_not_those_of_a_village(hall: Hall) -> None:
    hall.unit(K.PARTY_BRANCH, set_up_on="industry_chain", set_up_name="富硒粮油")

    assert {unit.organisation_kind for unit in seen(hall).units} == {K.VILLAGERS_COMMITTEE}


def test_strangers_see_no_committee(hall: Hall) -> None:
    hall.unit(K.PARTY_BRANCH)

    assert two_committees(hall.cast.stranger) == []


def test_all_villages_take_the_same_number_of_queries(hall: Hall, django_assert_num_queries: Any) -> None:
    hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, hall.person("程远"))
    with django_assert_num_queries(2):
        assert len([w for village in two_committees(hall.cast.township_staff) for w in village.warnings]) > 1
