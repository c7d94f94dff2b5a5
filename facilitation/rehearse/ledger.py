"""What the rehearsal itself knows, outside the system that it tests: every move sent, and what was answered to it."""

import hashlib
from dataclasses import dataclass, field

Pairs = list[tuple[str, str]]


def words_of(pairs: Pairs) -> str:
    """The words that this move puts up, if any: what must be found again exactly."""
    return next((text for name, text in pairs if name == "text"), "")


def fingerprint(words: str) -> str:
    """Of the words as they are kept: a form takes off blanks at both ends and settles line ends."""
    tidy = words.replace("\r\n", "\n").strip()
    return hashlib.sha256(tidy.encode()).hexdigest() if tidy else ""


@dataclass
class Entry:
    """One move. `by` is a participant's id or 0 for the facilitator; times are the loop's, in seconds."""

    key: str
    by: int
    activity: int
    action: str
    words: str
    sent_at: float = 0.0
    acked_at: float | None = None
    version: int = 0
    made: str = ""
    status: int = 0
    tries: int = 0
    said: str = ""

    @property
    def acknowledged(self) -> bool:
        return self.acked_at is not None


@dataclass
class Ledger:
    entries: list[Entry] = field(default_factory=list)
    server_errors: int = 0
    busy: int = 0
    retries: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.acknowledged]
