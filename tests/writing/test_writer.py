"""SQLite's one writer: what waits together is committed together, and each change stands or falls alone."""

import threading
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

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers and needs none of this"),
]


def found(name):
    return lambda: Network.objects.create(name=name)


def refuse():
    Network.objects.create(name="Never")
    raise ValidationError("No")


def names():
    return sorted(Network.objects.values_list("name", flat=True))


def test_what_waits_together_is_one_transaction():
    jobs = [Job(found(f"Network {number}")) for number in range(5)]
    begun = []
    jobs.append(Job(lambda: begun.append(connection.in_atomic_block)))
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


def test_a_refused_change_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        keep(refuse)
    assert names() == []


def test_a_batch_that_the_disk_undoes_is_acknowledged_to_nobody():
    """A full disk makes SQLite roll back the whole transaction by itself, in the middle of it."""

    def undone():
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
        return lambda: Card.objects.create(activity=here, participant_id=participant, text=text)

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
