"""The server is killed, again and again, in a burst: what was acknowledged is there once, and everybody comes back."""

import asyncio
import random
import time

from tests.chaos.fleet import Fleet
from tests.chaos.stage import Stage

NAME = "kills"
ALONE = True  # whoever else were playing on these servers would be judged for what is done here
LIMIT = 5.0


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(150, 30))
    back, kills = [], stage.size(20, 3)
    chance = random.Random(stage.seed)
    async with Fleet(stage.site.urls, day, stage.seed) as fleet:
        await fleet.listening()
        fleet.write(1.5, 4.0)
        for number in range(kills):
            await asyncio.sleep(chance.uniform(1.0, 3.0))
            back.append(await one_kill(stage, day, fleet, number))
        fleet.hush()
        await fleet.drained()
        head = await stage.site.head(day)
        quiet = await fleet.at(head, 60)
        watched = fleet.watched(head)
        findings = await stage.judge(stage.site, day, fleet)
    findings.add(watched)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD")
    worst = None if None in back else max(second for second in back if second is not None)
    stage.seconds(f"every phone at the newest version after the port answers ({kills} kills)", worst, LIMIT)
    stage.seconds("every phone at the newest version after the burst", quiet, LIMIT)
    again = sum(entry.tries > 1 for entry in fleet.ledger.acked)
    stage.figure("acknowledged, of them sent more than once", f"{len(fleet.ledger.acked)}, {again}")


async def one_kill(stage: Stage, day, fleet: Fleet, number: int) -> float | None:
    """With two servers each is killed in turn. Seconds until all phones have heard and show what was newest then."""
    process = stage.site.processes[number % len(stage.site.processes)]
    process.kill()
    answered = await process.up()
    head = await stage.site.head(day)
    took = await fleet.at(head, 60, since=answered)
    return None if took is None else time.monotonic() - answered
