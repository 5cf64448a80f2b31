"""The sheet: A4, two by four cards, each with village, household number, QR code and what to do with it.

A card names nobody. It is bilingual whatever the language of the page, for it hangs at a door. Without a Chinese font on
the machine the sheet is made all the same, with boxes where the Chinese should stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.people.models import Household
from cunlian.places.models import Place
from cunlian.ui.qr import code_of, svg_of

LANGUAGES = ("zh-hans", "en")

# Values come in as JSON and are set as text: nothing of a name is ever read as markup.
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 10mm)
#set text(font: ("Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC"), lang: "zh", size: 10pt)
#set par(leading: 0.55em)
#let card(one) = box(width: 95mm, height: 69mm, stroke: (paint: luma(150), dash: "dashed", thickness: 0.4pt), inset: 5mm,
  grid(columns: (42mm, 1fr), rows: (1fr,), column-gutter: 4mm, align: (center + horizon, left + horizon),
    image(bytes(one.qr), format: "svg", width: 42mm),
    stack(spacing: 4mm,
      text(size: 19pt, weight: "bold", data.village),
      text(size: 14pt, one.number),
      text(size: 12pt, data.words.at(0)),
      text(size: 9pt, fill: luma(80), data.words.at(1)),
    ),
  ),
)
#grid(columns: 2, ..data.cards.map(card))
"""


def address_of(household: Household) -> str:
    """What the code at the door opens."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("resident:card", args=[household.card_code])


def qr_of(household: Household) -> segno.QRCode:
    return code_of(address_of(household))


def _words() -> list[str]:
    """The one sentence, in each language."""
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(
                _("Something broken, something needed? Scan this and say it in your own words. You get a receipt.")
            )
    return said


def _number(household: Household, village: Place) -> str:
    """With the village it was registered in where that was merged: two of one number can lie in the village now."""
    with translation.override(LANGUAGES[0]):
        number = _("Household %(number)s") % {"number": household.number}
        if household.place_id == village.pk:
            return number
        return _("%(number)s (of %(village)s)") % {"number": number, "village": household.place.short_name}


def pdf_of(village: Place, households: Iterable[Household]) -> bytes:
    """The sheets, eight cards each, in the order given."""
    cards = [{"number": _number(one, village), "qr": svg_of(qr_of(one))} for one in households]
    data: dict[str, Any] = {"village": village.name, "words": _words(), "cards": cards}
    made: bytes = typst.compile(
        TEMPLATE.encode(), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
    )
    return made
