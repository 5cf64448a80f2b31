"""From the chat group to a receipt: the message fills the form, staff check it, the reply is ready to paste back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cunlian.cases.models import Case
from cunlian.kernel import evidence
from cunlian.kernel.models import Attachment
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


# --- the pictures that came with it ---


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(name: str, colour: str) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (120, 80), colour).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def filled(page: BeautifulSoup, desk: Desk, **more: str) -> dict[str, Any]:
    """What the second page sends when staff change nothing: its hidden fields, and every ticked box."""
    said: dict[str, Any] = {}
    for field in page.select("#entry input[name]"):
        if field["type"] in ("hidden", "text") or field.has_attr("checked"):
            said.setdefault(str(field["name"]), []).append(field.get("value", ""))
    said.pop("csrfmiddlewaretoken", None)
    said.pop("looked", None)
    return said | {"place": str(desk.cast.world.village.pk), "text": "路灯又不亮了", "category": ""} | more


def pasted(client: Client, *files: SimpleUploadedFile) -> BeautifulSoup:
    return soup(client.post(reverse("desk:case_paste"), {"message": MESSAGE, "file": list(files)}))


def test_words_and_pictures_of_one_step_become_one_request(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    page = pasted(client, picture("1.jpg", "red"), picture("2.jpg", "blue"))
    assert "1.jpg" in page.text and "2.jpg" in page.text and not Attachment.objects.exists()

    client.post(reverse("desk:case_new"), filled(page, desk))

    assert Attachment.objects.about(Case.objects.get()).count() == 2


def test_they_count_as_the_residents_own(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    client.post(reverse("desk:case_new"), filled(pasted(client, picture("1.jpg", "red")), desk))

    assert Attachment.objects.get().by_post_id is None


def test_one_of_them_is_left_out(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    said = filled(pasted(client, picture("1.jpg", "red"), picture("2.jpg", "blue")), desk)

    client.post(reverse("desk:case_new"), said | {"along": said["along"][1:]})

    assert Attachment.objects.count() == 1


def test_a_mistake_on_the_second_page_loses_none_of_them(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    page = pasted(client, picture("1.jpg", "red"))
    wrong = filled(page, desk, phone="12") | {"file": picture("2.jpg", "blue")}
    again = client.post(reverse("desk:case_new"), wrong)
    assert again.status_code == 422 and not Attachment.objects.exists()

    client.post(reverse("desk:case_new"), filled(soup(again), desk, phone=""))

    assert Attachment.objects.about(Case.objects.get()).count() == 2


def test_what_looks_the_same_is_offered_without_losing_the_pictures(desk: Desk, enter: Enter) -> None:
    known = desk.report("柳湾村三组的路灯不亮", category=desk.lamp)
    client = enter(desk.cast.village_cadre)
    said = filled(pasted(client, picture("1.jpg", "red")), desk, category=str(desk.lamp.pk))
    offered = soup(client.post(reverse("desk:case_new"), said | {"text": "柳湾村三组的路灯又不亮了"}))
    handle = str(offered.select_one("button[name=join]")["value"])

    client.post(reverse("desk:case_new"), filled(offered, desk, looked="1", join=handle, category=str(desk.lamp.pk)))

    hung = Attachment.objects.about(known).get()
    assert hung.by_post_id == desk.post("village_cadre").pk, "whoever reported it first must not see them as their own"


@pytest.mark.parametrize("data", [b"just text", b""])
def test_what_is_no_picture_is_refused_and_the_message_stays(desk: Desk, enter: Enter, data: bytes) -> None:
    client = enter(desk.cast.village_cadre)
    given = {"message": MESSAGE, "file": [picture("1.jpg", "red"), SimpleUploadedFile("x.jpg", data, "image/jpeg")]}
    answer = client.post(reverse("desk:case_paste"), given)
    page = soup(answer)
    assert answer.status_code == 422 and page.select_one("#id_file_error")
    assert "路灯又不亮了" in page.select_one("#id_message").text and "1.jpg" in page.text


def test_more_than_a_chat_sends_at_once_is_refused(desk: Desk, enter: Enter) -> None:
    client = enter(desk.cast.village_cadre)
    files = [picture(f"{n}.jpg", f"#0000{n:02x}") for n in range(10)]
    assert client.post(reverse("desk:case_paste"), {"message": MESSAGE, "file": files}).status_code == 422


def test_files_cannot_be_named_by_hand(desk: Desk, enter: Enter) -> None:
    """A word that is not ours opens no picture of another request."""
    other = evidence.store(picture("1.jpg", "red"))
    client = enter(desk.cast.village_cadre)
    forged = signing.dumps([[str(other.pk), "x"]], salt="another")
    for word in (forged, str(other.pk), "\x00"):
        said = filled(pasted(client), desk) | {"kept": word, "along": [str(other.pk)]}
        assert client.post(reverse("desk:case_new"), said).status_code == 422
    assert not Attachment.objects.exists() and not Case.objects.exists()
