"""The way of one transaction to the database and back: what is only put down waits for what is asked next."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from workshops.hints import announcing
from workshops.statements import Statement, send

COMMIT = Statement("COMMIT", [])


class Way:
    """For the changes of one transaction, one after the other: `ask`, `put_down`, `tell`, and at the end `arrive`.

    Whoever waits for the lock of a workshop waits for every way there and back that is made under it.
    """

    def __init__(self) -> None:
        self._waiting: list[Statement] = []
        self._news: dict[int, int] = {}
        self._asking = False
        self.touched = False  # whether the change that is watched has written anything

    def ask(self, *statements: Statement) -> list[Any]:
        """What these make, in their order; they see all that was put down before."""
        waiting, self._waiting = self._waiting, []
        self._asking = True
        try:
            return send(*waiting, *statements)[len(waiting) :]
        except BaseException:
            self.touched = True  # what waited may be lost with it: whoever put it down has to begin anew
            raise
        finally:
            self._asking = False

    def put_down(self, *statements: Statement) -> None:
        """These have to be carried out, and nothing about them is of interest."""
        self._waiting += statements

    def tell(self, workshop_id: int, version: int) -> None:
        """When all is committed, those who listen hear of the newest version alone."""
        self._news[workshop_id] = version

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Notice what the change that is carried out inside writes by itself; what it puts down is yet to come."""

        def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            self.touched = self.touched or not (self._asking or sql.startswith("SELECT"))
            return execute(sql, params, many, context)

        self.touched = False
        with connection.execute_wrapper(look):
            yield

    def arrive(self) -> None:
        """Carry out what waits; where this is all of a transaction, its end goes the same way (PostgreSQL).

        To psycopg and Django it is committed then, and so their own commit asks nothing of the database.
        """
        ending = [*self._waiting, *announcing(self._news)]
        self._waiting, self._news = [], {}
        whole = connection.in_atomic_block and not connection.savepoint_ids
        if ending and whole and connection.vendor == "postgresql":
            ending.append(COMMIT)
        send(*ending)
