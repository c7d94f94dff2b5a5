"""Rows that every request looks for or writes: statements made once, at a fifth of what making them anew costs."""

from functools import cache, partial
from typing import Any

from django.db import connection, models

from workshops.statements import Statement, send


class Rows(models.Manager[Any]):
    """`row`, `new` and `make`, for the few places through which everybody comes."""

    def row(self, *, lock: bool = False, **exactly: Any) -> Any:
        """The one row whose columns hold exactly these values, locked if asked. Raises the model's DoesNotExist."""
        (found,) = send(self.wanted(lock=lock, **exactly))
        if found is None:
            raise self.model.DoesNotExist
        return found

    def wanted(self, *, lock: bool = False, **exactly: Any) -> Statement:
        """Makes the one row whose columns hold exactly these values, or None."""
        model: type[models.Model] = self.model
        names = tuple(exactly)
        select = _reading(model, connection.vendor, names, lock)
        return Statement(select, list(exactly.values()), partial(_made, model))

    def wanted_through(self, column: str, other: "Rows", **exactly: Any) -> Statement:
        """Makes the row to which `column` of the one row of `other` refers, or None."""
        model: Any = self.model
        through: Any = other.model
        select = _reading_through(model, column, through, tuple(exactly))
        return Statement(select, list(exactly.values()), partial(_made, model))

    def new(self, **values: Any) -> Statement:
        """Puts down one new row. Its key is not asked for."""
        model: Any = self.model
        return Statement(_writing(model), _values_of(model(**values)))

    def make(self, **values: Any) -> Any:
        """One new row, in the database: `create`, where `save` has nothing to add."""
        model: Any = self.model
        row = model(**values)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"{_writing(model)} RETURNING id", _values_of(row))
                (row.pk,) = cursor.fetchone()
            else:
                cursor.execute(_writing(model), _values_of(row))
                row.pk = cursor.lastrowid
        row._state.adding, row._state.db = False, connection.alias
        return row


def _values_of(row: Any) -> list[Any]:
    """What goes into its columns, all but the key."""
    fields = row._meta.local_concrete_fields[1:]
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]


def _made(model: type[models.Model], found: Any) -> Any:
    if found is None:
        return None
    fields, converters = _columns(model, connection.vendor)
    values = list(found)
    for at, expression, convert in converters:
        values[at] = convert(values[at], expression, connection)
    return model.from_db(connection.alias, fields, values)


@cache
def _columns(model: Any, vendor: str):
    """(field names, what to convert)"""
    fields = model._meta.local_concrete_fields
    converters = []
    for at, field in enumerate(fields):
        expression = field.get_col(model._meta.db_table)
        both = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
        converters += [(at, expression, convert) for convert in both]
    return [field.attname for field in fields], converters


@cache
def _reading(model: Any, vendor: str, names: tuple[str, ...], lock: bool) -> str:
    ending = " FOR UPDATE" if lock and vendor == "postgresql" else ""
    return f"SELECT {_every(model)} FROM {_where(model, names)}{ending}"  # noqa: S608, names of our models alone


@cache
def _reading_through(model: Any, column: str, other: Any, names: tuple[str, ...]) -> str:
    one = f"SELECT {column} FROM {_where(other, names)}"  # noqa: S608, names of our models alone
    return f"SELECT {_every(model)} FROM {model._meta.db_table} WHERE id = ({one})"  # noqa: S608, names of our models alone


def _every(model: Any) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)


def _where(model: Any, names: tuple[str, ...]) -> str:
    column_of = {field.name: field.column for field in model._meta.local_concrete_fields}
    return f"{model._meta.db_table} WHERE " + " AND ".join(f'"{column_of[name]}" = %s' for name in names)


@cache
def _writing(model: Any) -> str:
    fields = model._meta.local_concrete_fields[1:]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608, names of our models alone
