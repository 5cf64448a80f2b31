"""Opening a choice, who may be proposed by whom, papers handed in, steps with their days."""

from __future__ import annotations

from typing import Any

import pytest

from cunlian.kernel import clock, days
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.law import schedule
from cunlian.organisations.models import CandidatePaper, Choice, Criterion, OrganisationKind, PostKind, Step
from tests.organisations.choosing.conftest import Election, in_days
from tests.organisations.test_appoint import verb_of

K, P = OrganisationKind, PostKind


def test_a_choice_has_a_paper_and_seats_and_is_opened_once(election: Election) -> None:
    with pytest.raises(Invalid, match="no seats"):
        actions.open_choice(election.unit, by=election.cast.township_staff, votes_on=in_days(30), paper="x")
    with pytest.raises(Invalid, match="paper"):
        election.open(paper=" ")
    choice = election.open()

    assert verb_of(choice) == "organisations.choice_opened" and choice.year == clock.today().year
    with pytest.raises(Conflict, match="under way"):
        election.open()


def test_only_the_two_committees_of_a_village_are_chosen(election: Election) -> None:
    for unit in (election.hall.unit(K.SUPERVISION_COMMITTEE), election.cast.world.units["township_office"]):
        with pytest.raises(Invalid, match="Choose a villagers' committee"):
            election.open(unit=unit)
    branch = election.hall.unit(K.PARTY_BRANCH)
    election.hall.seat(branch, P.SECRETARY)

    assert not election.open(unit=branch).by_villagers


@pytest.mark.parametrize("who", ["village_cadre", "village_head", "grid_worker", "stranger", "auditor", "resident"])
def test_villages_and_strangers_open_none(election: Election, who: str) -> None:
    with pytest.raises(Forbidden):
        election.open(by=getattr(election.cast, who))


def test_villagers_are_proposed_by_voters_or_the_village_party_and_by_nobody_above(election: Election) -> None:
    choice = election.open()
    election.stand(choice, "程远", proposed_by="party")
    for others in ("above", "members", "king"):
        with pytest.raises(Invalid, match="who proposes"):
            election.stand(choice, "程近", proposed_by=others)


def test_who_is_proposed_once_takes_a_seat_there_is(election: Election) -> None:
    choice = election.open()
    candidate = election.stand(choice, "程远")
    with pytest.raises(Conflict, match="stands already"):
        election.stand(choice, "", person=candidate.person)
    with pytest.raises(Invalid, match="no such seat"):
        election.stand(choice, "程近", seat=P.SECRETARY)
    with pytest.raises(Invalid, match="no such seat"):
        election.stand(choice, "程近", seat=P.FIRST_SECRETARY)


def test_who_stands_does_not_enter_it_themself(election: Election) -> None:
    choice = election.open()
    with pytest.raises(Invalid, match="themself"):
        election.stand(choice, "", person=election.cast.world.persons["township_staff"])


def test_papers_are_handed_in_while_it_is_prepared_and_not_in_advance(election: Election) -> None:
    choice = election.open()
    candidate = election.stand(choice, "程远", papers=False)
    staff = election.cast.township_staff
    with pytest.raises(Invalid, match="still to come"):
        actions.hand_in_paper(candidate, by=staff, criterion=Criterion.PLAN, handed_on=in_days(1))
    with pytest.raises(Invalid, match="which paper"):
        actions.hand_in_paper(candidate, by=staff, criterion="blood_test")
    paper = actions.hand_in_paper(candidate, by=staff, criterion=Criterion.PLAN)
    assert actions.hand_in_paper(candidate, by=staff, criterion=Criterion.PLAN) == paper

    with pytest.raises(Forbidden):
        actions.hand_in_paper(candidate, by=election.cast.village_cadre, criterion=Criterion.SCHOOLING)


def test_who_withdraws_takes_their_papers_along_and_hands_in_no_more(election: Election) -> None:
    choice = election.filled()
    candidate = election.named(choice, "程近")
    actions.withdraw_candidate(candidate, by=election.cast.township_staff)

    assert not CandidatePaper.objects.filter(candidate=candidate).exists()
    assert CandidatePaper.objects.exclude(candidate=candidate).exists()
    with pytest.raises(Invalid, match="withdrawn"):
        actions.hand_in_paper(candidate, by=election.cast.township_staff, criterion=Criterion.PLAN)
    with pytest.raises(Invalid, match="already"):
        actions.withdraw_candidate(candidate, by=election.cast.township_staff)


def test_nobody_withdraws_after_the_vote(election: Election) -> None:
    choice = election.voted()
    with pytest.raises(Conflict, match="Art. 20"):
        actions.withdraw_candidate(election.named(choice, "程远"), by=election.cast.township_staff)


def due(choice: Choice, step: str) -> Any:
    choice = Choice.objects.for_detail().get(pk=choice.pk)
    return next(row for row in schedule(choice) if row.step == step)


def test_the_roll_is_posted_twenty_days_before_the_vote_and_late_is_said(election: Election) -> None:
    choice = election.open(votes_on=in_days(20))
    assert due(choice, Step.ROLL).last == clock.today() and due(choice, Step.ROLL).done_on is None
    actions.record_step(choice, by=election.cast.township_staff, step=Step.ROLL, done_on=clock.today())
    assert not due(choice, Step.ROLL).late
    Choice.objects.filter(pk=choice.pk).update(votes_on=in_days(19))

    assert due(choice, Step.ROLL).late and "Art. 17" in str(due(choice, Step.ROLL).law)
    assert days.day(in_days(5), year=True) in str(due(choice, Step.ROLL).note)


def test_the_hand_over_is_due_ten_days_after_and_no_result_comes_before_the_count(election: Election) -> None:
    choice = election.open()
    assert due(choice, Step.HAND_OVER).last == in_days(10)
    with pytest.raises(Invalid, match="count first"):
        actions.record_step(choice, by=election.cast.township_staff, step=Step.RESULT, done_on=clock.today())
    with pytest.raises(Invalid, match="still to come"):
        actions.record_step(choice, by=election.cast.township_staff, step=Step.ROLL, done_on=in_days(1))
    with pytest.raises(Invalid, match="which step"):
        actions.record_step(choice, by=election.cast.township_staff, step="party", done_on=clock.today())
    with pytest.raises(Forbidden):
        actions.record_step(choice, by=election.cast.village_cadre, step=Step.ROLL, done_on=clock.today())


def test_a_party_body_has_no_roll_of_voters_on_the_wall(election: Election) -> None:
    branch = election.hall.unit(K.PARTY_BRANCH)
    election.hall.seat(branch, P.SECRETARY)
    choice = election.open(unit=branch)

    assert Step.ROLL not in {row.step for row in schedule(choice)}
    with pytest.raises(Invalid, match="Party's side"):
        actions.print_roll(choice, by=election.cast.township_staff)


def test_a_choice_is_called_off_for_a_reason(election: Election) -> None:
    choice = election.filled()
    with pytest.raises(Invalid, match="why"):
        actions.call_off_choice(choice, by=election.cast.township_staff, reason=" ")
    off = actions.call_off_choice(choice, by=election.cast.township_staff, reason="村拆迁合并")

    assert off.ended_because == "村拆迁合并" and not Choice.objects.open().exists()
    with pytest.raises(Conflict, match="called off"):
        actions.record_step(off, by=election.cast.township_staff, step=Step.ROLL, done_on=clock.today())
