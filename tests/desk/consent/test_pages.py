"""Consents and circumstances at the desk: entered on paper, seen by named posts alone, each look written down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cunlian.desk.consent.sheet import address_of
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity, Look
from cunlian.people import actions, consent
from cunlian.people.consent.circumstances import name_viewer, note_circumstance
from cunlian.people.consent.requests import ask_request
from cunlian.people.consent.retention import forget_ended
from cunlian.people.models import Circumstance, Consent, ConsentForm, DataRequest, Person, Purpose, PurposeViewer
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db
WORDS = "一个人住，晚上看不清路"


@pytest.fixture
def person(desk: Desk) -> Person:
    return desk.cast.world.persons["resident"]


def form() -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.4 signed\n%%EOF", name="form.pdf")


@pytest.fixture
def noted(desk: Desk, person: Person) -> Circumstance:
    post = desk.cast.world.posts["grid_worker"].pk
    name_viewer(by=desk.cast.township_staff, purpose="home_help", place=desk.cast.world.grid, post_id=post)
    consent.give(person, by=desk.cast.resident, purpose="home_help", way=Consent.Way.ONLINE)
    return note_circumstance(
        person, by=desk.cast.grid_worker, purpose="home_help", kind="living_alone", words=WORDS,
        ends_on=clock.today() + timedelta(days=60),
    )  # fmt: skip


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_consent_on_paper_is_entered_with_its_form_and_taken_back(desk: Desk, enter: Enter, person: Person) -> None:
    client, page = enter(desk.cast.grid_worker), f"/desk/people/{person.pk}/"
    said = {"purpose": "talent", "way": "paper", "guardian": ""}
    assert client.post(f"{page}consent/", said).status_code == 422
    assert client.post(f"{page}consent/", {**said, "scan": form()}).status_code == 302
    given = Consent.objects.get()
    assert Activity.objects.get(object_id=given.pk).behalf_id == person.pk
    assert "Register of skills" in text(client.get(f"{page}data/"))
    signed = f"/desk/consents/{given.pk}/form/"
    asked = client.get(signed)
    assert b"%PDF" not in asked.content and client.post(signed, {"purpose": ""}).status_code == 422
    assert not Look.objects.filter(person_id=person.pk).exists()
    opened = client.post(signed, {"purpose": "核对签名"})
    assert opened.content == b"%PDF-1.4 signed\n%%EOF" and opened["Cache-Control"] == "no-store"
    assert Look.objects.get(person_id=person.pk).fields == "consent_form"
    assert enter(desk.cast.neighbour_worker).post(signed, {"purpose": "核对签名"}).status_code == 404
    taken_back = f"/desk/consents/{given.pk}/withdraw/"
    assert client.post(taken_back, {"channel": "dream"}).status_code == 422
    assert client.post(taken_back, {"channel": "phone"}).status_code == 302
    assert not consent.holds(person, "talent")
    row = Activity.objects.get(object_id=given.pk, verb="people.consent_withdrawn")
    assert (row.behalf_id, row.behalf_channel) == (person.pk, "phone")


def test_blank_forms_are_printed_with_a_code_that_leads_to_what_to_do(desk: Desk, enter: Enter, person: Person) -> None:
    client = enter(desk.cast.grid_worker)
    forms = soup(client.get("/desk/purposes/")).select('form[action$="/forms/"]')
    assert {str(form["action"]) for form in forms} == {
        f"/desk/purposes/{one.code}/forms/" for one in Purpose.objects.filter(basis="consent")
    }
    printed = client.post("/desk/purposes/talent/forms/", {"copies": "5"})
    assert printed.content.startswith(b"%PDF-") and ConsentForm.objects.count() == 5
    paper = ConsentForm.objects.order_by("pk")[0]
    address = f"/desk/consents/forms/{paper.number}/"
    assert address_of(paper).endswith(address)
    assert "Enter a consent" in text(client.get(address)) and client.get("/desk/consents/forms/1/").status_code == 404
    said = {"purpose": "talent", "way": "paper", "form_number": paper.number, "scan": form()}
    assert client.post(f"/desk/people/{person.pk}/consent/", said).status_code == 302
    assert Consent.objects.get().form == paper and "张*兰" in text(client.get(address))
    assert "张*兰" not in text(enter(desk.cast.neighbour_worker).get(address))
    again = client.post(f"/desk/people/{person.pk}/consent/", {**said, "scan": form(), "purpose": "contact_away"})
    assert again.status_code == 422 and "another purpose" in text(again)


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("administrator", 403), ("village_supervisor", 403)])
def test_others_print_no_forms(desk: Desk, enter: Enter, who: str, status: int) -> None:
    client = enter(getattr(desk.cast, who))
    assert client.post("/desk/purposes/talent/forms/", {"copies": "1"}).status_code == status
    assert not soup(client.get("/desk/purposes/")).select('form[action$="/forms/"]')


def test_everything_is_printed_for_the_person_and_they_read_that_it_was(
    desk: Desk, enter: Enter, person: Person
) -> None:
    answer = enter(desk.cast.grid_worker).post(f"/desk/people/{person.pk}/data/show/")
    assert answer.content.startswith(b"%PDF-") and answer["Cache-Control"] == "no-store"
    assert Look.objects.get(person_id=person.pk).fields == "all"
    assert Activity.objects.get(verb="people.data_shown").behalf_channel == "paper"


def test_on_the_paper_stands_who_looked_as_in_the_file_the_person_takes_along(
    desk: Desk, enter: Enter, person: Person
) -> None:
    address, worker = f"/desk/people/{person.pk}/data/show/", enter(desk.cast.grid_worker)
    before = len(worker.post(address).content)
    Look.objects.bulk_create(
        Look(person_id=person.pk, fields="phone", purpose=f"核对第{n}次", happened_at=clock.now()) for n in range(40)
    )

    assert len(worker.post(address).content) > before + 2_000


def test_only_the_named_post_finds_it_in_its_list(desk: Desk, enter: Enter, noted: Circumstance) -> None:
    html = text(enter(desk.cast.grid_worker).get("/desk/circumstances/"))
    assert "张*兰" in html and WORDS not in html and "Lives alone" not in html
    for name in ("village_cadre", "township_staff", "county_staff", "county_leader", "auditor", "stranger"):
        html = text(enter(getattr(desk.cast, name)).get("/desk/circumstances/"))
        assert "张*兰" not in html, name


def test_list_has_no_file_and_the_same_queries_for_more_rows(desk: Desk, enter: Enter, noted: Circumstance) -> None:
    client = enter(desk.cast.grid_worker)
    answer = client.get("/desk/circumstances/?export=csv")
    assert "text/html" in answer["Content-Type"] and not soup(answer).select(".out a")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get("/desk/circumstances/")
        return len(counted)

    before = queries()
    for n in range(5):
        other = actions.register_person(
            by=SYSTEM, place=desk.cast.world.village, household=desk.cast.world.household, name=f"甲{n}"
        )
        consent.give(other, by=SYSTEM, purpose="home_help", way=Consent.Way.ONLINE)
        note_circumstance(
            other, by=SYSTEM, purpose="home_help", kind="other", ends_on=clock.today() + timedelta(days=9)
        )
    assert queries() == before


def test_looking_needs_a_reason_and_is_written_down(desk: Desk, enter: Enter, noted: Circumstance) -> None:
    client, page = enter(desk.cast.grid_worker), f"/desk/circumstances/{noted.pk}/look/"
    assert client.post(page, {"purpose": ""}).status_code == 422
    answer = client.post(page, {"purpose": "冬天上门看看"})
    assert WORDS in text(answer) and answer["Cache-Control"] == "no-store"
    assert Look.objects.get(person_id=noted.person_id).purpose == "冬天上门看看"
    for name in ("village_cadre", "township_staff", "stranger"):
        assert enter(getattr(desk.cast, name)).post(page, {"purpose": "看看"}).status_code == 404
    assert Look.objects.count() == 1


def test_noted_on_the_page_of_the_person_and_ended(
    desk: Desk, enter: Enter, person: Person, noted: Circumstance
) -> None:
    client = enter(desk.cast.grid_worker)
    said = {"purpose": "home_help", "kind": "long_illness", "words": "", "ends_on": "2020-01-01"}
    page = f"/desk/people/{person.pk}/circumstance/"
    assert client.post(page, said).status_code == 422
    soon = (clock.today() + timedelta(days=9)).isoformat()
    assert client.post(page, {**said, "ends_on": soon}).status_code == 302
    for who in (desk.cast.stranger, desk.cast.neighbour_worker):
        assert enter(who).post(f"/desk/circumstances/{noted.pk}/end/").status_code == 404
    assert client.post(f"/desk/circumstances/{noted.pk}/end/").status_code == 302
    assert Circumstance.objects.count() == 1


def test_page_of_a_person_says_to_others_nothing_of_circumstances(
    desk: Desk, enter: Enter, person: Person, noted: Circumstance
) -> None:
    page = f"/desk/people/{person.pk}/data/"
    assert soup(enter(desk.cast.grid_worker).get(page)).select('form[action*="circumstances"]')
    assert not soup(enter(desk.cast.village_cadre).get(page)).select('form[action*="circumstances"]')


def test_township_names_and_ends_viewers(desk: Desk, enter: Enter) -> None:
    client, post = enter(desk.cast.township_staff), desk.cast.world.posts["village_cadre"]
    assert client.post("/desk/purposes/home_help/viewer/", {"post": str(post.pk)}).status_code == 302
    named = PurposeViewer.objects.get()
    assert str(post) in text(client.get("/desk/purposes/"))
    assert str(post) in text(client.get(f"/desk/viewers/{named.pk}/end/"))
    assert enter(desk.cast.stranger).post(f"/desk/viewers/{named.pk}/end/").status_code == 403
    assert client.post(f"/desk/viewers/{named.pk}/end/").status_code == 302
    named.refresh_from_db()
    assert named.ends_on
    assert enter(desk.cast.village_cadre).get("/desk/purposes/home_help/viewer/").status_code == 403


def test_county_writes_the_words(desk: Desk, enter: Enter) -> None:
    words = "村里只记您的手艺和村名，其余一概不存，随时可以撤回。"
    assert enter(desk.cast.county_staff).post("/desk/purposes/talent/text/", {"text": words}).status_code == 302
    assert words in text(enter(desk.cast.grid_worker).get("/desk/purposes/"))
    assert enter(desk.cast.township_staff).get("/desk/purposes/talent/text/").status_code == 403
    assert enter(desk.cast.county_staff).get("/desk/purposes/nothing/text/").status_code == 404


def _settle(client: Client, asked: DataRequest, move: str, answer: str) -> int:
    return client.post(f"/desk/data-requests/{asked.pk}/{move}/", {"answer": answer}).status_code


def test_wish_is_entered_at_the_desk_and_answered_by_the_office(desk: Desk, enter: Enter, person: Person) -> None:
    page = f"/desk/people/{person.pk}/data/ask/"
    said = {"wish": "correct", "words": "出生年份应为1957", "channel": "door"}
    assert enter(desk.cast.grid_worker).post(page, said).status_code == 302
    asked, office = DataRequest.objects.get(), enter(desk.cast.township_staff)
    assert "出生年份应为1957" in text(office.get(f"/desk/data-requests/{asked.pk}/"))
    assert _settle(enter(desk.cast.grid_worker), asked, "fulfil", "好") == 404
    assert _settle(office, asked, "refuse", "不") == 422
    page = f"/desk/data-requests/{asked.pk}/withdraw/"
    assert enter(desk.cast.grid_worker).post(page, {"channel": "paper"}).status_code == 404
    assert office.get(page).status_code == 200 and office.post(page, {"channel": ""}).status_code == 422
    assert _settle(office, asked, "fulfil", "已改") == 302
    assert office.post(page, {"channel": "paper"}).status_code == 422
    assert _settle(office, asked, "nothing", "") == 404


def test_deletion_is_said_to_be_for_good_before_it_is(desk: Desk, enter: Enter, person: Person) -> None:
    asked = ask_request(person, by=desk.cast.resident, wish="delete")
    office = enter(desk.cast.township_staff)
    asking = text(office.get(f"/desk/data-requests/{asked.pk}/fulfil/"))
    assert "for good" in asking and person.masked_name in asking
    assert _settle(office, asked, "fulfil", "") == 302
    person.refresh_from_db()
    assert person.erased_at


def test_the_register_of_consents_is_cut_by_purpose_and_state_and_never_lists_who_needs_help(
    desk: Desk, enter: Enter, person: Person
) -> None:
    client, url = enter(desk.cast.village_cadre), "/desk/consents/"
    given = consent.give(person, by=desk.cast.resident, purpose="talent", way="online")
    consent.give(person, by=desk.cast.resident, purpose="home_help", way="online")

    def rows(query: str = "", who: Any = client) -> list[str]:
        return [row.text for row in soup(who.get(f"{url}{query}")).select("tbody tr") if row.select("td a")]

    assert len(rows()) == 1 and "Register of skills" in rows()[0] and "张*兰" in rows()[0]
    assert rows("?purpose=contact_away") == rows("?state=withdrawn") == [] and len(rows("?state=holds")) == 1
    consent.withdraw(given, by=desk.cast.resident)
    assert rows("?state=holds") == rows("?state=erased") == [] and len(rows("?state=withdrawn")) == 1
    forget_ended(clock.now())
    assert len(rows("?state=erased")) == 1
    assert rows(who=enter(desk.cast.neighbour_cadre)) == rows(who=enter(desk.cast.administrator)) == []
