"""The one way from an address to a record: through ``visible_to``. What is foreign and what is absent look alike."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import Actor
from cunlian.kernel.refusals import Missing

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class Scoped(Protocol[M_co]):
    """A queryset or manager that can cut itself to what an actor may see."""

    def visible_to(self, actor: Actor) -> Any: ...


def get_visible(records: Scoped[M_co], actor: Actor, pk: UUID) -> M_co:
    """The record, or Missing (404) when ``actor`` may not see it or it does not exist."""
    found: M_co | None = records.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Missing(_("This is not here, or not for your post. Check the number, or go back to the list."))
    return found
