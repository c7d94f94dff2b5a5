"""The memory of the server through half an hour of phones that write a little and lose their sockets often."""

import asyncio
import time
from contextlib import AsyncExitStack

from tests.chaos.fleet import Fleet
from tests.chaos.proxy import Proxy
from tests.chaos.stage import FAIL, OPEN, PASS, Line, Stage

NAME = "memory"
WAITS = True
LIMIT = 2.0  # MB an hour
RESETS = 10.0  # seconds from one loss of all sockets to the next
SAMPLE = 5.0
Sample = tuple[float, float]  # seconds, MB


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(150, 16))
    warm, watched = stage.size(600, 15), stage.size(1800, 30)
    async with AsyncExitStack() as stack:
        proxies = [await stack.enter_async_context(Proxy(one.port, stage.seed)) for one in stage.site.processes]
        fleet = await stack.enter_async_context(Fleet([one.url for one in proxies], day, stage.seed))
        fleet.write(120.0, 240.0)
        await sampled(stage, proxies, warm)
        samples = await sampled(stage, proxies, watched)
        fleet.hush()
        await fleet.drained()
        findings = await stage.judge(stage.site, day, fleet)
        opened = sum(phone.socket.opened for phone in fleet.phones)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP")
    for number, one in enumerate(samples):
        steep = slope(one) * 3600
        name = f"{stage.name}: server {number + 1}, slope over {watched / 60:g} minutes"
        note = "" if stage.full else "half a minute shows no slope; the full form watches for thirty"
        verdict = (PASS if steep <= LIMIT else FAIL) if stage.full else OPEN
        at_end = f"{len(fleet.phones)} phones, {opened} sockets opened, {one[-1][1]:.0f} MB at the end"
        stage.say(Line(name, f"{steep:.1f} MB an hour ({at_end})", f"{LIMIT:g}", verdict, note))


async def sampled(stage: Stage, proxies: list[Proxy], seconds: float) -> list[list[Sample]]:
    """The resident memory of each server, while all sockets are reset again and again."""
    began = reset = time.monotonic()
    found: list[list[Sample]] = [[] for _one in stage.site.processes]
    while (now := time.monotonic()) < began + seconds:
        for samples, process in zip(found, stage.site.processes, strict=True):
            samples.append((now - began, process.memory_kb / 1024))
        if now - reset > RESETS:
            reset = now
            for proxy in proxies:
                proxy.reset_all()
        await asyncio.sleep(min(SAMPLE, seconds / 10))
    return found


def slope(samples: list[Sample]) -> float:
    """MB a second, by least squares."""
    mid = sum(at for at, _mb in samples) / len(samples)
    mean = sum(mb for _at, mb in samples) / len(samples)
    spread = sum((at - mid) ** 2 for at, _mb in samples)
    return sum((at - mid) * (mb - mean) for at, mb in samples) / spread if spread else 0.0
