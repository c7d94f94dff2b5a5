"""A hint leaves when, and only if, the change is committed; and it reaches other processes through PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import transaction

from workshops import hints
from workshops.statements import send

URL = os.environ.get("THROUGHLINE_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
ROOT = Path(__file__).resolve().parents[2]

# Only what hints need: no tables, no settings of ours.
PROCESS = """
import sys
import django, environ
from django.conf import settings
settings.configure(DATABASES={"default": environ.Env.db_url_config(sys.argv[1])})
django.setup()
from django.db import connection, transaction
from workshops import hints
from workshops.statements import send

def listen():
    hints.subscribe(lambda workshop_id, version: print(workshop_id, version, flush=True))
    sys.stdin.readline()

def write():
    with transaction.atomic():
        send(*hints.announcing({41: 12}))
        send(*hints.announcing({41: 12}))
    try:
        with transaction.atomic():
            send(*hints.announcing({41: 13}))
            raise RuntimeError
    except RuntimeError:
        pass
    with transaction.atomic():
        send(*hints.announcing({41: 14}))

globals()[sys.argv[2]]()
"""


@pytest.fixture
def heard():
    told = []
    unsubscribe = hints.subscribe(lambda workshop_id, version: told.append((workshop_id, version)))
    yield told
    unsubscribe()


@pytest.fixture
def postgres():
    try:
        with psycopg.connect(URL.replace("postgres://", "postgresql://"), connect_timeout=3, autocommit=True) as link:
            yield link
    except psycopg.OperationalError as problem:
        pytest.skip(f"No PostgreSQL answers at {URL}: {problem}")


@pytest.fixture
def process(postgres):
    """process("listen"): another process of the same service."""
    started = []

    def start(task):
        command = [sys.executable, "-c", PROCESS, URL, task]
        one = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(one)
        return one

    yield start
    for one in started:
        one.communicate("done\n", timeout=20)


@pytest.mark.django_db(transaction=True)
def test_a_hint_leaves_when_the_change_is_committed(heard):
    with transaction.atomic():
        send(*hints.announcing({41: 12}))
        before = [told for told in heard if told[0] == 41]
    assert (before, (41, 12) in heard) == ([], True)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_is_never_hinted_at(heard):
    with transaction.atomic():
        send(*hints.announcing({41: 12}))
        transaction.set_rollback(True)
    hints.hint(41, 11)
    assert [told for told in heard if told[0] == 41] == [(41, 11)]


def test_a_subscriber_that_fails_stops_neither_the_writer_nor_the_others(heard, caplog):
    def broken(workshop_id, version):
        raise ConnectionError("no loop")

    unsubscribe = hints.subscribe(broken)
    hints.subscribe(lambda *told: heard.append((*told, "too")))()
    hints.hint(41, 12)
    unsubscribe()
    hints.hint(41, 13)
    assert heard == [(41, 12), (41, 13)]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.postgres
def test_a_committed_change_reaches_another_process(process):
    listener = process("listen")
    assert listener.stdout.readline() == "0 0\n"  # it listens, so look again at what came before
    process("write").wait(20)
    assert [listener.stdout.readline() for _time in range(2)] == ["41 12\n", "41 14\n"]


@pytest.mark.postgres
def test_a_listener_whose_connection_is_cut_comes_back_and_looks_again(process, postgres):
    listener = process("listen")
    assert listener.stdout.readline() == "0 0\n"
    postgres.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN throughline'")
    assert listener.stdout.readline() == "0 0\n"
    process("write").wait(20)
    assert listener.stdout.readline() == "41 12\n"
