"""Who answers for a place on a day, from the door upwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cunlian.accounts.roles import Role
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.chain import AWAY, Ground, Link, chain_for, responsible_for
from cunlian.organisations.coverage.actions import enter_leave
from cunlian.organisations.models import Capacity, Gap, OrganisationKind, Posting, Rank, StandIn
from cunlian.organisations.sweep import sweep_gaps
from cunlian.places.models import Level, Place
from tests.cast import START, Cast, World

DAY = date(2026, 7, 1)


def titles(chain: list[Link]) -> list[str]:
    return [link.post.title if link.post else f"{link.rank}: gap" for link in chain]


def test_chain_climbs_from_the_door_to_the_county(world: World) -> None:
    assert titles(chain_for(world.grid, DAY)) == [
        "前巷巷长", "一网格网格员", "副主任", "主任", "片区长", "分管副镇长", "分管副区长",
    ]  # fmt: skip


def test_chain_names_the_holder_of_the_day(world: World) -> None:
    posting = Posting.objects.get(post=world.posts["village_cadre"])
    actions.end_posting(posting, by=SYSTEM, ends_on=date(2025, 6, 1))
    successor = world.persons["resident"]
    actions.appoint(world.posts["village_cadre"], by=SYSTEM, person=successor, starts_on=date(2025, 9, 1))
    seen = {}
    for day in (date(2025, 5, 31), date(2025, 7, 1), date(2025, 9, 1)):
        link = next(one for one in chain_for(world.village, day) if one.capacity == Capacity.VILLAGE_CADRE)
        seen[day.month] = link.holder
    assert seen == {5: world.persons["village_cadre"], 7: None, 9: successor}


def test_vacant_post_is_a_gap_that_says_so(world: World) -> None:
    actions.end_posting(Posting.objects.get(post=world.posts["grid_worker"]), by=SYSTEM, ends_on=date(2025, 6, 1))
    link = next(one for one in chain_for(world.grid, DAY) if one.rank == Rank.GRID)
    assert (link.post, link.holder, bool(link.gap)) == (world.posts["grid_worker"], None, True)


def test_grid_without_anybody_is_a_gap(world: World) -> None:
    link = chain_for(world.second_grid, DAY)[0]
    assert (link.rank, link.post, bool(link.gap)) == (Rank.GRID, None, True)


def test_ranks_the_place_does_not_have_are_skipped(world: World) -> None:
    ranks = [link.rank for link in chain_for(world.village, DAY)]
    assert Rank.GRID not in ranks
    assert Rank.CITY not in ranks and Rank.PROVINCE not in ranks


def test_unit_of_the_city_brings_a_rank_only_with_a_post(world: World) -> None:
    city = Place.objects.get(level=Level.CITY)
    academy = actions.found_organisation(
        by=SYSTEM, name="市农科院", organisation_kind=OrganisationKind.INSTITUTE, place=city, starts_on=START
    )
    assert Rank.CITY not in [link.rank for link in chain_for(world.village, DAY)]
    actions.create_post(by=SYSTEM, organisation=academy, title="院长", role=Role.COUNTY_STAFF, starts_on=START)
    assert Rank.CITY in [link.rank for link in chain_for(world.village, DAY)]


def test_village_outside_every_area_skips_the_area(world: World) -> None:
    world.area.memberships.filter(place=world.village).update(ends_on=date(2026, 1, 1))
    assert Rank.AREA not in [link.rank for link in chain_for(world.village, DAY)]
    assert Rank.AREA in [link.rank for link in chain_for(world.village, date(2025, 12, 31))]


def test_special_matter_brings_its_department_in(world: World) -> None:
    water = titles(chain_for(world.village, DAY, "0203"))
    assert "水利股股长" in water and "分管副镇长" in water
    assert "水利股股长" not in titles(chain_for(world.village, DAY, "0301"))
    assert "水利股股长" not in titles(chain_for(world.village, DAY))


def test_stand_in_answers_on_their_days_only(world: World) -> None:
    actions.arrange_stand_in(
        world.posts["grid_worker"], by=SYSTEM, by_post=world.posts["social_worker"], starts_on=DAY,
        ends_on=DAY + timedelta(days=3), reason="leave",
    )  # fmt: skip

    def who(day: date) -> Any:
        return next(one.holder for one in chain_for(world.grid, day) if one.rank == Rank.GRID)

    assert who(DAY - timedelta(days=1)) == world.persons["grid_worker"]
    assert who(DAY) == who(DAY + timedelta(days=2)) == world.persons["social_worker"]
    assert who(DAY + timedelta(days=3)) == world.persons["grid_worker"]


def test_holder_on_leave_is_a_gap_that_says_so_and_nothing_goes_to_them(world: World) -> None:
    posting = Posting.objects.get(post=world.posts["grid_worker"])
    enter_leave(posting, by=SYSTEM, starts_on=DAY, ends_on=DAY + timedelta(days=3))

    def line(day: date) -> Link:
        return next(one for one in chain_for(world.grid, day) if one.rank == Rank.GRID)

    assert (line(DAY).post, line(DAY).holder, line(DAY).gap) == (world.posts["grid_worker"], None, AWAY)
    assert responsible_for(world.grid, "", DAY).gap_rank == Rank.GRID
    assert [line(DAY + timedelta(days=n)).gap for n in (-1, 3)] == ["", ""]


def test_household_contact_comes_first_for_that_household_only(world: World) -> None:
    actions.assign_duty(
        world.posts["social_worker"], by=SYSTEM, capacity=Capacity.HOUSEHOLD_CONTACT, household=world.household,
        starts_on=START,
    )  # fmt: skip
    assert titles(chain_for(world.grid, DAY, household=world.household))[0] == "社工"
    assert "社工" not in titles(chain_for(world.grid, DAY))


def test_chain_takes_the_same_number_of_queries_however_many_duties(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for key in ("social_worker", "mediator", "village_supervisor"):
        actions.assign_duty(world.posts[key], by=SYSTEM, capacity=Capacity.STATIONED_CADRE, place=world.village)
    with django_assert_max_num_queries(7):
        chain_for(world.grid, clock.today())


def test_general_matter_goes_to_the_nearest(world: World) -> None:
    found = responsible_for(world.grid, "", DAY)
    assert (found.post, found.gap, found.gap_rank) == (world.posts["grid_worker"], False, "")


def test_special_matter_goes_to_whoever_has_it(world: World) -> None:
    assert responsible_for(world.grid, "0203", DAY).post == world.posts["county_staff"]
    assert responsible_for(world.grid, "0101", DAY).post == world.posts["township_staff"]


def test_what_is_read_for_one_matter_answers_as_if_all_were_read(world: World) -> None:
    """Duties of the group, of the matter itself, of its neighbour and of a longer code, at two ranks."""
    for matter in ("09", "0901", "0902", "090101"):
        for post, place in (("township_staff", world.township), ("county_staff", world.county)):
            actions.assign_duty(world.posts[post], by=SYSTEM, capacity=Capacity.DEPARTMENT, place=place, matter=matter)
    today = clock.today()
    ground = Ground.read([world.village], today)
    assert "0901" in {link.matter for link in ground.chain(world.village, "0901")}
    for matter in ("", "0", "09", "0901", "0902", "0903", "09010", "090101", "10"):
        assert chain_for(world.village, today, matter) == ground.chain(world.village, matter)
        assert responsible_for(world.village, matter, today) == ground.responsible(world.village, matter)


def test_next_up_gets_it_where_nobody_answers_and_the_gap_is_told(world: World) -> None:
    found = responsible_for(world.second_grid, "0301", DAY)
    assert (found.post, found.gap_rank, found.gap_place) == (world.posts["village_cadre"], Rank.GRID, world.second_grid)


def test_nobody_in_the_whole_chain(world: World) -> None:
    found = responsible_for(world.strange_place, "", DAY)
    assert (found.post, found.gap_rank) == (None, Rank.TOWNSHIP)


def test_gap_is_recorded_once_and_closed_by_a_duty(world: World) -> None:
    first = actions.record_gap(by=SYSTEM, place=world.second_grid)
    again = actions.record_gap(by=SYSTEM, place=world.second_grid)
    assert first == again and first.rank == Rank.GRID
    assert list(Gap.objects.open().within(world.village)) == [first]
    actions.assign_duty(world.posts["social_worker"], by=SYSTEM, capacity=Capacity.GRID_WORKER, place=world.second_grid)
    first.refresh_from_db()
    assert first.closed_on == clock.today()
    assert not Gap.objects.open().exists()


def test_duty_that_begins_tomorrow_closes_the_gap_tomorrow(world: World, frozen_clock: Any) -> None:
    gap = actions.record_gap(by=SYSTEM, place=world.second_grid)
    tomorrow = clock.today() + timedelta(days=1)
    actions.assign_duty(
        world.posts["social_worker"],
        by=SYSTEM,
        capacity=Capacity.GRID_WORKER,
        place=world.second_grid,
        starts_on=tomorrow,
    )
    assert sweep_gaps(clock.now()) == 0
    frozen_clock(clock.at(tomorrow, 6))
    assert sweep_gaps(clock.now()) == 1
    gap.refresh_from_db()
    assert gap.closed_on == tomorrow


def test_duty_elsewhere_closes_no_gap(world: World) -> None:
    gap = actions.record_gap(by=SYSTEM, place=world.second_grid)
    actions.assign_duty(world.posts["mediator"], by=SYSTEM, capacity=Capacity.STATIONED_CADRE, place=world.village)
    gap.refresh_from_db()
    assert gap.closed_on is None


def test_missing_department_stays_a_gap_until_one_has_the_matter(world: World) -> None:
    gap = actions.record_gap(by=SYSTEM, place=world.grid, matter="0901")
    assert gap.rank == Rank.DEPARTMENT
    assert actions.close_gaps(by=SYSTEM, place=world.township) == []
    actions.assign_duty(
        world.posts["township_staff"], by=SYSTEM, capacity=Capacity.DEPARTMENT, place=world.township, matter="09"
    )
    gap.refresh_from_db()
    assert gap.closed_on


DAYS = st.integers(0, 120).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
SPANS = st.lists(st.tuples(DAYS, st.integers(1, 40)), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(postings=SPANS, stands=SPANS, asked=st.lists(DAYS, min_size=3, max_size=6))
def test_chain_never_names_somebody_whose_posting_did_not_run_that_day(
    cast: Cast, postings: list[tuple[date, int]], stands: list[tuple[date, int]], asked: list[date]
) -> None:
    world = cast.world
    post, other = world.posts["village_cadre"], world.posts["social_worker"]
    people = [world.persons[key] for key in ("village_cadre", "mediator", "resident", "lane_leader")]
    Posting.objects.filter(post__in=[post, other]).delete()
    StandIn.objects.all().delete()
    rows = [
        Posting(
            post=post if n % 2 else other, person=people[n % 4], starts_on=day, ends_on=day + timedelta(days=length)
        )
        for n, (day, length) in enumerate(postings)
    ]
    Posting.objects.bulk_create(rows)
    StandIn.objects.bulk_create(
        StandIn(post=post, by_post=other, starts_on=day, ends_on=day + timedelta(days=length)) for day, length in stands
    )
    for day in asked:
        for link in chain_for(world.village, day):
            assert (link.holder is None) == bool(link.gap)
            if link.holder is None:
                continue
            sat_on = link.by_post or link.post
            running = Posting.objects.filter(post=sat_on, person=link.holder, starts_on__lte=day)
            assert [row for row in running if row.ends_on is None or row.ends_on > day]
            assert link.stand_in == (link.by_post is not None)
