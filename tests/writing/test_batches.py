"""What several people send in the same moment goes together, and still each stands or falls alone."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse

from tests import factories
from workshops.models import Activity, Card, Journal, Receipt, Workshop
from workshops.policy import NOBODY
from workshops.problems import Conflict
from workshops.write import Written, keep, write
from workshops.writer import Job, together

pytestmark = pytest.mark.django_db(transaction=True)


def on_postgresql(why):
    return pytest.mark.skipif("connection.vendor != 'postgresql'", reason=why)


@pytest.fixture
def here(workshop):
    return factories.open_(factories.make_activity(workshop, "capture"))


@pytest.fixture
def at_once(workshop):
    """at_once(one, two): what these come to or raise; they wait behind another one, so they are one batch."""

    def run(*changes):
        begun, go_on = threading.Event(), threading.Event()

        def first(locked):
            begun.set()
            go_on.wait(20)

        def outcome(change):
            try:
                return change()
            except Exception as problem:
                return problem
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(changes) + 1) as threads:
            threads.submit(outcome, lambda: write(workshop.pk, by=NOBODY, verb="test.first", change=first))
            begun.wait(20)
            waiting = []
            for change in changes:
                waiting.append(threads.submit(outcome, change))
                time.sleep(0.05)  # in this order
            go_on.set()
            return [one.result(60) for one in waiting]

    return run


def put_up(here, by, text, key, also=lambda: None):
    def change(locked):
        also()
        return Card.objects.make(activity=here, participant=by, text=text)

    return lambda: write(here.workshop_id, by=NOBODY, verb="test.card", change=change, key=key)


def texts():
    return list(Card.objects.values_list("text", flat=True))


def receipts():
    return sorted(Receipt.objects.values_list("key", flat=True))


def test_what_cannot_be_sent_to_the_database_takes_nothing_along(at_once, workshop, here, ben):
    one, refused = at_once(
        put_up(here, ben, "One", "k1"),
        lambda: write(workshop.pk, by=NOBODY, verb="test.bad", change=lambda locked: None, key="\ud800"),
    )
    assert (type(one), type(refused), receipts()) == (Written, UnicodeEncodeError, ["k1"])
    assert (put_up(here, ben, "One", "k1")().replayed, texts()) == (True, ["One"])


def test_nobody_is_refused_because_of_what_never_was(at_once, workshop, here, ben):
    def close(locked):
        Activity.objects.filter(pk=here.pk).update(state=Activity.CLOSED)
        return Card.objects.create(activity=here, participant_id=987_654, text="By somebody who was removed")

    def if_open():
        if not Activity.objects.get(pk=here.pk).is_open:
            raise Conflict("It is closed.")

    closed, sent = at_once(
        lambda: write(workshop.pk, by=NOBODY, verb="test.close", change=close, key="k1"),
        put_up(here, ben, "In time", "k2", also=if_open),
    )
    assert (type(closed), type(sent), texts()) == (Conflict, Written, ["In time"])


@on_postgresql("SQLite takes words of any length")
def test_one_whose_last_statement_fails_takes_nobody_along(at_once, workshop, here, ben):
    one, refused = at_once(
        put_up(here, ben, "One", "k1"), lambda: write(workshop.pk, by=NOBODY, verb="v" * 70, change=lambda locked: None)
    )
    assert (type(one), type(refused).__name__, texts(), receipts()) == (Written, "DataError", ["One"], ["k1"])


@on_postgresql("SQLite has no connection to lose")
def test_a_connection_that_is_lost_in_the_middle_doubles_nothing(at_once, here, ben):
    lost = []

    def lose():
        if not lost:
            lost.append(True)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    written = at_once(
        put_up(here, ben, "One", "k1"), put_up(here, ben, "Two", "k2", also=lose), put_up(here, ben, "Three", "k3")
    )
    assert [type(one) for one in written] == [Written] * 3
    assert (sorted(texts()), receipts()) == (["One", "Three", "Two"], ["k1", "k2", "k3"])


@on_postgresql("SQLite has no locks of rows")
def test_a_lock_that_somebody_else_has_is_waited_for_once(workshop):
    """Eight phones would wait for it eight times, one after the other, and everybody else behind them."""
    parameters = connection.get_connection_params()
    elsewhere = {name: parameters[name] for name in ("dbname", "user", "host", "port") if name in parameters}
    tried = []

    def impatient(way):
        tried.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 50")
        Workshop.objects.row(id=workshop.pk, lock=True)

    with psycopg.connect(**elsewhere) as other:
        other.execute("SELECT 1 FROM workshops_workshop WHERE id = %s FOR UPDATE", [workshop.pk])
        with pytest.raises(OperationalError):
            together([Job(impatient) for _job in range(5)])
    assert tried == [1]


def test_what_is_kept_sees_what_was_written_before_it(at_once, workshop, here, ben):
    written, version = at_once(
        put_up(here, ben, "One", "k1"), lambda: keep(lambda: Workshop.objects.get(pk=workshop.pk).version)
    )
    if connection.vendor == "sqlite":  # elsewhere it does not wait for the writer
        assert version == written.version
    assert Journal.objects.filter(workshop=workshop, seq=written.version).count() == 1


def test_a_key_that_no_database_keeps_is_refused_at_the_door(client, workshop):
    dee = {"name": "Dee", "organisation": "other", "other_organisation": "Castlemoor", "role": "Nurse", "key": "a\0b"}
    answer = client.post(reverse("join", args=[workshop.code]), dee)
    assert answer.status_code == 400
