"""A certificate as a sheet of paper, and what anybody who has its check code may know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

import typst
from django.utils.translation import gettext as _

from cunlian.kernel import days
from cunlian.places.names import initials_of
from cunlian.talent.learning.actions.certificates import LENGTH, LETTERS
from cunlian.talent.models import Certificate

# Values come in as JSON and are set as text: nothing anybody wrote is read as markup.
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set page(paper: "a4", flipped: true, margin: 22mm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC"), lang: "zh", size: 15pt)
#set par(leading: 1em)
#rect(width: 100%, height: 100%, stroke: 1.2pt + rgb("#8a6d3b"), inset: 12mm)[
  #align(center, text(size: 34pt, weight: "bold", tracking: 8pt, data.title))
  #v(1fr)
  #text(size: 22pt, weight: "bold", data.name)
  #v(3mm)
  #text(size: 18pt)[#h(2em)#data.words]
  #v(2fr)
  #grid(columns: (34mm, 1fr, auto), align: (left + bottom, left + bottom, right + bottom), column-gutter: 6mm,
    image(bytes(data.qr), format: "svg", width: 32mm),
    text(size: 10pt, fill: luma(70), stack(spacing: 2.4mm, data.check, data.code, data.where)),
    stack(spacing: 4mm, data.giver, data.day))
]
"""


@dataclass(frozen=True)
class Checked:
    """All a stranger with the code is told. ``initials``: of whom, never the name."""

    initials: str
    course: str
    hours: int
    issued_on: date
    valid: bool


def read_code(text: str) -> str:
    """The code in ``text`` as stored, whatever spaces, hyphens or full-width letters it is written with; empty when it
    cannot be one."""
    code = "".join(letter for letter in normalize("NFKC", text[:60]).upper() if letter.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def check(text: str) -> Checked | None:
    """What is behind a check code; None for a code nobody was given, or whose holder is kept by name no longer."""
    code = read_code(text)
    found = (
        Certificate.objects.standing().filter(code=code).select_related("course", "person").first() if code else None
    )
    if found is None:
        return None
    return Checked(
        initials_of(found.person.name).upper(),
        str(found.course),
        found.hours,
        found.issued_on,
        found.revoked_on is None,
    )


def pdf_of(certificate: Certificate, address: str, qr: str) -> bytes:
    """A4 across, with the holder's full name. ``address``: of the page that checks it; ``qr``: the same as a drawing.
    Without a Chinese font on the machine it is made all the same, with boxes where the Chinese should stand."""
    course = certificate.course
    words = _("has attended %(hours)s lessons of the training “%(course)s” and completed it.") % {
        "hours": certificate.hours, "course": course,
    }  # fmt: skip
    data: dict[str, Any] = {
        "title": _("Certificate"), "name": certificate.person.name, "words": words, "qr": qr, "giver": course.given_by,
        "check": _("Check code"), "code": certificate.shown_code, "where": address,
        "day": days.day(certificate.issued_on, year=True),
    }  # fmt: skip
    return bytes(typst.compile(TEMPLATE.encode(), format="pdf", sys_inputs={"data": json.dumps(data)}))
