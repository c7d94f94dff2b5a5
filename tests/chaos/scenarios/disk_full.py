"""The laptop's disk is full in the middle of a burst, and is freed: nothing acknowledged is lost, nobody sees a 500."""

import asyncio

from tests.chaos.disk import CannotMount, Disk
from tests.chaos.fleet import Fleet
from tests.chaos.site import Site
from tests.chaos.stage import Stage

NAME = "disk-full"
DATABASES = (
    "sqlite",
)  # PostgreSQL's disk is not this server's; what phones see of its failing is in database-restarts
LIMIT = 30.0


async def run(stage: Stage) -> None:
    folder = stage.folder / stage.database / "small"
    folder.mkdir(parents=True)
    try:
        with Disk(folder) as disk:
            site = Site(disk.place / "data", logs=folder)
            try:
                await site.start()
                await play(stage, site, disk)
            finally:
                await site.stop()
    except CannotMount as why:
        stage.skip(str(why))


async def play(stage: Stage, site: Site, disk: Disk) -> None:
    day = await site.lay_out(stage.size(150, 12))
    async with Fleet(site.urls, day, stage.seed) as fleet:
        await fleet.listening()
        fleet.write(1.5, 4.0)
        await asyncio.sleep(stage.size(5, 3))
        await asyncio.to_thread(disk.fill)
        before = len(fleet.ledger.acked)
        await asyncio.sleep(stage.size(60, 8))
        meanwhile = len(fleet.ledger.acked) - before
        disk.free()
        fleet.hush()
        drained = await fleet.drained(300)
        head = await site.head(day)
        quiet = await fleet.at(head, 60)
        watched = fleet.watched(head)
        findings = await stage.judge(site, day, fleet)
        checked = (await site.script(CHECK))["said"]
    findings.add(watched)
    odd = fleet.ledger.odd_statuses(503)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD", "STALE")
    stage.count("answers other than 2xx and 503", sum(odd.values()), 0, str(odd))
    stage.count("what integrity_check found", len(checked), 0, str(checked[:3]))
    stage.seconds("every outbox empty after it was freed", drained, LIMIT)
    stage.seconds("every phone at the newest version after that", quiet, LIMIT)
    answers = ", ".join(f"{n} × {status}" for status, n in sorted(fleet.ledger.statuses.items()))
    stage.figure("acknowledged while full; answers", f"{meanwhile}; {answers}")


CHECK = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    told = {"said": [line for (line,) in cursor.fetchall() if line != "ok"]}
"""
