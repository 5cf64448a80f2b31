"""How a distance of one of ``places.ways`` is written."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cunlian.places.models import Way
from cunlian.ui import formats


def far_text(way: str, value: int | None) -> str:
    """Metres as kilometres to a tenth, minutes, or villages crossed; a dash where nobody knows."""
    if value is None:
        return formats.NOT_APPLICABLE
    if way == Way.POINTS:
        tenths = (value + 50) // 100
        return _("%(km)s km") % {"km": f"{tenths // 10:,}.{tenths % 10}"}
    if way == Way.MINUTES:
        return ngettext("%(n)s minute", "%(n)s minutes", value) % {"n": formats.number(value)}
    return ngettext("%(n)s village further", "%(n)s villages further", value) % {"n": formats.number(value)}
