"""What stands on which page for whom: the file for mediators and auditors, notes for mediators, else only the fact."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cunlian.cases.disputes import actions
from cunlian.cases.disputes.models import Dispute
from cunlian.cases.disputes.states import State
from tests.cases.disputes.conftest import A_NAME, A_PHONE, B_NAME, NOTE, SUBJECT, TERMS
from tests.desk.conftest import Enter, soup
from tests.desk.disputes.conftest import Peace, move_url, url_of

pytestmark = pytest.mark.django_db

OUTCOME = "双方都让了一步"
FILE = (SUBJECT, TERMS, OUTCOME, "贾*峰", "魏*榴")
NEVER = (A_NAME, A_PHONE, B_NAME)
KNOW = ["village_cadre", "village_head", "township_staff", "county_leader", "dispatcher", "area_staff"]


@pytest.fixture
def dispute(peace: Peace) -> Dispute:
    made = peace.in_state(State.AGREED)
    actions.add_note(made, by=peace.cast.mediator, side="a", text=NOTE)
    return made


def _text(client: Client, url: str) -> str:
    answer: Any = client.get(url)
    assert answer.status_code == 200, url
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def test_the_mediator_reads_the_file_and_the_notes(peace: Peace, dispute: Dispute, enter: Enter) -> None:
    text = _text(enter(peace.cast.mediator), url_of(dispute))
    assert all(words in text for words in (*FILE, NOTE, "no auditor"))
    assert not any(words in text for words in NEVER)


def test_the_auditor_reads_the_file_and_nothing_tells_of_notes(peace: Peace, dispute: Dispute, enter: Enter) -> None:
    text = _text(enter(peace.cast.auditor), url_of(dispute))
    assert all(words in text for words in FILE)
    main = soup(enter(peace.cast.auditor).get(url_of(dispute))).select_one("main")
    assert main is not None and NOTE not in text
    assert not any(words in main.text for words in ("added a note", "Notes of the mediators", "No note yet"))


@pytest.mark.parametrize("who", KNOW)
def test_others_of_the_territory_read_the_fact(peace: Peace, dispute: Dispute, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    text = _text(client, url_of(dispute))
    assert dispute.number in text and "Agreement reached" in text and "Art. 15" in text
    for url in (url_of(dispute), "/desk/disputes/?state=all", reverse("desk:mediation_body", args=[peace.body.pk])):
        assert not any(words in _text(client, url) for words in (*FILE, *NEVER, NOTE))


@pytest.mark.parametrize("who", KNOW)
def test_others_print_and_reveal_and_move_nothing(peace: Peace, dispute: Dispute, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    assert client.get(reverse("desk:dispute_print", args=[dispute.pk])).status_code == 404
    shown = client.post(reverse("desk:dispute_reveal", args=[dispute.pk]), {"side": "a", "purpose": "看一看"})
    assert shown.status_code == 403 and A_NAME not in shown.content.decode()
    assert client.post(move_url(dispute, "perform")).status_code == 302
    dispute.refresh_from_db()
    assert dispute.state == State.AGREED


@pytest.mark.parametrize("who", ["stranger", "neighbour_cadre", "administrator", "grid_worker", "village_supervisor"])
def test_foreign_and_absent_look_alike(peace: Peace, dispute: Dispute, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    for url in (url_of(dispute), reverse("desk:dispute_print", args=[dispute.pk]), move_url(dispute, "note")):
        assert client.get(url).status_code == 404
    assert dispute.number not in _text(client, "/desk/disputes/?state=all")


@pytest.mark.parametrize("who", ["mediator", "auditor", "county_leader"])
def test_exports_hold_the_fact_for_everybody(peace: Peace, dispute: Dispute, enter: Enter, who: str) -> None:
    client = enter(getattr(peace.cast, who))
    text = _text(client, "/desk/disputes/?state=all&export=csv")
    assert dispute.number in text and not any(words in text for words in (*FILE, *NEVER, NOTE))
    sheet: Any = client.get("/desk/disputes/?state=all&export=xlsx")
    cells = [str(cell) for row in load_workbook(io.BytesIO(b"".join(sheet))).active.values for cell in row]  # type: ignore[union-attr]
    assert dispute.number in cells and not set(cells) & {*FILE, *NEVER, NOTE}


def test_no_search_finds_what_it_is_about(peace: Peace, dispute: Dispute, enter: Enter) -> None:
    for who in ("mediator", "village_cadre", "auditor"):
        client = enter(getattr(peace.cast, who))
        assert "0 disputes" not in _text(client, f"/desk/disputes/?state=all&q={dispute.number}")
        for words in (SUBJECT[:4], NOTE[:4], A_NAME):
            main = soup(client.get("/desk/disputes/", {"state": "all", "q": words})).select_one("main")
            assert main is not None and dispute.number not in main.text


def test_the_page_is_kept_by_no_browser(peace: Peace, dispute: Dispute, enter: Enter) -> None:
    assert enter(peace.cast.mediator).get(url_of(dispute))["Cache-Control"] == "no-store"


def test_the_agreement_on_paper_masks_names_and_holds_no_note(peace: Peace, dispute: Dispute, enter: Enter) -> None:
    text = _text(enter(peace.cast.mediator), reverse("desk:dispute_print", args=[dispute.pk]))
    assert TERMS in text and "贾*峰" in text and "Seal of the committee" in text
    assert NOTE not in text and A_NAME not in text


def test_nothing_is_printed_before_there_is_an_agreement(peace: Peace, enter: Enter) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    assert enter(peace.cast.mediator).get(reverse("desk:dispute_print", args=[dispute.pk])).status_code == 404
