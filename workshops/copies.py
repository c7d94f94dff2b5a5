"""Copies of the database (SQLite) in a second folder: made, checked, listed, thinned out.

A house is one installation, known by its signing key. Each has a folder of its own below the given one, so that a
laptop that was just set up never writes over what another one has left on the same stick:

    throughline-1f2e3d4c/
        copy-000012-20261122-091205Z.sqlite3          the number decides which is the newest: clocks may be wrong
        copy-000012-20261122-091205Z.sqlite3.sha256   as `sha256sum --check` reads it
        secret_key                                    without it every phone would have to join again
        README.txt                                    what to do with all this
"""

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

NEWEST, HOURLY = 24, 48  # how many are kept: the newest, and beyond them one an hour
KEY, README = "secret_key", "README.txt"
_NAME = re.compile(r"copy-(\d{6,})-(\d{8}-\d{6})Z\.sqlite3")


class Spoilt(Exception):
    """A copy is not what it was when it was made. Its words are for a person."""


@dataclass(frozen=True, order=True)
class Copy:
    number: int
    made_at: datetime
    path: Path

    @property
    def checksum(self) -> Path:
        return self.path.with_name(f"{self.path.name}.sha256")


def house(root: Path, key: str) -> Path:
    """The folder below `root` that belongs to the installation with this signing key."""
    return root / f"throughline-{hashlib.sha256(f'throughline.copies:{key}'.encode()).hexdigest()[:8]}"


def houses(place: Path) -> list[Path]:
    """The folders with copies at `place`: below it, or itself. The one with the newest copy last."""
    found = [place] if listing(place) else [one for one in place.glob("throughline-*") if listing(one)]
    return sorted(found, key=lambda one: listing(one)[-1].made_at)


def listing(folder: Path) -> list[Copy]:
    """What is in this house's folder, oldest first."""
    named = [(_NAME.fullmatch(path.name), path) for path in folder.glob("copy-*.sqlite3")]
    return sorted(Copy(int(name[1]), _moment(name[2]), path) for name, path in named if name)


def titles(copy: Copy) -> list[str]:
    """What the newest workshops in this copy are called, as far as it can be read."""
    try:
        with closing(sqlite3.connect(f"{copy.path.as_uri()}?mode=ro&immutable=1", uri=True)) as link:
            return [title for (title,) in link.execute("SELECT title FROM workshops_workshop ORDER BY id DESC LIMIT 2")]
    except sqlite3.Error:
        return []


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d-%H%M%S").replace(tzinfo=UTC)


def make(source: sqlite3.Connection, folder: Path, now: datetime) -> Copy:
    """A copy of what `source` has committed, under its final name only when it is whole and on the disk.

    SQLite's backup in one step reads one state of the database without keeping any writer waiting (WAL).
    Raises OSError, sqlite3.Error, Spoilt.
    """
    before = listing(folder)
    number = before[-1].number + 1 if before else 1
    copy = Copy(number, now.replace(microsecond=0), folder / f"copy-{number:06}-{now:%Y%m%d-%H%M%S}Z.sqlite3")
    with _in_the_making(copy.path) as part:
        with closing(sqlite3.connect(part)) as target:
            source.backup(target, pages=-1)
        look_inside(part)
        write(copy.checksum, f"{digest(part)}  {copy.path.name}\n".encode())
    thin(folder)
    return copy


@contextmanager
def _in_the_making(path: Path) -> Iterator[Path]:
    """A file to write to, which gets its name when all went well and is gone when not."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        settle(part, path)
    finally:
        part.unlink(missing_ok=True)


def settle(part: Path, path: Path) -> None:
    """Onto the disk, and then into its place."""
    _sync(part)
    part.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> None:
    with _in_the_making(path) as part:
        part.write_bytes(content)


def check(copy: Copy) -> None:
    """Raises Spoilt when the copy, or its checksum, is not what was written."""
    try:
        expected = copy.checksum.read_text(encoding="utf-8").split()[0]
    except (OSError, IndexError, UnicodeDecodeError):
        raise Spoilt(f"{copy.path.name} has no checksum beside it.") from None
    if digest(copy.path) != expected:
        raise Spoilt(f"{copy.path.name} is not what was written: its checksum differs.")
    look_inside(copy.path)


def look_inside(path: Path) -> None:
    """Raises Spoilt when this file is not a sound database. Leaves nothing beside it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)) as database:
            (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        said = str(problem)
    if said != "ok":
        raise Spoilt(f"{path.name} is damaged: {said}")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def thin(folder: Path) -> None:
    """Keep the newest, and of the older ones the last of each hour; whatever was left half made goes, too."""
    older = listing(folder)[:-NEWEST]
    hours = {f"{one.made_at:%Y%m%d%H}": one for one in older}
    kept = set(list(hours.values())[-HOURLY:])
    for copy in older:
        if copy not in kept:
            copy.path.unlink(missing_ok=True)
            copy.checksum.unlink(missing_ok=True)
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)
