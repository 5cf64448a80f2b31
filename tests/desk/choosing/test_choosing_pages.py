"""Choices at the desk: from the proposal to the term, what reviewers alone read, the sheets, the village's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cunlian.kernel import clock, evidence
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Look
from cunlian.organisations.choosing import actions
from cunlian.organisations.models import Choice, Opinion, Step
from cunlian.people.actions import register_household, register_person
from cunlian.places.models import District, RosterEntry
from tests.desk.conftest import Desk, Enter, soup
from tests.organisations.choosing.conftest import Election, in_days
from tests.organisations.choosing.test_review import PDF, WHY
from tests.organisations.conftest import START, Hall

BASE = "/desk/choosing/"


@pytest.fixture
def election(desk: Desk) -> Election:
    return Election(Hall(desk.cast))


def page(client: Client, choice: Choice, *more: str) -> str:
    return soup(client.get("/".join([f"{BASE}{choice.pk}", *more, ""]))).text


def test_a_choice_goes_from_the_paper_to_the_term_on_its_pages(election: Election, enter: Enter) -> None:
    choice = election.in_review()
    town, county = enter(election.cast.township_staff), enter(election.cast.county_staff)
    for one in choice.candidates.all():
        said = county.post(f"{BASE}candidates/{one.pk}/opinion/", {"fits": "yes", "reason": ""})
        assert said.status_code == 302
    county.post(f"{BASE}{choice.pk}/move/close_review/")
    votes = {f"votes_{row.pk}": 50 if row.person.name != "程近" else 20 for row in choice.candidates.all()}
    numbers = {
        "registered": 100,
        "given": 90,
        "taken_back": 80,
        "by_proxy": 12,
        "proxies_refused": 2,
        "valid": 78,
        "paper": "报告单",
        "voted_on": clock.today(),
    }
    wrong = town.post(f"{BASE}{choice.pk}/move/enter_count/", {**numbers, **votes, "given": 120})
    assert wrong.status_code == 422 and "More ballots were given" in soup(wrong).text
    town.post(f"{BASE}{choice.pk}/move/enter_count/", {**numbers, **votes})
    town.post(f"{BASE}{choice.pk}/move/settle/", {"term_from": clock.today()})

    choice.refresh_from_db()
    assert choice.state == "settled"
    assert "elected" in page(town, choice) and "Art. 18" in page(town, choice)
    assert "12 of 80 votes by proxy" in page(town, choice)
    assert "refused and not counted: 2" in page(town, choice) and "refused and not counted: 2" in page(
        town, choice, "sheets", "result"
    )


def test_a_choice_is_opened_and_a_candidate_entered(election: Election, enter: Enter) -> None:
    town = enter(election.cast.township_staff)
    election.hall.seat(election.unit, "director")
    refused = town.post(f"{BASE}new/", {"unit": election.unit.pk, "votes_on": in_days(30), "paper": ""})
    assert refused.status_code == 422
    town.post(f"{BASE}new/", {"unit": election.unit.pk, "votes_on": in_days(30), "paper": "恒组发〔2026〕6号"})
    choice, person = Choice.objects.get(), election.hall.person("程远")
    found = soup(town.get(f"{BASE}{choice.pk}/candidates/new/?q=程远")).text
    assert "程*" in found and "程远 1" not in found
    said = {
        "q": "程远",
        "person": str(person.pk),
        "seat": "director",
        "proposed_by": "voters",
        "proposed_on": clock.today(),
    }
    assert town.post(f"{BASE}{choice.pk}/candidates/new/", said).status_code == 302

    one = choice.candidates.get()
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    handed = {"criterion": "statement", "handed_on": clock.today(), "file": file}
    assert town.post(f"{BASE}candidates/{one.pk}/paper/", handed).status_code == 302
    assert one.papers.get().criterion == "statement"
    town.post(f"{BASE}{choice.pk}/step/", {"step": "roll", "done_on": clock.today(), "paper": "公告"})
    assert "公告" in page(town, choice)
    assert str(one) in soup(town.get(f"{BASE}candidates/{one.pk}/withdraw/")).text
    assert town.post(f"{BASE}candidates/{one.pk}/withdraw/").status_code == 302
    assert not one.papers.exists()


def test_only_reviewers_read_opinions_and_open_papers_and_the_candidate_reads_that(
    election: Election, enter: Enter
) -> None:
    choice = election.filled()
    one = election.named(choice, "程近")
    kept = evidence.store(SimpleUploadedFile("a.pdf", PDF, "application/pdf"))
    paper = actions.hand_in_paper(one, by=election.cast.township_staff, criterion="schooling", file=kept)
    actions.send_to_review(choice, by=election.cast.township_staff, offices=election.offices)
    actions.give_opinion(one, by=election.cast.county_staff, fits=False, reason=WHY)
    address, opening = f"{BASE}candidates/{one.pk}/", f"{BASE}papers/{paper.pk}/open/"
    county, town = enter(election.cast.county_staff), enter(election.cast.township_staff)

    assert WHY in soup(county.get(address)).text
    assert WHY not in soup(town.get(address)).text and "Joint review" not in soup(town.get(address)).text
    assert b"".join(county.post(opening).streaming_content) == PDF  # type: ignore[attr-defined]
    assert Look.objects.filter(person_id=one.person_id, about_id=paper.pk).count() == 1
    for who in ("township_staff", "neighbour_cadre", "grid_worker", "stranger"):
        assert enter(getattr(election.cast, who)).post(opening).status_code == 404
    assert enter(election.cast.grid_worker).get(address).status_code == 404  # not before the outcome is known


def test_a_move_that_is_not_possible_leads_back(election: Election, enter: Enter) -> None:
    choice = election.filled()
    town = enter(election.cast.township_staff)
    assert town.get(f"{BASE}{choice.pk}/move/settle/").status_code == 302
    assert town.get(f"{BASE}{choice.pk}/move/dance/").status_code == 404
    assert enter(election.cast.stranger).get(f"{BASE}{choice.pk}/").status_code == 404
    assert enter(election.cast.village_cadre).get(f"{BASE}{choice.pk}/candidates/new/").status_code == 403


def test_sheets_are_there_when_their_step_is(election: Election, enter: Enter) -> None:
    choice = election.filled()
    town = enter(election.cast.township_staff)
    names = ("notice", "candidates", "counting", "result")
    there = {name: town.get(f"{BASE}{choice.pk}/sheets/{name}/").status_code for name in names}
    assert there == {"notice": 200, "candidates": 404, "counting": 404, "result": 404}
    actions.send_to_review(choice, by=election.cast.township_staff, offices=election.offices)
    for one in choice.candidates.all():
        actions.give_opinion(one, by=election.cast.county_staff, fits=True)
    actions.close_review(choice, by=election.cast.county_staff)
    assert "程远" in page(town, choice, "sheets", "counting") and "程远" in page(town, choice, "sheets", "candidates")
    election.count(choice, {"程远": 50, "程三": 60})
    assert "程远" in page(town, choice, "sheets", "result") and "程近" not in page(town, choice, "sheets", "result")
    assert enter(election.cast.village_cadre).get(f"{BASE}{choice.pk}/sheets/notice/").status_code == 403


def test_the_roll_is_printed_by_a_press_and_every_print_is_a_look(election: Election, enter: Enter) -> None:
    village = election.hall.village
    household = register_household(by=SYSTEM, place=village, number="001", address="前街1号", day=START)
    register_person(
        by=SYSTEM, place=village, household=household, name="程远", birth_year=1960, is_head=True, day=START
    )
    choice, town = election.open(), enter(election.cast.township_staff)
    assert "程远" not in page(town, choice, "roll") and not Look.objects.exists()

    assert "程远" in soup(town.post(f"{BASE}{choice.pk}/roll/")).text and Look.objects.count() == 1


def test_the_village_reads_candidates_once_posted_and_then_who_was_elected(election: Election, enter: Enter) -> None:
    cast, village = election.cast, election.hall.village
    RosterEntry.objects.get_or_create(place=village, defaults={"starts_on": START, "paper": "x"})
    District.current()
    address, client = f"/v/{village.code}/", Client(HTTP_ACCEPT_LANGUAGE="en")
    choice = election.reviewed(no="程近")

    def public() -> str:
        shown: Any = soup(client.get(address)).select_one("#choices")
        return shown.text if shown else ""

    assert public() == ""
    actions.record_step(choice, by=cast.township_staff, step=Step.CANDIDATES, done_on=clock.today())
    assert "程远" in public() and "程近" not in public() and WHY not in public()
    election.count(choice, {"程远": 50, "程三": 60})
    actions.record_step(choice, by=cast.township_staff, step=Step.RESULT, done_on=clock.today())

    assert "程远" in public() and "程四" not in public() and "50" in public()
    assert Opinion.objects.exists()
