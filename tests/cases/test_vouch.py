"""A neighbour's word: whose it may be, what it does, and that it is never the word of whoever did the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cunlian.accounts.actors import actor_of
from cunlian.accounts.models import User
from cunlian.cases import actions
from cunlian.cases.actions import Told
from cunlian.cases.models import Case, Remark
from cunlian.cases.states import State
from cunlian.kernel import clock, figures
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Activity
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.models import Posting
from cunlian.people.models import Person
from cunlian.places.models import code_range
from tests.cases.conftest import Desk
from tests.cast import START

pytestmark = pytest.mark.django_db


def lives_there(desk: Desk, name: str = "gao") -> Actor:
    """Somebody of the village with an account and no post."""
    user = User.objects.create(username=name, is_resident=True)
    person = Person.objects.create(name="高秀兰", place=desk.cast.world.village, user=user)
    return actor_of(user, person.pk)


def answered(desk: Desk, **values: object) -> Case:
    case = desk.report(**({"category": desk.lamp} | values))
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.start_case(case, by=head)
    actions.answer_case(case, by=head, text="灯换好了。")
    return Case.objects.get(pk=case.pk)


def joined_by_receipt(desk: Desk, case: Case) -> Actor:
    joined = actions.join_case(case, by=desk.cast.anonymous, told=Told("李国庆", "13800001111"))
    return Actor("anonymous", proofs=frozenset({joined.pk}))


def test_somebody_of_the_village_says_that_it_is_fixed(desk: Desk) -> None:
    case = actions.vouch_case(answered(desk), by=lives_there(desk))
    assert case.state == State.VOUCHED
    assert Activity.objects.get(verb="cases.vouched").behalf_channel == "neighbour"


def test_a_case_of_a_grid_is_of_its_village(desk: Desk) -> None:
    case = answered(desk, place=desk.cast.world.grid)
    assert actions.vouch_case(case, by=lives_there(desk)).state == State.VOUCHED


def test_who_joined_before_the_answer_says_so_with_their_receipt(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    by = joined_by_receipt(desk, case)
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.answer_case(case, by=head, text="灯换好了。")
    assert actions.vouch_case(case, by=by, text="亮了。").state == State.VOUCHED


def test_who_joined_only_after_the_answer_does_not(desk: Desk) -> None:
    case = answered(desk)
    with pytest.raises(Forbidden):
        actions.vouch_case(case, by=joined_by_receipt(desk, case))


def test_whose_request_was_joined_into_it_says_so_too(desk: Desk) -> None:
    case, same = desk.report(category=desk.lamp), desk.report("路灯坏了。", category=desk.lamp)
    actions.merge_case(same, by=desk.keeper(same), into=case)
    head = desk.keeper(case)
    actions.accept_case(case, by=head)
    actions.answer_case(case, by=head, text="灯换好了。")
    assert actions.vouch_case(case, by=desk.person(same)).state == State.VOUCHED


@pytest.mark.parametrize("who", ["anonymous", "neighbour_cadre", "auditor", "resident_elsewhere"])
def test_others_do_not(desk: Desk, who: str) -> None:
    case = answered(desk)
    if who == "resident_elsewhere":
        by = lives_there(desk)
        Person.objects.filter(pk=by.person_id).update(place=desk.cast.world.other_village)
    else:
        by = getattr(desk.cast, who)
    for action in (actions.vouch_case, actions.reopen_case):
        with pytest.raises(Forbidden):
            action(case, by=by, text="看见了。")


def test_of_a_private_matter_or_a_complaint_a_neighbour_says_nothing(desk: Desk) -> None:
    by = lives_there(desk)
    private = answered(desk, category=None)
    withheld = answered(desk)
    Case.objects.filter(pk=withheld.pk).update(confidential=True)
    for case in (private, withheld):
        for action in (actions.vouch_case, actions.reopen_case):
            with pytest.raises(Forbidden):
                action(case, by=by, text="看见了。")


def test_the_one_who_reported_confirms_and_does_not_vouch(desk: Desk) -> None:
    person = desk.cast.world.persons["resident"]
    case = answered(desk, told=None, person=person)
    with pytest.raises(Forbidden):
        actions.vouch_case(case, by=desk.cast.resident)
    assert actions.confirm_case(case, by=desk.cast.resident).state == State.CONFIRMED


# --- whoever did the work ---


def at_the_residents_door(actor: Actor) -> Actor:
    """As the residents' pages see somebody with a post: without it."""
    return replace(actor, grants=(), post_id=None)


@pytest.mark.parametrize("still_in_post", [True, False])
def test_whoever_answered_cannot_vouch_as_a_resident_of_the_village(desk: Desk, still_in_post: bool) -> None:
    case = answered(desk)
    by = at_the_residents_door(desk.keeper(case))
    assert Person.objects.filter(pk=by.person_id).update(place=desk.cast.world.village)
    if not still_in_post:
        Posting.objects.filter(person_id=by.person_id).update(ends_on=clock.today())
    with pytest.raises(Forbidden):
        actions.vouch_case(case, by=by)


def test_whoever_has_the_post_that_answered_cannot_either(desk: Desk) -> None:
    """Somebody who came into the post since, under an account of their own."""
    case = answered(desk)
    by = lives_there(desk)
    person = Person.objects.get(pk=by.person_id)
    Posting.objects.filter(post=case.holder).update(ends_on=clock.today())
    Posting.objects.create(post=case.holder, person=person, starts_on=START)
    with pytest.raises(Forbidden):
        actions.vouch_case(case, by=by)


def test_who_handled_their_own_request_cannot_confirm_it(desk: Desk) -> None:
    """A cadre reports a lamp, their own post gets it and answers: not even by their receipt are they the one to say so."""
    head = desk.keeper(desk.report(category=desk.lamp))
    case = answered(desk, told=None, person=Person.objects.get(pk=head.person_id))
    assert case.holder_id in head.post_ids
    by = replace(at_the_residents_door(head), proofs=frozenset({case.pk}))
    with pytest.raises(Forbidden):
        actions.confirm_case(case, by=by)
    assert actions.reopen_case(case, by=by, text="又灭了。").state == State.IN_PROGRESS


def test_who_worked_on_it_before_it_was_passed_on_cannot_pass_on_the_word(desk: Desk) -> None:
    case = desk.report(category=desk.lamp)
    first = desk.keeper(case)
    actions.accept_case(case, by=first)
    actions.start_case(case, by=first)
    actions.dispatch_case(case, by=first, to=desk.post("grid_worker"))
    actions.start_case(case, by=desk.cast.grid_worker)
    actions.answer_case(case, by=desk.cast.grid_worker, text="灯换好了。")
    for action in (lambda: actions.vouch_case(case, by=first.for_("neighbour"), text="听说好了。"),
                   lambda: actions.confirm_case(case, by=first.for_("phone"))):  # fmt: skip
        with pytest.raises(Forbidden):
            action()


def test_a_colleague_without_an_account_is_not_taken_for_whoever_has_none_either(desk: Desk) -> None:
    """Posts whose holders have no account work through others; the log then names the post alone."""
    case = desk.report(category=desk.lamp)
    head = replace(desk.keeper(case), user_id=None, person_id=None)
    actions.accept_case(case, by=head)
    actions.start_case(case, by=head)
    actions.answer_case(case, by=head, text="灯换好了。")
    colleague = replace(desk.cast.social_worker, user_id=None, person_id=None).for_("neighbour")
    assert actions.vouch_case(case, by=colleague, text="对门说亮了。").state == State.VOUCHED


# --- not fixed ---


@pytest.mark.parametrize("state", [State.ANSWERED, State.VOUCHED, State.ELAPSED])
def test_a_neighbour_says_that_it_is_not_fixed_and_work_starts_again(desk: Desk, state: State) -> None:
    case = desk.in_state(state)
    again = actions.reopen_case(case, by=lives_there(desk), text="还是黑的，老张家门口最黑。")
    assert (again.state, again.reopened) == (State.IN_PROGRESS, 1)
    assert Activity.objects.get(verb="cases.reopened").behalf_channel == "neighbour"
    remark = Remark.objects.get(case=case, text__contains="还是黑的")
    assert not remark.public, "the one who reported does not read what a neighbour wrote"


def test_what_the_person_confirmed_a_neighbour_does_not_undo(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        actions.reopen_case(desk.in_state(State.CONFIRMED), by=lives_there(desk), text="黑的。")


def test_after_a_month_a_neighbour_reports_anew(desk: Desk) -> None:
    case, by = desk.in_state(State.VOUCHED), lives_there(desk)
    with clock.set_to(clock.now() + timedelta(days=31)), pytest.raises(Forbidden):
        actions.reopen_case(case, by=by)


def test_staff_say_who_told_them_a_neighbour_need_not(desk: Desk) -> None:
    case = answered(desk)
    with pytest.raises(Invalid):
        actions.vouch_case(case, by=desk.cast.social_worker.for_("neighbour"), text=" ")
    assert actions.vouch_case(case, by=lives_there(desk), text=" ").state == State.VOUCHED


def test_person_neighbour_and_silence_are_three_figures(desk: Desk) -> None:
    for state in (State.CONFIRMED, State.VOUCHED, State.ELAPSED, State.ANSWERED):
        desk.in_state(state)
    actions.vouch_case(answered(desk), by=lives_there(desk))
    within = [code_range(desk.cast.world.county.code)]
    counted = {
        code: figures.compute(f"cases.{code}", desk.cast.county_leader, within=within, period=None).value
        for code in ("confirmed", "vouched", "elapsed", "awaiting")
    }
    assert counted == {"confirmed": 1, "vouched": 2, "elapsed": 1, "awaiting": 1}
