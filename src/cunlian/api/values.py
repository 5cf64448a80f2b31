"""Kinds of values a caller may send."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator


def _without_nul(text: str) -> str:
    """PostgreSQL keeps every character but U+0000, and SQLite cuts there: nobody means it."""
    if "\x00" in text:
        raise ValueError("U+0000")
    return text


Plain = Annotated[str, AfterValidator(_without_nul)]


def _written_out(value: Any) -> Any:
    """Bare numbers would be read as seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(r"[-+.\d]*", value.strip()):
        raise ValueError("not RFC 3339")
    return value


def _within_time(moment: datetime) -> datetime:
    """In UTC, which the first and last hours of the calendar are not everywhere."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("out of range") from None


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_within_time)]


def _a_day(value: Any) -> Any:
    """Written as a day; numbers would be read as seconds since 1970."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("not RFC 3339")
    return value


Day = Annotated[date, BeforeValidator(_a_day)]
