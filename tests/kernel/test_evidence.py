"""Evidence: what a file is, is decided by what is in it; a picture is kept without what is not picture."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageChops, ImageDraw

from cunlian.kernel import clock, evidence, pictures
from cunlian.kernel.access import Actor
from cunlian.kernel.models import Attachment, Evidence, Job
from cunlian.kernel.refusals import Invalid

pytestmark = pytest.mark.django_db
BY = Actor("user", user_id=uuid4(), post_id=uuid4())
POSITION = {1: "N", 2: (32.0, 44.0, 30.0), 3: "E", 4: (109.0, 1.0, 48.0), 7: (1.0, 2.0, 3.0), 27: b"ASCII\0\0\0GPS"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield tmp_path


def photo(
    form: str = "JPEG", size: tuple[int, int] = (120, 80), *, seed: int = 0, exif: Image.Exif | None = None
) -> bytes:
    image = Image.linear_gradient("L").resize(size).rotate(37 + seed).convert("RGB")
    ImageDraw.Draw(image).ellipse((20 + seed, 20, 60 + seed, 60), fill=(200, 30, 30))
    out = io.BytesIO()
    image.save(out, form, **({"exif": exif} if exif else {}))
    return out.getvalue()


def with_position(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "PhoneMaker"
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.IFD.GPSInfo] = POSITION
    return photo(exif=exif)


def upload(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def kept(found: Evidence) -> Image.Image:
    return Image.open(io.BytesIO(evidence.path_of(found).read_bytes()))


@pytest.mark.parametrize(("form", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_photo_is_kept_under_its_digest(form: str, suffix: str) -> None:
    found = evidence.store(upload(photo(form), "whatever.bin"))
    assert found.media_type == f"image/{form.lower()}"
    assert (found.width, found.height) == (120, 80)
    assert found.path == f"evidence/{found.sha256[:2]}/{found.sha256[2:4]}/{found.sha256}.{suffix}"
    assert found.size == evidence.path_of(found).stat().st_size


def test_the_same_photo_is_kept_once() -> None:
    assert evidence.store(upload(photo())) == evidence.store(upload(photo(), "again.jpg"))
    assert Evidence.objects.count() == 1


def test_a_lost_file_comes_back_with_the_next_upload() -> None:
    found = evidence.store(upload(photo()))
    evidence.path_of(found).unlink()
    evidence.store(upload(photo()))
    assert evidence.path_of(found).exists()


def test_position_and_camera_are_stripped() -> None:
    found = evidence.store(upload(with_position()))
    assert not kept(found).getexif()
    assert b"PhoneMaker" not in evidence.path_of(found).read_bytes()
    assert evidence.position_of(found) is None


def test_who_wants_it_keeps_the_position_and_nothing_else() -> None:
    found = evidence.store(upload(with_position()), keep_position=True)
    exif = kept(found).getexif()
    assert set(exif.get_ifd(ExifTags.IFD.GPSInfo)) == {1, 2, 3, 4}
    assert set(exif) == {ExifTags.IFD.GPSInfo}
    assert b"PhoneMaker" not in evidence.path_of(found).read_bytes()
    assert evidence.position_of(found) == pytest.approx((32.741667, 109.03), abs=1e-5)


def test_a_photo_without_position_is_kept_without_one() -> None:
    assert evidence.position_of(evidence.store(upload(photo()), keep_position=True)) is None


def test_a_photo_taken_sideways_stands_upright() -> None:
    found = evidence.store(upload(with_position(orientation=6)))
    assert (found.width, found.height) == (80, 120)


def test_a_very_large_photo_is_made_smaller() -> None:
    found = evidence.store(upload(photo(size=(5000, 100))))
    assert found.width == pictures.LONGEST_SIDE


def test_20_mb_are_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="20.0 MB.*15 MB.*smaller"):
        evidence.store(upload(photo() + os.urandom(20 * 1024 * 1024 - len(photo()))))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.jpg", "这不是照片".encode(), "holds text"),
        ("photo.jpg", b"<html><script>alert(1)</script></html>", "holds text"),
        ("photo.jpg", b"GIF89a" + b"/*<script>*/=1;alert(1)" + b"\x00" * 40, "GIF"),
        ("photo.jpg", b"MZ\x90\x00" + os.urandom(200), "not a picture"),
        ("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "Most Compatible"),
        ("film.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "Videos"),
        ("list.xlsx", b"PK\x03\x04" + bytes(30), "Office"),
        ("photo.jpg", b"", "empty"),
        ("letter.pdf", b"%PDF-1.7\nhalf of it", "ends in the middle"),
        ("photo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "holds text"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refused:
        evidence.store(upload(data, name))
    assert refused.value.field == "file"
    assert not Evidence.objects.exists()


def test_a_real_moving_picture_is_refused() -> None:
    with pytest.raises(Invalid, match="GIF"):
        evidence.store(upload(photo("GIF"), "photo.jpg"))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_ends_in_the_middle_is_refused(form: str) -> None:
    data = photo(form, size=(400, 300))
    with pytest.raises(Invalid):
        evidence.store(upload(data[: len(data) // 2]))


def test_an_archive_hidden_behind_a_photo_is_left_behind() -> None:
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr("run.php", "<?php system($_GET[1]);")
    polyglot = photo() + hidden.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(polyglot))
    found = evidence.store(upload(polyglot))
    data = evidence.path_of(found).read_bytes()
    assert not zipfile.is_zipfile(io.BytesIO(data))
    assert b"run.php" not in data


def test_a_page_hidden_in_a_comment_is_left_behind() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "JPEG", comment=b"<script>alert(1)</script>")
    found = evidence.store(upload(out.getvalue()))
    assert b"script" not in evidence.path_of(found).read_bytes()


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG", optimize=False)
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(Invalid, match="too large"):
        evidence.store(upload(out.getvalue(), "bomb.png"))


def test_a_paper_is_kept_as_it_came() -> None:
    data = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    found = evidence.store(upload(data, "letter.pdf"))
    assert found.media_type == "application/pdf"
    assert not found.is_picture
    assert evidence.path_of(found).read_bytes() == data


def test_attaching_twice_attaches_once_and_says_who() -> None:
    job, found = Job(), evidence.store(upload(photo()))
    one = evidence.attach(job, found, BY, caption="渠边")
    assert evidence.attach(job, found, BY) == one
    assert (one.by_actor_id, one.by_post_id, one.public) == (BY.user_id, BY.post_id, False)
    assert list(Attachment.objects.about(job)) == [one]


def test_a_picture_used_before_is_hinted_at_also_when_a_chat_has_compressed_it() -> None:
    first, second = Job(), Job()
    found = evidence.store(upload(photo()))
    attachment = evidence.attach(first, found, BY)
    squeezed = io.BytesIO()
    Image.open(io.BytesIO(photo())).save(squeezed, "JPEG", quality=40)
    again = evidence.store(upload(squeezed.getvalue()))
    assert again != found
    assert list(evidence.used_before(again, second)) == [attachment]
    assert list(evidence.used_before(again, first)) == []
    assert not evidence.used_before(evidence.store(upload(photo(seed=25)))).exists()


def detail(item: Evidence) -> int:
    """How far the region from (20, 20) to (80, 80) is from six by six blocks of one tone each."""
    region = kept(item).convert("L").crop((20, 20, 80, 80))
    blocks = region.resize((6, 6), Image.Resampling.BOX).resize((60, 60), Image.Resampling.NEAREST)
    return sorted(ImageChops.difference(region, blocks).tobytes())[-60]


def test_blurring_makes_a_new_picture_and_leaves_the_original_private() -> None:
    found = evidence.store(upload(photo(size=(240, 160))))
    original = evidence.attach(Job(), found, BY)
    copy = evidence.blur(original, [(20, 20, 80, 80), (-5, 100, 30, 999)], BY, public=True)
    assert copy.blurred_from == original
    assert (copy.public, original.public) == (True, False)
    assert (copy.about_kind, copy.about_id) == (original.about_kind, original.about_id)
    assert detail(found) > 20
    assert detail(copy.evidence) < 8
    before, after = (kept(item).convert("RGB").getpixel((200, 20)) for item in (found, copy.evidence))
    assert max(abs(one - other) for one, other in zip(before, after, strict=True)) < 12  # type: ignore[arg-type]
    assert copy.evidence_id != original.evidence_id


@pytest.mark.parametrize("boxes", [[], [(10, 10, 10, 20)], [(500, 500, 600, 600)], [(30, 30, 20, 20)]])
def test_a_region_outside_the_picture_is_refused(boxes: list[pictures.Box]) -> None:
    original = evidence.attach(Job(), evidence.store(upload(photo())), BY)
    with pytest.raises(Invalid):
        evidence.blur(original, boxes, BY)
    assert Attachment.objects.count() == 1


def test_what_hangs_on_no_record_is_deleted_after_a_day_with_its_blurred_copies() -> None:
    job = Job()
    original = evidence.attach(job, evidence.store(upload(photo())), BY)
    copy = evidence.blur(original, [(20, 20, 60, 60)], BY)
    other = evidence.attach(job, evidence.store(upload(photo(seed=9))), BY)
    paths = [evidence.path_of(item.evidence) for item in (original, copy, other)]
    evidence.detach(original)
    assert evidence.forget_unused(clock.now()) == 0
    assert evidence.forget_unused(clock.now() + timedelta(days=2)) == 2
    assert [path.exists() for path in paths] == [False, False, True]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8)
)
def test_no_damaged_photo_breaks_anything(form: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(photo(form, size=(32, 24)))
    for place, byte in changes:
        data[place % len(data)] = byte
    try:
        picture = pictures.clean(bytes(data), "photo.jpg", keep_position=True)
    except Invalid:
        return
    assert Image.open(io.BytesIO(picture.data)).size == (picture.width, picture.height)
