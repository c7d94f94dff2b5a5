"""The thread of the server process that makes the copies: each time the room moves on, else every five minutes.

It reads on a connection of its own, so it neither waits for a writer nor keeps one waiting. A copy that fails (the
stick was pulled out, or is full) is logged and tried again; the day goes on.
"""

import fcntl
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from config.addresses import lan_address
from workshops import copies, disk, hints, one_server
from workshops.models import Workshop

EVERY = 5 * 60.0
AGAIN = 15.0  # after a copy that failed
LOOK = 1.0
OTHERS = 60.0  # for another process that makes one

log = logging.getLogger(__name__)


class Trouble(NamedTuple):
    """No copy can be made now: what the facilitator has to know."""

    why: str
    last: datetime | None  # when one was made last, in this run


_trouble: Trouble | None = None


def trouble() -> Trouble | None:
    return _trouble


def _show(now: Trouble | None) -> None:
    """When the answer is another than before, every surface looks again."""
    global _trouble
    before, _trouble = _trouble, now
    if before != now:
        hints.hint(hints.EVERY_WORKSHOP, hints.LOOK_AGAIN)


README = """\
Copies of the database of Throughline on {host}, made while it runs.
They hold everything that people have written, and the key that tells the phones apart:
keep this folder as safe as the laptop itself.

If that laptop is lost: on another computer with Throughline, before it is started,

    bin/manage restore "THIS FOLDER"

says what it does. Then give that computer the old one's address in the network, and start it: the phones
look for {address} and come back by themselves.
"""


class NoPlace(Exception):
    """The folder for the copies cannot be used. Its words are for a person."""


def make_one() -> copies.Copy:
    """A copy now, with the key and the instructions beside it. Raises what copies.make raises, and NoPlace."""
    with _alone():
        return _make()


@contextmanager
def _alone() -> Iterator[None]:
    """The server and `bin/manage snapshot` would give two copies of one second the same number and name."""
    handle = os.open(settings.DATA_DIR / "copies.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    until = time.monotonic() + OTHERS
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise NoPlace("another copy has been under way for a minute (is the stick in?)") from None
            time.sleep(0.1)


def _make() -> copies.Copy:
    folder = _house()
    key = settings.DATA_DIR / copies.KEY
    if key.exists():  # otherwise it came from the environment, and whoever set it there has it
        _put(folder / copies.KEY, key.read_bytes())
    words = README.format(host=lan_address(), address=f"http://{lan_address()}:{settings.PORT}")
    _put(folder / copies.README, words.encode())
    connection.ensure_connection()
    return copies.make(connection.connection, folder, timezone.now())


def _house() -> Path:
    """Never makes the folders above: where a stick is mounted, an empty folder would take the copies instead."""
    root = settings.COPIES_DIR
    if not root.parent.is_dir() or (settings.COPIES_NAMED and not root.is_dir()):
        raise NoPlace(f"there is no folder {root} (is the stick in?)")
    folder = copies.house(root, settings.SECRET_KEY)
    for one in (root, folder):
        one.mkdir(mode=0o700, exist_ok=True)
    if not _is_outside(root) and disk.shortage() == disk.VERY_LOW:
        raise NoPlace("the disk is nearly full, and the rest of it is for what people write")
    return folder


def _is_outside(root: Path) -> bool:
    """On another disk than the database."""
    return bool(root.stat().st_dev != settings.DATA_DIR.stat().st_dev)


def _put(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        copies.write(path, content)


class Copier:
    """`start` and `stop` it; between them it looks once a second whether something was committed."""

    def __init__(self, every: float = EVERY, again: float = AGAIN, look: float = LOOK) -> None:
        self._every, self._again, self._look = every, again, look
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copies", daemon=True)
        self._copied: Any = None  # the state of the database that was copied last
        self._rooms: list[Any] | None = None  # which activity each workshop was in
        self._due = self._told = 0.0
        self._said = ""
        self._failing = False
        self._outside = False
        self._last: datetime | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Copy what has changed since the last one, if that takes no longer than `patience` seconds."""
        self._stopping.set()
        self._thread.join(patience)

    def _run(self) -> None:
        try:
            while not self._stopping.wait(self._look):
                self._try(last=False)
            self._try(last=True)
        finally:
            connection.close()

    def _try(self, *, last: bool) -> None:
        try:
            self._turn(last)
            disk.watch()
        except (OSError, sqlite3.Error, DatabaseError, copies.Spoilt, NoPlace) as problem:
            self._failed(problem)

    def _turn(self, last: bool) -> None:
        state = _state()
        if state == self._copied or (self._failing and not last and time.monotonic() < self._due):
            return
        rooms: list[Any] = list(
            Workshop.objects.filter(state=Workshop.RUNNING).order_by("pk").values_list("pk", "current")
        )
        if not (last or rooms != self._rooms or time.monotonic() >= self._due):
            return
        self._still_outside()
        copy = make_one()
        if self._failing:
            log.warning("Copies are made again: %s", copy.path)
        self._copied, self._rooms, self._failing, self._last = state, rooms, False, copy.made_at
        _show(None)
        self._due = time.monotonic() + self._every

    def _still_outside(self) -> None:
        """A stick that was pulled out may leave its folder behind, on the laptop's own disk."""
        root: Path = settings.COPIES_DIR
        outside = root.is_dir() and _is_outside(root)
        if self._outside and not outside:
            raise NoPlace(f"{root} is not on a disk of its own any more (is the stick in?)")
        self._outside = outside

    def _failed(self, problem: Exception) -> None:
        now = time.monotonic()
        if str(problem) != self._said or now - self._told >= EVERY:
            log.error("No copy could be made in %s: %s. The day goes on; trying again.", settings.COPIES_DIR, problem)
            self._said, self._told = str(problem), now
        _show(Trouble(str(problem), self._last))
        self._failing, self._due = True, now + self._again


def _state() -> int:
    """Changes with each commit on any other connection, of this process or another."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return cursor.fetchone()[0]


def start() -> Copier | None:
    """Begin to make copies, where the database is a file. PostgreSQL has means of its own: docs/hosting.md."""
    if one_server.place() is None:
        return None
    if not settings.COPIES_NAMED:
        log.warning(
            "Copies of the database are made in %s, on this computer alone: if it is lost, so are they. Name a USB"
            " stick or a cloud folder: THROUGHLINE_COPIES=/media/stick bin/dev",
            settings.COPIES_DIR,
        )
    elif settings.COPIES_DIR.is_dir() and not _is_outside(settings.COPIES_DIR):
        log.warning(
            "The copies in %s are on this computer's own disk. Is the stick in? If it is a cloud folder, all is well.",
            settings.COPIES_DIR,
        )
    copier = Copier()
    copier.start()
    return copier
