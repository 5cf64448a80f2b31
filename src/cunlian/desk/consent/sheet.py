"""The blank form of consent: A4, one page each, in Chinese whatever the language of the desk, for it is signed by residents.

It says what is kept and for what, that saying no does no harm, and has lines for the person, for the guardian of a child
under fourteen (个人信息保护法 Art. 31) and for the helper. Nothing about anybody is printed on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cunlian.people.models import ConsentForm
from cunlian.places.models import District
from cunlian.ui.qr import code_of, svg_of

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 20mm, y: 18mm), numbering: none)
#set text(font: ("Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC"), lang: "zh", size: 11pt)
#set par(leading: 0.8em, justify: true)
#let line-of(label) = grid(columns: (auto, 1fr), column-gutter: 3mm, align: bottom, label, line(length: 100%, stroke: 0.5pt))
#let form(one) = [
  #grid(columns: (1fr, 30mm), column-gutter: 6mm,
    [#text(size: 9pt, fill: luma(80), data.office) \
     #text(size: 20pt, weight: "bold", data.title) \
     #text(size: 13pt, one.purpose) \
     #text(size: 9pt, fill: luma(80), one.version)],
    align(center)[#image(bytes(one.qr), format: "svg", width: 28mm) #text(size: 9pt, one.number)],
  )
  #v(3mm)
  #box(width: 100%, stroke: 0.5pt + luma(160), inset: 4mm, text(size: 11pt, one.text))
  #v(2mm)
  #for sentence in data.rights [ - #sentence ]
  #v(4mm)
  #for block in data.blocks [
    #text(weight: "bold", block.title)
    #if block.hint != "" [ #text(size: 9pt, fill: luma(80), block.hint) ]
    #v(2mm)
    #grid(columns: (1fr, 1fr), column-gutter: 8mm, row-gutter: 7mm, ..block.lines.map(line-of))
    #v(5mm)
  ]
]
#for (n, one) in data.forms.enumerate() { if n > 0 { pagebreak() }; form(one) }
"""


def address_of(form: ConsentForm) -> str:
    """What the code on the form opens, for staff."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("desk:consent_paper", args=[form.number])


def _words() -> dict[str, Any]:
    return {
        "title": _("Form of consent"),
        "rights": [
            _("I was told what is kept, for what, who sees it and until when."),
            _("I may say no, or take this back at any time, at the village office, by phone or online. That does no harm."),
            _("I may ask at any time what is kept about me and who looked."),
        ],
        "blocks": [
            _block(_("The person"), "", _("Name"), _("Village and household"), _("Signature"), _("Day")),
            _block(
                _("The guardian"), _("only for a child under fourteen, or somebody who has a guardian"),
                _("Name of the guardian"), _("Phone"), _("Signature of the guardian"), _("Day"),
            ),
            _block(
                _("Read out or written down by"), _("if somebody helped; the person signs or puts a fingerprint"),
                _("Name and post"), _("Signature of the helper"),
            ),
        ],
    }  # fmt: skip


def _block(title: str, hint: str, *lines: str) -> dict[str, Any]:
    return {"title": title, "hint": hint, "lines": lines}


def pdf_of(forms: Iterable[ConsentForm]) -> bytes:
    """One page for each form, in the order given."""
    with translation.override("zh-hans"):
        pages = [
            {
                "purpose": str(one.text.purpose), "text": one.text.text, "number": one.number,
                "version": _("version %(n)s") % {"n": one.text.version}, "qr": svg_of(code_of(address_of(one))),
            }
            for one in forms
        ]  # fmt: skip
        data = {**_words(), "office": str(District.current()), "forms": pages}
    made: bytes = typst.compile(
        TEMPLATE.encode(), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
    )
    return made
