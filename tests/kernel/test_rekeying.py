"""A change of keys: rows and files are sealed anew under the first key, and then the old one opens nothing that matters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile

from cunlian.cli import main
from cunlian.kernel import evidence, rekeying
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.models import Activity
from cunlian.people import actions
from cunlian.people.contact import full_contact
from cunlian.people.models import Person
from tests.cast import Cast

PHONE, FORM = "13909157788", b"%PDF-1.4 signed\n%%EOF"
pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(cast: Cast, settings: Any, tmp_path: Path) -> tuple[Person, evidence.Evidence]:
    settings.MEDIA_ROOT, settings.FIELD_KEY = tmp_path, "old"
    Person.objects.all().update(phone=b"", phone_digest="")  # the cast's own was sealed with another key
    person = actions.register_person(by=SYSTEM, place=cast.world.village, name="吴秀英", phone=PHONE)
    return person, evidence.store(ContentFile(FORM, name="form.pdf"), sealed=True)


def test_after_rekeying_the_new_key_alone_opens_rows_and_files(
    kept: tuple[Person, evidence.Evidence], settings: Any
) -> None:
    person, form = kept
    settings.FIELD_KEY = "new,old"
    assert rekeying.rekey_rows() == 1 and rekeying.rekey_files() == 1
    assert rekeying.rekey_rows() == rekeying.rekey_files() == 0, "safe to repeat"
    assert Person.objects.with_phone(PHONE).get() == person, "the index is of the last key, and still finds them"
    settings.FIELD_KEY = "new"
    person.refresh_from_db()
    assert full_contact(person).phone == PHONE and evidence.bytes_of(form) == FORM
    settings.FIELD_KEY = "old"
    with pytest.raises(InvalidTag):
        full_contact(person)
    with pytest.raises(InvalidTag):
        evidence.bytes_of(form)


def test_the_marks_of_the_log_and_what_is_not_ours_stay_as_they_are(
    kept: tuple[Person, evidence.Evidence], settings: Any
) -> None:
    macs = {row.pk: bytes(row.mac) for row in Activity.objects.all()}
    settings.FIELD_KEY = "new,old"
    rekeying.rekey_rows()
    assert macs and {row.pk: bytes(row.mac) for row in Activity.objects.all()} == macs
    assert rekeying.renewed(b"") is rekeying.renewed(b"only some bytes, sealed by nobody") is None


def test_the_console_says_how_much_was_sealed_anew(kept: tuple[Person, evidence.Evidence], settings: Any) -> None:
    settings.FIELD_KEY = "new,old"
    told = CliRunner().invoke(main, ["rekey"])
    assert told.exit_code == 0 and "1 values, 1 files" in told.output
