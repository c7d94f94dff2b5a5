"""What a scenario is given, and the lines it prints: `name value limit PASS|FAIL`."""

import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from tests.chaos.checker import Findings, compare
from tests.chaos.cluster import Cluster
from tests.chaos.fleet import Fleet
from tests.chaos.ledger import Ledger
from tests.chaos.site import Day, Site

PASS, FAIL, OPEN, SKIP = "PASS", "FAIL", "-", "SKIP"


@dataclass(frozen=True)
class Line:
    name: str
    value: str
    limit: str
    verdict: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name}  {self.value}  {self.limit}  {self.verdict}" + (f"\n    {self.note}" if self.note else "")


@dataclass
class Sums:
    """Over all scenarios of one database."""

    acked: int = 0
    lost: int = 0
    doubled: int = 0


@dataclass(frozen=True)
class Stage:
    """One scenario's stage. Site and sums are shared by all scenarios on one database; name and lines are its own."""

    full: bool
    seed: int
    database: str
    folder: Path
    site: Site
    sums: Sums
    cluster: Cluster | None = None
    goal: int = 0  # acknowledged writes that this database is to come to
    name: str = ""
    lines: list[Line] = field(default_factory=list)

    def named(self, name: str) -> Self:
        return replace(self, name=f"{self.database} {name}", lines=[])

    def size(self, full: int, short: int) -> int:
        return full if self.full else short

    def say(self, line: Line) -> None:
        self.lines.append(line)

    def skip(self, why: str) -> None:
        self.say(Line(self.name, "", "", SKIP, why))

    def count(self, name: str, value: int, limit: int = 0, note: str = "") -> None:
        """A count that may not be above its limit: strict in both forms."""
        ok = value <= limit
        self.say(Line(f"{self.name}: {name}", str(value), str(limit), PASS if ok else FAIL, "" if ok else note))

    def exactly(self, name: str, value: int, wanted: int, note: str = "") -> None:
        ok = value == wanted
        self.say(Line(f"{self.name}: {name}", str(value), f"={wanted}", PASS if ok else FAIL, "" if ok else note))

    def seconds(self, name: str, value: float | None, limit: float, note: str = "") -> None:
        """Judged in the full form alone: a loaded machine may be slow, and that is no fault in the code."""
        ok = value is not None and value <= limit
        verdict = PASS if ok else FAIL if self.full else OPEN
        shown = "never" if value is None else f"{value:.1f} s"
        self.say(Line(f"{self.name}: {name}", shown, f"{limit:g} s", verdict, "" if ok else note))

    def judged_when_full(self, name: str, value: int, limit: int, note: str = "") -> None:
        """A count that depends on seconds: judged in the full form alone."""
        ok = value <= limit
        verdict = PASS if ok else FAIL if self.full else OPEN
        self.say(Line(f"{self.name}: {name}", str(value), str(limit), verdict, "" if ok else note))

    def figure(self, name: str, value: str, note: str = "") -> None:
        self.say(Line(f"{self.name}: {name}", value, OPEN, OPEN, note))

    async def judge(self, site: Site, day: Day, *fleets: Fleet) -> Findings:
        """Everything that these fleets sent to this workshop against everything that the system says of it."""
        for fleet in fleets:
            await fleet.freeze()
        sent = [entry for fleet in fleets for entry in fleet.ledger.entries]
        findings = compare(sent, await site.stored(day))
        self.sums.acked += sum(entry.acked for entry in sent)
        self.sums.lost += findings.count("LOST")
        self.sums.doubled += findings.count("DUP")
        if any(findings.found.values()):
            self.keep_ledger(sent, findings)
        return findings

    def keep_ledger(self, sent: list, findings: Findings) -> None:
        """What was sent and what was found wrong, for looking at afterwards."""
        path = self.folder / f"{self.name.replace(' ', '-')}-{time.time_ns()}.jsonl"
        Ledger(sent).write(path)
        path.with_suffix(".json").write_text(json.dumps(findings.found, indent=1), encoding="utf-8")
        print(f"    (the ledger is kept in {path})", flush=True)

    def words(self, findings: Findings, *sorts: str) -> None:
        for sort in sorts:
            self.count(sort, findings.count(sort), 0, findings.words(sort))

    def settled(self, ledger: Ledger) -> None:
        """Every sending was acknowledged in the end: none refused, none still waiting."""
        left = [*ledger.open, *ledger.refused]
        example = f"{left[0].text!r}, tried {left[0].tries} times, {left[0].refused or 'still waiting'}" if left else ""
        self.count(f"not acknowledged of {len(ledger.entries)}", len(left), 0, example)
