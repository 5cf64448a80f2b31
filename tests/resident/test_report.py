"""Reporting through the page: one minute, once, nothing lost, nothing of anybody else shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from cunlian.cases.models import Case, Endorsement
from cunlian.kernel.evidence import bytes_of
from cunlian.kernel.ids import uuid7
from cunlian.kernel.models import Attachment
from tests.resident.site import PHONE, Site, Visitor


def _photo(name: str = "lamp.jpg") -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((320, 240), 80).convert("RGB").save(file, "JPEG")
    file.seek(0)
    file.name = name
    return file


def test_two_answers_are_enough(site: Site, visitor: Visitor) -> None:
    receipt = visitor.send(site)
    case = Case.objects.get(receipt=receipt)
    assert (case.text, case.place, case.reporter) == ("桥头的栏杆松了。", site.village, None)
    html = visitor.get(f"/report/done/{receipt}/")
    assert f"青-{receipt[:4]}-{receipt[4:]}" in html
    assert "柳湾村民委员会" in html
    assert "何世平" not in html


def test_only_the_session_that_wrote_it_sees_the_result(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    receipt = visitor.send(site)
    stranger.get(f"/report/done/{receipt}/", 404)
    stranger.get(f"/r/{receipt}/", 404)
    stranger.get(f"/r/{receipt}/slip/", 404)


def test_pressing_twice_reports_once(site: Site, visitor: Visitor) -> None:
    key = str(uuid7())
    first = visitor.send(site, key=key, phone=PHONE)
    assert visitor.send(site, key=key, phone=PHONE) == first
    assert Case.objects.count() == 1


def test_key_of_somebody_elses_form_is_refused(site: Site, visitor: Visitor, stranger: Visitor) -> None:
    key = str(uuid7())
    visitor.send(site, key=key)
    html = stranger.post("/report/", 422, key=key, text="另一件事", place=site.village.code)
    assert "桥头的栏杆松了" not in html
    assert Case.objects.count() == 1


def test_mistakes_stand_beside_their_field_and_nothing_is_lost(site: Site, visitor: Visitor) -> None:
    html = visitor.post(
        "/report/", 422, key=str(uuid7()), text="路灯 <坏了>", place=site.village.code, phone="123", name="𠮷野🙂"
    )
    assert 'aria-invalid="true"' in html
    assert "路灯 &lt;坏了&gt;" in html
    assert 'value="𠮷野🙂"' in html
    assert 'value="123"' in html
    assert not Case.objects.exists()


@pytest.mark.parametrize("phone", ["139 1234 5678", "+86-13912345678", "１３９１２３４５６７８", "0915-3612345"])
def test_phone_is_read_as_people_write_it(site: Site, visitor: Visitor, phone: str) -> None:
    receipt = visitor.send(site, phone=phone)
    person = Case.objects.get(receipt=receipt).reporter
    assert person is not None
    assert "****" in person.masked_phone


@pytest.mark.parametrize("place", ["610903101", "610902107", "610902107201001", "999999999999", "'; DROP TABLE"])
def test_a_place_that_is_no_village_of_the_district_is_refused(site: Site, visitor: Visitor, place: str) -> None:
    html = visitor.post("/report/", 422, key=str(uuid7()), text="路灯坏了", place=place)
    assert "请在列表里选一个村或社区" in html
    assert "路灯坏了" in html
    assert not Case.objects.exists()


@pytest.mark.parametrize("field", ["text", "place_text", "name", "contact_note"])
@pytest.mark.parametrize(
    "words_", ["<script>alert('x')</script>", "'; DROP TABLE cases_case; --", "{{ 733|add:911 }}", "𠮷🙂"]
)
def test_whatever_is_written_is_text(site: Site, visitor: Visitor, field: str, words_: str) -> None:
    values: dict[str, Any] = {"text": "路灯坏了", "phone": PHONE} | {field: words_}
    receipt = visitor.send(site, **values)
    html = visitor.get(f"/r/{receipt}/") + visitor.get("/mine/") + visitor.get("/")
    assert "<script>alert" not in html
    assert ">1644<" not in html
    assert Case.objects.get(receipt=receipt)
    if field == "text" and "script" in words_:
        assert "&lt;script&gt;" in html


def test_missing_key_and_odd_values_give_a_form_again(site: Site, visitor: Visitor) -> None:
    visitor.post("/report/", 422, text="路灯坏了", place=site.village.code)
    visitor.post("/report/", 422, key="not-a-uuid", text="路灯坏了", place=site.village.code)
    visitor.post("/report/", 422, key=str(uuid7()), text=" ", place=site.village.code)
    visitor.post("/report/", 422, key=str(uuid7()), text="路" * 5001, place=site.village.code)
    visitor.post("/report/", 422, key=str(uuid7()), text="路灯\x00坏了", place=site.village.code)
    assert not Case.objects.exists()


def test_photos_come_along(site: Site, visitor: Visitor, stranger: Visitor, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    receipt = visitor.send(site, file=[_photo("1.jpg"), _photo("2.jpg")])
    found = list(Attachment.objects.filter(about_id=Case.objects.get(receipt=receipt).pk))
    assert len(found) == 2
    address = f"/r/{receipt}/photo/{found[0].pk}/"
    assert address in visitor.get(f"/r/{receipt}/")
    response = visitor.client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    stranger.get(address, 404)


@pytest.mark.parametrize("count", [1, 4])
def test_what_is_no_photo_is_refused_in_words(
    site: Site, visitor: Visitor, settings: Any, tmp_path: Any, count: int
) -> None:
    settings.MEDIA_ROOT = tmp_path
    files = [_photo() for _n in range(count)] if count > 1 else [io.BytesIO(b"just some text, named like a photo")]
    if count == 1:
        files[0].name = "cat.jpg"
    html = visitor.post("/report/", 422, key=str(uuid7()), text="路灯坏了", place=site.village.code, file=files)
    assert "路灯坏了" in html
    assert 'id="id_file_error"' in html
    assert not Case.objects.exists()


def test_card_at_the_door_opens_the_form_and_names_nobody(site: Site, visitor: Visitor) -> None:
    address = visitor.get("/h/CARD000007/", 302)
    html = visitor.get(address)
    assert f'<option value="{site.village.code}" selected' in html
    assert "张桂兰" not in html
    assert "前巷7号" not in html
    receipt = visitor.send(site, card="CARD000007")
    case = Case.objects.get(receipt=receipt)
    assert case.household == site.cast.world.household
    assert case.place == site.cast.world.grid


def test_unknown_card_is_not_found(site: Site, visitor: Visitor) -> None:
    visitor.get("/h/NOTACARD/", 404)
    receipt = visitor.send(site, card="NOTACARD")
    assert Case.objects.get(receipt=receipt).household is None


# --- what looks the same ---


def test_similar_requests_are_offered_without_anybodys_words(site: Site, visitor: Visitor) -> None:
    site.report("前巷的路灯坏了两盏，张屠户家门口最黑。", category=site.lamp)
    html = visitor.client.post(
        "/report/similar/", {"text": "前巷路灯坏了", "place": site.village.code}
    ).content.decode()
    assert "路灯" in html
    assert "柳湾" in html
    assert "张屠户" not in html
    assert "<html" not in html


def test_without_scripts_a_page_asks_before_it_is_sent(site: Site, visitor: Visitor) -> None:
    known = site.report("前巷的路灯坏了两盏，晚上很黑。", category=site.lamp)
    key = str(uuid7())
    given = {"key": key, "text": "前巷路灯坏了，黑得很", "place": site.village.code, "phone": PHONE, "name": "李四"}
    html = visitor.post("/report/", 200, **given)
    assert "就是这件" in html
    assert known.receipt not in html
    assert str(known.pk) not in html
    assert Case.objects.count() == 1
    handle = html.split('name="join" value="')[1].split('"')[0]
    address = visitor.post("/report/", **given, seen="on", join=handle)
    joined = Endorsement.objects.get()
    assert joined.case == known
    assert joined.receipt in address
    assert visitor.post("/report/", **given, seen="on", join=handle) == address
    assert Endorsement.objects.count() == 1
    assert "前巷路灯坏了" not in visitor.get(f"/r/{joined.receipt}/")
    html = visitor.get(f"/r/{joined.receipt}/")
    assert "前巷的路灯坏了两盏" not in html
    assert "修好了" not in html


def test_mine_is_another_sends_it(site: Site, visitor: Visitor) -> None:
    site.report("前巷的路灯坏了两盏，晚上很黑。", category=site.lamp)
    visitor.send(site, text="前巷路灯坏了，黑得很", seen="on", join="")
    assert Case.objects.count() == 2


def test_a_handle_that_was_not_offered_joins_nothing(site: Site, visitor: Visitor) -> None:
    site.report("三组的水渠垮了。", category=site.canal)
    html = visitor.post(
        "/report/", 422, key=str(uuid7()), text="前巷路灯坏了", place=site.village.code, seen="on", join="0" * 24
    )
    assert "前巷路灯坏了" in html
    assert not Endorsement.objects.exists()


def test_complaints_and_private_matters_are_never_offered(site: Site, visitor: Visitor) -> None:
    site.report("前巷路灯坏了两盏")
    other = site.report("前巷路灯坏了两盏", category=site.lamp)
    Case.objects.filter(pk=other.pk).update(confidential=True)
    site.report("前巷路灯坏了两盏", category=site.lamp, place=site.cast.world.other_village)
    html = visitor.client.post(
        "/report/similar/", {"text": "前巷路灯坏了", "place": site.village.code}
    ).content.decode()
    assert not html.strip()


def test_offering_takes_the_same_queries_for_one_and_for_many(
    site: Site, visitor: Visitor, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def ask() -> None:
        visitor.client.post("/report/similar/", {"text": "前巷路灯坏了", "place": site.village.code})

    site.report("前巷的路灯坏了", category=site.lamp)
    with django_assert_max_num_queries(12) as first:
        ask()
    queries = len(first)
    for _n in range(5):
        site.report("前巷的路灯坏了", category=site.lamp)
    with django_assert_num_queries(queries):
        ask()


def test_the_list_of_what_is_wrong_names_fields_without_markup_in_words(site: Site, visitor: Visitor) -> None:
    html = visitor.post("/report/", 422, text="", place="")
    wrongs = html[html.index('class="wrongs') :]
    assert "&lt;span" not in wrongs and "请填写" in wrongs


@pytest.mark.parametrize("keeps", [True, False])
def test_where_a_photo_was_taken_stays_in_it_only_if_the_person_wants_it(
    site: Site, visitor: Visitor, settings: Any, tmp_path: Path, keeps: bool
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (32.0, 44.0, 30.0), 3: "E", 4: (109.0, 1.0, 48.0)}
    Image.effect_noise((64, 48), 80).convert("RGB").save(file, "JPEG", exif=exif)
    file.seek(0)
    file.name = "1.jpg"
    visitor.send(site, file=[file], **({"keep_position": "on"} if keeps else {}))
    attachment = Attachment.objects.get()
    kept = Image.open(io.BytesIO(bytes_of(attachment.evidence))).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert bool(kept) == keeps == attachment.position_kept
