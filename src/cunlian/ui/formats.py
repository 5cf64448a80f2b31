"""Numbers, days, money and land the way readers of Chinese and of English write them.

One function a kind of value, each returning plain text in the language now active. Money is in 分, land in 0.01 亩: the
integers of the database. Days are Asia/Shanghai days.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cunlian.kernel import clock, days
from cunlian.kernel.days import MONTHS_EN, WEEKDAYS, WEEKDAYS_EN
from cunlian.kernel.days import day as day
from cunlian.kernel.days import in_chinese as in_chinese
from cunlian.kernel.days import time_of as time_of

MINUS = "−"
NOT_APPLICABLE = "—"
_NEAR = {-2: ("前天", ""), -1: ("昨天", "yesterday"), 0: ("今天", "today"), 1: ("明天", "tomorrow"), 2: ("后天", "")}


def no_data() -> str:
    return _("no data")


def number(value: int | Decimal) -> str:
    """1,284; a true minus sign before negatives."""
    return f"{MINUS if value < 0 else ''}{abs(value):,}"


def count(value: int | Decimal | None, unit: str = "") -> str:
    """1,284 件 / 1,284 cases: the unit always with the number, a space between."""
    if value is None:
        return no_data()
    return f"{number(value)} {unit}".rstrip()


# --- days and times ---


def short_day(value: date, after: date | None = None) -> str:
    """For rows of days: 7月1日, then 2日 while the month stays the same; 1 July, then 2."""
    if after is None or (after.year, after.month) != (value.year, value.month):
        return f"{value.month}月{value.day}日" if in_chinese() else f"{value.day} {MONTHS_EN[value.month - 1][:3]}"
    return f"{value.day}日" if in_chinese() else str(value.day)


def month(value: date, *, year: bool = True) -> str:
    """2026年7月 / July 2026; 7月 / Jul for a column, without ``year``."""
    if in_chinese():
        return f"{value.year}年" * year + f"{value.month}月"
    return f"{MONTHS_EN[value.month - 1]} {value.year}" if year else MONTHS_EN[value.month - 1][:3]


def spoken_time(value: datetime) -> str:
    """As one says it to residents: 晚 8 点, 下午 5 点半 / 8 pm, 5:30 pm."""
    local = value.astimezone(clock.SHANGHAI)
    hour, minute = local.hour, local.minute
    twelve = hour % 12 or 12
    if not in_chinese():
        return f"{twelve}{f':{minute:02d}' if minute else ''} {'pm' if hour >= 12 else 'am'}"
    parts = ((5, "凌晨"), (9, "早"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚"))
    part = next(name for end, name in parts if hour < end)
    shown = hour if part == "凌晨" else twelve
    rest = "" if not minute else "半" if minute == 30 else f" {minute} 分"
    return f"{part} {shown} 点{rest}"


def moment(value: datetime, *, spoken: bool = False) -> str:
    """7月8日 16:20 / 8 July 16:20."""
    return f"{day(value)} {spoken_time(value)}" if spoken else days.moment(value)


def moment_on_paper(value: datetime) -> str:
    """2026年7月8日 16:20 / 8 July 2026 16:20: paper is kept beyond the year."""
    return f"{day(value, year=True)} {time_of(value)}"


def near(value: date) -> str:
    """今天, 明天, … within the days people name (two either way in Chinese, one in English), else the empty string."""
    names = _NEAR.get((value - clock.today()).days)
    return names[0 if in_chinese() else 1] if names else ""


def due(value: datetime, *, spoken: bool = False) -> str:
    """今天 17:30, 明天 12:00; the day itself further off: 7月13日 17:30."""
    at = spoken_time(value) if spoken else time_of(value)
    return f"{near(clock.day_of(value)) or day(value)} {at}"


def late_by(working_days: int) -> str:
    """The text of a deadline that has passed; 0 working days means it passed since the last closing hour."""
    if not working_days:
        return _("late")
    return ngettext("%(n)s working day late", "%(n)s working days late", working_days) % {"n": working_days}


def left(working_days: int) -> str:
    return ngettext("%(n)s working day left", "%(n)s working days left", working_days) % {"n": working_days}


def rest_name(value: date) -> str:
    """The weekday for a cell two letters wide: 六 / Sa."""
    return WEEKDAYS[value.weekday()] if in_chinese() else WEEKDAYS_EN[value.weekday()][:2]


def span(first: date, last: date) -> str:
    """7月1日—9日 / 1–9 July; both years when they differ."""
    if first == last:
        return day(first)
    years = True if first.year != last.year else None
    same = (first.year, first.month) == (last.year, last.month)
    if in_chinese():
        return f"{day(first, year=years)}—{f'{last.day}日' if same else day(last, year=years)}"
    if same:
        return f"{first.day}–{day(last)}"
    return f"{day(first, year=years)} – {day(last, year=years)}"


# --- money, land, shares ---


def _fixed(value: int, scale: int, places: int) -> str:
    """``value`` / ``scale`` with ``places`` decimals, half away from zero, without floats."""
    unit = 10**places
    rounded = (abs(value) * unit * 2 + scale) // (scale * 2)
    whole, rest = divmod(rounded, unit)
    return f"{MINUS if value < 0 and rounded else ''}{whole:,}" + (f".{rest:0{places}d}" if places else "")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(fen: int | None) -> str:
    """486,000.00 — for tables, whose head names the unit."""
    return no_data() if fen is None else _fixed(fen, 100, 2)


def money(fen: int | None) -> str:
    """486,000.00 元 / CNY 486,000.00."""
    if fen is None:
        return no_data()
    return f"{yuan(fen)} 元" if in_chinese() else f"CNY {yuan(fen)}"


def wan(fen: int | None) -> str:
    """In sentences: 3,346 万元 / CNY 33.46 million; sums under one 万元 in 元."""
    if fen is None:
        return no_data()
    if in_chinese():
        return f"{_trimmed(_fixed(fen, 1_000_000, 2))} 万元" if abs(fen) >= 1_000_000 else f"{_trimmed(yuan(fen))} 元"
    if abs(fen) >= 100_000_000:
        return f"CNY {_trimmed(_fixed(fen, 100_000_000, 2))} million"
    return f"CNY {_trimmed(yuan(fen))}"


def bracketed(note: object) -> str:
    """A note in the brackets of the reader's language, to stand behind a text: （处） / (pieces) with its space."""
    return f"（{note}）" if in_chinese() else f" ({note})"


def mu(hundredths: int | None) -> str:
    """500 亩 / 500 mu (33.3 ha); 15 亩 are one hectare."""
    if hundredths is None:
        return no_data()
    text = _trimmed(_fixed(hundredths, 100, 2))
    return f"{text} 亩" if in_chinese() else f"{text} mu ({_fixed(hundredths, 1500, 1)} ha)"


def percent(part: int, whole: int) -> str:
    """92.1%, one decimal; — when there is nothing to take a share of."""
    return f"{_fixed(part * 100, whole, 1)}%" if whole else NOT_APPLICABLE


def share(part: int | None, whole: int | None) -> str:
    """92.1%（1,067 / 1,159） / 92.1% (1,067 of 1,159): never a percentage without its two numbers."""
    if part is None or whole is None:
        return no_data()
    if not whole:
        return NOT_APPLICABLE
    if in_chinese():
        return f"{percent(part, whole)}（{number(part)} / {number(whole)}）"
    return f"{percent(part, whole)} ({number(part)} of {number(whole)})"
