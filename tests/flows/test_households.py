"""A household that ends takes along the duties for it alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cunlian.flows.households import close_household, unite_households
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.refusals import Conflict, Forbidden
from cunlian.organisations.actions import assign_duty
from cunlian.organisations.models import Capacity, Duty
from cunlian.people.actions import register_household
from cunlian.people.models import Household
from tests.cast import Cast

Answers = Callable[[Household], Duty]


@pytest.fixture
def answers(cast: Cast) -> Answers:
    """The village cadre's post answers for a household, as its contact."""
    post = cast.world.posts["village_cadre"]
    return lambda home: assign_duty(post, by=SYSTEM, capacity=Capacity.HOUSEHOLD_CONTACT, household=home)


@pytest.fixture
def empty(cast: Cast) -> Household:
    return register_household(place=cast.world.village, by=SYSTEM, number="990", address="村口1号")


def test_the_contact_of_an_ended_household_answers_for_it_no_more(
    cast: Cast, empty: Household, answers: Answers
) -> None:
    duty, other = answers(empty), answers(cast.world.household)
    close_household(empty, by=cast.village_cadre)

    assert Duty.objects.get(pk=duty.pk).ends_on == clock.today()
    assert Duty.objects.get(pk=other.pk).ends_on is None


def test_of_two_that_become_one_only_the_duty_for_the_one_that_goes_on_stays(
    cast: Cast, empty: Household, answers: Answers
) -> None:
    going, staying = answers(cast.world.household), answers(empty)
    unite_households(cast.world.household, by=cast.village_cadre, into=empty)

    assert Duty.objects.get(pk=going.pk).ends_on == clock.today()
    assert Duty.objects.get(pk=staying.pk).ends_on is None


@pytest.mark.parametrize(("who", "refusal"), [("village_cadre", Conflict), ("stranger", Forbidden)])
def test_what_is_refused_ends_no_duty(cast: Cast, answers: Answers, who: str, refusal: type[Exception]) -> None:
    duty = answers(cast.world.household)
    with pytest.raises(refusal):
        close_household(cast.world.household, by=getattr(cast, who))

    assert Duty.objects.get(pk=duty.pk).ends_on is None
