"""Filters above a list: a GET form, kept in the URL, so that a filtered list can be sent on and comes back alike."""

from __future__ import annotations

from typing import Any, ClassVar

from django.forms import Form
from django_filters import FilterSet


class ListFilter(FilterSet):
    """Base of all filter sets. Draw it with ``{% include "ui/filter.html" %}`` and ``filter`` in the context.

    An input that cannot be read filters to nothing and says why beside the field, rather than showing everything.
    ``FIRST``: the fields always in view, the others one press away; all of them when it is empty.
    """

    FIRST: ClassVar[tuple[str, ...]] = ()

    @property
    def qs(self) -> Any:
        if self.is_bound and not self.is_valid():
            return self.queryset.none()
        return super().qs

    @property
    def active(self) -> bool:
        """Whether anything is filtered out, so that the page can offer to clear it."""
        form: Form = self.form
        return self.is_bound and any(form.data.get(form.add_prefix(name)) for name in form.fields)

    @property
    def first(self) -> list[Any]:
        return [self.form[name] for name in self.FIRST] or list(self.form.visible_fields())

    @property
    def rest(self) -> list[Any]:
        return [field for field in self.form.visible_fields() if self.FIRST and field.name not in self.FIRST]

    @property
    def rest_in_use(self) -> bool:
        return any(field.data or field.errors for field in self.rest)
