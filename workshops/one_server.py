"""One server process on one SQLite file: a second one would never hear of what is written through the first.

A lock on a file beside the database, held as long as the process lives, and gone with it even after `kill -9`.
Commands do not take it, except the one that puts another database in the place of this one.
"""

import atexit
import fcntl
import os
from pathlib import Path

from django.db import connection

_held: int | None = None


class Taken(Exception):
    """Another process serves this database. Its words are for the person who tried to start a second one."""


def place() -> Path | None:
    """The file of the lock; None where several processes may serve one database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith("file:") or name == ":memory:":
        return None
    return Path(f"{name}.server")


def hold() -> None:
    """Take the database for this process until it ends. Raises Taken where another process has it."""
    global _held
    path = place()
    if path is None or _held is not None:
        return
    # Never the database file itself: closing it here would drop the locks that SQLite holds on it.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, path)
    except Taken:
        os.close(handle)
        raise
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    _held = handle
    atexit.register(_let_go, path)


def look() -> None:
    """Whether this process could hold it. Raises Taken as `hold` would, and takes nothing."""
    path = place()
    if path is None or _held is not None or not path.exists():
        return
    handle = os.open(path, os.O_RDWR)
    try:
        _lock(handle, path)
    finally:
        os.close(handle)


def _lock(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        who = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
        raise Taken(
            f"Throughline is already running on {path.with_suffix('')} (process {who}). With SQLite there is one"
            " server process; stop that one first, or use PostgreSQL for several."
        ) from None


def _let_go(path: Path) -> None:
    path.unlink(missing_ok=True)
