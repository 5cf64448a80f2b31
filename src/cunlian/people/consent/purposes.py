"""The purposes that come with the product, and how one gets into the database.

A domain registers a purpose by its code name with the words people agree to; the row is made when somebody first asks for
it. From then on the county keeps name and text: a new version is added (``actions.add_text``), none is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cunlian.kernel import clock
from cunlian.kernel.refusals import Invalid, Text
from cunlian.people.models import CircumstanceKind, Purpose, PurposeText

# What people agree to is written in the language of the law that binds it.
BINDING = "zh-hans"


@dataclass(frozen=True)
class Standard:
    """A purpose as the product brings it. ``law``: the article that makes it a duty; empty where consent is asked."""

    name: Text
    text: Text
    law: Text = ""


STANDARDS: dict[str, Standard] = {}
# Which circumstances may be kept for a purpose; a purpose without a line here keeps none.
KINDS_FOR: dict[str, tuple[CircumstanceKind, ...]] = {}


def add_purpose(
    code: str, name: Text, text: Text, *, law: Text = "", circumstances: Iterable[CircumstanceKind] = ()
) -> None:
    """Register a purpose, once, at import of a domain's ``rules.py``. ``text`` says in plain words what is kept, who sees
    it, until when, and that saying no or taking it back does no harm."""
    if code in STANDARDS:
        raise ValueError(f"purpose {code} is registered twice")
    STANDARDS[code] = Standard(name, text, law)
    if kinds := tuple(circumstances):
        KINDS_FOR[code] = kinds


@transaction.atomic
def purpose_of(code: str) -> Purpose:
    """The purpose with its texts. Invalid for a code that nobody registered and the county did not add."""
    found = Purpose.objects.filter(code=code).first()
    if found:
        return found
    if code not in STANDARDS:
        raise Invalid(_("Please choose one of the listed purposes."), field="purpose")
    standard = STANDARDS[code]
    with override("en"):
        name_en = str(standard.name)
    with override(BINDING):
        name, text, law = str(standard.name), str(standard.text), str(standard.law)
    basis = Purpose.Basis.LAW if law else Purpose.Basis.CONSENT
    purpose, made = Purpose.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": name_en, "basis": basis, "law": law}
    )
    if made:
        PurposeText.objects.create(purpose=purpose, version=1, text=text, written_at=clock.now())
    return purpose


def all_purposes() -> list[Purpose]:
    """Every purpose there is, those of the product first asked for now included."""
    for code in STANDARDS:
        purpose_of(code)
    return list(Purpose.objects.order_by("basis", "code"))
