"""Personal values at rest: encrypted, found again by a blind index, shown masked.

``settings.FIELD_KEY`` holds one or more keys, comma-separated: the first encrypts, all decrypt, so a key is changed by
putting the new one in front and encrypting the rows again. Blind indexes use the *last* key, which therefore stays where
it is through a change of keys; a lost last key means computing the indexes anew from the decrypted values.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.refusals import Invalid

MOBILE = re.compile(r"1[3-9]\d{9}")
# Area code (010, 02x or 0xxx) and a number that does not begin with 0 or 1, as the county's own lines are written.
LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})")
_NONCE = 12
SERVICE_LINE = re.compile(r"[48]00\d{7}")


def _derive(key: str, purpose: str) -> bytes:
    """32 bytes for one purpose: a key that leaks through one use says nothing about the others."""
    return HKDF(SHA256(), 32, salt=b"cunlian", info=purpose.encode()).derive(key.encode())


@lru_cache(maxsize=8)
def _boxes(keys: str) -> list[AESGCM]:
    return [AESGCM(_derive(key, "field")) for key in split(keys)]


@lru_cache(maxsize=8)
def _blinders(keys: str) -> tuple[Any, Any]:
    """The two hashes of an HMAC (RFC 2104), begun with the key and copied for each text: a fifth of the time it takes to set
    the key up each time, which a list of a hundred thousand people feels."""
    block = _derive(split(keys)[-1], "blind").ljust(hashlib.sha256().block_size, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    return inner, outer


def split(keys: str) -> list[str]:
    """The keys of a setting that holds several, the one in use first."""
    found = [key.strip() for key in keys.split(",") if key.strip()]
    if not found:
        raise ImproperlyConfigured(
            "Set FIELD_KEY and LOG_KEY to long random texts; they protect phones and identity numbers, and prove the log."
        )
    return found


def encrypt_bytes(data: bytes) -> bytes:
    """``data`` sealed with the first key (AES-256-GCM): a nonce drawn anew each time, then what is sealed and its mark."""
    nonce = os.urandom(_NONCE)
    return nonce + _boxes(settings.FIELD_KEY)[0].encrypt(nonce, data, None)


def decrypt_bytes(sealed: bytes | memoryview) -> bytes:
    """The data again. Raises ``cryptography.exceptions.InvalidTag`` when no key fits or a byte was changed."""
    data = bytes(sealed)
    for box in _boxes(settings.FIELD_KEY):
        try:
            return box.decrypt(data[:_NONCE], data[_NONCE:], None)
        except (InvalidTag, ValueError):
            continue
    raise InvalidTag


def encrypt(text: str) -> bytes:
    """``text`` sealed as ``encrypt_bytes`` does. The same text gives different bytes each time."""
    return encrypt_bytes(text.encode())


def decrypt(sealed: bytes | memoryview) -> str:
    """The text again; raises as ``decrypt_bytes``."""
    return decrypt_bytes(sealed).decode()


def reencrypt(sealed: bytes | memoryview) -> bytes:
    """The same text under the first key, for a change of keys."""
    return encrypt_bytes(decrypt_bytes(sealed))


def is_current(sealed: bytes) -> bool:
    """Whether the first key has sealed it."""
    try:
        _boxes(settings.FIELD_KEY)[0].decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError):
        return False
    return True


def blind(text: str) -> str:
    """64 hex digits that are equal for equal texts and tell nothing without the key: to look up what is encrypted."""
    begun, ended = _blinders(settings.FIELD_KEY)
    inner, outer = begun.copy(), ended.copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    return str(outer.hexdigest())


def mask_phone(phone: str) -> str:
    """``13912342716`` → ``139****2716``; landlines keep the area code and the last two digits; shorter: last two."""
    if MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    if line := LANDLINE.fullmatch(phone):
        return f"{line[1]}{'*' * (len(line[2]) - 2)}{phone[-2:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 4 else "*" * len(phone)


def mask_name(name: str) -> str:
    """张桂兰 → 张*兰, 张兰 → 张*, longer names keep first and last; one character is hidden whole."""
    letters = list(name.strip())
    if len(letters) <= 1:
        return "*" * len(letters)
    if len(letters) == 2:
        return f"{letters[0]}*"
    return f"{letters[0]}{'*' * (len(letters) - 2)}{letters[-1]}"


def mask_id(number: str) -> str:
    """An identity number keeps its six digits of the county and the last character, and nothing of the day of birth."""
    return f"{number[:6]}{'*' * (len(number) - 7)}{number[-1]}" if len(number) >= 15 else "*" * len(number)


def normalise_phone(text: str) -> str:
    """Digits only, as stored and indexed. Reads full-width digits, spaces, hyphens, brackets, +86. Invalid when it is
    neither a Chinese mobile nor a landline with its area code nor a 400/800 line."""
    if text.isascii() and MOBILE.fullmatch(text):
        return text
    digits = unicodedata.normalize("NFKC", text).strip()
    digits = re.sub(r"[\s\-‐-―()（）.·]", "", digits)
    digits = re.sub(r"^(\+|00)86", "", digits)
    if digits.startswith("86") and MOBILE.fullmatch(digits[2:]):
        digits = digits[2:]
    if not digits.isascii() or not any(form.fullmatch(digits) for form in (MOBILE, LANDLINE, SERVICE_LINE)):
        raise Invalid(
            _("Please write a mobile number of 11 digits, or a landline with its area code, such as 0915-3612345."),
            field="phone",
        )
    return digits
