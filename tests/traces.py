"""Look for a value in every column of every table: what is left of somebody after erasure."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import connection


def spellings(value: str | UUID) -> set[str]:
    """How a value may stand in a column: as it is, inside JSON, a key with and without hyphens, or as bytes in hex."""
    text = str(value)
    plain = {text, json.dumps(text)[1:-1], text.encode().hex()}
    return plain | {value.hex} if isinstance(value, UUID) else plain


def find_traces(*values: str | UUID) -> set[str]:
    """``table.column`` of every place that holds one of ``values``, anywhere inside the text."""
    wanted = {spelling for value in values for spelling in spellings(value)}
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            for column in [str(item[0]) for item in cursor.description]:
                name = f'"{column}"'
                if connection.vendor == "postgresql":
                    text = f"lower(CAST({name} AS text))"
                else:
                    text = f"lower(CASE typeof({name}) WHEN 'blob' THEN hex({name}) ELSE {name} END)"
                where = " OR ".join(
                    ["position(%s in x) > 0" if connection.vendor == "postgresql" else "instr(x, %s) > 0"] * len(wanted)
                )
                sql = f'SELECT 1 FROM (SELECT {text} AS x FROM "{table}") AS t WHERE {where} LIMIT 1'
                cursor.execute(sql, [spelling.lower() for spelling in sorted(wanted)])
                if cursor.fetchone():
                    found.add(f"{table}.{column}")
    return found
