"""A stand-in has an end: within a year, within their own time and that of whoever is away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from cunlian.kernel import clock, days
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.records import change
from cunlian.kernel.refusals import Invalid
from cunlian.organisations import actions
from cunlian.organisations.models import Posting, StandIn
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def arrange(cast: Cast, ends_on: date, starts_on: date | None = None) -> StandIn:
    posts = cast.world.posts
    return actions.arrange_stand_in(
        posts["neighbour_worker"], by=cast.township_staff, by_post=posts["grid_worker"],
        starts_on=starts_on or clock.today(), ends_on=ends_on,
    )  # fmt: skip


def refused(cast: Cast, ends_on: date, starts_on: date | None = None) -> str:
    with pytest.raises(Invalid) as told:
        arrange(cast, ends_on, starts_on)
    assert told.value.field == "ends_on" and not StandIn.objects.exists()
    return str(told.value)


def test_nobody_stands_in_for_longer_than_a_year(cast: Cast) -> None:
    last = clock.today() + YEAR
    with translation.override("en"):
        assert f"until {days.day(last)}." in refused(cast, last + DAY)
    assert arrange(cast, last).ends_on == last


def test_nor_is_it_arranged_further_ahead(cast: Cast) -> None:
    last = clock.today() + YEAR
    refused(cast, last + DAY, starts_on=last - DAY)
    assert arrange(cast, last, starts_on=last - DAY).ends_on == last


@pytest.mark.parametrize("name", ["grid_worker", "neighbour_worker"])
@pytest.mark.parametrize("end", ["ends_on", "term_to"])
def test_it_ends_with_the_time_of_whoever_stands_in_and_of_whoever_is_away(cast: Cast, name: str, end: str) -> None:
    last = clock.today() + 30 * DAY
    change(Posting.objects.get(post=cast.world.posts[name]), **{end: last})
    with translation.override("zh-hans"):
        assert days.day(last) in refused(cast, last + DAY)
    assert arrange(cast, last).ends_on == last


def test_whose_term_is_over_is_stood_in_for_until_somebody_is_chosen(cast: Cast) -> None:
    posting = Posting.objects.get(post=cast.world.posts["neighbour_worker"])
    change(posting, term_to=clock.today() - DAY)
    assert arrange(cast, clock.today() + 30 * DAY)


def test_a_post_nobody_holds_is_stood_in_for(cast: Cast) -> None:
    actions.end_posting(Posting.objects.get(post=cast.world.posts["neighbour_worker"]), by=SYSTEM)
    assert arrange(cast, clock.today() + 30 * DAY)
