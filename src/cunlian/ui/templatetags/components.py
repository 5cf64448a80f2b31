"""Components with a template of their own, as tags. They are builtins, as those of ``ui``: no template loads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from cunlian.kernel import clock, promises
from cunlian.kernel.models import Promise, PromisePause
from cunlian.ui import formats
from cunlian.ui.band import Band, band, held_days
from cunlian.ui.pieces import Bar, Chart, Goal, MoveButton, ThreadStep, TimelineEntry, WayStep

register = template.Library()

QUIET_SHOWN = 2


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
    texts, last, today = [], None, _("today")
    for n, cell in enumerate(drawn.cells):
        shown = cell.kind != "off" and (not drawn.dense or n == 0 or cell.is_today or cell.is_due)
        text = formats.short_day(cell.day, last) if shown else ""
        texts.append(f"{today} {text}" if cell.is_today and shown else text)
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
