"""No hint reaches a server for minutes: its listener is cut off again and again, then hears nothing at all."""

import asyncio
import os
import signal
import time

import psycopg

from tests.chaos.fleet import Fleet, spread
from tests.chaos.phone import POLL_WITH_SOCKET
from tests.chaos.stage import Stage

NAME = "listener"
WAITS = True
DATABASES = ("postgresql",)
# Whoever listens says LISTEN and then nothing more, so that stays the last thing its connection was asked.
LISTENING = (
    "FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database() AND pid <> pg_backend_pid()"
)
CUT, FIND = f"SELECT pg_terminate_backend(pid) {LISTENING}", f"SELECT pid {LISTENING}"
ONE_POLL = POLL_WITH_SOCKET * 1.2 + 0.5


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(60, 16))
    async with Fleet(stage.site.urls, day, stage.seed) as fleet:
        await fleet.listening()
        fleet.write(8.0, 14.0)
        cuts = await asyncio.to_thread(cut_for, stage.site.database, stage.size(300, 20))
        during = len(fleet.ledger.acked)
        await asyncio.sleep(stage.size(30, 12))
        fleet.hush()
        await fleet.drained()
        head = await stage.site.head(day)
        quiet = await fleet.at(head, 60)
        lags, watched = fleet.lags(), fleet.watched(head)
        findings = await stage.judge(stage.site, day, fleet)
    findings.add(watched)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD", "STALE")
    stage.seconds("longest that a phone was behind", max(lags, default=None), ONE_POLL)
    stage.seconds("every phone at the newest version after it has healed", quiet, 5.0)
    stage.figure("behind, half, 95%, longest", spread(lags))
    stage.figure("listeners cut, sendings meanwhile", f"{cuts}, {during}")


def cut_for(database: str, seconds: float) -> int:
    """For a fifth of the time every listener is ended as soon as it comes back; for the rest it hears nothing, on a
    line that looks alive, because its backend is stopped. How many were ended."""
    ends, cuts = time.monotonic() + seconds / 5, 0
    with psycopg.connect(database.replace("postgres://", "postgresql://"), autocommit=True) as link:
        while time.monotonic() < ends:
            cuts += len(link.execute(CUT).fetchall())
            time.sleep(0.1)
        time.sleep(1)  # they come back once more
        stopped = [pid for (pid,) in link.execute(FIND)]
    try:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(seconds * 4 / 5)
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    return cuts
