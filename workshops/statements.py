"""SQL that goes to the database together.

To PostgreSQL each way there and back costs more than the statement, and everybody who writes into a workshop waits for
whoever has its lock.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection


class Statement(NamedTuple):
    """One statement with its values; `make` turns its first row, or None, into what is wanted."""

    sql: str
    values: list[Any]
    make: Callable[[Any], Any] | None = None


def send(*statements: Statement) -> list[Any]:
    """Carry them out in this order, each seeing what those before it did. Returns what each makes (None: nothing)."""
    if not statements:
        return []
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [_one(cursor, one) for one in statements]
        cursor.execute("; ".join(one.sql for one in statements), [value for one in statements for value in one.values])
        made = []
        for one in statements:
            made.append(one.make(cursor.fetchone()) if one.make else None)
            cursor.nextset()
        return made


def _one(cursor: Any, statement: Statement) -> Any:
    cursor.execute(statement.sql, statement.values)
    return statement.make(cursor.fetchone()) if statement.make else None
