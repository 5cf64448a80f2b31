"""Pictures of a finished case that everybody may see: blurred copies that staff chose, while nobody says no."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from PIL import Image

from cunlian.cases import actions
from cunlian.cases.models import Case, Showing
from cunlian.cases.published import shown_in, shown_picture, shown_with
from cunlian.cases.states import State
from cunlian.kernel.evidence import path_of
from cunlian.kernel.models import Activity, Attachment
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.places.models import RosterEntry
from tests.cases.conftest import Desk
from tests.consistency.test_urls import _addresses

pytestmark = pytest.mark.django_db
WORDS = "水渠修好了，水又通了。"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo() -> SimpleUploadedFile:
    """With a position in it, as phones send them."""
    data, exif = BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 41.0, 0.0), 3: "E", 4: (108.0, 46.0, 0.0)})
    Image.effect_noise((64, 48), 60).convert("RGB").save(data, "JPEG", exif=exif)
    return SimpleUploadedFile("渠.jpg", data.getvalue(), "image/jpeg")


def closed(desk: Desk) -> tuple[Case, Attachment, Attachment]:
    """A closed case with a picture of the person's, kept with its position, and the blurred copy of it."""
    case = desk.in_state(State.ELAPSED)
    sent = actions.attach_file(case, by=desk.person(case), file=photo(), keep_position=True)
    return case, sent, actions.blur_file(case, by=desk.keeper(case), attachment=sent, boxes=[(4, 4, 20, 20)])


def show(desk: Desk, case: Case, *pictures: Attachment, **said: Any) -> Showing:
    values = {"by": desk.cast.village_cadre, "words": WORDS, "looked": True, **said}
    return actions.show_pictures(case, pictures=pictures, **values)


def bytes_of(picture: Attachment) -> bytes:
    return path_of(picture.evidence).read_bytes()


def test_the_copy_is_shown_on_the_villages_page_and_the_receipt(desk: Desk, client: Client) -> None:
    case, _sent, copy = closed(desk)
    show(desk, case, copy)
    village = desk.cast.world.village
    RosterEntry.objects.create(place=village, starts_on=date(2024, 1, 1), paper="〔2024〕1号")
    page = client.get(f"/v/{village.code}/").content.decode()
    assert WORDS in page and case.receipt not in page and case.text not in page
    url = re.search(r'src="(/v/[^"]+/pictures/[^"]+)"', page)
    assert url and b"".join(client.get(url[1])) == bytes_of(copy)  # type: ignore[call-overload]
    assert list(shown_with(case)) == [copy]


def test_the_copy_holds_no_position_though_the_original_kept_it(desk: Desk) -> None:
    _case, sent, copy = closed(desk)
    assert Image.open(BytesIO(bytes_of(sent))).getexif().get_ifd(0x8825)
    assert not dict(Image.open(BytesIO(bytes_of(copy))).getexif())


def addresses(case: Case, picture: Attachment, village: str) -> Iterator[str]:
    """Every address there is, with the keys of the case, of the picture and of its bytes wherever a key goes."""
    for route, _sample in _addresses(get_resolver()):
        holes = re.findall(r"<(?:\w+:)?\w+>", route)
        for key in (picture.pk, picture.evidence_id, case.pk) if "uuid" in route else (picture.pk,):
            filled, left = route, len(holes)
            for hole in holes:
                left -= 1
                value = (
                    (key if not left else case.pk) if "uuid" in hole else case.receipt if "receipt" in hole else village
                )
                filled = filled.replace(hole, str(value), 1)
            yield f"/{filled}"


def test_no_address_gives_a_stranger_the_original(desk: Desk) -> None:
    case, sent, copy = closed(desk)
    show(desk, case, copy)
    RosterEntry.objects.create(place=desk.cast.world.village, starts_on=date(2024, 1, 1), paper="〔2024〕1号")
    client, original = Client(raise_request_exception=False), bytes_of(sent)
    tried = set(addresses(case, sent, desk.cast.world.village.code))
    tried |= {f"/media/{sent.evidence.path}", f"/{sent.evidence.path}", f"/static/{sent.evidence.path}"}
    assert len(tried) > 100
    for address in sorted(tried):
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[call-overload]
        assert original not in body and body != original, address


def test_an_original_is_never_shown(desk: Desk) -> None:
    case, sent, copy = closed(desk)
    with pytest.raises(Invalid):
        show(desk, case, copy, sent)
    Attachment.objects.filter(pk=sent.pk).update(public=True)  # even then
    Showing.objects.create(case=case, words=WORDS, shown_at=case.reported_at)
    assert shown_picture(desk.cast.world.village, sent.pk) is None and list(shown_with(case)) == []


@pytest.mark.parametrize("said", [{"looked": False}, {"words": " "}, {"words": "给张桂兰家修好了。"}])
def test_nothing_is_shown_without_looking_nor_without_words_nor_with_a_name(desk: Desk, said: dict[str, Any]) -> None:
    case, _sent, copy = closed(desk)
    if case.reporter:
        case.reporter.name = "张桂兰"
        case.reporter.save(update_fields=["name"])
    with pytest.raises(Invalid) as refused:
        show(desk, case, copy, **said)
    assert refused.value.field == next(iter(said)) and not Showing.objects.exists()


def test_not_before_it_is_closed_and_not_once_it_is_opened_again(desk: Desk) -> None:
    case = desk.in_state(State.ACCEPTED)
    sent = actions.attach_file(case, by=desk.person(case), file=photo())
    copy = actions.blur_file(case, by=desk.keeper(case), attachment=sent, boxes=[(4, 4, 20, 20)])
    with pytest.raises(Conflict):
        show(desk, case, copy)
    case, _sent, copy = closed(desk)
    show(desk, case, copy)
    actions.reopen_case(case, by=desk.person(case), text="又垮了。")
    assert shown_in(desk.cast.world.village) == [] and not Attachment.objects.filter(public=True).exists()


@pytest.mark.parametrize("who", ["grid_worker", "neighbour_cadre", "stranger", "anonymous", "auditor"])
def test_who_may_not_choose(desk: Desk, who: str) -> None:
    case, _sent, copy = closed(desk)
    with pytest.raises(Forbidden):
        show(desk, case, copy, by=getattr(desk.cast, who))


def test_it_can_be_taken_back(desk: Desk) -> None:
    case, _sent, copy = closed(desk)
    show(desk, case, copy)
    for _twice in range(2):
        actions.take_back_pictures(case, by=desk.cast.village_cadre)
    assert shown_picture(desk.cast.world.village, copy.pk) is None
    assert Activity.objects.filter(verb="cases.pictures_taken_back").count() == 1


def test_who_sent_it_says_no_and_it_is_gone_and_stays_away(desk: Desk) -> None:
    case, _sent, copy = closed(desk)
    show(desk, case, copy)
    with pytest.raises(Forbidden):
        actions.refuse_pictures(case, by=desk.cast.anonymous)
    actions.refuse_pictures(case, by=desk.person(case))
    assert shown_in(desk.cast.world.village) == []
    with pytest.raises(Invalid):
        show(desk, case, copy)
    again = actions.blur_file(case, by=desk.cast.village_cadre, attachment=copy, boxes=[(30, 30, 40, 40)])
    with pytest.raises(Invalid):
        show(desk, case, again)


def test_staff_pass_on_a_no_and_it_is_recorded_whose_word_it_was(desk: Desk) -> None:
    case, _sent, copy = closed(desk)
    show(desk, case, copy)
    actions.refuse_pictures(case, by=desk.cast.village_cadre.for_("phone", case.reporter_id))
    row = Activity.objects.get(verb="cases.pictures_refused")
    assert (row.behalf_channel, row.behalf_id) == ("phone", case.reporter_id)


def test_the_log_tells_of_it_without_the_words(desk: Desk) -> None:
    case, _sent, copy = closed(desk)
    row = Activity.objects.get(object_id=show(desk, case, copy).pk)
    assert row.changed["pictures"] == [[], [str(copy.pk)]] and row.changed["words"] is None
    assert reverse("desk:case_pictures", args=[case.pk])
