"""Marks, values and links as tags and filters. They are builtins: no template loads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

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

from cunlian.kernel import clock
from cunlian.kernel.models import Promise, PromiseState
from cunlian.ui import formats
from cunlian.ui.navigation import LinkGroup
from cunlian.ui.navigation import navigation as links
from cunlian.ui.qr import code_of, svg_of
from cunlian.ui.states import shape_of
from cunlian.ui.tables import ListTable

register = template.Library()


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
    return links(request, context.get("nav_counts"), off=context.get("modules_off") or ()) if request else []


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


@register.filter(name="moment_on_paper")
def moment_on_paper_filter(value: datetime | None) -> str:
    return formats.moment_on_paper(value) if value else formats.NOT_APPLICABLE


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
