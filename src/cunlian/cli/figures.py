"""``cunlian figures``: the catalogue of figures, or one figure computed."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import click
from django.utils.translation import gettext as _

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM
from cunlian.kernel.figures import INDICATORS, Figure, Indicator, Period, compute, find
from cunlian.kernel.refusals import Invalid
from cunlian.places.models import Place, code_range
from cunlian.ui.apps import YEARS

# The console has all rights over the database it runs on: it counts every record, confidential ones too, and shows none.
VIEWER = SYSTEM
BEGINNING = date(2000, 1, 1)


@click.command("figures")
@click.argument("code", default="")
@click.option("--place", "place_code", default="", metavar="CODE", help="Only this place and all below it.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The first day counted.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The last day counted.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Of a stock: as on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
def figures(
    code: str, place_code: str, first: datetime | None, last: datetime | None, day: datetime | None, as_json: bool
) -> None:
    """List the figures there are, or compute the figure CODE. Days are Shanghai days, both ends counted."""
    if not code:
        if place_code or first or last or day:
            raise click.UsageError("--place, --from, --to and --on want the CODE of a figure.")
        rows = [_described(indicator) for _code, indicator in sorted(INDICATORS.items())]
        click.echo(json.dumps({"figures": rows}, ensure_ascii=False) if as_json else "\n".join(map(_line, rows)))
        return
    place = _place(place_code)
    within = [code_range(place.code)] if place else None
    indicator = find(code)
    period, on = _period(indicator, first, last), _stood_on(indicator, day)
    found = compute(code, VIEWER, within=within, period=period, day=on)
    click.echo(json.dumps(_computed(found, place), ensure_ascii=False) if as_json else _told(found, place))


def _place(code: str) -> Place | None:
    if not code:
        return None
    place = Place.objects.current().filter(code=code).first()
    if place is None:
        raise Invalid(_("No current place has the code %(code)s.") % {"code": code}, field="place")
    return place


def _period(indicator: Indicator, first: datetime | None, last: datetime | None) -> Period | None:
    """None when no day is given: all there is."""
    if first is None and last is None:
        return None
    if not indicator.when:
        raise Invalid(_("This figure is a stock. Ask for it without days, or as on one day (--on)."), field="from")
    period = Period(first.date() if first else BEGINNING, last.date() if last else clock.today())
    for field, day in (("from", period.first), ("to", period.last)):
        if day.year not in YEARS:
            raise Invalid(_("Please check the year: it says %(year)s now.") % {"year": day.year}, field=field)
    if period.last < period.first:
        raise Invalid(_("The last day lies before the first. Please change one of them."), field="to")
    return period


def _stood_on(indicator: Indicator, day: datetime | None) -> date | None:
    """The day a stock is asked for; today when none is given."""
    if day is None:
        return None
    if indicator.when:
        raise Invalid(_("This figure counts what came in a time. Ask for it with --from and --to."), field="on")
    if day.date() > clock.today():
        raise Invalid(_("This day lies ahead. Choose today or a day before."), field="on")
    if not indicator.tells(day.date()):
        raise Invalid(
            _("This cannot be told for a past day: what it counts keeps no record of how it stood then."), field="on"
        )
    return day.date()


def _described(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code, "name": str(indicator.name), "unit": str(indicator.unit), "nature": indicator.nature,
        "measure": indicator.measure, "by": indicator.when, "claims": indicator.claims, "reading": str(indicator.reading),
    }  # fmt: skip


def _line(row: dict[str, Any]) -> str:
    reading = f" ({row['reading']})" if row["reading"] else ""
    return f"{row['code']:<28}{row['name']}{reading}, {row['unit']}"


def _computed(found: Figure, place: Place | None) -> dict[str, Any]:
    days = (found.period.first.isoformat(), found.period.last.isoformat()) if found.period else (None, None)
    return _described(found.indicator) | {
        "value": _plain(found.amount), "place": place.code if place else None, "from": days[0], "to": days[1],
        "on": found.day.isoformat() if found.day else None,
        "as_of": found.as_of.isoformat(),
    }  # fmt: skip


def _plain(amount: int | Decimal | None) -> int | float | None:
    return float(amount) if isinstance(amount, Decimal) else amount


def _told(found: Figure, place: Place | None) -> str:
    value = _("no data") if found.value is None else f"{found.amount} {found.indicator.unit_beside(found.value)}"
    about = [str(found.nature)]
    if place:
        about.append(f"{place.name} {place.code}")
    if found.period:
        about.append(f"{found.period.first} – {found.period.last}")
    if found.day:
        about.append(_("told as on %(day)s") % {"day": found.day})
    return f"{found.indicator.name}: {value} ({', '.join(about)})"
