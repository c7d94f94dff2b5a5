"""Copies: whole or not there, checked, thinned out, and nobody waits for them."""

import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection  # noqa: F401, named in a condition
from django.utils import timezone

from tests import factories
from workshops import copies, copying, disk
from workshops.copying import Copier

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has pg_dump and archives of its own")
NINE = datetime(2026, 9, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def source(tmp_path):
    """A database with one table and a line in it."""
    with closing(sqlite3.connect(tmp_path / "source.sqlite3", isolation_level=None, check_same_thread=False)) as link:
        link.execute("PRAGMA journal_mode=WAL")
        link.execute("CREATE TABLE words (text)")
        link.execute("INSERT INTO words VALUES ('First')")
        yield link


@pytest.fixture
def folder(tmp_path):
    made = copies.house(tmp_path / "stick", "a key")
    made.mkdir(parents=True)
    return made


def words_in(copy):
    with closing(sqlite3.connect(f"{copy.path.as_uri()}?immutable=1", uri=True)) as link:
        return [text for (text,) in link.execute("SELECT text FROM words")]


def named(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_holds_what_was_committed_and_only_its_owner_may_read_it(source, folder):
    copy = copies.make(source, folder, NINE)
    source.execute("INSERT INTO words VALUES ('Later')")
    copies.check(copy)
    assert words_in(copy) == ["First"]
    assert named(folder) == ["copy-000001-20260924-090000Z.sqlite3", "copy-000001-20260924-090000Z.sqlite3.sha256"]
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    checked = subprocess.run(["sha256sum", "--check", copy.checksum.name], cwd=folder, capture_output=True, text=True)
    assert checked.stdout == "copy-000001-20260924-090000Z.sqlite3: OK\n"


def test_a_copy_is_made_while_somebody_writes(source, folder, tmp_path):
    with closing(sqlite3.connect(tmp_path / "source.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO words VALUES ('Not committed')")
        copy = copies.make(source, folder, NINE)
        other.execute("COMMIT")
    assert words_in(copy) == ["First"]


def test_the_number_says_which_is_the_newest_even_if_the_clock_was_put_back(source, folder):
    first = copies.make(source, folder, NINE)
    second = copies.make(source, folder, NINE - timedelta(days=400))
    assert copies.listing(folder) == [first, second]


@pytest.mark.parametrize("at", [20, 5000])
def test_a_copy_that_was_spoilt_is_found_out(source, folder, at):
    copy = copies.make(source, folder, NINE)
    with copy.path.open("r+b") as file:
        file.seek(at)
        file.write(b"spoilt")
    with pytest.raises(copies.Spoilt, match="its checksum differs"):
        copies.check(copy)
    copy.checksum.unlink()
    with pytest.raises(copies.Spoilt, match="no checksum"):
        copies.check(copy)


def test_the_newest_are_kept_and_beyond_them_one_an_hour(source, folder):
    for minutes in range(0, 6 * 60, 5):
        copies.make(source, folder, NINE + timedelta(minutes=minutes))
    kept = [f"{one.made_at:%H:%M}" for one in copies.listing(folder)]
    hours = [f"{hour:02}:55" for hour in range(9, 13)]
    assert kept == hours + [f"{hour:02}:{minute:02}" for hour in (13, 14) for minute in range(0, 60, 5)]
    assert len(named(folder)) == 2 * len(kept)


def test_two_laptops_never_write_into_each_others_folder(tmp_path):
    assert copies.house(tmp_path, "one key") != copies.house(tmp_path, "another key")


@pytest.fixture
def stick(settings, tmp_path):
    settings.COPIES_DIR, settings.COPIES_NAMED, settings.DATA_DIR = tmp_path / "stick", True, tmp_path / "data"
    settings.COPIES_DIR.mkdir()
    settings.DATA_DIR.mkdir()
    return settings.COPIES_DIR


def until(true):
    for _try in range(300):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come.")


@pytest.fixture
def copier(stick):
    one = Copier(every=3600, again=0.1, look=0.05)
    one.start()
    yield one
    one.stop(10)


def count(stick):
    return sum(len(copies.listing(folder)) for folder in copies.houses(stick))


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_copies_are_made_when_the_room_moves_on_and_not_when_nothing_has_changed(workshop, stick, copier):
    until(lambda: count(stick) == 1)
    first, second = workshop.activities.order_by("position")[:2]
    factories.open_(first)
    until(lambda: count(stick) == 2)
    workshop.refresh_from_db()
    factories.open_(second)
    until(lambda: count(stick) == 3)
    copier.stop(10)
    assert count(stick) == 3


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_stick_that_was_pulled_out_is_said_once_and_the_copies_go_on_when_it_is_back(workshop, stick, copier, caplog):
    until(lambda: count(stick) == 1)
    stick.rename(stick.with_name("pulled-out"))
    factories.open_(workshop.activities.first())
    until(lambda: caplog.messages)
    time.sleep(0.5)
    assert caplog.messages == [
        f"No copy could be made in {stick}: there is no folder {stick} (is the stick in?)."
        " The day goes on; trying again."
    ]
    made_at = copies.listing(copies.houses(stick.with_name("pulled-out"))[0])[-1].made_at
    assert copying.trouble() == (f"there is no folder {stick} (is the stick in?)", made_at)
    stick.with_name("pulled-out").rename(stick)
    until(lambda: count(stick) == 2)
    until(lambda: len(caplog.messages) == 2)
    assert caplog.messages[1].startswith("Copies are made again: ")
    until(lambda: copying.trouble() is None)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_console_says_that_no_copy_can_be_made(workshop, ada, stick, copier):
    def page():
        return factories.console_of(ada).get(f"/w/{workshop.code}/console/").content.decode()

    until(lambda: count(stick) == 1)
    assert "No copy of this day" not in page()
    stick.rename(stick.with_name("pulled-out"))
    factories.open_(workshop.activities.first())
    until(copying.trouble)
    assert f"No copy of this day since {timezone.localtime(copying.trouble().last):%H:%M}." in page()
    stick.with_name("pulled-out").rename(stick)
    until(lambda: copying.trouble() is None)
    assert "No copy of this day" not in page()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_copies_on_the_laptops_own_disk_are_asked_about_at_the_start(stick, caplog):
    copying.start().stop(10)
    assert caplog.messages[:1] == [
        f"The copies in {stick} are on this computer's own disk. Is the stick in? If it is a cloud folder, all is well."
    ]


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_command_makes_one_now_with_the_key_beside_it(network, stick, settings, capsys):
    (settings.DATA_DIR / "secret_key").write_text("the key")
    call_command("snapshot")
    path = capsys.readouterr().out.strip()
    (folder,) = copies.houses(stick)
    assert [str(copy.path) for copy in copies.listing(folder)] == [path]
    assert (folder / "secret_key").read_text() == "the key"
    assert path in (call_command("restore"), capsys.readouterr().out.replace("\n  ", "/").split("  ")[0])


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_restoring_refuses_what_is_not_a_sound_copy(network, stick, tmp_path):
    call_command("snapshot")
    (folder,) = copies.houses(stick)
    (copy,) = copies.listing(folder)
    copy.path.write_bytes(copy.path.read_bytes()[:-100])
    for place, words in (
        (copy.path, f"{copy.path.name} is not what was written: its checksum differs. Nothing was changed."),
        (folder, f"None of the copies in {folder} is sound."),
        (tmp_path, f"There are no copies in {tmp_path}."),
        (folder / "README.txt", f"{folder / 'README.txt'} is not a copy made by Throughline."),
        (tmp_path / "away", f"There is no folder {tmp_path / 'away'}. Is the stick in?"),
    ):
        with pytest.raises(CommandError) as refused:
            call_command("restore", str(place))
        assert str(refused.value) == words


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_of_two_laptops_on_one_stick_each_is_named_by_its_newest_workshop(workshop, stick, settings):
    folders = []
    for key in ("of the one that died", "of the one that takes its place"):
        settings.SECRET_KEY = key
        call_command("snapshot")
        folders.append(copies.house(stick, key))
        type(workshop).objects.update(title="The next one’s sample day")
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(stick))
    said = str(refused.value).splitlines()
    assert said[0] == f"There are copies of several laptops in {stick}. Say which:"
    assert {said[n].strip(): said[n + 1].rpartition(": ")[2] for n in (1, 3)} == {
        f"bin/manage restore {folders[0]}": workshop.title,
        f"bin/manage restore {folders[1]}": "The next one’s sample day",
    }


@pytest.fixture
def disk_of(tmp_path, settings):
    """disk_of("500m"): the data folder on a disk of that size, where this account may mount one."""
    mounted = []

    def mount(size):
        folder = tmp_path / size
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"No small disk can be mounted here: {done.stderr.strip()}")
        mounted.append(folder)
        settings.DATA_DIR = folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("size", "shortage", "said"),
    [("2g", "", (False, False)), ("500m", disk.LOW, (True, False)), ("100m", disk.VERY_LOW, (False, True))],
)
def test_the_console_says_when_the_disk_is_nearly_full(disk_of, size, shortage, said, workshop, ada):
    disk_of(size)
    page = factories.console_of(ada).get(f"/w/{workshop.code}/console/").content.decode()
    assert disk.shortage() == shortage
    assert ("Less than 1 GB is left" in page, "disk is nearly full" in page) == said
