"""What the phones say they sent and were told: kept here, outside the system that is judged."""

import hashlib
import json
import secrets
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Entry:
    """One sending. The key is made with the draft, so that every try carries the same one."""

    participant: int
    text: str
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    body: str = ""
    made_at: float = field(default_factory=time.monotonic)
    sent_at: float = 0.0  # the first try; 0 while it only waits
    acked_at: float = 0.0
    version: int = 0
    tries: int = 0
    refused: str = ""

    def __post_init__(self) -> None:
        self.body = self.body or hash_of(self.text)

    @property
    def acked(self) -> bool:
        return self.acked_at > 0

    @property
    def settled(self) -> bool:
        return self.acked or bool(self.refused)


@dataclass
class Ledger:
    """All sendings of one run, and every status that any phone was ever answered."""

    entries: list[Entry] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def draft(self, participant: int, text: str) -> Entry:
        entry = Entry(participant, text)
        self.entries.append(entry)
        return entry

    @property
    def acked(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.acked]

    @property
    def open(self) -> list[Entry]:
        """Neither acknowledged nor refused for good: still on the phone."""
        return [entry for entry in self.entries if not entry.settled]

    @property
    def refused(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.refused]

    def odd_statuses(self, *fine: int) -> dict[int, int]:
        """Answers that nobody should have got: all but 2xx and those named."""
        return {status: n for status, n in sorted(self.statuses.items()) if status >= 300 and status not in fine}

    def write(self, path: Path) -> None:
        """For looking at afterwards, when something was lost."""
        path.write_text("".join(json.dumps(asdict(entry)) + "\n" for entry in self.entries), encoding="utf-8")
