"""Identifiers: time-ordered for records, random for whatever is shown outside."""

import secrets
from uuid import UUID

from uuid_utils import uuid7 as _native_uuid7
from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    """A new time-ordered key (RFC 9562). It tells when it was made, so never show it to strangers."""
    return _uuid7()


def uuid7_hex() -> str:
    """The same as 32 digits, for those who write rows by the hundred thousand: six times as quick."""
    return str(_native_uuid7().hex)


def _check_digit(digits: str) -> int:
    """Luhn (ISO/IEC 7812-1): catches one wrong digit and most swapped neighbours, which is how receipts are mistyped."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        number = int(char) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return -total % 10


def new_receipt(month: str) -> str:
    """A random receipt number ``yymm`` + six random digits + check digit, e.g. ``26073849217``. Digits only: it is read
    out on the phone. Random, because a serial number would tell strangers how many there are and who came next."""
    body = f"{month}{secrets.randbelow(1_000_000):06d}"
    return f"{body}{_check_digit(body)}"


def read_receipt(text: str) -> str | None:
    """The receipt in ``text`` as stored, or None when it cannot be one. Full-width digits, spaces and hyphens are read."""
    digits = "".join(str(int(char)) for char in text if char.isdecimal())
    return digits if len(digits) == 11 and _check_digit(digits[:-1]) == int(digits[-1]) else None
