"""The one door for changes: lock, transaction, key, the model's own verb, journal, version, and then a hint."""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from workshops.models import Journal, Receipt, Workshop
from workshops.policy import Actor
from workshops.problems import Conflict, Replay
from workshops.statements import Statement
from workshops.way import Way
from workshops.writer import Writer

T = TypeVar("T")

log = logging.getLogger(__name__)

# SQLite takes one writer at a time; waiting here is fair and short, waiting inside SQLite is neither.
_one_writer = threading.RLock()
_writer = Writer(_one_writer)


@dataclass(frozen=True)
class Written:
    """What a write came to: the workshop's version after it, what it made, and whether it had been written before."""

    version: int
    made: str = ""
    replayed: bool = False

    @property
    def made_pk(self) -> str:
        return self.made.partition(":")[2]


def digest_of(pairs: Iterable[tuple[str, str]]) -> str:
    """A fingerprint of what was sent, so that a key cannot come back with other words."""
    return hashlib.sha256("\x1f".join(f"{name}\x1e{value}" for name, value in sorted(pairs)).encode()).hexdigest()


@contextmanager
def _transaction():
    with _one_writer if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


def write(
    workshop_id: int,
    *,
    by: Actor,
    verb: str,
    change: Callable[..., models.Model | None],
    also: Sequence[Statement] = (),
    key: str = "",
    digest: str = "",
    even_locked: bool = False,
) -> Written:
    """Carry out `change` on the locked, freshly read workshop, as one transaction.

    `change` gets the workshop, and what `also` makes under the same lock; it calls a model's verb and may return the
    object it made. It may be called twice, what it did the first time undone. With a `key` the write happens once: a
    replay gets what was answered the first time. Raises Conflict (the workshop is locked or has moved on, or what the
    change refers to has gone), Replay (the key came back with another `digest`), ValidationError (from the verb),
    Workshop.DoesNotExist.
    """

    def carry_out(way: Way) -> Written:
        locking = Workshop.objects.wanted(id=workshop_id, lock=True)
        workshop, before, *others = way.ask(locking, Receipt.objects.answer_to(workshop_id, by.label, key), *also)
        if workshop is None:
            raise Workshop.DoesNotExist
        if key and before:
            if before.digest != digest:
                raise Replay
            return Written(before.version, before.made, replayed=True)
        if workshop.is_locked and not even_locked:
            raise Conflict(_("This workshop is locked: its outputs are final."))
        made = change(workshop, *others)
        subject = f"{made._meta.model_name}:{made.pk}" if made is not None else ""
        risen, version = workshop.rise(), workshop.version
        put_down = [Journal.objects.new(workshop=workshop, seq=version, actor=by.label, verb=verb, subject=subject)]
        if key:
            answer = {"key": key, "digest": digest, "version": version, "made": subject}
            put_down.append(Receipt.objects.new(workshop=workshop, actor=by.label, **answer))
        way.put_down(risen, *put_down)
        way.tell(workshop.pk, version)
        return Written(version, subject)

    try:
        if connection.in_atomic_block:
            return _as_a_part(carry_out)
        return _writer.carry_out(carry_out, about=workshop_id if connection.vendor == "postgresql" else 0)
    except IntegrityError as problem:
        log.exception("%s did not fit what workshop %s had become", verb, workshop_id)
        raise Conflict(_("Something that this belongs to has just been changed or removed.")) from problem


def _as_a_part(change: Callable[[Way], T]) -> T:
    """Carry out `change` within the transaction that this thread is in."""
    way = Way()
    with _transaction():
        made = change(way)
        way.arrive()
    return made


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is changed inside has never happened afterwards: for looking at what would be."""
    with _transaction():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def keep(change: Callable[[], T]) -> T:
    """Carry out `change` as one transaction: here, one above any one workshop (a network, a driver, a new workshop)."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        return _writer.carry_out(partial(_after_the_others, change))
    with _transaction():
        return change()


def _after_the_others(change: Callable[[], T], way: Way) -> T:
    way.ask()  # what they have put down
    return change()
