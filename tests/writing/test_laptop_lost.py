"""The laptop is lost in the middle of the day; another one takes its place from the stick; phones bring the rest."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.serving import ROOT
from tests.writing.browsers import Console, Phone, activities, told
from workshops import copies


def room_in_newest_copy(stick: Path) -> str:
    """The activity that the room was in."""
    copies = sorted(stick.glob("throughline-*/copy-*.sqlite3"))
    if not copies:
        return ""
    with closing(sqlite3.connect(f"{copies[-1].as_uri()}?immutable=1", uri=True)) as link:
        return str(link.execute("SELECT current_id FROM workshops_workshop").fetchone()[0])


def until(true):
    for _try in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("It did not come.")


def replace(lost, new, copy: str = ""):
    """Another laptop at the address of the lost one, restored from the stick. Returns what the command said.

    From its newest copy; or from this one, where the server may have made another by itself meanwhile.
    """
    lost.stop(kill=True)
    said = new.manage("restore", copy or str(new.stick))
    new.port, new.url = lost.port, lost.url
    new.start()
    return said


@pytest.fixture
def day(laptop):
    """The first laptop serves two activities, the first is open; Ben and Chi have phones, Dee comes later."""
    first = laptop("first")
    facts = first.lay_out(("capture", {}), ("capture", {}))
    first.start()
    console = Console(first, facts)
    assert console.press("next") == 200
    return first, facts, console


def test_what_was_sent_is_there_once_after_the_laptop_was_lost(day, laptop):
    first, facts, _console = day
    here, _later = activities(first)
    ben, chi = Phone(first, facts, "Ben"), Phone(first, facts, "Chi")
    assert [ben.send(here, text="Before, by Ben"), chi.send(here, text="Before, by Chi")] == [200, 200]
    copy = first.manage("snapshot").strip()
    with pytest.raises(AssertionError, match=r"is already running .* Nothing was changed\."):
        first.manage("restore", str(first.stick))
    assert [ben.send(here, text="After, by Ben"), chi.send(here, text="After, by Chi")] == [200, 200]

    second = laptop("second")
    replace(first, second, copy)

    assert told(second) == [["Before, by Ben", "Ben"], ["Before, by Chi", "Chi"]]
    assert [ben.refill(), chi.refill(), ben.refill()] == [[200, 200]] * 3
    assert told(second) == [
        ["After, by Ben", "Ben"],
        ["After, by Chi", "Chi"],
        ["Before, by Ben", "Ben"],
        ["Before, by Chi", "Chi"],
    ]


def test_a_copy_is_made_when_the_room_moves_on(day, laptop):
    first, facts, console = day
    here, later = activities(first)
    until(lambda: room_in_newest_copy(first.stick) == here)
    assert console.press("next") == 200
    until(lambda: room_in_newest_copy(first.stick) == later)
    second = laptop("second")
    replace(first, second)
    assert Phone(second, facts, "Ben").send(later, text="Straight on") == 200


def test_copies_that_are_made_in_the_same_second_are_all_sound(laptop):
    one = laptop("first")
    script = "from workshops.copying import make_one\nfor _again in range(10): make_one()"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", script]
    makers = [subprocess.Popen(command, cwd=ROOT, env=one.env, stderr=subprocess.PIPE) for _maker in range(2)]
    assert [maker.communicate()[1] for maker in makers] == [b""] * 2
    (house,) = copies.houses(one.stick)
    assert [copy.number for copy in copies.listing(house)] == list(range(1, 21))
    for copy in copies.listing(house):
        copies.check(copy)


def test_no_version_comes_twice(day, laptop):
    first, facts, _console = day
    ben = Phone(first, facts, "Ben")
    before = ben.version()
    first.manage("snapshot")
    replace(first, laptop("second"))
    assert (before < 1_000_000, ben.version()) == (True, 1_000_000)


def test_somebody_who_joined_after_the_copy_comes_back_into_the_same_seat(day, laptop):
    first, facts, _console = day
    here, _later = activities(first)
    copy = first.manage("snapshot").strip()
    flo = Phone(first, facts)
    joined = flo.join("Flo").headers["X-Made"]
    assert flo.send(here, text="By Flo, after the copy") == 200

    second = laptop("second")
    replace(first, second, copy)
    gus = Phone(second, facts)
    gus_joined = gus.join("Gus").headers["X-Made"]
    assert flo.refill() == [404]
    assert "Please join once more" in flo.get(f"/j/{facts['code']}/").text
    rejoined = flo.join("Flo").headers["X-Made"]

    assert (rejoined == joined, gus_joined == joined) == (True, False)
    assert flo.refill() == [200]
    assert told(second) == [["By Flo, after the copy", "Flo"]]


def test_restoring_keeps_what_was_there_and_says_what_it_did(day, laptop):
    first, _facts, _console = day
    first.manage("snapshot")
    second = laptop("second")
    key = (Path(second.env["THROUGHLINE_DATA"]) / "secret_key").read_text()
    said = replace(first, second)
    data = Path(second.env["THROUGHLINE_DATA"])
    (aside,) = data.glob("before-restore-*")
    assert (aside / "secret_key").read_text() == key
    assert (aside / "throughline.sqlite3").stat().st_size > 0
    assert (data / "secret_key").read_text() == (Path(first.env["THROUGHLINE_DATA"]) / "secret_key").read_text()
    assert [line.split(",")[0] for line in said.splitlines()][1:3] == [
        "  One network",
        f"The database that was here is kept in {aside}.",
    ]
