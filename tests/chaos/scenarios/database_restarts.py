"""PostgreSQL fails and comes back in the middle of a burst: phones hear 503 and wait, and nothing is lost."""

import asyncio
import random

from tests.chaos.fleet import Fleet
from tests.chaos.stage import Stage

NAME = "database-restarts"
ALONE = True  # whoever else were playing on these servers would be judged for what is done here
DATABASES = ("postgresql",)
LIMIT = 10.0


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(150, 20))
    chance, restarts = random.Random(stage.seed), stage.size(6, 2)
    async with Fleet(stage.site.urls, day, stage.seed) as fleet:
        await fleet.listening()
        fleet.write(1.5, 4.0)
        for _restart in range(restarts):
            await asyncio.sleep(chance.uniform(2.0, 4.0))
            await stage.cluster.restart()
        await asyncio.sleep(stage.size(4, 2))
        fleet.hush()
        drained = await fleet.drained(300)
        head = await stage.site.head(day)
        quiet = await fleet.at(head, 60)
        watched = fleet.watched(head)
        findings = await stage.judge(stage.site, day, fleet)
    findings.add(watched)
    odd = fleet.ledger.odd_statuses(503)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD", "STALE")
    stage.count(f"answers other than 2xx and 503 ({restarts} restarts)", sum(odd.values()), 0, str(odd))
    stage.seconds("every outbox empty after the burst", drained, LIMIT)
    stage.seconds("every phone at the newest version after that", quiet, LIMIT)
    stage.figure("answers", ", ".join(f"{n} × {status}" for status, n in sorted(fleet.ledger.statuses.items())))
