"""What is held about a person as a file to take along: JSON for programs, PDF for reading and printing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import typst
from django.utils.translation import gettext as _

from cunlian.kernel import clock
from cunlian.kernel.holdings import Fact, Held, said, written

# Values come in as JSON and are set as text: nothing anybody wrote is read as markup.
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: (x: 18mm, y: 16mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #data.made #h(1fr) #counter(page).display() / #counter(page).final().first()
])
#set text(font: ("Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC"), lang: "zh", size: 10pt)
#set par(leading: 0.6em)
#text(size: 17pt, weight: "bold", data.title)
#v(2mm)
#for one in data.held [
  #block(breakable: false, width: 100%, inset: (y: 2.5mm), stroke: (top: 0.4pt + luma(180)))[
    #text(weight: "bold", one.title)
    #if one.basis != "" [ #h(1fr) #text(size: 8pt, fill: luma(90), one.basis) ]
    #grid(columns: (42mm, 1fr), row-gutter: 1.6mm, ..one.facts.map(fact => (
      text(fill: luma(90), fact.at(0)), fact.at(1))).flatten())
  ]
]
"""


def _plain(held: Iterable[Held], tell: Callable[[Fact], str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "title": str(one.title),
            "since": tell(one.day) if one.day else None,
            "basis": str(one.basis),
            "facts": [[str(label), tell(value)] for label, value in one.facts],
        }
        for one in held
    ]


def json_of(held: Iterable[Held], made_at: datetime) -> bytes:
    told = {"made_at": made_at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"), "held": _plain(held, written)}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def pdf_of(held: Iterable[Held], made_at: datetime) -> bytes:
    """A4. Without a Chinese font on the machine it is made all the same, with boxes where the Chinese should stand."""
    made = said(made_at)
    data = {
        "title": _("What is kept about me"),
        "made": _("Made on %(day)s") % {"day": made},
        "held": _plain(held, said),
    }
    return bytes(typst.compile(TEMPLATE.encode(), format="pdf", sys_inputs={"data": json.dumps(data)}))
