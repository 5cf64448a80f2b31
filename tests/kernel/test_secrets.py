"""Personal fields: encrypted at rest, found by a blind index, shown masked."""

from __future__ import annotations

import hmac
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from cunlian.kernel import secrets
from cunlian.kernel.refusals import Invalid


@given(st.text())
def test_what_is_encrypted_comes_back_whole(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert secrets.decrypt(secrets.encrypt(text)) == text


def test_the_same_text_never_looks_the_same_and_holds_nothing_readable() -> None:
    one, other = secrets.encrypt("13912342716"), secrets.encrypt("13912342716")
    assert one != other
    assert b"139" not in one


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(secrets.encrypt("吉𠮷"))
    sealed[-5] ^= 1
    with pytest.raises(InvalidTag):
        secrets.decrypt(bytes(sealed))


def test_keys_can_be_changed_while_old_rows_are_still_read(settings: Any) -> None:
    settings.FIELD_KEY = "old"
    sealed, index = secrets.encrypt("张桂兰"), secrets.blind("张桂兰")
    settings.FIELD_KEY = "new, old"
    assert secrets.decrypt(sealed) == "张桂兰"
    assert secrets.blind("张桂兰") == index
    renewed = secrets.reencrypt(sealed)
    settings.FIELD_KEY = "new"
    assert secrets.decrypt(renewed) == "张桂兰"
    with pytest.raises(InvalidTag):
        secrets.decrypt(sealed)


def test_without_a_key_nothing_is_encrypted(settings: Any) -> None:
    settings.FIELD_KEY = " , "
    with pytest.raises(ImproperlyConfigured):
        secrets.encrypt("x")


def test_blind_indexes_differ_by_key_and_by_text(settings: Any) -> None:
    first = secrets.blind("13912342716")
    assert first != secrets.blind("13912342717")
    assert len(first) == 64
    settings.FIELD_KEY = "another"
    assert secrets.blind("13912342716") != first


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (secrets.mask_phone, "13912342716", "139****2716"),
        (secrets.mask_phone, "09153612345", "0915*****45"),
        (secrets.mask_phone, "1234", "****"),
        (secrets.mask_phone, "", ""),
        (secrets.mask_name, "张桂兰", "张*兰"),
        (secrets.mask_name, "张兰", "张*"),
        (secrets.mask_name, "欧阳桂兰", "欧**兰"),
        (secrets.mask_name, "𠮷", "*"),
        (secrets.mask_name, "", ""),
        (secrets.mask_id, "61090219790304123X", "610902***********X"),
        (secrets.mask_id, "123", "***"),
    ],
)
def test_masks(mask: Any, text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("13912342716", "13912342716"),
        (" 139-1234-2716 ", "13912342716"),
        ("+86 139 1234 2716", "13912342716"),
        ("8613912342716", "13912342716"),
        ("0086-13912342716", "13912342716"),
        ("１３９１２３４２７１６", "13912342716"),
        ("(0915) 3612345", "09153612345"),
        ("010-62345678", "01062345678"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_phones_are_read_as_people_write_them(text: str, stored: str) -> None:
    assert secrets.normalise_phone(text) == stored


@pytest.mark.parametrize(
    "text",
    ["", "12345", "1391234271", "139123427160", "1391234271a", "٠١٣٩١٢٣٤٢٧١٦", "00000000000", "'; DROP TABLE", "🙂"],
)
def test_what_is_no_phone_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        secrets.normalise_phone(text)
    assert refused.value.field == "phone"


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        stored = secrets.normalise_phone(text)
    except Invalid:
        return
    assert stored.isascii() and stored.isdigit()
    assert secrets.normalise_phone(stored) == stored


def test_the_blind_index_is_hmac_sha256_under_the_last_key(settings: Any) -> None:
    settings.FIELD_KEY = "new,old"
    key = HKDF(SHA256(), 32, salt=b"cunlian", info=b"blind").derive(b"old")
    for text in ("", "13912342716", "中" * 100):
        assert secrets.blind(text) == hmac.digest(key, text.encode(), "sha256").hex()
