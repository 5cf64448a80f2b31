"""Encryption at rest, seen from outside: the bytes of the database's file."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from PIL import Image

from cunlian.kernel import clock, evidence
from cunlian.kernel.models import Evidence
from cunlian.people import actions, consent
from cunlian.people.consent.circumstances import look_at_circumstance, name_viewer, note_circumstance
from cunlian.people.consent.requests import ask_request
from cunlian.people.identity import check_digit
from cunlian.people.models import CircumstanceKind, Consent, Person
from tests.cast import Cast
from tests.traces import find_traces

PHONE, NAME = "13909157788", "吴秀英"
ID_NUMBER = "61090219560615002" + check_digit("61090219560615002")
FORM = "%PDF-1.4 签名：吴秀英，手印\n%%EOF".encode()
WORDS, WISH, GUARDIAN = "双目失明需人陪护", "把我的住处写错了请改", "吴大山监护"


@pytest.fixture
def kept(cast: Cast, settings: Any, tmp_path: Path) -> Person:
    """Somebody with everything that may be kept about them, looked at and asked about."""
    settings.MEDIA_ROOT = tmp_path
    world, by = cast.world, cast.grid_worker
    person = actions.register_person(
        by=by, place=world.village, household=world.household, name=NAME, phone=PHONE, id_number=ID_NUMBER
    )
    name_viewer(by=cast.township_staff, purpose="home_help", place=world.grid, post_id=world.posts["grid_worker"].pk)
    form = evidence.store(ContentFile(FORM, name="form.pdf"))  # in the clear: giving the consent seals it
    consent.give(person, by=by, purpose="home_help", way=Consent.Way.GUARDIAN, scan=form, guardian=GUARDIAN)
    noted = note_circumstance(
        person, by=by, purpose="home_help", kind=CircumstanceKind.DISABILITY, words=WORDS,
        ends_on=clock.today() + timedelta(days=90),
    )  # fmt: skip
    look_at_circumstance(noted, by=by, purpose="上门")
    ask_request(person, by=by, wish="correct", words=WISH)
    return person


def file_bytes() -> bytes:
    """The database as it lies on the disk, with what is written ahead of it."""
    path = Path(connection.settings_dict["NAME"])
    ahead = path.with_name(f"{path.name}-wal")
    return path.read_bytes() + (ahead.read_bytes() if ahead.exists() else b"")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's files are the server's; its columns are read below"
)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept")
def test_no_phone_no_identity_number_and_no_circumstance_stands_in_the_file() -> None:
    kept = file_bytes()
    assert NAME.encode() in kept, "the search finds what does stand in it"
    for secret in (PHONE, ID_NUMBER, WORDS, WISH, GUARDIAN, "disability", CircumstanceKind.DISABILITY.label):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert str(secret).encode(encoding) not in kept, secret


@pytest.mark.django_db(transaction=True)
def test_the_signed_form_lies_sealed_on_disk_and_is_whole_when_it_is_looked_at(
    kept: Person, cast: Cast, tmp_path: Path
) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.suffix for path in files] == [".sealed"], "what was in the clear for a moment is gone"
    for part in (b"%PDF", "吴秀英".encode(), "签名".encode(), FORM[5:20]):
        assert part not in files[0].read_bytes()
    given = Consent.objects.get(person=kept)
    _file, data = consent.look_at_form(given, by=cast.grid_worker, purpose="核对签名")
    assert data == FORM


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pdf", "photo"])
def test_a_form_stored_sealed_is_never_in_the_clear_and_meets_no_other_copy(
    settings: Any, tmp_path: Path, kind: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    data = FORM if kind == "pdf" else picture()
    sealed = evidence.store(ContentFile(data, name="form"), sealed=True)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".sealed"]
    again, clear = evidence.store(ContentFile(data, name="b"), sealed=True), evidence.store(ContentFile(data, name="c"))
    assert again == sealed != clear and not (
        sealed.look or {sealed.sha256, sealed.source_sha256} & digests(data, clear)
    )
    assert evidence.bytes_of(sealed) == evidence.bytes_of(clear)
    assert not evidence.used_before(sealed).exists()


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").save(out, "JPEG")
    return out.getvalue()


def digests(data: bytes, clear: Evidence) -> set[str]:
    return {hashlib.sha256(data).hexdigest(), clear.sha256, clear.source_sha256}


@pytest.mark.usefixtures("kept")
def test_no_column_holds_them_either() -> None:
    assert find_traces(NAME) == {"people_person.name"}
    assert find_traces(PHONE, ID_NUMBER, WORDS, WISH, GUARDIAN, "disability") == set()
