"""Putting a copy in the place of the database of a laptop that was lost.

Nothing is in its place until everything is ready, and what was there before is kept.

The restored database leaps ahead: each workshop's version to the next million, and every id that will be given from now
on by a million. What happened after the copy was made is gone here, but phones and screens still know it. So no version
comes twice, no vote for a card that is gone can meet another card with its number, and a phone that sees a version in
another million knows that it has to bring again what it still holds (static/js/refill.js).
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from workshops import copies, one_server
from workshops.models import Workshop

LEAP = 1_000_000
RESTORED = "workshop.restore"  # the verb in the journal


class Refused(Exception):
    """This cannot be restored here. Its words are for a person."""


@dataclass(frozen=True)
class Restored:
    workshops: list[str]
    kept: Path | None  # where what was in its place is now
    with_key: bool  # the key came along, or is the same: the phones' passes still count


def restore(copy: copies.Copy, now: datetime) -> Restored:
    """Put `copy` and its key in place. Raises Refused, copies.Spoilt, one_server.Taken, OSError.

    The process must end afterwards: it still runs with the key that was there before.
    """
    database = _place()
    one_server.hold()
    copies.check(copy)
    ready = database.with_name(f".{database.name}.restoring")
    _forget(ready)
    shutil.copyfile(copy.path, ready)
    ready.chmod(0o600)
    if copies.digest(ready) != copies.digest(copy.path):
        raise Refused(f"{copy.path.name} could not be read the same twice. Try another copy.")
    workshops = _bring_up_to_date(ready)
    _leap(ready, now)
    kept = _put_aside(database, now)
    copies.settle(ready, database)
    return Restored(workshops, kept, _put_key(copy.path.parent, now))


def _place() -> Path:
    lock = one_server.place()
    if lock is None:
        raise Refused("Copies are of SQLite databases. For PostgreSQL see docs/hosting.md.")
    return lock.with_suffix("")


def _forget(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _bring_up_to_date(database: Path) -> list[str]:
    """Migrate this file, before it is in place. Returns the names of its workshops."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        _refuse_a_newer_one()
        call_command("migrate", verbosity=0)
        return [f"{one.title} ({one.spoken_code})" for one in Workshop.objects.order_by("date", "pk")]
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _refuse_a_newer_one() -> None:
    loader = MigrationExecutor(connection).loader
    if not any(app == "workshops" for app, _name in loader.applied_migrations):
        raise Refused("This is not a database of Throughline.")
    newer = [".".join(one) for one in loader.applied_migrations if one not in loader.disk_migrations]
    if newer:
        raise Refused(f"This copy was made by a newer Throughline ({', '.join(newer)}). Install that one first.")


def _leap(database: Path, now: datetime) -> None:
    """Not through the door for changes: it serves the database that is in place."""
    with closing(sqlite3.connect(database)) as link:
        link.execute("PRAGMA journal_mode=DELETE")  # all in one file, or an error
        with link:
            link.execute("UPDATE workshops_workshop SET version = (version / ? + 1) * ?", [LEAP, LEAP])
            link.execute(
                "INSERT INTO workshops_journal (workshop_id, seq, actor, verb, subject, data, at)"
                " SELECT id, version, 'restore', ?, '', '{}', ? FROM workshops_workshop",
                [RESTORED, now.strftime("%Y-%m-%d %H:%M:%S.%f")],
            )
            link.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master WHERE type = 'table'"
                " AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)"
            )
            link.execute("UPDATE sqlite_sequence SET seq = (seq / ? + 1) * ?", [LEAP, LEAP])


def _put_aside(database: Path, now: datetime) -> Path | None:
    """What is there now moves into a folder beside it: a database is never deleted here."""
    there = [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm")]
    there = [path for path in there if path.exists()]
    if not there:
        return None
    aside = _aside(now)
    for path in there:
        path.rename(aside / path.name)
    return aside


def _aside(now: datetime) -> Path:
    aside: Path = settings.DATA_DIR / f"before-restore-{now:%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700, exist_ok=True)
    return aside


def _put_key(folder: Path, now: datetime) -> bool:
    """The key beside the copy, into its place. False when phones will have to join again."""
    brought, own = folder / copies.KEY, settings.DATA_DIR / copies.KEY
    if not brought.exists():
        return folder.name == copies.house(folder.parent, settings.SECRET_KEY).name
    if own.exists() and own.read_bytes() != brought.read_bytes():
        shutil.copyfile(own, _aside(now) / copies.KEY)
        (_aside(now) / copies.KEY).chmod(0o600)
    copies.write(own, brought.read_bytes())
    return True
