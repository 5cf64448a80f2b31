"""What the counting sheet says, and who is elected by it: Organic Law, Art. 18; Party bodies by their own rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel import clock
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.law import checks, elected, open_seats, proxies
from cunlian.organisations.models import (
    Ballot,
    Candidate,
    Choice,
    Leaving,
    Organisation,
    OrganisationKind,
    Posting,
    PostKind,
)
from cunlian.people.models import Person
from tests.organisations.choosing.conftest import Election, in_days

K, P = OrganisationKind, PostKind


def winners(choice: Choice) -> set[str]:
    return {row.person.name for row in choice.candidates.filter(elected_in__isnull=False).select_related("person")}


def test_more_than_half_of_the_votes_cast_elects_and_the_most_take_the_seat(election: Election) -> None:
    choice = election.voted({"程远": 41, "程近": 37, "程三": 60, "程四": 40})

    assert winners(choice) == {"程远", "程三"}  # 40 of 80 is not more than half
    assert open_seats(choice) == Counter({P.COMMITTEE_MEMBER: 1})
    found = checks(choice, list(choice.ballots.all()), choice.candidates.exclude(elected_in=None))
    assert [check.holds for check in found] == [True, True, False]


@pytest.mark.parametrize(("back", "holds"), [(50, False), (51, True)])
def test_more_than_half_of_the_registered_must_vote(election: Election, back: int, holds: bool) -> None:
    choice = election.voted({"程远": back, "程三": back, "程四": back}, taken_back=back, valid=back)

    assert bool(winners(choice)) is holds


@pytest.mark.parametrize(("kind", "by_proxy", "holds"), [
    (K.VILLAGERS_COMMITTEE, 60, True), (K.VILLAGERS_COMMITTEE, 61, False), (K.PARTY_BRANCH, 1, False),
])  # fmt: skip
def test_nobody_votes_for_more_than_three_others_and_in_a_party_body_for_nobody(
    kind: str, by_proxy: int, holds: bool
) -> None:
    choice = Choice(unit=Organisation(organisation_kind=kind))
    found = proxies(choice, Ballot(number=1, taken_back=80, by_proxy=by_proxy))

    assert found.holds is holds and f"{by_proxy} " in str(found.text)
    assert ("Art. 18" in str(found.law)) is choice.by_villagers


@pytest.mark.parametrize(("refused", "holds", "said"), [
    (None, False, "does not state"), (0, True, "states that no candidate"), (3, True, "refused and not counted: 3"),
])  # fmt: skip
def test_the_election_committee_states_that_no_candidate_held_a_vote_of_others_or_how_many_it_refused(
    election: Election, refused: int | None, holds: bool, said: str
) -> None:
    choice = election.voted(proxies_refused=refused)
    found = [one for one in checks(choice, list(choice.ballots.all()), ()) if "candidate" in str(one.text)]
    assert [(one.holds, str(one.law)) for one in found] == [(holds, "Organic Law of Villagers' Committees, Art. 18")]
    assert said in str(found[0].text)


def test_what_is_refused_is_a_count(election: Election) -> None:
    with pytest.raises(Invalid):
        election.voted(proxies_refused=-1)


def test_votes_by_proxy_count_like_others_and_are_warned_of_beside_the_rest(election: Election) -> None:
    choice = election.voted({"程远": 50, "程三": 60, "程四": 70}, by_proxy=61)
    found = checks(choice, list(choice.ballots.all()), choice.candidates.exclude(elected_in=None))

    assert winners(choice) == {"程远", "程三", "程四"}
    assert [str(check.text) for check in found if not check.holds] == [
        "Vote 1: 61 of 80 votes by proxy; nobody votes for more than three others."
    ]


def test_equal_votes_for_the_last_seat_elect_neither(election: Election) -> None:
    choice = election.reviewed()
    ballot = Ballot(number=1, registered=10, given=10, taken_back=10, valid=10)
    rows = [Candidate(seat=P.COMMITTEE_MEMBER, person=Person(name=name)) for name in ("甲", "乙", "丙")]
    votes = dict(zip(rows, (9, 6, 6), strict=True))

    assert elected(choice, ballot, votes, Counter({P.COMMITTEE_MEMBER: 2})) == rows[:1]
    assert elected(choice, ballot, votes, Counter({P.COMMITTEE_MEMBER: 3})) == rows


def test_open_seats_are_voted_on_again_and_a_third_is_enough_then(election: Election) -> None:
    choice = election.voted({"程远": 50, "程三": 60, "程四": 39})
    actions.vote_again(choice, by=election.cast.township_staff, votes_on=in_days(0))
    choice.refresh_from_db()
    assert {row.person.name for row in choice.candidates.filter(elected_in=None)} == {"程近", "程四"}
    election.count(choice, {"程四": 20}, taken_back=60, valid=60)

    assert winners(choice) == {"程远", "程三", "程四"} and not open_seats(choice)


def test_when_all_seats_are_filled_nobody_votes_again(election: Election) -> None:
    with pytest.raises(Invalid, match="All seats"):
        actions.vote_again(election.voted(), by=election.cast.township_staff, votes_on=in_days(3))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"given": 101}, "More ballots were given"),
        ({"taken_back": 91}, "taken back than given"),
        ({"by_proxy": 81}, "by proxy than ballots"),
        ({"valid": 81}, "More ballots are valid"),
        ({"registered": -1}, "below zero"),
        ({"paper": " "}, "Name the sheet"),
        ({"voted_on": date(2999, 1, 1)}, "still to come"),
        ({"votes": {"程远": 79}}, "more votes than there are valid"),
        ({"votes": {"程远": 50, "程近": 50}}, "more votes than valid ballots could hold"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_sheet_that_does_not_add_up_is_looked_at_again(election: Election, wrong: dict[str, Any], says: str) -> None:
    choice = election.reviewed()
    with pytest.raises(Invalid, match=says):
        election.count(choice, wrong.pop("votes", None), **wrong)
    choice.refresh_from_db()
    assert choice.state == "reviewed" and not choice.ballots.exists()


def test_votes_are_of_everybody_who_may_stand_and_of_nobody_else(election: Election) -> None:
    choice = election.reviewed(no="程近")
    told = dict.fromkeys(choice.candidates.all(), 10)
    with pytest.raises(Invalid, match="nobody else"):
        actions.enter_count(
            choice, by=election.cast.township_staff, voted_on=clock.today(), registered=100, given=90, taken_back=80,
            by_proxy=0, valid=78, votes=told, paper="报告单",
        )  # fmt: skip
    with pytest.raises(Forbidden):
        election.count(choice, by=election.cast.village_cadre)


def test_the_term_makes_postings_on_the_basis_elected_for_five_years(election: Election) -> None:
    choice = election.settled()
    rows = Posting.objects.on(clock.today()).filter(post__organisation=choice.unit, basis="elected")

    assert {(row.person.name, row.post.post_kind) for row in rows} == {
        ("程远", P.DIRECTOR), ("程三", P.DEPUTY_DIRECTOR), ("程四", P.COMMITTEE_MEMBER),
    }  # fmt: skip
    assert {(row.term_from, row.paper) for row in rows} == {(clock.today(), choice.paper)}
    assert {row.term_to.year for row in rows if row.term_to} == {clock.today().year + 5}


def test_who_sat_before_leaves_with_an_audit_and_who_is_elected_again_stays(election: Election) -> None:
    choice = election.voted()
    again, gone = election.named(choice, "程远").person, election.hall.person("程旧")
    posts = {post.post_kind: post for post in choice.unit.posts.all()}
    for kind, person in ((P.DIRECTOR, again), (P.DEPUTY_DIRECTOR, gone)):
        election.hall.sit(posts[kind], person)
    actions.settle_choice(choice, by=election.cast.township_staff, term_from=clock.today())

    assert Leaving.objects.filter(posting__person=gone, audit__isnull=False).exists()
    assert posts[P.DIRECTOR].postings.get(ends_on=None).person == again
    assert posts[P.DEPUTY_DIRECTOR].postings.get(ends_on=None).person != gone


def test_the_term_begins_with_the_vote_or_after_and_ends_after_it_begins(election: Election) -> None:
    choice, today = election.voted(), clock.today()
    for term in ({"term_from": in_days(-1)}, {"term_from": in_days(1)}, {"term_from": today, "term_to": today}):
        with pytest.raises(Invalid):
            actions.settle_choice(choice, by=election.cast.township_staff, **term)


def test_without_anybody_elected_no_term_begins(election: Election) -> None:
    choice = election.voted({"程远": 1}, taken_back=10, valid=10)
    with pytest.raises(Invalid, match="Nobody is elected"):
        actions.settle_choice(choice, by=election.cast.township_staff, term_from=clock.today())


@pytest.mark.parametrize("basis", ["appointed", "dispatched", "seconded"])
def test_nobody_appoints_or_sends_a_member_of_the_villagers_committee(election: Election, basis: str) -> None:
    sender = None if basis == "appointed" else election.cast.world.units["department"]
    with pytest.raises(Invalid, match="elected by the villagers") as refused:
        election.hall.hold(K.VILLAGERS_COMMITTEE, P.DIRECTOR, election.hall.person("程远"), basis=basis, sent_by=sender)
    assert "Art. 14" in str(refused.value.rule)

    assert election.hall.hold(
        K.VILLAGERS_COMMITTEE, P.DIRECTOR_ASSISTANT, election.hall.person("程近"), basis=basis, sent_by=sender
    )
    assert election.hall.hold(
        K.PARTY_BRANCH, P.DEPUTY_SECRETARY, election.hall.person("程三"), basis=basis, sent_by=sender
    )


sheets = st.integers(1, 300).flatmap(
    lambda all_: st.integers(0, all_).flatmap(
        lambda back: st.tuples(st.just(all_), st.just(back), st.lists(st.integers(0, back), min_size=1, max_size=6))
    )
)


@given(sheet=sheets, seats=st.integers(1, 4), number=st.integers(1, 3), villagers=st.booleans())
def test_whoever_is_elected_has_the_votes_the_rule_asks_for(
    sheet: tuple[int, int, list[int]], seats: int, number: int, villagers: bool
) -> None:
    registered, back, got = sheet
    choice = Choice(unit=Organisation(organisation_kind=K.VILLAGERS_COMMITTEE if villagers else K.PARTY_BRANCH))
    ballot = Ballot(number=number, registered=registered, given=back, taken_back=back, valid=back)
    votes = {Candidate(seat=P.COMMITTEE_MEMBER, person=Person(name=str(n))): votes for n, votes in enumerate(got)}
    chosen = elected(choice, ballot, votes, Counter({P.COMMITTEE_MEMBER: seats}))

    assert len(chosen) <= seats
    others = [n for row, n in votes.items() if row not in chosen]
    for row in chosen:
        assert votes[row] * 3 >= back and (not others or votes[row] > max(others) or len(chosen) == len(votes))
        if villagers:
            assert back * 2 > registered and (number > 1 or votes[row] * 2 > back)
        else:
            assert back * 5 >= registered * 4 and votes[row] * 2 > registered
