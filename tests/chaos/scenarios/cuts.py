"""Replies cut after the commit, frames lost, doubled, overtaken and late; and a second room that no frame reaches."""

import asyncio
from contextlib import AsyncExitStack

from tests.chaos.faults import Faults
from tests.chaos.fleet import Fleet
from tests.chaos.proxy import Proxy
from tests.chaos.site import Day
from tests.chaos.stage import Stage

NAME = "cuts"
WAITS = True
QUIET, QUIET_WITHOUT_FRAMES, PATIENCE = 5.0, 20.0, 60.0
BAD = {"cut_replies": 0.3, "drop": 0.1, "double": 0.1, "reorder": 0.1, "delay": 3.0}


async def run(stage: Stage) -> None:
    many, few = stage.size(130, 16), stage.size(20, 4)
    day = await stage.site.lay_out(many + few)
    async with AsyncExitStack() as stack:

        async def room(faults: Faults, seed: int, first: int, count: int) -> tuple[Fleet, list[Proxy]]:
            proxies = [
                await stack.enter_async_context(Proxy(one.port, stage.seed + seed, faults))
                for one in stage.site.processes
            ]
            fleet = Fleet([one.url for one in proxies], day, stage.seed + seed, first=first, count=count)
            return await stack.enter_async_context(fleet), proxies

        bad, proxies = await room(Faults(**BAD), 10, 0, many)
        deaf, _proxies = await room(Faults(drop=1.0), 20, many, few)
        await asyncio.sleep(stage.size(10, 4))
        bad.write(3.0, 6.0)
        deaf.write(3.0, 6.0)
        await asyncio.sleep(stage.size(120, 12))
        bad.hush()
        deaf.hush()
        await asyncio.gather(bad.drained(300), deaf.drained(300))
        await when_quiet(stage, day, bad, deaf)
        findings = await stage.judge(stage.site, day, bad, deaf)
        findings.add(bad.watched(0))
        findings.add(deaf.watched(0))
    stage.settled(bad.ledger)
    stage.settled(deaf.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD")
    did = {
        what: sum(proxy.did[what] for proxy in proxies) for what in ("replies cut", "dropped", "doubled", "reordered")
    }
    again = sum(entry.tries > 1 for entry in [*bad.ledger.acked, *deaf.ledger.acked])
    stage.figure("what was done", f"{', '.join(f'{n} {what}' for what, n in did.items())}; {again} sent again")


async def when_quiet(stage: Stage, day: Day, bad: Fleet, deaf: Fleet) -> None:
    """The last word has been acknowledged; the faults go on. Who is where after 5 and after 20 seconds?"""
    head = await stage.site.head(day)
    until = asyncio.gather(bad.at(head, PATIENCE), deaf.at(head, PATIENCE))
    await asyncio.sleep(QUIET)
    stale = bad.watched(head).count("STALE")
    took, took_deaf = await until
    shown = "never" if took is None else f"{took:.1f} s"
    note = f"{stale} of {len(bad.phones)} phones were behind after {QUIET:g} s; all were at the head after {shown}"
    stage.judged_when_full("STALE after 5 s, frames 10% lost, doubled, overtaken, up to 3 s late", stale, 0, note)
    stage.seconds("all at the head, every frame lost", took_deaf, QUIET_WITHOUT_FRAMES)
    stage.seconds("all at the head, frames 10% lost", took, QUIET)
