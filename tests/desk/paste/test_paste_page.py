"""From the chat group to a receipt: the message fills the form, staff check it, the reply is ready to paste back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cunlian.cases.models import Case
from tests.desk.conftest import Desk, Enter, soup

pytestmark = pytest.mark.django_db
MESSAGE = "张桂兰 7-9 19:20\n柳湾村三组的路灯又不亮了，麻烦来看看 13512342799"


def test_the_message_fills_the_form_and_nothing_is_kept_yet(desk: Desk, enter: Enter) -> None:
    page = soup(enter(desk.cast.village_cadre).post(reverse("desk:case_paste"), {"message": MESSAGE}))
    value = {field["name"]: field.get("value") for field in page.select("#entry input[name]")}
    assert (value["name"], value["phone"]) == ("张桂兰", "13512342799")
    assert page.select_one("#id_place option[selected]")["value"] == str(desk.cast.world.village.pk)
    assert page.select_one("#id_category option[selected]").text.strip().endswith("Street lamps")
    assert "路灯又不亮了" in page.select_one("#id_text").text
    assert not Case.objects.exists()


def test_entered_from_it_the_reply_carries_the_receipt(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    page = soup(client.post(reverse("desk:case_paste"), {"message": MESSAGE}))
    said = {
        field["name"]: field.get("value", "") for field in page.select("#entry input[name]") if field["type"] != "radio"
    }
    said |= {"source": "chat", "level": "normal", "place": str(desk.cast.world.village.pk), "text": "路灯又不亮了"}
    said.pop("csrfmiddlewaretoken", None)
    entered = client.post(reverse("desk:case_new"), said, follow=True)
    case = Case.objects.get()
    assert case.source == "chat"
    assert case.receipt[4:] in soup(entered).select_one("#reply").text.replace("-", "")


def test_an_empty_box_is_asked_for_again(desk: Desk, enter: Enter) -> None:
    assert enter(desk.cast.village_cadre).post(reverse("desk:case_paste"), {"message": ""}).status_code == 422
