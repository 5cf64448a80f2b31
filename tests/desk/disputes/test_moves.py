"""From the first word to the performed agreement by pages alone, and what pressing twice or too late does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cunlian.cases.disputes.models import Dispute, MediationNote, MediationSession
from cunlian.cases.disputes.rules import available_moves
from cunlian.cases.disputes.states import MOVES, State
from cunlian.desk.disputes.moves import PAGES
from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import ThreadLink
from cunlian.places.actions.districts import switch_module
from tests.cases.disputes.conftest import A_NAME, A_PHONE
from tests.desk.conftest import Desk, Enter, case_url, soup
from tests.desk.disputes.conftest import Peace, move_url, press, url_of

pytestmark = pytest.mark.django_db


def _entry(peace: Peace, **said: object) -> dict[str, object]:
    return {
        "place": str(peace.cast.world.village.pk), "body": str(peace.body.pk), "dispute_kind": "land",
        "subject": "放水先后", "source": "applied", "how": "phone", "a_name": "甲某某", "b_name": "乙某某", **said,
    }  # fmt: skip


def test_the_whole_way_by_pages(peace: Peace, enter: Enter) -> None:
    client, today = enter(peace.cast.mediator), clock.today()
    page = soup(client.get(reverse("desk:dispute_new")))
    key = page.select_one("input[name=key]")["value"]  # type: ignore[index]
    for _twice in range(2):
        client.post(reverse("desk:dispute_new"), _entry(peace, key=key))
    dispute = Dispute.objects.get()

    press(client, dispute, "note_consent", side="b", how="paper")
    press(client, dispute, "accept", mediator=str(peace.cast.world.posts["mediator"].pk))
    press(client, dispute, "hold_session", held_on=today, present_a=1, present_b=1, outcome="有进展")
    press(client, dispute, "note", side="a", text="愿意让。")
    due = today + timedelta(days=9)
    press(client, dispute, "agree", form="oral", terms="轮流放水。", effective_on=today, due_on=due)
    press(client, dispute, "confirm", applied_on=today, confirmed_on=today, number="民特1号")
    press(client, dispute, "perform")

    dispute.refresh_from_db()
    assert dispute.state == State.PERFORMED and dispute.agreement.court_number == "民特1号"


def test_every_move_but_the_second_consent_has_a_page() -> None:
    assert set(PAGES) == {move.name for move in MOVES} - {"consent"}


@pytest.mark.parametrize("state", list(State), ids=str)
def test_the_page_offers_what_the_table_allows(peace: Peace, enter: Enter, state: State) -> None:
    dispute = peace.in_state(state)
    client = enter(peace.cast.mediator)
    links = {link["href"] for link in soup(client.get(url_of(dispute))).select(".moves-bar a")}
    assert links == {move_url(dispute, move.name) for move in available_moves(dispute, peace.cast.mediator)}
    for link in links:
        assert client.get(str(link)).status_code == 200


def test_pressing_twice_does_it_once(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.ACCEPTED), enter(peace.cast.mediator)
    said: dict[str, Any] = {"side": "a", "text": "只说给调解员听。", "key": "k1"}
    for _twice in range(2):
        assert client.post(move_url(dispute, "note"), said).status_code == 302
    said = {"held_on": clock.today(), "present_a": 1, "present_b": 1, "key": "k2"}
    for _twice in range(2):
        assert client.post(move_url(dispute, "hold_session"), said).status_code == 302
    assert (MediationNote.objects.count(), MediationSession.objects.count()) == (1, 1)


def test_who_comes_second_is_told_and_keeps_what_they_wrote(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.ACCEPTED), enter(peace.cast.mediator)
    said = {"side": "a", "text": "写了很久的话", "seen": "accepted", "key": "k"}
    peace.sit(dispute)
    answer: Any = client.post(move_url(dispute, "note"), said)
    page = soup(answer)
    assert answer.status_code == 422 and "Somebody else was first" in page.text
    assert "写了很久的话" in page.select_one("textarea").text  # type: ignore[union-attr]
    seen = page.select_one("input[name=seen]")["value"]  # type: ignore[index]
    assert client.post(move_url(dispute, "note"), {**said, "seen": seen}).status_code == 302


def test_a_refusal_of_the_action_stands_beside_its_field(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.IN_MEDIATION), enter(peace.cast.mediator)
    answer: Any = press(client, dispute, "fail")
    assert answer.status_code == 422 and "Art. 26" in soup(answer).text
    answer = press(client, dispute, "fail", ways=["court"])
    assert answer.status_code == 302


def test_what_is_not_possible_now_leads_back_with_a_word(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.APPLIED), enter(peace.cast.mediator)
    answer: Any = client.get(move_url(dispute, "agree"), follow=True)
    assert "is not possible here now" in soup(answer).text
    assert client.get(f"{url_of(dispute)}bewitch/").status_code == 404


def test_seeing_a_side_in_full_needs_a_purpose(peace: Peace, enter: Enter) -> None:
    dispute, client = peace.in_state(State.ACCEPTED), enter(peace.cast.mediator)
    url = reverse("desk:dispute_reveal", args=[dispute.pk])
    assert client.post(url, {"side": "a", "purpose": ""}).status_code == 422
    assert client.post(url, {"side": "x", "purpose": "约时间"}).status_code == 404
    text = client.post(url, {"side": "a", "purpose": "约第二次调解"}).content.decode()
    assert A_NAME in text and A_PHONE in text


def test_a_request_is_brought_to_mediation_from_its_page(peace: Peace, desk: Desk, enter: Enter) -> None:
    category = desk.lamp
    category.is_dispute = True
    category.save(update_fields=["is_dispute"])
    case = desk.report("和隔壁为水沟吵架。", category=category)
    client = enter(desk.cast.village_cadre)
    link = soup(client.get(case_url(case))).select_one(f'a[href$="?case={case.pk}"]')
    assert link is not None
    client.post(str(link["href"]), _entry(peace, a_name=""))
    dispute = Dispute.objects.get()
    assert (dispute.case, dispute.parties.get(side="a").person) == (case, case.reporter)
    assert ThreadLink.objects.filter(source_id=case.pk, target_id=dispute.pk).exists()
    assert "Mediation" in soup(client.get(case_url(case))).text
    assert case_url(case) in client.get(url_of(dispute)).content.decode()


def test_what_nobody_has_classed_yet_may_be_a_dispute_and_a_lamp_is_none(
    peace: Peace, desk: Desk, enter: Enter
) -> None:
    client = enter(desk.cast.village_cadre)
    for case, offered in (
        (desk.report("隔壁占了滴水沟。", category=None), True),
        (desk.report(category=desk.lamp), False),
    ):
        link = soup(client.get(case_url(case))).select_one(f'a[href$="?case={case.pk}"]')
        assert bool(link) is offered


def test_where_mediation_is_switched_off_a_request_offers_none(peace: Peace, desk: Desk, enter: Enter) -> None:
    desk.lamp.is_dispute = True
    desk.lamp.save(update_fields=["is_dispute"])
    case = desk.report("和隔壁为水沟吵架。", category=desk.lamp)
    switch_module(desk.cast.world.village, by=SYSTEM, module="disputes", on=False, day=clock.today())
    page = soup(enter(desk.cast.village_cadre).get(case_url(case)))
    assert not page.select_one(f'a[href$="?case={case.pk}"]')


def test_no_case_of_others_is_brought_to_mediation(peace: Peace, desk: Desk, enter: Enter) -> None:
    case = desk.report(place=desk.cast.world.other_village)
    url = f"{reverse('desk:dispute_new')}?case={case.pk}"
    assert enter(desk.cast.mediator).get(url).status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE cases_dispute; --", "𠮷野家🎋"])
def test_any_words_are_kept_as_words(peace: Peace, enter: Enter, text: str) -> None:
    client = enter(peace.cast.mediator)
    client.post(reverse("desk:dispute_new"), _entry(peace, subject=text, a_name=text))
    page = client.get(url_of(Dispute.objects.get())).content.decode()
    assert "<script>alert(1)" not in page
    assert soup(client.get(url_of(Dispute.objects.get()))).select_one("h1").text == text  # type: ignore[union-attr]


@pytest.mark.parametrize("side", ["a", "b"])
def test_a_phone_that_is_none_is_named_at_its_side(peace: Peace, enter: Enter, side: str) -> None:
    said = enter(peace.cast.mediator).post(reverse("desk:dispute_new"), _entry(peace, **{f"{side}_phone": "123"}))
    wrong = soup(said).select_one(".wrong input")
    assert said.status_code == 422 and wrong is not None and wrong["name"] == f"{side}_phone"
    assert not Dispute.objects.exists()


def test_without_a_day_the_agreement_says_it_is_performed_on_the_spot(peace: Peace, enter: Enter) -> None:
    dispute = peace.in_state(State.IN_MEDIATION)
    peace.agree(dispute, due_on=None)
    client = enter(peace.cast.mediator)
    for url in (url_of(dispute), reverse("desk:dispute_print", args=[dispute.pk])):
        assert "done on the spot" in client.get(url).content.decode()


def test_of_a_side_a_name_or_a_unit_is_needed_and_neither_is_called_optional(peace: Peace, enter: Enter) -> None:
    page = soup(enter(peace.cast.mediator).get(reverse("desk:dispute_new")))
    optional = {label["for"] for label in page.select("label") if label.select_one(".opt")}
    assert optional == {"id_a_phone", "id_b_phone"}
