"""Who wants to know that a workshop changed: a plain call in this process, PostgreSQL NOTIFY between processes.

A hint says "workshop 41 is now at version 12", never what changed. Losing one costs seconds, not words: every
surface also asks for the version by itself.
"""

import logging
import random
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import connection, transaction

from workshops.statements import Statement

Callback = Callable[[int, int], None]

EVERY_WORKSHOP = 0
LOOK_AGAIN = 0  # as a version: hints may have been lost
CHANNEL = "throughline"
SHORTEST_REST, LONGEST_REST = 0.25, 8.0

log = logging.getLogger(__name__)

_subscribers: list[Callback] = []
_listener: "Listener | None" = None
_changing = threading.Lock()


def subscribe(callback: Callback) -> Callable[[], None]:
    """Have `callback(workshop_id, version)` called after each change, on whatever thread; returns the way out."""
    global _listener
    with _changing:
        _subscribers.append(callback)
        if _listener is None and connection.vendor == "postgresql":
            _listener = Listener(connection.get_connection_params())
    return partial(_unsubscribe, callback)


def _unsubscribe(callback: Callback) -> None:
    global _listener
    with _changing:
        if callback in _subscribers:
            _subscribers.remove(callback)
        done, _listener = (_listener, None) if not _subscribers else (None, _listener)
    if done is not None:
        done.stop()


def announcing(news: Mapping[int, int]) -> list[Statement]:
    """Workshops and their versions, told when, and only if, the writing transaction commits.

    Called inside it; what is returned has to be sent before its end.
    """
    for workshop_id, version in news.items():
        transaction.on_commit(partial(hint, workshop_id, version), robust=True)
    if connection.vendor != "postgresql":
        return []
    # For the other processes. This one hears it twice, or still once when its listener is away.
    return [Statement("SELECT pg_notify(%s, %s)", [CHANNEL, f"{one}:{version}"]) for one, version in news.items()]


def hint(workshop_id: int, version: int) -> None:
    """Tell this process. The change is already committed, so a subscriber that fails is logged, never raised."""
    for callback in tuple(_subscribers):
        try:
            callback(workshop_id, version)
        except Exception:
            log.exception("A subscriber failed on workshop %s, version %s", workshop_id, version)


class Listener:
    """One connection of its own that LISTENs, on a daemon thread, and comes back for ever."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        ours = ("cursor_factory", "context", "prepare_threshold")  # Django's, for its own queries
        self._parameters = {name: value for name, value in parameters.items() if name not in ours}
        self._rest = SHORTEST_REST
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hints", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except Exception as problem:
                log.warning("Hints from other processes are interrupted: %s", problem)
                self._stopping.wait(self._rest * random.uniform(0.5, 1))  # noqa: S311, jitter is not a secret
                self._rest = min(self._rest * 2, LONGEST_REST)

    def _listen(self) -> None:
        import psycopg  # only where PostgreSQL is

        keepalive = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
        with psycopg.connect(**{**self._parameters, **keepalive}, autocommit=True) as link:
            link.execute(f"LISTEN {CHANNEL}")
            self._rest = SHORTEST_REST
            hint(EVERY_WORKSHOP, LOOK_AGAIN)
            while not self._stopping.is_set():
                for notice in link.notifies(timeout=1.0):
                    self._pass_on(notice.payload)

    def _pass_on(self, payload: str) -> None:
        workshop_id, _, version = payload.partition(":")
        if workshop_id.isdecimal() and version.isdecimal():
            hint(int(workshop_id), int(version))
