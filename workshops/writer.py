"""SQLite's one writer: a thread that carries out what waits, together, and commits it once.

A commit waits for the disk. On a laptop that takes milliseconds, and a hundred people press Send in the same second:
committed one by one they would wait for a hundred disks. See docs/adr/0008-sqlite-and-postgresql.md.
"""

import queue
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation

T = TypeVar("T")

AT_A_TIME = 64  # changes in one commit


class Job(Generic[T]):
    """One change that somebody waits for. It may be carried out twice, the first time undone."""

    def __init__(self, change: Callable[[], T]) -> None:
        self._change = change
        self._language = translation.get_language()  # in which a refusal is said
        self._over = threading.Event()
        self._made: T | None = None
        self._problem: BaseException | None = None

    def do(self) -> None:
        with translation.override(self._language):
            self._made = self._change()

    @property
    def failed(self) -> bool:
        return self._problem is not None

    def fail(self, problem: BaseException) -> None:
        self._problem = self._problem or problem

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

    def carry_out(self, change: Callable[[], T]) -> T:
        """What `change` comes to, once it is on the disk. Whatever it raises is raised here, and undoes it alone."""
        self._start()
        job = Job(change)
        self._waiting.put(job)
        return job.outcome()

    def is_this_thread(self) -> bool:
        return threading.current_thread() is self._thread

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            jobs = [self._waiting.get()]
            while len(jobs) < AT_A_TIME and not self._waiting.empty():
                jobs.append(self._waiting.get())
            try:
                with self._lock:
                    connection.close_if_unusable_or_obsolete()
                    together(jobs)
            except BaseException as problem:
                for job in jobs:
                    job.fail(problem)
            finally:
                for job in jobs:
                    job.end()


def together(jobs: list[Job[Any]]) -> None:
    """All of them in one transaction; if one keeps all from being committed, each in one of its own.

    Raises what kept them from being committed; then none of them has happened.
    """
    try:
        in_one_transaction(jobs)
    except IntegrityError:
        # What points at something that has gone is found only at the end, when it can no longer be told whose it was.
        if len(jobs) == 1:
            raise
        for job in jobs:
            if not job.failed:
                alone(job)


def alone(job: Job[Any]) -> None:
    try:
        in_one_transaction([job])
    except Exception as problem:
        job.fail(problem)


def in_one_transaction(jobs: list[Job[Any]]) -> None:
    committed: list[bool] = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(True))
        for job in jobs:
            try:
                with transaction.atomic(savepoint=len(jobs) > 1):
                    job.do()
            except Exception as problem:
                job.fail(problem)
    # A full disk undoes everything at once, and Django then rolls back without a word: nobody may hear "sent".
    if not committed:
        for job in jobs:
            job.fail(OperationalError("The changes could not be committed."))
