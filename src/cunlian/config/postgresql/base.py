"""Django's PostgreSQL backend, whose connections keep the plans of what they ask often.

A request asks thirty to ninety small things in the same words each time; planning them anew costs the server more than
answering them. Prepared statements need parameters bound by the server (Django's ``server_side_binding``), of which the
protocol takes 65,535 (Django 5.2 does not split what is more), and psycopg keeps a hundred of them
(https://www.psycopg.org/psycopg3/docs/advanced/prepare.html), fewer than a day's work has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, features, operations

KEPT = 500
PLANNED = 200
"""Parameters of a statement whose plan is kept, at most. A plan that does not know its list of two thousand keys compares
them one by one with every row it reads."""


class Cursor(base.ServerBindingCursor):
    def execute(
        self, query: Any, params: Any = None, *, prepare: bool | None = None, binary: bool | None = None
    ) -> Any:
        if params and len(params) > PLANNED:
            prepare = False
        return super().execute(query, params, prepare=prepare, binary=binary)  # type: ignore[misc]


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = 65_535


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        return DatabaseFeatures.max_query_params // max(len(fields), 1)


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = KEPT
        if issubclass(connection.cursor_factory, base.ServerBindingCursor):
            connection.cursor_factory = Cursor
        return connection
