"""The one writer: what waits together is committed together, and each change stands or falls alone."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, connections
from django.utils import translation

from tests import factories
from workshops.models import Card, Journal, Network
from workshops.policy import NOBODY
from workshops.write import keep, taken_back, write
from workshops.writer import AT_A_TIME, Job, together

pytestmark = pytest.mark.django_db(transaction=True)


def found(name):
    return lambda *_way: Network.objects.create(name=name)


def refuse(*_way):
    Network.objects.create(name="Never")
    raise ValidationError("No")


def names():
    return sorted(Network.objects.values_list("name", flat=True))


def test_what_waits_together_is_one_transaction():
    jobs = [Job(found(f"Network {number}")) for number in range(5)]
    begun = []
    jobs.append(Job(lambda way: begun.append(connection.in_atomic_block)))
    together(jobs)
    assert (names(), begun) == ([f"Network {number}" for number in range(5)], [True])


def test_one_that_is_refused_leaves_the_others():
    jobs = [Job(found("Before")), Job(refuse), Job(found("After"))]
    together(jobs)
    for job in jobs:
        job.end()
    with pytest.raises(ValidationError):
        jobs[1].outcome()
    assert (names(), jobs[0].outcome().name, jobs[2].outcome().name) == (["After", "Before"], "Before", "After")


def say_no(_way):
    raise ValidationError("Not this one")


def test_one_that_is_refused_before_it_wrote_anything_costs_the_others_nothing():
    """Nor do they happen twice: a hundred who are too late are no hundred transactions."""
    done = []

    def noted(name):
        return lambda way: done.append(name) or found(name)()

    jobs = [Job(noted("Before")), Job(say_no), Job(noted("After"))]
    together(jobs)
    assert ([job.failed for job in jobs], done, names()) == (
        [False, True, False],
        ["Before", "After"],
        ["After", "Before"],
    )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's lock is of the whole database")
def test_nobody_holds_the_locks_of_two_workshops(workshop, network):
    other = factories.make_workshop(network, template="")
    begun, go_on, transactions = threading.Event(), threading.Event(), []

    def noted(locked):
        begun.set()
        go_on.wait(20)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text")
            transactions.append((locked.pk, cursor.fetchone()[0]))

    def one(pk):
        try:
            return write(pk, by=NOBODY, verb="test.change", change=noted)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        waiting = [threads.submit(one, workshop.pk)]
        begun.wait(20)
        waiting += [threads.submit(one, pk) for pk in (other.pk, workshop.pk, other.pk)]
        time.sleep(0.5)  # they wait for the first
        go_on.set()
        for one_of_them in waiting:
            one_of_them.result(20)
    assert len(transactions) == 4
    together = {number: {pk for pk, where in transactions if where == number} for _pk, number in transactions}
    assert {len(workshops) for workshops in together.values()} == {1}
    assert len(together) == 3  # two that waited for the same workshop went together


def test_a_key_that_came_twice_in_one_batch_is_carried_out_once(workshop):
    """The first one's receipt is on its way before the second one's is looked for."""
    begin = threading.Barrier(8)

    def one(_number):
        begin.wait(20)
        try:
            return write(workshop.pk, by=NOBODY, verb="test.change", change=lambda locked: None, key="same")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(one, range(8)))
    assert sorted(answer.replayed for answer in answers) == [False, *[True] * 7]
    assert {answer.version for answer in answers} == {workshop.version + 1}


def test_a_refused_change_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        keep(refuse)
    assert names() == []


def test_a_batch_that_the_disk_undoes_is_acknowledged_to_nobody():
    """A full disk makes SQLite roll back the whole transaction by itself, in the middle of it."""

    def undone(way):
        connection.cursor().execute("ROLLBACK")
        raise OperationalError("database or disk is full")

    jobs = [Job(found("Said to be stored")), Job(undone), Job(found("Too late"))]
    try:
        together(jobs)
    except OperationalError as problem:
        for job in jobs:
            job.fail(problem)
    for job in jobs:
        job.end()
        with pytest.raises(Exception, match=r"full|committed|transaction"):
            job.outcome()
    connection.close()
    assert names() == []


def test_one_that_points_at_what_has_gone_leaves_the_others(workshop, ben):
    """Found at the end of the transaction only, when nobody can tell any more which of them it was."""
    here = factories.open_(factories.make_activity(workshop, "capture"))

    def put_up(text, participant=ben.pk):
        return lambda way: Card.objects.create(activity=here, participant_id=participant, text=text)

    jobs = [Job(put_up("Before")), Job(put_up("By nobody", participant=987_654)), Job(refuse), Job(put_up("After"))]
    together(jobs)
    for job in jobs:
        job.end()
    with pytest.raises(IntegrityError):
        jobs[1].outcome()
    with pytest.raises(ValidationError):
        jobs[2].outcome()
    assert [jobs[0].outcome().text, jobs[3].outcome().text] == ["Before", "After"]
    assert list(Card.objects.values_list("text", flat=True)) == ["Before", "After"]


def test_many_threads_that_write_at_once_are_all_stored(workshop):
    begin, before = threading.Barrier(AT_A_TIME), workshop.version

    def one(number):
        begin.wait(20)
        try:
            return write(
                workshop.pk, by=NOBODY, verb="test.change", change=lambda locked: None, key=f"k{number}"
            ).version
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_A_TIME) as threads:
        versions = sorted(threads.map(one, range(AT_A_TIME)))
    assert versions == list(range(before + 1, before + 1 + AT_A_TIME))
    assert list(Journal.objects.filter(workshop=workshop, seq__gt=before).values_list("seq", flat=True)) == versions


def test_a_change_inside_a_change_is_part_of_it():
    def outer():
        keep(found("Inner"))
        raise ValidationError("No")

    with pytest.raises(ValidationError):
        keep(outer)
    assert names() == []


def test_what_is_taken_back_never_reaches_the_writer():
    with taken_back():
        keep(found("Tried"))
        assert names() == ["Tried"]
    assert names() == []


def test_a_refusal_is_said_in_the_language_of_who_asked():
    with translation.override("cy"):
        assert keep(translation.get_language) == "cy"
