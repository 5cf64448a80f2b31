"""Template tags of the components. They are builtins: no template loads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.template.base import render_value_in_context
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_tables2.columns import BoundColumn

from cunlian.kernel import clock, promises
from cunlian.kernel.models import Promise, PromisePause, PromiseState
from cunlian.ui import formats
from cunlian.ui.band import Band, band, held_days
from cunlian.ui.navigation import LinkGroup
from cunlian.ui.navigation import navigation as links
from cunlian.ui.pieces import Bar, Chart, Goal, MoveButton, ThreadStep, TimelineEntry, WayStep
from cunlian.ui.qr import code_of, svg_of
from cunlian.ui.states import shape_of
from cunlian.ui.tables import ListTable

register = template.Library()

QUIET_SHOWN = 2


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, silent to screen readers: it always stands beside a word."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', css, static("icons.svg"), name
    )


@register.simple_tag
def qr(address: str, label: str) -> SafeString:
    """A code that opens ``address`` on a phone; ``label`` says so to who cannot see it."""
    drawn = SafeString(svg_of(code_of(address)))
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', label, drawn)


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[LinkGroup]:
    request = context.get("request")
    return links(request, context.get("nav_counts")) if request else []


@register.filter
def initial(value: object) -> str:
    """The first character of a name, for the round mark beside it."""
    return str(value)[:1].upper()


# --- figures, states, masked values ---


@register.simple_tag
def fig(value: int | Decimal | str | None, url: str = "", unit: str = "", addr: str = "") -> SafeString | str:
    """A figure is a link to its records. Zero, and what cannot be opened, is plain text; None says there is no data."""
    if value is None:
        return formats.no_data()
    text = formats.number(value) if isinstance(value, int | Decimal) else str(value)
    if unit:
        text = f"{text} {unit}"
    if not url or value == 0:
        return text
    return format_html('<a class="fig" href="{}" data-addr="{}">{}</a>', url, addr, text)


@register.simple_tag
def state(code: str, label: str = "", kind: str = "case") -> SafeString:
    """Shape and word."""
    return format_html('<span class="st st-{}">{}</span>', shape_of(code, kind), label or code)


@register.simple_tag
def masked(value: str) -> SafeString:
    """A value already masked (张*兰, 139****2716), on the striped ground that says so."""
    return format_html('<span class="mask">{}</span>', value) if value else format_html("{}", formats.NOT_APPLICABLE)


@register.simple_tag
def aria_sort(table: ListTable, column: BoundColumn) -> SafeString | str:
    """The attribute of a sorted column's head; nothing for the others."""
    way = table.sorted_by.get(column.name)
    return format_html(' aria-sort="{}"', way) if way else ""


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: ListTable) -> SafeString:
    """The rows of a list's page. Put together here: as nodes of a template, three hundred cells take a third of the time
    of the whole page."""
    columns = list(table.columns)
    last = len(columns) - 1
    heads = [
        format_html(
            '<td role="cell" class="{}{}{}{{none}}" data-label="{}">',
            column.attrs["td"].get("class") or "", " first" if n == 0 else "", " last" if n == last else "", column.header,
        ).partition("{none}")
        for n, column in enumerate(columns)
    ]  # fmt: skip
    lines = []
    for row in table.paginated_rows:
        lines.append('\n    <tr role="row">')
        for (begin, _none, end), (_column, cell) in zip(heads, row.items(), strict=True):
            none = " none" if cell == table.default or cell == "" else ""
            lines.append(f"{begin}{none}{end}{render_value_in_context(cell, context)}</td>")
        lines.append("</tr>")
    return mark_safe("".join(lines))


@register.simple_tag(takes_context=True)
def query(context: Context, name: str, value: object, without: str = "") -> str:
    """This page's query string with one value changed and one left out."""
    request = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    values.pop(without, None)
    values[name] = str(value)
    return f"?{values.urlencode()}"


# --- days, money, land, shares ---


def _time(iso: str, text: str, css: str = "") -> SafeString:
    return format_html('<time datetime="{}"{}>{}</time>', iso, format_html(' class="{}"', css) if css else "", text)


@register.simple_tag(name="day")
def day_tag(value: date | datetime | None, weekday: bool = False, year: bool | None = None) -> SafeString | str:
    if value is None:
        return formats.NOT_APPLICABLE
    day = clock.day_of(value) if isinstance(value, datetime) else value
    return _time(day.isoformat(), formats.day(day, weekday=weekday, year=year))


@register.simple_tag(name="moment")
def moment_tag(value: datetime | None, spoken: bool = False) -> SafeString | str:
    if value is None:
        return formats.NOT_APPLICABLE
    return _time(value.astimezone(clock.SHANGHAI).isoformat(timespec="minutes"), formats.moment(value, spoken=spoken))


@register.filter(is_safe=True)
@stringfilter
def unasked(label: str) -> str:
    """A label without the mark it ends with, to be followed by a colon: “What burdens you?” names a field too."""
    return label.rstrip(" ?？:：")


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """What a code is called; the code itself where nobody has named it."""
    return names.get(code, code)


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> str:
    return formats.moment(value) if value else formats.NOT_APPLICABLE


@register.filter(name="day")
def day_filter(value: date | datetime | None) -> str:
    return formats.day(value) if value else formats.NOT_APPLICABLE


@register.simple_tag
def span(first: date, last: date) -> str:
    return formats.span(first, last)


def working_days_late(context: Context, due_on: date) -> int:
    """Working days between a past day and today. The days are read once a page, however many rows ask."""
    today = clock.today()
    request = context.get("request")
    if request is None:
        return clock.working_days_between(due_on, today)
    known: dict[date, bool] = getattr(request, "ui_calendar", {})
    if due_on not in known:
        known = clock.working_days(date(due_on.year, 1, 1), today)
        request.ui_calendar = known
    return sum(works for day, works in known.items() if due_on < day <= today)


@register.simple_tag(takes_context=True)
def due(context: Context, value: datetime | None, settled: bool = False, paused: bool = False) -> SafeString | str:
    """A deadline. Late and open: how late, in working days, red and bold; within three days: 今天 17:30, amber; else
    the day. ``settled``: what was due is done, so the plain day. ``paused``: the clock stands."""
    if value is None:
        return formats.NOT_APPLICABLE
    if paused:
        return _("Clock paused")
    iso = value.astimezone(clock.SHANGHAI).isoformat(timespec="minutes")
    if settled:
        return _time(iso, formats.moment(value))
    if value < clock.now():
        return _time(iso, formats.late_by(working_days_late(context, clock.day_of(value))), "late")
    soon = bool(formats.near(clock.day_of(value)))
    return _time(iso, formats.due(value), "soon" if soon else "")


@register.simple_tag(takes_context=True)
def promised(context: Context, promise: Promise | None) -> SafeString | str:
    """The deadline of a promise in a list: of an open one the time left or how late, of a settled one the day it was due,
    while its clock stands that it does."""
    if promise is None:
        return formats.NOT_APPLICABLE
    if promise.state == PromiseState.PAUSED:
        return due(context, promise.due_at, paused=True)
    if promise.settled_at:
        return format_html('<span class="small">{}</span>', due(context, promise.due_at, settled=True))
    return due(context, promise.due_at)


@register.simple_tag
def money(fen: int | None) -> str:
    return formats.money(fen)


@register.simple_tag
def yuan(fen: int | None) -> str:
    return formats.yuan(fen)


@register.simple_tag
def wan(fen: int | None) -> str:
    return formats.wan(fen)


@register.simple_tag
def mu(hundredths: int | None) -> str:
    return formats.mu(hundredths)


@register.simple_tag
def share(part: int | None, whole: int | None) -> str:
    return formats.share(part, whole)


@register.simple_tag
def count(value: int | None, unit: str = "") -> str:
    return formats.count(value, unit)


@register.filter
def number(value: int | None) -> str:
    return formats.no_data() if value is None else formats.number(value)


@register.filter
def rest_name(value: date) -> str:
    return formats.rest_name(value)


# --- components with their own template ---


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Iterable[TimelineEntry]) -> dict[str, Any]:
    """What happened, in the order given: newest first at the desk. The first one is drawn as the present."""
    return {"entries": entries}


@register.inclusion_tag("ui/way.html")
def way(steps: Iterable[WayStep]) -> dict[str, Any]:
    """The steps of a resident's matter, oldest first."""
    return {"steps": steps}


@register.inclusion_tag("ui/thread.html")
def thread(steps: Iterable[ThreadStep]) -> dict[str, Any]:
    return {"steps": steps}


def _band_of(promise: Promise) -> tuple[Band | None, bool]:
    """The band, or None for a promise counted in hours; and whether the clock stands now."""
    pauses = sorted(((p.started_at, p.ended_at) for p in promise.pauses.all()), key=lambda pair: pair[0])
    standing = promise.settled_at is None and any(ended is None for _started, ended in pauses)
    if getattr(promise, "hours", None):
        return None, standing
    made_on, today = clock.day_of(promise.made_at), clock.today()
    settled_on = clock.day_of(promise.settled_at) if promise.settled_at else None
    due_on = None if standing else clock.day_of(promise.due_at)
    last = max(settled_on or today, due_on or today)
    working = clock.working_days(min(made_on, last), last)
    held = held_days(pauses, settled_on or today)
    return band(made_on, due_on, today, is_working=lambda d: working[d], held=held, settled_on=settled_on), standing


def _columns(drawn: Band) -> str:
    """Widths of the cells: rest days narrow."""
    rest = "minmax(0, .5fr)" if drawn.dense else "20px"
    return " ".join(rest if cell.kind == "off" else "minmax(0, 1fr)" for cell in drawn.cells)


def _paused(pause: PromisePause) -> str:
    """The days a pause covers; one that ended at midnight did not reach the new day."""
    first = clock.day_of(pause.started_at)
    last = clock.day_of(pause.ended_at - timedelta(microseconds=1)) if pause.ended_at else first
    return formats.span(first, max(first, last))


def _captions(drawn: Band) -> list[str]:
    """The day under each cell; in a dense band only the first day, today and the day it is due."""
    texts, last = [], None
    for n, cell in enumerate(drawn.cells):
        shown = cell.kind != "off" and (not drawn.dense or n == 0 or cell.is_today or cell.is_due)
        text = formats.short_day(cell.day, last) if shown else ""
        texts.append(f"{_('today')} {text}" if cell.is_today and shown else text)
        last = cell.day if shown else last
    return texts


@register.inclusion_tag("ui/deadline_band.html")
def deadline_band(
    promise: Promise, heading: str = "", start: str = "", posts: Mapping[Any, str] | None = None
) -> dict[str, Any]:
    """One cell a working day. ``promise`` with its pauses prefetched; ``heading`` is the sentence above ("… 前答复"),
    ``start`` the word in the first cell, ``posts`` the names of the posts that paused it."""
    drawn, standing = _band_of(promise)
    kind = promises.KINDS.get(promise.promise_kind)
    reasons = kind.pause_reasons if kind else {}
    pauses = [
        {"span": _paused(p), "reason": reasons.get(p.reason, p.reason), "by": (posts or {}).get(p.by_post_id, "")}
        for p in promise.pauses.all()
    ]
    late = promise.settled_at is None and not standing and promise.due_at < clock.now()
    return {
        "promise": promise,
        "heading": _("Clock paused")
        if standing
        else heading or _("Due %(day)s") % {"day": formats.due(promise.due_at)},
        "start": start or _("Start"),
        "band": drawn,
        "cells": list(zip(drawn.cells, _captions(drawn), strict=True)) if drawn else [],
        "columns": _columns(drawn) if drawn else "",
        "standing": standing,
        "late": formats.late_by(clock.working_days_between(clock.day_of(promise.due_at), clock.today()))
        if late
        else "",
        "pauses": pauses,
    }


@register.inclusion_tag("ui/move_buttons.html", takes_context=True)
def move_buttons(context: Context, buttons: Iterable[MoveButton]) -> dict[str, Any]:
    """What may be done now: the primary filled, others outlined, quiet ones as text, the rest under "More"."""
    buttons = list(buttons)
    loud = [b for b in buttons if b.style != "quiet"]
    quiet = [b for b in buttons if b.style == "quiet"]
    cut = len(quiet) if len(quiet) <= QUIET_SHOWN + 1 else QUIET_SHOWN
    return {
        "loud": loud,
        "quiet": quiet[:cut],
        "rest": quiet[cut:],
        "reasons": [b.reason for b in buttons if b.reason],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/empty_state.html")
def empty_state(text: str, icon: str = "", url: str = "", act: str = "", title: str = "") -> dict[str, str]:
    """What would stand here, and the next step."""
    return {"text": text, "icon": icon, "url": url, "act": act, "title": title}


@register.inclusion_tag("ui/progress.html")
def progress(done: int, total: int, label: str, url: str = "") -> dict[str, Any]:
    """How far something is, as a bar with its two numbers."""
    return {
        "label": label,
        "url": url,
        "text": f"{formats.number(done)} / {formats.number(total)}",
        "width": f"{min(done / total, 1) * 100:.1f}%" if total else "0%",
    }


@register.inclusion_tag("ui/bars.html")
def bars(rows: Sequence[Bar], head: str = "", unit: str = "", total: bool = False) -> dict[str, Any]:
    """Bars inside the rows of a table: chart and table at once. ``total`` adds the sum and each row's share."""
    top = max((row.value for row in rows), default=0) or 1
    whole = sum(row.value for row in rows)
    drawn = [(row, f"{row.value * 100 / top:.1f}%", formats.percent(row.value, whole) if total else "") for row in rows]
    return {"rows": drawn, "head": head, "unit": unit, "total": total, "whole": whole}


@register.inclusion_tag("ui/goals.html")
def goals(rows: Iterable[Goal]) -> dict[str, Any]:
    return {"rows": [(g, f"{min(g.actual, 100):.1f}%", f"{min(g.target, 99.6):.1f}%") for g in rows]}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}
