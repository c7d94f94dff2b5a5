"""Compares the ledger with what the system says: six sorts of fault, each counted, each with examples."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.chaos.ledger import Entry, hash_of

SORTS = ("LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD", "STALE")


@dataclass(frozen=True)
class Row:
    """A card as the database has it."""

    participant: int
    text: str
    late: bool = False


@dataclass
class Stored:
    """What the system holds at the end: rows, (participant, key) of receipts, and the words each face shows."""

    rows: list[Row]
    receipts: list[tuple[int, str]]
    version: int = 0
    faces: dict[str, Iterable[str]] = field(default_factory=dict)  # "console", "export": the words shown there


@dataclass
class Seen:
    """What one phone showed, and when: every version in order."""

    participant: int
    versions: list[int]

    @property
    def falls(self) -> int:
        return sum(after < before for before, after in zip(self.versions, self.versions[1:], strict=False))


@dataclass
class Findings:
    found: dict[str, list[str]] = field(default_factory=lambda: {sort: [] for sort in SORTS})

    def note(self, sort: str, what: str) -> None:
        self.found[sort].append(what)

    def count(self, sort: str) -> int:
        return len(self.found[sort])

    def add(self, other: "Findings") -> None:
        for sort in SORTS:
            self.found[sort] += other.found[sort]

    def words(self, *sorts: str) -> str:
        """The first example of each of these sorts that was found."""
        return "; ".join(f"{sort}: {self.found[sort][0]}" for sort in sorts if self.found[sort])


def compare(sent: Iterable[Entry], stored: Stored) -> Findings:
    """LOST, DUP, PHANTOM and SWAPPED. `sent` is everything that any phone ever tried to send to this workshop."""
    findings, entries = Findings(), list(sent)
    by_body = {entry.body: entry for entry in entries}
    by_key = {(entry.participant, entry.key) for entry in entries}
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in stored.rows:
        rows[hash_of(row.text)].append(row)
    for body, same in rows.items():
        _judge_rows(findings, by_body.get(body), same)
    for (who, key), times in Counter(stored.receipts).items():
        if times > 1:
            findings.note("DUP", f"{times} receipts for key {key}")
        if (who, key) not in by_key:
            findings.note("PHANTOM", f"a receipt of {who} for key {key}, which was never sent")
    _judge_losses(findings, [entry for entry in entries if entry.acked], set(rows), stored)
    return findings


def _judge_losses(findings: Findings, acked: list[Entry], bodies: set[str], stored: Stored) -> None:
    """What was acknowledged must be in the database, under its key, and on every face."""
    receipts, faces = set(stored.receipts), {name: set(words) for name, words in stored.faces.items()}
    for entry in acked:
        missing = [] if entry.body in bodies else ["database"]
        missing += [] if (entry.participant, entry.key) in receipts else ["receipts"]
        missing += [name for name, words in faces.items() if entry.text not in words]
        if missing:
            findings.note("LOST", f"{entry.text!r} of {entry.participant} is not in {', '.join(missing)}")


def _judge_rows(findings: Findings, entry: Entry | None, same: list[Row]) -> None:
    """`same`: all rows with one text; `entry`: who sent it, once, or nobody."""
    if entry is None or not entry.tries:
        findings.note("PHANTOM", f"{same[0].text!r} of {same[0].participant} was never sent")
        return
    if len(same) > 1:
        findings.note("DUP", f"{len(same)} rows for {entry.text!r}")
    for row in same:
        if row.participant != entry.participant:
            findings.note("SWAPPED", f"{row.text!r} of {entry.participant} stands under {row.participant}")


def watch(seen: Iterable[Seen], head: int) -> Findings:
    """BACKWARD and STALE. Called when the room has been quiet for as long as it is given."""
    findings = Findings()
    for phone in seen:
        for _fall in range(phone.falls):
            findings.note("BACKWARD", f"the phone of {phone.participant} saw the version fall")
        last = phone.versions[-1] if phone.versions else 0
        if last < head:
            findings.note("STALE", f"the phone of {phone.participant} is at {last}, the head at {head}")
    return findings
