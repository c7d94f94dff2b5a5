"""A move of a script as what a form sends: names become the pks of what they stand for."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from activities.kind import Move, Ref
from workshops.models import Activity, Workshop

Pairs = list[tuple[str, str]]


class Unknown(Exception):
    """A move speaks of something that nobody has made."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def names_of(workshop: Workshop) -> dict[str, str]:
    """What moves may call by name before the day begins: name -> pk."""
    network = workshop.network
    sorts = (network.drivers, network.organisations, workshop.participants)
    return {ref: str(pk) for things in sorts for ref, pk in things.exclude(ref="").values_list("ref", "pk")}


def tables_of(activity: Activity) -> dict[str, str]:
    """The tables of this activity's seating: label -> pk."""
    tables = activity.seating.tables.all() if activity.seating else ()
    return {table.label: str(table.pk) for table in tables}


def asked(move: Move) -> Iterator[str]:
    """The names that a move speaks of."""
    for value in move.data.values():
        for one in value if isinstance(value, list | tuple) else [value]:
            if isinstance(one, Ref):
                yield one.name


def pairs(move: Move, names: Mapping[str, str]) -> Pairs:
    """The fields of the form that this move sends. Raises Unknown."""
    sent = [(field, text) for field, value in move.data.items() for text in _texts(value, names)]
    return [*sent, ("ref", move.ref)] if move.ref else sent


def _texts(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    """A tick is "on", no tick sends nothing, and each value of a list is sent for itself."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, names)
    elif isinstance(value, Ref):
        if value.name not in names:
            raise Unknown(value.name)
        yield names[value.name]
    elif isinstance(value, bool):
        if value:
            yield "on"
    elif isinstance(value, date):
        yield value.isoformat()
    elif value is not None:
        yield str(value)
