"""What came of it: the ledger against the database, and how long things took."""

import json
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from math import ceil
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import models

from facilitation.rehearse.ledger import Entry, Ledger, fingerprint
from workshops.differences import differences
from workshops.models import Card, Receipt, Workshop
from workshops.write import taken_back


def compared(ledger: Ledger, workshop: Workshop) -> dict[str, list[Entry]]:
    """What was acknowledged and is not there, is there more than once, or stands under another name."""
    receipts: dict[str, list[Receipt]] = {}
    for receipt in Receipt.objects.filter(workshop=workshop):
        receipts.setdefault(receipt.key, []).append(receipt)
    last = {
        receipts[entry.key][0].made: entry for entry in ledger.acknowledged if entry.words and entry.key in receipts
    }
    found: dict[str, list[Entry]] = {"stored": [], "lost": [], "duplicated": [], "misattributed": []}
    for entry in ledger.entries:
        own = receipts.get(entry.key, [])
        found["stored"] += [entry] if own else []
        found["duplicated"] += [entry] if len(own) > 1 else []
        if entry.acknowledged:
            wrong = verdict(entry, own[0], changed_later=last.get(own[0].made) is not entry) if own else "lost"
            if wrong:
                found[wrong].append(entry)
    found["duplicated"] += twice(ledger, workshop)
    return found


def verdict(entry: Entry, receipt: Receipt, *, changed_later: bool) -> str:
    """ "lost" when the words are not there as they were sent, "misattributed" when they stand under another name."""
    if entry.by and receipt.actor != f"participant:{entry.by}":
        return "misattributed"
    thing = made(receipt)
    if thing is None:
        return "lost" if receipt.made.startswith(("card:", "commitment:")) else ""
    if not signed_by(thing, entry.by):
        return "misattributed"
    if entry.words and not changed_later and fingerprint(getattr(thing, "text", "")) not in (entry.words, ""):
        return "lost"
    return ""


def made(receipt: Receipt) -> models.Model | None:
    sort, _colon, pk = receipt.made.partition(":")
    return apps.get_model("workshops", sort).objects.filter(pk=pk).first() if pk else None


def signed_by(thing: models.Model | None, person: int) -> bool:
    """A card or a mark is its sender's own, or its table's, entered by the sender."""
    if thing is None or not person:
        return True
    signers = {getattr(thing, name) for name in ("participant_id", "entered_by_id") if hasattr(thing, name)}
    return not signers - {None} or person in signers


def twice(ledger: Ledger, workshop: Workshop) -> list[Entry]:
    """Cards of one person in one activity with the same words, more of them than were sent."""
    stored = Counter(
        (person, activity, fingerprint(text))
        for person, activity, text in Card.objects.filter(activity__workshop=workshop)
        .exclude(participant=None)
        .values_list("participant_id", "activity_id", "text")
    )
    sent = {(entry.by, entry.activity, entry.words): entry for entry in ledger.entries if entry.words and entry.by}
    times = Counter((entry.by, entry.activity, entry.words) for entry in ledger.entries)
    return [entry for what, entry in sent.items() for _more in range(stored[what] - times[what])]


def spread(seconds: Sequence[float]) -> dict[str, float | None]:
    """Median, 95th percentile and the longest, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {"p50": None, "p95": None, "max": None}
    return {name: round(1000 * ordered[ceil(part * len(ordered)) - 1], 1) for name, part in PARTS.items()}


PARTS = {"p50": 0.5, "p95": 0.95, "max": 1.0}


def numbers(ledger: Ledger, found: dict[str, list[Entry]], pushes: Sequence[float]) -> dict[str, Any]:
    acknowledged = ledger.acknowledged
    waits = [entry.acked_at - entry.sent_at for entry in acknowledged if entry.acked_at is not None]
    return {
        "sent": len(ledger.entries),
        "acknowledged": len(acknowledged),
        **{name: len(entries) for name, entries in found.items()},
        "server_errors": ledger.server_errors,
        "busy": ledger.busy,
        "retries": ledger.retries,
        "failed": len(ledger.failures),
        "failures": ledger.failures[:50],
        "ack_ms": spread(waits),
        "push_ms": spread(pushes),
    }


def results_of(workshop: Workshop, *, kept: bool) -> dict[str, Any]:
    """What the voices come to. kept: with what the file brought along and no room counts."""
    told = StringIO()
    with taken_back():
        if not kept:
            Workshop.objects.filter(pk=workshop.pk).update(facts={})
        call_command("results", workshop.code, "--json", stdout=told)
    found: dict[str, Any] = json.loads(told.getvalue())
    return found


def against_the_file(workshop: Workshop, wanted: dict[str, Any]) -> dict[str, list[str]]:
    """Where the results differ from the file's `expected_results`, and which of those no room counts."""
    expected = json.loads(json.dumps(wanted, default=str))
    found, rooms = (results_of(workshop, kept=kept) for kept in (True, False))
    not_yet = [name for name in expected if name not in rooms]
    differ = [place for place in differences(expected, found) if place not in not_yet]
    return {"results_differ": differ, "not_yet": not_yet}
