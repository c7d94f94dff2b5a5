"""A database that is locked, full, read-only or gone: 503 and Retry-After, everywhere, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.serving import Server
from tests.writing.browsers import Console, Phone, activities, told

URL = os.environ.get("THROUGHLINE_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
BASE = URL.rsplit("/", 1)[0].replace("postgres://", "postgresql://")


class Room:
    """A server with one open activity, Ben's phone and Ada's console."""

    def __init__(self, folder: Path, database: str = ""):
        self.server = Server(folder, database)
        self.server.env["THROUGHLINE_PATIENCE"] = "2" if database else "0.3"
        self.facts = self.server.lay_out(("capture", {}))
        self.server.start()
        self.ben, self.ada = Phone(self.server, self.facts, "Ben"), Console(self.server, self.facts)
        assert self.ada.press("open", activity=activities(self.server)[0]) == 200
        (self.here,) = activities(self.server)
        self.code = self.facts["code"]

    def reads(self):
        """Doors that only look: sessions and auth (console), a pass (phone), the version, the house."""
        return [
            self.ben.get(f"/w/{self.code}/"),
            self.ben.get(f"/w/{self.code}/version/phone/?v=0"),
            Phone(self.server, self.facts).get(f"/j/{self.code}/"),
            self.ada.get(f"/w/{self.code}/console/"),
            self.ada.get("/networks/"),
            self.ada.get("/healthz/"),
        ]

    def writes(self):
        """Doors that write: an answer, joining, the console, signing out (which a middleware writes down)."""
        return [
            self.ben.post(f"/w/{self.code}/a/{self.here}/send/", key="Ben-1", text="Kept on the phone"),
            Phone(self.server, self.facts).join("Flo"),
            self.ada.post(f"/w/{self.code}/console/do/blank/"),
            self.ada.post("/sign-out/", scripted=False),
        ]


@contextmanager
def room_in(folder, database=""):
    room = Room(folder, database)
    yield room
    room.server.stop(kill=True)


def are_503(answers):
    return [(answer.status, answer.headers["Retry-After"]) for answer in answers] == [(503, "2")] * len(answers)


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with room_in(tmp_path_factory.mktemp("laptop")) as room:
        yield room


@pytest.fixture(scope="module")
def postgres():
    try:
        with psycopg.connect(f"{BASE}/postgres", connect_timeout=3, autocommit=True) as link:
            yield link
    except psycopg.OperationalError as problem:
        pytest.skip(f"No PostgreSQL answers at {BASE}: {problem}")


@pytest.fixture(scope="module")
def hosted(postgres, tmp_path_factory):
    name = f"throughline_away_{uuid.uuid4().hex[:8]}"
    postgres.execute(f"CREATE DATABASE {name}")
    with room_in(tmp_path_factory.mktemp("hosted"), f"{BASE}/{name}") as room:
        room.database = name
        yield room
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


def cut(postgres, room):
    postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [room.database])


def until_well(room):
    """The pool makes new connections by itself; the server is never started again."""
    for _try in range(100):
        if room.ada.get("/healthz/").status == 200:
            return
    raise AssertionError("The server did not find its database again.")


def test_a_database_that_another_process_holds_is_waited_for_by_phones(room):
    file = Path(room.server.env["THROUGHLINE_DATA"]) / "throughline.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        refused, seen = room.writes(), room.reads()
        other.execute("ROLLBACK")
    assert are_503(refused)
    assert [answer.status for answer in seen] == [200] * 6
    assert refused[0].headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "<h1>One moment, please</h1>" in refused[1].text
    assert [answer.status for answer in room.writes()[:2]] == [200, 302]
    assert told(room.server) == [["Kept on the phone", "Ben"]]


@pytest.mark.postgres
def test_connections_that_the_database_cut_are_made_anew(hosted, postgres):
    for _time in range(3):
        cut(postgres, hosted)
        answers = [*hosted.reads(), hosted.ben.post(f"/w/{hosted.code}/a/{hosted.here}/send/", key="cut", text="Once")]
        assert {answer.status for answer in answers} <= {200, 503}
    until_well(hosted)
    assert [answer.status for answer in hosted.reads()] == [200] * 6
    assert hosted.ben.post(f"/w/{hosted.code}/a/{hosted.here}/send/", key="cut", text="Once").status == 200
    assert [words for words, _who in told(hosted.server)].count("Once") == 1


@pytest.mark.postgres
def test_a_database_that_is_gone_is_waited_for_everywhere(hosted, postgres):
    postgres.execute(f"ALTER DATABASE {hosted.database} ALLOW_CONNECTIONS false")
    cut(postgres, hosted)
    gone = [*hosted.reads()[:4], hosted.ada.get("/healthz/"), hosted.writes()[0]]
    postgres.execute(f"ALTER DATABASE {hosted.database} ALLOW_CONNECTIONS true")
    assert are_503(gone)
    until_well(hosted)


@pytest.mark.postgres
def test_a_database_that_may_only_be_read_is_waited_for(hosted, postgres):
    postgres.execute(f"ALTER DATABASE {hosted.database} SET default_transaction_read_only = on")
    cut(postgres, hosted)
    refused = hosted.writes()[:3]
    postgres.execute(f"ALTER DATABASE {hosted.database} RESET default_transaction_read_only")
    cut(postgres, hosted)
    assert are_503(refused)
    until_well(hosted)


@pytest.mark.postgres
def test_a_row_that_stays_locked_is_given_up_and_tried_again(hosted):
    with psycopg.connect(f"{BASE}/{hosted.database}") as other:
        other.execute("SELECT * FROM workshops_workshop FOR UPDATE")
        refused = hosted.writes()[:1]
        other.rollback()
    assert are_503(refused)
    assert hosted.writes()[0].status == 200


@pytest.fixture
def small_disk(tmp_path):
    """A disk of sixteen megabytes, where this account may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"No small disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_acknowledges_nothing_that_it_does_not_keep(small_disk):
    with room_in(small_disk) as room:
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * shutil.disk_usage(small_disk).free)
        address = f"/w/{room.code}/a/{room.here}/send/"
        sent = {f"Text {n:03} " + "and more " * 7: f"key-{n}" for n in range(60)}
        during = {text: room.ben.post(address, key=key, text=text).status for text, key in sent.items()}
        watched = [answer.status for answer in room.reads()]
        filler.unlink()
        after = [room.ben.post(address, key=key, text=text).status for text, key in sent.items()]
        file = small_disk / "throughline.sqlite3"
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as other:
            sound = other.execute("PRAGMA integrity_check").fetchone()
        kept = told(room.server)
    assert set(during.values()) <= {200, 503}
    assert 503 in during.values()
    assert set(watched) <= {200, 503}
    assert after == [200] * len(sent)
    assert kept == sorted([text.strip(), "Ben"] for text in sent)
    assert sound == ("ok",)
