"""A database gives rows in the order it likes. In tests, rows nobody asked an order for come back to front, so that
code which only happens to work is found."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet


def reverse_unordered(monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = QuerySet._fetch_all  # type: ignore[attr-defined]

    def fetch_and_reverse(self: QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered and len(self._result_cache or ()) > 1:
            self._result_cache.reverse()  # type: ignore[union-attr]

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_and_reverse)
