"""Masking what the law keeps: words of a record that must stay, without what tells who somebody was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from cunlian.kernel.secrets import decrypt
from cunlian.people.models import Person

STARS = "***"


@dataclass(frozen=True)
class Mask:
    """The values of one person, taken before they are erased."""

    values: tuple[str, ...]

    def hide(self, text: str) -> str:
        """The text with stars in place of name, phone and identity number, digits apart by spaces or hyphens included."""
        for value in self.values:
            written = r"[\s\-]*".join(re.escape(char) for char in value) if value.isascii() else re.escape(value)
            text = re.sub(written, STARS, text, flags=re.IGNORECASE)
        return text

    def hide_in(self, rows: Iterable[models.Model], *names: str) -> int:
        """Hide it in the text fields ``names`` of every row; saves only what changed. The number of rows changed."""
        touched = 0
        for row in rows:
            new = {name: self.hide(getattr(row, name)) for name in names}
            changed = [name for name, text in new.items() if text != getattr(row, name)]
            for name in changed:
                setattr(row, name, new[name])
            if changed:
                row.save(update_fields=changed)
            touched += bool(changed)
        return touched


def mask_of(person_id: UUID) -> Mask:
    """For an eraser: it runs while the values are still there. Of somebody erased already it hides nothing."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return Mask(())
    sealed = (person.phone, person.id_number)
    values = [person.name, *(decrypt(value) for value in sealed if value)]
    return Mask(tuple(value for value in values if len(value) > 1))
