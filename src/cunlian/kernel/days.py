"""Days as readers of Chinese and of English write them, in the language now active: in sentences and on pages. What a
machine reads (exports, the API) stays ISO. Days are Asia/Shanghai days."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language

from cunlian.kernel import clock

WEEKDAYS = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def day(value: date | datetime, *, weekday: bool = False, year: bool | None = None) -> str:
    """7月9日 / 9 July; the year when it is not this one or ``year`` asks for it; 星期四 / Thu with ``weekday``."""
    value = clock.day_of(value) if isinstance(value, datetime) else value
    with_year = value.year != clock.today().year if year is None else year
    if in_chinese():
        text = f"{value.year}年" * with_year + f"{value.month}月{value.day}日"
        return f"{text} 星期{WEEKDAYS[value.weekday()]}" if weekday else text
    text = f"{value.day} {MONTHS_EN[value.month - 1]}" + f" {value.year}" * with_year
    return f"{WEEKDAYS_EN[value.weekday()]} {text}" if weekday else text


def time_of(value: datetime) -> str:
    """17:30, Shanghai wall clock."""
    return value.astimezone(clock.SHANGHAI).strftime("%H:%M")


def moment(value: datetime, *, year: bool | None = None) -> str:
    """7月8日 16:20 / 8 July 16:20."""
    return f"{day(value, year=year)} {time_of(value)}"
