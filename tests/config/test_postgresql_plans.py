"""PostgreSQL keeps the plans of what is asked often, but not of what names its rows one by one."""

from __future__ import annotations

import pytest
from django.db import connection

from cunlian.config.postgresql.base import PLANNED

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans anew each time"),
]


def _kept(parameters: int) -> int:
    """How many plans are kept of a statement with so many, after it was asked ten times."""
    statement = f"SELECT 1 WHERE 0 IN ({', '.join(['%s'] * parameters)})"
    with connection.cursor() as cursor:
        for _time in range(10):
            cursor.execute(statement, list(range(parameters)))
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1 WHERE 0 IN (%%'")
        return int(cursor.fetchone()[0])


def test_what_is_asked_often_keeps_its_plan() -> None:
    assert _kept(3) == 1


def test_a_long_list_is_planned_anew_for_a_plan_that_does_not_know_it_compares_each_row_with_all_of_it() -> None:
    assert _kept(PLANNED + 1) == 0
