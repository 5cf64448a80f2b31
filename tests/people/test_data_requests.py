"""What somebody asks about their own data: answered within fifteen working days, done or refused with a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from cunlian.kernel.access import SYSTEM, Actor
from cunlian.kernel.models import Activity, PromiseState
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.people.consent.requests import Wish, ask_request, fulfil_request, refuse_request, withdraw_request
from cunlian.people.models import DataRequest, Person
from cunlian.people.states import MOVES, RequestState
from tests.cast import Cast
from tests.moves import tried

WORDS = "出生年份登记错了，应该是1957年"


@pytest.fixture
def person(cast: Cast) -> Person:
    return cast.world.persons["resident"]


@pytest.fixture
def asked(cast: Cast, person: Person) -> DataRequest:
    return ask_request(person, by=cast.resident, wish=Wish.CORRECT, words=WORDS)


def test_wish_is_sealed_and_owed(cast: Cast, asked: DataRequest) -> None:
    assert asked.said == WORDS
    assert WORDS not in str(DataRequest.objects.values().get())
    assert asked.promise and (asked.promise.working_days, asked.promise.state) == (15, PromiseState.OPEN)


def test_helper_at_the_desk_asks_on_behalf(cast: Cast, person: Person) -> None:
    asked = ask_request(person, by=cast.grid_worker.for_("paper", person.pk), wish=Wish.DELETE)
    row = Activity.objects.get(object_id=asked.pk, verb="people.request_asked")
    assert (row.behalf_channel, row.behalf_id) == ("paper", person.pk)


@pytest.mark.parametrize(("values", "field"), [({"wish": "burn"}, "wish"), ({"words": " "}, "words")])
def test_what_is_missing_is_said_beside_its_field(
    cast: Cast, person: Person, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        ask_request(person, by=cast.resident, **({"wish": Wish.CORRECT, "words": WORDS} | values))
    assert refusal.value.field == field


def test_the_same_is_asked_once_at_a_time(cast: Cast, person: Person, asked: DataRequest) -> None:
    with pytest.raises(Conflict):
        ask_request(person, by=cast.resident, wish=Wish.CORRECT, words=WORDS)


@pytest.mark.parametrize("name", ["neighbour_cadre", "stranger", "administrator", "auditor"])
def test_others_neither_ask_nor_read(cast: Cast, person: Person, asked: DataRequest, name: str) -> None:
    with pytest.raises(Forbidden):
        ask_request(person, by=getattr(cast, name), wish=Wish.DELETE)
    assert not DataRequest.objects.visible_to(getattr(cast, name)).exists()


def test_offices_of_the_territory_and_the_person_read_it(cast: Cast, asked: DataRequest) -> None:
    seeing = [name for name in ("resident", "township_staff", "county_staff", "village_cadre", "grid_worker")
              if DataRequest.objects.visible_to(getattr(cast, name)).exists()]  # fmt: skip
    assert seeing == ["resident", "township_staff", "county_staff"]


def test_answer_keeps_the_promise(cast: Cast, asked: DataRequest) -> None:
    fulfil_request(asked, by=cast.township_staff, answer="已改为1957年。")
    asked = DataRequest.objects.select_related("promise").get()
    assert (asked.state, asked.answered) == (RequestState.DONE, "已改为1957年。")
    assert asked.promise and asked.promise.state == PromiseState.KEPT


def test_refusal_says_why(cast: Cast, asked: DataRequest) -> None:
    with pytest.raises(Invalid):
        refuse_request(asked, by=cast.township_staff, answer="不行")
    refuse_request(asked, by=cast.township_staff, answer="请带户口本来核对后再改。")
    assert DataRequest.objects.get().answered == "请带户口本来核对后再改。"


def test_deletion_that_is_granted_erases_the_person(cast: Cast, person: Person) -> None:
    asked = ask_request(person, by=cast.resident, wish=Wish.DELETE)
    fulfil_request(asked, by=cast.township_staff)
    person.refresh_from_db()
    asked = DataRequest.objects.get()
    assert person.erased_at and asked.state == RequestState.DONE and not asked.said


def test_a_wish_taken_back_is_owed_no_more_and_may_be_asked_again(cast: Cast, person: Person) -> None:
    asked = ask_request(person, by=cast.resident, wish=Wish.DELETE)
    withdraw_request(asked, by=cast.resident)
    asked = DataRequest.objects.select_related("promise").get()
    assert (asked.state, person.erased_at) == (RequestState.WITHDRAWN, None)
    assert asked.promise and asked.promise.state == PromiseState.RELEASED
    ask_request(person, by=cast.resident, wish=Wish.DELETE)


@pytest.mark.parametrize("name", ["neighbour_cadre", "stranger", "administrator", "auditor"])
def test_others_do_not_take_it_back(cast: Cast, asked: DataRequest, name: str) -> None:
    with pytest.raises(Forbidden):
        withdraw_request(asked, by=getattr(cast, name))


@pytest.mark.parametrize("name", ["grid_worker", "village_cadre", "resident", "stranger"])
def test_only_offices_decide(cast: Cast, asked: DataRequest, name: str) -> None:
    for decide in (fulfil_request, refuse_request):
        with pytest.raises(Forbidden):
            decide(asked, by=getattr(cast, name), answer="可以，这就办。")


def test_nobody_decides_about_their_own_data(cast: Cast) -> None:
    asked = ask_request(cast.world.persons["township_staff"], by=SYSTEM, wish=Wish.CORRECT, words=WORDS)
    with pytest.raises(Forbidden):
        fulfil_request(asked, by=cast.township_staff)


def test_every_state_and_every_move(cast: Cast, asked: DataRequest) -> None:
    steps: dict[str, Any] = {
        "fulfil": lambda by, one: fulfil_request(one, by=by, answer="办好了，请核对。"),
        "refuse": lambda by, one: refuse_request(one, by=by, answer="请补一份证明再来。"),
        "withdraw": lambda by, one: withdraw_request(one, by=by),
    }
    assert set(steps) == {move.name for move in MOVES}
    by: Actor = SYSTEM
    for state in RequestState:
        ended = None if state == RequestState.ASKED else asked.asked_at
        DataRequest.objects.filter(pk=asked.pk).update(state=str(state), ended_at=ended)
        asked.refresh_from_db()
        assert [said for move in MOVES if (said := tried(asked, move, partial(steps[move.name], by)))] == []
