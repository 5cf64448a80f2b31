"""Filters above a list: a GET form, kept in the URL, so that a filtered list can be sent on and comes back alike."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django_filters import FilterSet


class ListFilter(FilterSet):
    """Base of all filter sets. Draw it with ``{% include "ui/filter.html" %}`` and ``filter`` in the context.

    An input that cannot be read filters to nothing and says why beside the field, rather than showing everything.
    """

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
