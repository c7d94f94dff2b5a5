"""The one writer of this process: a thread that carries out what waits, together, and commits it once.

A commit waits for the disk. On a laptop that takes milliseconds, and a hundred people press Send in the same second:
committed one by one they would wait for a hundred disks, and on PostgreSQL for a hundred times that the lock of the
workshop goes from one to the next. See docs/adr/0008-sqlite-and-postgresql.md.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, Error, OperationalError, connection, transaction
from django.utils import translation

from workshops.way import Way

T = TypeVar("T")

log = logging.getLogger(__name__)

AT_A_TIME = 64  # changes in one commit
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL: another process had the workshop for longer than anybody waits
GATHER = 0.001  # seconds: where several came together, more are on their way


class Job(Generic[T]):
    """One change that somebody waits for. It may be carried out twice, the first time undone.

    Only what has the same `about` goes into one transaction: nobody waits for the lock of another workshop.
    """

    def __init__(self, change: Callable[[Way], T], about: int = 0) -> None:
        self._change = change
        self.about = about
        self._language = translation.get_language()  # in which a refusal is said
        self._over = threading.Event()
        self._made: T | None = None
        self._problem: BaseException | None = None

    def do(self, way: Way) -> None:
        with translation.override(self._language), way.watched():
            self._made = self._change(way)

    @property
    def failed(self) -> bool:
        return self._problem is not None

    def fail(self, problem: BaseException) -> None:
        self._problem = self._problem or problem

    def begin_again(self) -> None:
        """What refused it may have been undone with the others."""
        self._problem = None

    def end(self) -> None:
        self._over.set()

    def outcome(self) -> T:
        self._over.wait()
        if self._problem is not None:
            raise self._problem
        return self._made  # type: ignore[return-value]  # what `change` returned


class Writer:
    """`carry_out` from any thread. The thread begins with the first change and ends with the process."""

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._waiting: queue.SimpleQueue[Job[Any]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def carry_out(self, change: Callable[[Way], T], about: int = 0) -> T:
        """What `change` comes to, once it is on the disk. Whatever it raises is raised here, and undoes it alone."""
        self._start()
        job = Job(change, about)
        self._waiting.put(job)
        return job.outcome()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        several = False
        while True:
            jobs = [self._waiting.get()]
            if several:
                time.sleep(GATHER)
            while len(jobs) < AT_A_TIME and not self._waiting.empty():
                jobs.append(self._waiting.get())
            several = len(jobs) > 2
            for about in dict.fromkeys(job.about for job in jobs):
                self._carry_out([job for job in jobs if job.about == about])
            if self._waiting.empty():
                self._rest()

    def _carry_out(self, jobs: list[Job[Any]]) -> None:
        try:
            with self._lock:
                if connection.errors_occurred:
                    connection.close_if_unusable_or_obsolete()
                together(jobs)
        except BaseException as problem:
            for job in jobs:
                job.begin_again()
                job.fail(problem)
        finally:
            for job in jobs:
                job.end()

    def _rest(self) -> None:
        """Nobody waits: PostgreSQL's connection goes back to the pool."""
        try:
            connection.close_if_unusable_or_obsolete()
        except Exception:
            log.exception("The writer could not give its connection back")


class Undo(Exception):
    """One of several has to be undone, which takes the others along."""


def together(jobs: list[Job[Any]]) -> None:
    """All of them in one transaction. If one has to be undone, each behind a savepoint; if one keeps all from being
    committed, each in a transaction of its own.

    Raises what kept them from being committed; then none of them has happened.
    """
    try:
        try:
            in_one_transaction(jobs, savepoints=False)
        except Undo:
            in_one_transaction(jobs, savepoints=True)
    except DatabaseError as problem:
        # What points at something that has gone is found only at the end, when it can no longer be told whose it was.
        if len(jobs) == 1 or isinstance(problem, OperationalError):
            raise
        for job in jobs:
            alone(job)


def alone(job: Job[Any]) -> None:
    try:
        in_one_transaction([job], savepoints=False)
    except Exception as problem:
        job.fail(problem)


def in_one_transaction(jobs: list[Job[Any]], savepoints: bool) -> None:
    """Raises Undo where one failed after it had written, and there is no savepoint."""
    committed: list[bool] = []
    for job in jobs:
        job.begin_again()
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(True))
        way = Way()
        for job in jobs:
            if savepoints:
                behind_savepoint(job)
            else:
                along_with_others(job, way, alone=len(jobs) == 1)
        if not transaction.get_rollback():
            way.arrive()
    # A full disk undoes everything at once, and Django then rolls back without a word: nobody may hear "sent", nor a
    # refusal because of what another one did.
    if not committed:
        for job in jobs:
            if len(jobs) > 1:
                job.begin_again()
            job.fail(OperationalError("The changes could not be committed."))


def behind_savepoint(job: Job[Any]) -> None:
    way = Way()
    try:
        with transaction.atomic():
            job.do(way)
            way.arrive()
    except Exception as problem:
        job.fail(problem)


def along_with_others(job: Job[Any], way: Way, alone: bool) -> None:
    try:
        job.do(way)
    except Exception as problem:
        if alone:
            transaction.set_rollback(True)
        elif getattr(problem.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
            raise  # one after the other they would wait for it as often as there are of them
        elif way.touched or isinstance(problem, Error) or transaction.get_rollback():
            raise Undo from problem
        job.fail(problem)
