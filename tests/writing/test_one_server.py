"""On SQLite one server process serves a database; commands work beside it, a second server does not."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVE = "import config.asgi, sys; print('serving', flush=True); sys.stdin.read()"


@pytest.fixture
def house(tmp_path):
    """The environment of a fresh data folder."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**given, "THROUGHLINE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}


def manage(house, *command):
    return subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=house, capture_output=True, text=True)


@contextmanager
def serving(house):
    """A process that has loaded the application as Daphne does, and stays."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, env=house, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout.readline() == "serving\n"
        yield process
        process.kill()


def second(house):
    return subprocess.run([sys.executable, "-c", SERVE], cwd=ROOT, env=house, input="", capture_output=True, text=True)


def test_a_second_server_says_in_one_line_why_it_does_not_start(house):
    with serving(house) as first:
        refused = second(house)
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        1,
        "",
        f"Throughline is already running on {house['THROUGHLINE_DATA']}/throughline.sqlite3 (process {first.pid}). With"
        " SQLite there is one server process; stop that one first, or use PostgreSQL for several.\n",
    )


def test_a_server_that_was_killed_leaves_the_way_free(house):
    with serving(house) as first:
        first.kill()
        first.wait()
        assert second(house).stdout == "serving\n"


def test_a_server_that_ends_leaves_nothing_behind(house):
    second(house)
    assert sorted(path.name for path in Path(house["THROUGHLINE_DATA"]).glob("*.server")) == []


def test_commands_work_beside_a_server(house):
    with serving(house):
        commands = [("migrate", "-v0"), ("import_workshop", str(ROOT / "tests/data/sample_event.yaml"))]
        done = [manage(house, *command) for command in commands]
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 2


def test_another_database_may_be_served_at_the_same_time(house, tmp_path_factory):
    other = {**house, "THROUGHLINE_DATA": str(tmp_path_factory.mktemp("other"))}
    with serving(house):
        assert second(other).stdout == "serving\n"


def test_bin_dev_says_so_before_it_shows_any_link(house):
    with serving(house) as first:
        said = manage(house, "welcome", "--serving", "--port", "0")
    assert (said.returncode, said.stdout) == (1, "")
    assert f"is already running on {house['THROUGHLINE_DATA']}/throughline.sqlite3 (process {first.pid})" in said.stderr


def test_bin_dev_names_another_port_where_one_is_in_use(house):
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        port = other.getsockname()[1]
        said = manage(house, "welcome", "--serving", "--port", str(port))
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.strip().endswith(
        f"Port {port} is in use by another program, or not to be had (Address already in use). With another one:"
        f" PORT={port + 1} bin/dev"
    )
