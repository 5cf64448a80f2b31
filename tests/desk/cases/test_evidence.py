"""Photos and papers of a case at the desk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image

from cunlian.cases.actions import attach_file, blur_file, report_complaint
from cunlian.cases.models import Case
from cunlian.cases.states import State
from cunlian.kernel.access import ANONYMOUS
from cunlian.kernel.models import Attachment
from tests.desk.conftest import Desk, Enter, case_url


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(colour: str = "red") -> SimpleUploadedFile:
    data = BytesIO()
    picture = Image.new("RGB", (200, 100), colour)
    for x in range(200):
        picture.putpixel((x, x % 100), (x, 255 - x, 90))
    picture.save(data, "JPEG")
    return SimpleUploadedFile("渠.jpg", data.getvalue(), "image/jpeg")


def add(desk: Desk, enter: Enter, case: Case) -> Attachment:
    url = reverse("desk:case_attach", args=[case.pk])
    answer: Any = enter(desk.keeper(case)).post(url, {"file": photo(), "caption": "垮塌段"})
    assert answer.status_code == 302
    return Attachment.objects.get(blurred_from=None)


def test_a_photo_is_added_and_seen(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    attachment = add(desk, enter, case)
    client = enter(desk.keeper(case))
    url = reverse("desk:case_file", args=[case.pk, attachment.pk])

    assert url in client.get(case_url(case)).content.decode()
    file: Any = client.get(url)
    assert file.status_code == 200 and file["Content-Type"] == "image/jpeg"
    assert b"".join(file.streaming_content).startswith(b"\xff\xd8")
    assert "sandbox" in file["Content-Security-Policy"]


def test_a_file_is_reached_only_through_its_own_case(desk: Desk, enter: Enter) -> None:
    case, other = desk.report(), desk.report("另一件。")
    attachment = add(desk, enter, case)

    for actor in (desk.cast.stranger, desk.cast.neighbour_cadre):
        for page in ("desk:case_file", "desk:case_blur"):
            assert enter(actor).get(reverse(page, args=[case.pk, attachment.pk])).status_code == 404
    wrong = reverse("desk:case_file", args=[other.pk, attachment.pk])
    assert enter(desk.keeper(case)).get(wrong).status_code == 404


@pytest.mark.parametrize("data", [b"just text", b"<?xml version='1.0'?><svg/>", b""])
def test_what_is_no_photo_is_refused_beside_the_field(desk: Desk, enter: Enter, data: bytes) -> None:
    case = desk.report()
    upload = SimpleUploadedFile("x.jpg", data, "image/jpeg")

    answer = enter(desk.keeper(case)).post(reverse("desk:case_attach", args=[case.pk]), {"file": upload})

    assert answer.status_code == 422 and "id_file_error" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_part_of_a_photo_is_made_unreadable_in_a_copy(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    attachment = add(desk, enter, case)
    url = reverse("desk:case_blur", args=[case.pk, attachment.pk])
    client = enter(desk.keeper(case))

    assert client.get(url).status_code == 200
    client.post(url, {"left": "10", "top": "10", "width": "30", "height": "30"})

    assert Attachment.objects.filter(blurred_from=attachment).count() == 1


def test_blurring_nothing_is_refused(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    attachment = add(desk, enter, case)

    url = reverse("desk:case_blur", args=[case.pk, attachment.pk])
    answer = enter(desk.keeper(case)).post(url, {"left": "10", "top": "10", "width": "0", "height": "30"})

    assert answer.status_code == 422


def test_a_picture_used_before_is_hinted_at(desk: Desk, enter: Enter) -> None:
    first, second = desk.report(), desk.report("另一件。")
    for case in (first, second):
        enter(desk.keeper(case)).post(reverse("desk:case_attach", args=[case.pk]), {"file": photo("blue")})

    assert "used before" in enter(desk.keeper(second)).get(case_url(second)).content.decode()


def test_an_ended_case_takes_no_more_files(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.CONFIRMED)

    assert (
        reverse("desk:case_attach", args=[case.pk]) not in enter(desk.keeper(case)).get(case_url(case)).content.decode()
    )


def test_a_second_face_is_made_unreadable_in_the_copy(desk: Desk, enter: Enter) -> None:
    case = desk.report()
    attachment = add(desk, enter, case)
    client = enter(desk.keeper(case))
    region = {"left": "0", "top": "0", "width": "30", "height": "30"}
    client.post(reverse("desk:case_blur", args=[case.pk, attachment.pk]), region)
    copy = Attachment.objects.get(blurred_from=attachment)

    again = reverse("desk:case_blur", args=[case.pk, copy.pk])
    assert again in client.get(case_url(case)).content.decode()
    client.post(again, region | {"left": "60"})

    assert Attachment.objects.filter(blurred_from=copy).count() == 1


def test_pictures_are_chosen_for_everybody_after_looking_and_taken_back(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.ELAPSED)
    sent = attach_file(case, by=desk.person(case), file=photo())
    client: Any = enter(desk.cast.village_cadre)
    page = reverse("desk:case_pictures", args=[case.pk])
    assert page in client.get(case_url(case)).content.decode()
    assert "checkbox" not in client.get(page).content.decode()  # no copy yet, so nothing to choose
    copy = blur_file(case, by=desk.keeper(case), attachment=sent, boxes=[(4, 4, 20, 20)])
    said = {"pictures": [str(copy.pk)], "words": "水渠修好了。"}
    assert client.post(page, said).status_code == 422
    assert client.post(page, {**said, "pictures": [str(sent.pk)], "looked": "on"}).status_code == 422
    assert client.post(page, {**said, "looked": "on"}).status_code == 302
    assert "水渠修好了。" in client.get(case_url(case)).content.decode()
    assert client.post(reverse("desk:case_pictures_back", args=[case.pk])).status_code == 302
    assert not Attachment.objects.filter(public=True).exists()
    assert enter(desk.cast.grid_worker).get(page).status_code in (403, 404)


def test_a_no_told_on_the_phone_is_entered_for_the_person(desk: Desk, enter: Enter) -> None:
    case = desk.in_state(State.ELAPSED)
    sent = attach_file(case, by=desk.person(case), file=photo())
    client: Any = enter(desk.cast.village_cadre)
    page = reverse("desk:case_pictures_refuse", args=[case.pk])
    assert page in client.get(case_url(case)).content.decode()
    assert client.post(page, {"channel_by": "phone"}).status_code == 302
    sent.refresh_from_db()
    assert sent.refused_at is not None and page not in client.get(case_url(case)).content.decode()


def _used_before(client: Client, case: Case) -> bool:
    return "this picture was used before" in client.get(case_url(case)).content.decode()


def test_a_picture_used_before_is_a_hint_only_to_whoever_sees_where(desk: Desk, enter: Enter) -> None:
    """On a complaint withheld from them it hangs for nobody: the hint would tell that there is one."""
    mine = desk.report()
    add(desk, enter, mine)
    complaint = report_complaint(
        by=ANONYMOUS, place=desk.cast.world.village, text="态度差。", post=desk.post("grid_worker")
    )
    attach_file(complaint, by=desk.keeper(complaint), file=photo())
    ours, theirs = enter(desk.cast.township_staff), enter(desk.cast.auditor)
    assert not _used_before(ours, mine) and _used_before(theirs, mine)

    attach_file(desk.report("渠又垮了。"), by=desk.cast.township_staff, file=photo())
    assert _used_before(ours, mine)


@pytest.mark.parametrize("keeps", [True, False])
def test_the_position_stays_in_a_photo_only_when_it_is_asked_for(desk: Desk, enter: Enter, keeps: bool) -> None:
    case = desk.report()
    client = enter(desk.keeper(case))
    data = BytesIO()
    exif = Image.Exif()
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (32.0, 44.0, 30.0), 3: "E", 4: (109.0, 1.0, 48.0)}
    Image.effect_noise((64, 48), 80).convert("RGB").save(data, "JPEG", exif=exif)
    said = {"file": SimpleUploadedFile("渠.jpg", data.getvalue(), "image/jpeg")} | (
        {"keep_position": "on"} if keeps else {}
    )
    client.post(reverse("desk:case_attach", args=[case.pk]), said)
    attachment = Attachment.objects.get()
    url = reverse("desk:case_file", args=[case.pk, attachment.pk])
    file: Any = client.get(url)
    kept = Image.open(BytesIO(b"".join(file.streaming_content))).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert bool(kept) == keeps == attachment.position_kept
    assert ("position left in" in client.get(case_url(case)).content.decode()) == keeps
