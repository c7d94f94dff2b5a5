"""A proxy that refuses every socket: a whole day is played all the same, and nobody is more than one poll behind."""

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from tests.chaos.faults import Faults
from tests.chaos.fleet import Fleet, spread
from tests.chaos.phone import POLL_WITHOUT
from tests.chaos.proxy import Proxy
from tests.chaos.stage import Stage
from tests.serving import ROOT

NAME = "refused"
# A poll is set 3 s after the last answer, give or take a fifth; and it has to be answered.
ONE_POLL = POLL_WITHOUT * 1.2 + 0.5
WRONG = ("lost", "duplicated", "misattributed", "server_errors", "failed")
SAMPLE, SMALL = "workshops/sample/sample_event.yaml", "tests/data/small_day.yaml"


async def run(stage: Stage) -> None:
    day = await stage.site.lay_out(stage.size(100, 8))
    async with AsyncExitStack() as stack:
        faults = Faults(refuse_upgrade=True)
        proxies = [await stack.enter_async_context(Proxy(one.port, stage.seed, faults)) for one in stage.site.processes]
        fleet = await stack.enter_async_context(Fleet([one.url for one in proxies], day, stage.seed))
        played = asyncio.ensure_future(rehearse(stage, proxies[0].url))
        fleet.write(8.0, 15.0)
        told = await played
        await asyncio.sleep(stage.size(60, 0))
        fleet.hush()
        await fleet.drained()
        head = await stage.site.head(day)
        await fleet.at(head, 60)
        lags, watched = fleet.lags(), fleet.watched(head)
        findings = await stage.judge(stage.site, day, fleet)
    findings.add(watched)
    wrong = {name: told[name] for name in WRONG if told[name]}
    differ = told["results_differ"]
    whole = f"{told['acknowledged']} sendings of {told['joined']} phones"
    stage.count(f"sorts of fault in a whole day ({whole})", len(wrong), 0, str(wrong))
    stage.count("results of that day that differ from its file", len(differ), 0, str(differ[:3]))
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "PHANTOM", "SWAPPED", "BACKWARD", "STALE")
    stage.count("sockets that came through", sum(proxy.did["sockets"] for proxy in proxies))
    stage.seconds("longest that a phone was behind", max(lags, default=None), ONE_POLL)
    stage.figure("behind, half, 95%, longest", spread(lags))


async def rehearse(stage: Stage, url: str) -> dict:
    """The product's own rehearsal, through the proxy. What it says of itself, as JSON."""
    report: Path = stage.folder / f"rehearsal-{stage.database}.json"
    playing = await asyncio.create_subprocess_exec(
        *(sys.executable, "manage.py", "rehearse", SAMPLE if stage.full else SMALL),
        *("--base-url", url, "--seed", str(stage.seed), "--report", str(report)),
        cwd=ROOT,
        env=stage.site.processes[0].env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _nothing = await playing.communicate()
    assert playing.returncode == 0, said.decode()[-2000:]
    return json.loads(await asyncio.to_thread(report.read_text))
