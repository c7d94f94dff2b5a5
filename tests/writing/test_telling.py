"""Telling others of a change never fails the change: a subscriber that breaks, a database connection that is dead."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import transaction
from django.urls import reverse

from tests import factories
from workshops import hints
from workshops.models import Card
from workshops.statements import send

ROOT = Path(__file__).resolve().parents[2]
URL = os.environ.get("THROUGHLINE_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")

# A change whose transaction commits, while nobody listens any more and one who does breaks.
WRITE = """
import sys
import django, environ
from django.conf import settings
settings.configure(DATABASES={"default": environ.Env.db_url_config(sys.argv[1])})
django.setup()
import psycopg
from django.db import connection, transaction
from workshops import hints
from workshops.statements import send

def broken(workshop_id, version):
    raise ConnectionError("no loop")

hints.subscribe(broken)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("CREATE TABLE kept (words text)")
with psycopg.connect(sys.argv[1].replace("postgres://", "postgresql://"), autocommit=True) as other:
    other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN throughline'")
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("INSERT INTO kept VALUES ('Committed')")
    send(*hints.announcing({41: 12}))
with connection.cursor() as cursor:
    cursor.execute("SELECT words FROM kept")
    print(cursor.fetchall())
"""


@pytest.fixture
def broken():
    def subscriber(workshop_id, version):
        raise ConnectionError("the loop is gone")

    unsubscribe = hints.subscribe(subscriber)
    yield
    unsubscribe()


@pytest.mark.django_db(transaction=True)
def test_a_request_is_answered_when_every_listener_breaks(broken, workshop, ben, caplog):
    capture = factories.open_(factories.make_activity(workshop, "capture"))
    sent = {"key": "Ben-1", "text": "Kept all the same"}
    address = reverse("act", args=[workshop.code, capture.pk, "send"])
    answer = factories.phone_of(ben).post(address, sent, headers={"X-Throughline": "1"})
    assert (answer.status_code, list(Card.objects.values_list("text", flat=True))) == (200, ["Kept all the same"])
    # Once from here; with PostgreSQL once more by way of the listener.
    assert {record.message for record in caplog.records if record.name == "workshops.hints"} == {
        f"A subscriber failed on workshop {workshop.pk}, version {answer['X-Version']}"
    }


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_the_commit_cannot_take_it_back(broken, network):
    with transaction.atomic():
        factories.make_workshop(network, template="", title="Made")
        send(*hints.announcing({41: 12}))
    assert [one.title for one in network.workshops.all()] == ["Made"]


@pytest.mark.postgres
def test_a_change_is_kept_when_the_connection_that_listens_is_dead():
    base, name = URL.rsplit("/", 1)[0], f"throughline_telling_{uuid.uuid4().hex[:8]}"
    try:
        with psycopg.connect(f"{base}/postgres".replace("postgres://", "postgresql://"), connect_timeout=3) as link:
            link.autocommit = True
            link.execute(f"CREATE DATABASE {name}")
            command = [sys.executable, "-c", WRITE, f"{base}/{name}"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")
    except psycopg.OperationalError as problem:
        pytest.skip(f"No PostgreSQL answers at {base}: {problem}")
    assert (done.returncode, done.stdout) == (0, "[('Committed',)]\n")
