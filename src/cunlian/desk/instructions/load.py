"""Who gives how much to which village, month by month: units that give and villages that get, never a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET
from django_tables2 import Column

from cunlian.desk.lists import add_list
from cunlian.desk.pages import DeskRequest
from cunlian.instructions.models import Copy
from cunlian.instructions.querysets import POSTED, VILLAGE_DIGITS, month_bounds
from cunlian.instructions.states import OPEN
from cunlian.kernel import clock
from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Invalid
from cunlian.organisations.models import Organisation
from cunlian.places.models import Place
from cunlian.ui import formats
from cunlian.ui.tables import ListTable, NumberColumn
from cunlian.ui.templatetags.ui import fig

MONTH = re.compile(r"(\d{4})-(\d{2})")
MONTHS = 12


@dataclass(frozen=True)
class Given:
    """What one unit gave to one village (or to offices at a place above villages) in one month."""

    place: Place
    giver: Organisation
    sent: int
    open: int
    month: date

    @property
    def url(self) -> str:
        last = month_bounds(self.month)[1].date() - timedelta(days=1)
        query = f"giver={self.giver.pk}&since={self.month}&until={last}"
        return f"{reverse('desk:instructions')}?village={self.place.code}&{query}"


class LoadTable(ListTable):
    rows_name = ngettext_lazy("%(n)s line", "%(n)s lines", "total")
    readers = POSTED

    place = Column(verbose_name=_("Village"), accessor="place__short_name", order_by=("place__code",))
    giver = Column(verbose_name=_("Given by"))
    sent = NumberColumn(verbose_name=_("Sent in the month"))
    open = NumberColumn(verbose_name=_("Of these open"))

    class Meta(ListTable.Meta):
        fields: ClassVar[tuple[str, ...]] = ("place", "giver", "sent", "open")
        sequence: ClassVar[tuple[str, ...]] = fields
        empty_text = _("In this month nothing was given to your villages.")

    def render_sent(self, record: Given) -> SafeString | str:
        return fig(record.sent, f"{record.url}&state=sent_out")

    def render_open(self, record: Given) -> SafeString | str:
        return fig(record.open, record.url)


def month_in(query: QueryDict) -> date:
    """The first day of the month the address asks for, as ``?month=2026-07``; of this month when it says nothing."""
    text = query.get("month", "")
    if not text:
        return clock.today().replace(day=1)
    found = MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2999:
        raise Invalid(_("“%(text)s” is not a month. Write it as 2026-07.") % {"text": text}, field="month")
    return date(int(found[1]), int(found[2]), 1)


def _rows(actor: Actor, month: date) -> list[Given]:
    """Three queries, however many villages."""
    copies = Copy.objects.visible_to(actor).lasting().sent_in(month)
    village = copies.annotate(village=Substr("place__code", 1, VILLAGE_DIGITS)).order_by("village")
    is_open = Q(state__in=sorted(str(state) for state in OPEN))
    counted: Any = village.values_list("village", "instruction__giver__organisation").annotate(
        sent=Count("pk"), open=Count("pk", filter=is_open)
    )
    lines = list(counted)
    places = {place.code: place for place in Place.objects.filter(code__in={line[0] for line in lines}, ends_on=None)}
    units = {unit.pk: unit for unit in Organisation.objects.filter(pk__in={line[1] for line in lines})}
    return [
        Given(places[code], units[unit], sent, is_open, month)
        for code, unit, sent, is_open in lines
        if code in places
    ]  # fmt: skip


def _load(actor: Actor, query: QueryDict) -> LoadTable:
    return LoadTable(_rows(actor, month_in(query)))


LOAD = add_list("instruction-load", _("Instructions by village and giver"), _load)


@require_GET
@LOAD.exported
def load(request: DeskRequest) -> HttpResponse:
    month = month_in(request.GET)
    months = [clock.today().replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    context = {
        "title": _now("Instructions by village and giver"), "table": LOAD.page(request), "month": f"{month:%Y-%m}",
        "months": [(f"{one:%Y-%m}", formats.month(one)) for one in months],
        "crumbs": [(_now("Instructions"), reverse("desk:instructions")), (_now("By village and giver"), "")],
    }  # fmt: skip
    return render(request, "desk/instructions/load.html", context)
