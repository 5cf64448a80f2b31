"""The joint review: who goes into it, who speaks, who reads what. The village is told the outcome and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cunlian.accounts.roles import Role
from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM, Grant
from cunlian.kernel.models import Activity, Attachment
from cunlian.kernel.refusals import Forbidden, Invalid
from cunlian.organisations.actions import create_post
from cunlian.organisations.choosing import actions
from cunlian.organisations.choosing.rules import KEPT_DAYS, forget_papers, tell_candidacies
from cunlian.organisations.choosing.states import State
from cunlian.organisations.models import (
    Candidate,
    CandidatePaper,
    Choice,
    Criterion,
    Opinion,
    PostKind,
)
from cunlian.people.actions import erase_person
from tests.organisations.choosing.conftest import Election, in_days
from tests.organisations.test_appoint import verb_of

WHY = "无犯罪记录证明不符"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def names(election: Election, who: str) -> set[str]:
    rows = Candidate.objects.visible_to(getattr(election.cast, who)).select_related("person")
    return {row.person.name for row in rows}


def test_nobody_goes_into_the_review_without_their_papers(election: Election) -> None:
    choice = election.filled()
    late = election.stand(choice, "程五", PostKind.COMMITTEE_MEMBER, papers=False)
    with pytest.raises(Invalid, match="程五 has not handed in"):
        actions.send_to_review(choice, by=election.cast.township_staff, offices=election.offices)
    actions.withdraw_candidate(late, by=election.cast.township_staff)

    assert (
        actions.send_to_review(choice, by=election.cast.township_staff, offices=election.offices).offices.count() == 1
    )


def test_there_must_be_more_candidates_than_seats(election: Election) -> None:
    choice = election.filled()
    actions.withdraw_candidate(election.named(choice, "程近"), by=election.cast.township_staff)
    with pytest.raises(Invalid, match="more candidates than seats"):
        actions.send_to_review(choice, by=election.cast.township_staff, offices=election.offices)


def test_only_departments_of_the_county_review(election: Election) -> None:
    choice, units = election.filled(), election.cast.world.units
    for offices in ([], [units["township_office"]], [units["strange_office"]], [units["committee"]]):
        with pytest.raises(Invalid):
            actions.send_to_review(choice, by=election.cast.township_staff, offices=offices)


def test_a_no_has_its_reason_and_one_no_is_enough(election: Election) -> None:
    choice = election.in_review()
    for candidate in choice.candidates.all():
        with pytest.raises(Invalid, match="reason"):
            actions.give_opinion(candidate, by=election.cast.county_staff, fits=False)
        actions.give_opinion(
            candidate, by=election.cast.county_staff, fits=candidate.seat != PostKind.DEPUTY_DIRECTOR, reason=WHY
        )
    closed = actions.close_review(choice, by=election.cast.county_staff)

    assert {row.seat for row in closed.candidates.filter(may_stand=False)} == {PostKind.DEPUTY_DIRECTOR}
    assert verb_of(closed) == "organisations.review_closed"


def test_the_review_is_closed_when_every_office_has_spoken(election: Election) -> None:
    choice = election.in_review()
    with pytest.raises(Invalid, match="Not every office"):
        actions.close_review(choice, by=election.cast.county_staff)
    for who in ("township_staff", "village_cadre", "stranger", "county_leader"):
        with pytest.raises(Forbidden):
            actions.close_review(choice, by=getattr(election.cast, who))
        with pytest.raises(Forbidden):
            actions.give_opinion(election.named(choice, "程远"), by=getattr(election.cast, who), fits=True)


def test_opinions_and_papers_are_the_reviewers_alone(election: Election) -> None:
    election.reviewed(no="程近")
    seen = {
        who: (Opinion.objects.visible_to(actor).count(), CandidatePaper.objects.visible_to(actor).count())
        for who, actor in election.cast.by_role().items()
    }
    assert {who for who, counts in seen.items() if any(counts)} == {"county_staff"}
    assert seen["county_staff"] == (4, 12)


def test_another_office_of_the_county_reviews_nothing(election: Election) -> None:
    cast, choice = election.cast, election.in_review()
    other = create_post(by=SYSTEM, organisation=cast.world.units["county_office"], title="干事", role=Role.COUNTY_STAFF)
    actor = replace(cast.county_staff, grants=(Grant("county_staff", "610902", "610903", other.pk),), post_id=other.pk)
    assert not Opinion.objects.visible_to(actor).exists()
    with pytest.raises(Forbidden):
        actions.give_opinion(election.named(choice, "程远"), by=actor, fits=True)


def test_the_village_reads_who_may_stand_and_others_only_those(election: Election) -> None:
    everybody = {"程远", "程近", "程三", "程四"}
    choice = election.in_review()
    assert names(election, "township_staff") == names(election, "county_staff") == everybody
    assert names(election, "neighbour_cadre") == everybody  # the cadre of that village
    assert names(election, "grid_worker") == names(election, "village_cadre") == names(election, "auditor") == set()
    for candidate in choice.candidates.select_related("person"):
        fits = candidate.person.name != "程近"
        actions.give_opinion(candidate, by=election.cast.county_staff, fits=fits, reason="" if fits else WHY)
    actions.close_review(choice, by=election.cast.county_staff)

    assert names(election, "grid_worker") == names(election, "auditor") == everybody - {"程近"}
    assert names(election, "stranger") == names(election, "resident") == names(election, "anonymous") == set()


def test_neither_log_nor_own_data_tell_what_an_office_thinks(election: Election) -> None:
    choice = election.reviewed(no="程近")
    assert WHY not in str(list(Activity.objects.values()))
    told = tell_candidacies(election.named(choice, "程近").person_id)
    assert WHY not in str(told) and "no" in str(told[0].facts)


def test_back_to_preparing_outcomes_are_open_again_and_opinions_stay(election: Election) -> None:
    choice = actions.reopen_choice(election.reviewed(no="程近"), by=election.cast.township_staff)

    assert choice.state == State.PREPARING and not choice.candidates.exclude(may_stand=None).exists()
    assert Opinion.objects.count() == 4


def test_a_file_hangs_on_its_paper_and_goes_with_the_person(election: Election) -> None:
    choice = election.filled()
    candidate = election.named(choice, "程远")
    file = evidence.store(SimpleUploadedFile("a.pdf", PDF, "application/pdf"))
    paper = actions.hand_in_paper(candidate, by=election.cast.township_staff, criterion=Criterion.SCHOOLING, file=file)
    assert Attachment.objects.about(paper).count() == 1
    erase_person(candidate.person, by=election.cast.county_staff)

    assert not Attachment.objects.filter(about_id=paper.pk).exists()
    assert not Candidate.objects.filter(pk=candidate.pk).exists()


def test_who_was_elected_stays_on_record_without_papers(election: Election) -> None:
    choice = election.settled()
    candidate = election.named(choice, "程远")
    erase_person(candidate.person, by=election.cast.county_staff)
    candidate.refresh_from_db()

    assert candidate.elected_in and not candidate.papers.exists() and not candidate.opinions.exists()


@pytest.mark.parametrize(("days", "kept"), [(KEPT_DAYS - 1, True), (KEPT_DAYS, False)])
def test_papers_and_opinions_go_when_the_choice_is_long_over(election: Election, days: int, kept: bool) -> None:
    open_still = election.settled()
    Choice.objects.filter(pk=open_still.pk).update(settled_on=in_days(-days))
    forget_papers(clock.now())

    assert (CandidatePaper.objects.exists(), Opinion.objects.exists()) == (kept, kept)
    assert forget_papers(clock.now() + timedelta(seconds=1)) == 0
    assert Candidate.objects.count() == 4
