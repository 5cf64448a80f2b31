"""Voluntary, by a lawful mediator, with the other ways told, and an agreement that somebody checks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.cases import actions as cases
from cunlian.cases.disputes import actions
from cunlian.cases.disputes.actions import Said
from cunlian.cases.disputes.models import Dispute, MediationSession
from cunlian.cases.disputes.states import State
from cunlian.kernel import clock, threads
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Look, ThreadLink
from cunlian.kernel.refusals import Conflict, Forbidden, IllegalMove, Invalid
from cunlian.people.models import Person
from cunlian.places.actions.districts import switch_module
from tests.cases.conftest import Desk
from tests.cases.disputes.conftest import A_NAME, Peace

pytestmark = pytest.mark.django_db


def test_who_asks_agrees_by_asking_and_the_other_side_is_asked(peace: Peace) -> None:
    dispute = peace.open(how="paper")
    asked, other = dispute.parties.order_by("side")
    assert (asked.consented_how, other.consented_at) == ("paper", None)
    actions.note_consent(dispute, by=peace.cast.mediator, side="b", how="phone")
    assert peace.again(dispute).state == State.CONSENTED


def test_of_a_dispute_the_mediators_found_nobody_has_agreed_yet(peace: Peace) -> None:
    dispute = peace.open(source="found")
    assert not dispute.parties.filter(consented_at__isnull=False).exists()
    assert peace.consent(dispute).state == State.CONSENTED


def test_a_village_that_has_switched_disputes_off_takes_no_new_one_and_mediates_the_others(peace: Peace) -> None:
    dispute = peace.open()
    switch_module(peace.cast.world.village, by=SYSTEM, module="disputes", on=False, day=clock.today())
    with pytest.raises(Invalid) as refused:
        peace.open()
    assert refused.value.field == "place"
    assert peace.accept(peace.consent(dispute)).state == State.ACCEPTED


def test_the_same_consent_is_not_noted_twice(peace: Peace) -> None:
    with pytest.raises(Conflict):
        actions.note_consent(peace.open(), by=peace.cast.mediator, side="a", how="phone")


def test_nothing_is_mediated_before_both_agree(peace: Peace) -> None:
    with pytest.raises(IllegalMove):
        peace.accept(peace.open())


def test_a_refusal_ends_it_and_the_other_ways_are_told(peace: Peace) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    with pytest.raises(Invalid) as refused:
        actions.refuse_mediation(dispute, by=peace.cast.mediator, side="b", ways=[])
    assert refused.value.field == "ways"
    dispute = actions.refuse_mediation(dispute, by=peace.cast.mediator, side="b", ways=["legal_aid", "court"])
    assert (dispute.state, dispute.told_ways) == (State.FAILED, ["court", "legal_aid"])
    assert dispute.parties.get(side="b").refused_at is not None
    assert peace.again(dispute).promise.state == "released"  # type: ignore[union-attr]


def test_to_mediate_was_promised_not_to_succeed(peace: Peace) -> None:
    dispute = peace.again(peace.in_state(State.FAILED))
    assert dispute.promise is not None and dispute.promise.state == "kept"


def test_the_mediator_sits_in_the_body(peace: Peace) -> None:
    dispute = peace.in_state(State.CONSENTED)
    with pytest.raises(Invalid, match="sits in this mediation body"):
        actions.accept_dispute(dispute, by=peace.cast.mediator, mediator=peace.cast.world.posts["village_cadre"])


def test_nobody_mediates_their_own_dispute(peace: Peace) -> None:
    dispute = peace.in_state(State.CONSENTED, side_b=Said(person=peace.cast.world.persons["social_worker"]))
    with pytest.raises(Invalid, match="is a side"):
        actions.accept_dispute(dispute, by=peace.cast.mediator, mediator=peace.cast.world.posts["social_worker"])


def test_nobody_mediates_for_a_unit_they_sit_in(peace: Peace) -> None:
    committee = peace.cast.world.units["committee"]
    dispute = peace.in_state(State.CONSENTED, side_b=Said(organisation=committee))
    with pytest.raises(Invalid, match="is a side"):
        actions.accept_dispute(dispute, by=peace.cast.mediator, mediator=peace.cast.world.posts["social_worker"])


def test_the_month_runs_from_when_it_is_taken_on_and_passes_to_another_mediator(peace: Peace) -> None:
    dispute = peace.again(peace.in_state(State.ACCEPTED))
    assert dispute.promise is not None and dispute.promise.working_days == 20
    post = peace.cast.world.posts["social_worker"]
    dispute = peace.again(actions.reassign_dispute(dispute, by=peace.cast.mediator, mediator=post))
    assert (dispute.mediator, dispute.promise.owner_id) == (post, post.pk)  # type: ignore[union-attr]


def test_the_words_of_a_session_are_sealed(peace: Peace) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    session = MediationSession.objects.get(dispute=dispute)
    assert session.words == "双方都让了一步。" and "让了" not in bytes(session.outcome).decode("utf-8", "ignore")


@pytest.mark.parametrize("days", [-40, 1])
def test_a_session_was_held_between_taking_on_and_today(peace: Peace, days: int) -> None:
    with pytest.raises(Invalid):
        peace.sit(peace.in_state(State.ACCEPTED), held_on=clock.today() + timedelta(days=days))


def test_somebody_was_at_the_session(peace: Peace) -> None:
    with pytest.raises(Invalid):
        peace.sit(peace.in_state(State.ACCEPTED), present_a=0, present_b=0)


def test_a_word_given_is_an_agreement_too_and_is_written_down(peace: Peace) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    with pytest.raises(Invalid):
        peace.agree(dispute, form="oral", terms="  ")
    assert peace.agree(dispute, form="oral", due_on=None).due_on is None
    assert peace.again(dispute).check_promise is not None


def test_the_check_is_due_five_working_days_after_the_day_of_performance(peace: Peace) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    agreement = peace.agree(dispute, due_on=clock.today() + timedelta(days=30))
    check = peace.again(dispute).check_promise
    assert check is not None and agreement.due_on is not None
    assert clock.working_days_between(agreement.due_on, clock.day_of(check.due_at)) == 5


def test_the_court_is_asked_within_thirty_days(peace: Peace) -> None:
    dispute = peace.in_state(State.AGREED)
    agreement = dispute.agreement
    assert agreement.court_until == agreement.effective_on + timedelta(days=30)
    with clock.set_to(clock.now() + timedelta(days=60)), pytest.raises(Invalid) as refused:
        late = agreement.court_until + timedelta(days=1)
        peace.confirm(dispute, applied_on=late, confirmed_on=late)
    assert refused.value.field == "applied_on" and "33" in str(refused.value.rule)
    with clock.set_to(clock.now() + timedelta(days=60)):
        assert peace.confirm(dispute, applied_on=agreement.court_until).state == State.CONFIRMED


def test_a_court_confirms_once(peace: Peace) -> None:
    dispute = actions.breach_dispute(peace.in_state(State.CONFIRMED), by=peace.cast.mediator)
    with pytest.raises(Conflict):
        peace.confirm(dispute)


def test_what_was_breached_may_be_performed_later(peace: Peace) -> None:
    dispute = actions.perform_dispute(peace.in_state(State.BREACHED), by=peace.cast.mediator)
    assert dispute.state == State.PERFORMED and dispute.performed_at is not None


def test_numbers_run_within_a_body_and_a_year(peace: Peace) -> None:
    year = clock.today().year
    assert [peace.open().number for _n in range(2)] == [f"{year}-001", f"{year}-002"]
    with clock.set_to(clock.now() + timedelta(days=366)):
        assert peace.open().number.endswith("-001")


def test_pressing_twice_opens_one(peace: Peace) -> None:
    key = uuid7()
    assert peace.open(key=key) == peace.open(key=key)
    with pytest.raises(Conflict):
        peace.open(key=key, subject="别的事")
    assert Dispute.objects.count() == 1


def test_a_dispute_has_two_different_sides(peace: Peace) -> None:
    same = Said(person=peace.elder)
    with pytest.raises(Invalid):
        peace.open(side_a=same, side_b=same)
    with pytest.raises(Invalid):
        peace.open(side_b=Said())
    assert not Dispute.objects.exists()


def test_a_body_mediates_in_its_own_village(peace: Peace) -> None:
    with pytest.raises(Forbidden):
        peace.open(place=peace.cast.world.other_village)
    with pytest.raises(Invalid, match="does not mediate"):
        peace.open(place=peace.cast.world.other_village, by=peace.cast.township_staff)


def test_a_request_becomes_a_dispute_and_the_thread_joins_them(peace: Peace, desk: Desk) -> None:
    case = desk.report("和邻居为滴水吵了好几次。")
    dispute = peace.open(case=case, by=desk.cast.village_cadre)
    assert ThreadLink.objects.get().relation == "mediated"
    seen = threads.with_lines(threads.chain(dispute, desk.cast.township_staff))
    assert [step.ref.kind for step in seen] == ["case", "dispute"]
    assert [step.ref.kind for step in threads.chain(case, desk.cast.administrator)] == ["case"]


def test_a_complaint_about_service_is_not_mediated(peace: Peace, desk: Desk) -> None:
    complaint = cases.report_complaint(
        by=desk.cast.anonymous, place=desk.cast.world.village, text="态度不好。", post=desk.post("grid_worker")
    )
    holder = desk.keeper(complaint)
    with pytest.raises((Invalid, Forbidden)):
        peace.open(case=complaint, by=holder)
    assert not ThreadLink.objects.exists()


def test_a_mediator_sees_a_side_in_full_for_a_purpose_and_it_is_logged(peace: Peace) -> None:
    dispute = peace.in_state(State.ACCEPTED)
    with pytest.raises(Forbidden):
        actions.reveal_party(dispute, by=peace.cast.village_cadre, side="a", purpose="想看一看")
    found = actions.reveal_party(dispute, by=peace.cast.mediator, side="a", purpose="约第二次调解")
    assert found.name == A_NAME
    assert Look.objects.get().about_id == dispute.pk


def test_a_unit_as_a_side_has_nobody_to_reveal(peace: Peace) -> None:
    dispute = peace.in_state(State.ACCEPTED, side_b=Said(organisation=peace.cast.world.units["department"]))
    with pytest.raises(Invalid):
        actions.reveal_party(dispute, by=peace.cast.mediator, side="b", purpose="约第二次调解")
    assert not Person.objects.filter(name="").exists()
