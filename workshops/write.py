"""The one door for changes: lock, transaction, key, the model's own verb, journal, version, and then a hint."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from workshops.hints import announce
from workshops.models import Journal, Receipt, Workshop
from workshops.policy import Actor
from workshops.problems import Conflict, Replay

T = TypeVar("T")

# SQLite takes one writer at a time; waiting here is fair and short, waiting inside SQLite is neither.
_one_writer = threading.RLock()


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
    change: Callable[[Workshop], models.Model | None],
    key: str = "",
    digest: str = "",
    even_locked: bool = False,
) -> Written:
    """Carry out `change` on the locked, freshly read workshop, as one transaction.

    `change` calls a model's verb and may return the object it made. With a `key` the write happens once: a replay
    gets what was answered the first time. Raises Conflict (the workshop is locked or has moved on), Replay (the key
    came back with another `digest`), ValidationError (from the verb), Workshop.DoesNotExist.
    """
    with _transaction():
        workshop = Workshop.objects.select_for_update().get(pk=workshop_id)
        if key and (before := _answered(workshop, by, key, digest)):
            return before
        if workshop.is_locked and not even_locked:
            raise Conflict(_("This workshop is locked: its outputs are final."))
        made = change(workshop)
        subject = f"{made._meta.model_name}:{made.pk}" if made is not None else ""
        workshop.version = version = workshop.version + 1  # nobody else can have raised it: it is locked
        Workshop.objects.filter(pk=workshop.pk).update(version=version)
        Journal.objects.create(workshop=workshop, seq=version, actor=by.label, verb=verb, subject=subject)
        if key:
            Receipt.objects.create(
                workshop=workshop, actor=by.label, key=key, digest=digest, version=version, made=subject
            )
        announce(workshop.pk, version)
    return Written(version, subject)


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is changed inside has never happened afterwards: for looking at what would be."""
    with _transaction():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _answered(workshop: Workshop, by: Actor, key: str, digest: str) -> Written | None:
    """What this key was answered before, if it came before. Raises Replay when that was with other words."""
    receipts = Receipt.objects.filter(workshop=workshop, actor=by.label, key=key)
    for sent, version, made in receipts.values_list("digest", "version", "made"):
        if sent != digest:
            raise Replay
        return Written(version, made, replayed=True)
    return None


def keep(change: Callable[[], T]) -> T:
    """A change above any one workshop (a network, an organisation, a driver, a new workshop), as one transaction."""
    with _transaction():
        return change()
