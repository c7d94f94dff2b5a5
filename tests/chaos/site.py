"""The system under test: one or two real servers on one database, each started as bin/dev starts it."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.chaos.browser import Browser
from tests.chaos.checker import Row, Stored
from tests.chaos.phone import Seat
from tests.serving import ROOT, Server

# As in bin/dev: tests/chaos/test_site.py compares. Files are served without bin/dev's collectstatic: phones of the
# fleet fetch none.
OPTIONS = [
    *("--websocket_timeout", "-1"),
    *("--websocket_connect_timeout", "20"),
    *("--websocket-max-message-size", "4096"),
    *("--websocket-max-frame-size", "4096"),
]
BACKLOG = 4096
ENVIRONMENT = {"THROUGHLINE_PATIENCE": "5", "MALLOC_ARENA_MAX": "2"}
PATIENCE = 120.0

_INSIDE = Path(__file__).parent / "inside"
LAY_OUT = (_INSIDE / "lay_out.py").read_text()
READ = (_INSIDE / "read.py").read_text()


class Day(NamedTuple):
    """A workshop with an activity open that takes one card a sending."""

    code: str
    links: list[str]  # each signs a facilitator in, once
    activities: list[int]
    seats: list[Seat]


class Process(Server):
    """One Daphne. `manage` runs a command in its environment, on its database."""

    async def up(self) -> float:
        """Starts it; returns the moment at which the port answered."""
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1:backlog={BACKLOG}"
        command = [sys.executable, "-m", "daphne", "-v", "0", "--no-server-name", "--endpoint", endpoint, *OPTIONS]
        with self.log.open("a") as log:
            # Starting it takes a millisecond; what is waited for comes below.
            self.process = subprocess.Popen(  # noqa: ASYNC220
                [*command, "config.asgi:application"], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.process.poll() is not None:
                break
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            answered = time.monotonic()
            writer.close()
            return answered
        raise AssertionError(f"The server did not start:\n{self.log.read_text()[-4000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def memory_kb(self) -> int:
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])


class Site:
    """All processes of one database. With SQLite there is one, and its data folder is `folder`."""

    def __init__(self, folder: Path, database: str = "", logs: Path | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.database = folder, database
        self.processes = [Process(folder, database) for _n in range(2 if database else 1)]
        self._desk: asyncio.subprocess.Process | None = None
        self._desk_lock = asyncio.Lock()
        for number, one in enumerate(self.processes):
            one.env |= ENVIRONMENT
            one.log = (logs or folder) / f"daphne-{number}.log"

    @property
    def urls(self) -> list[str]:
        return [one.url for one in self.processes]

    async def start(self) -> None:
        await asyncio.gather(*(one.up() for one in self.processes))

    async def stop(self) -> None:
        if self._desk is not None and self._desk.returncode is None:
            self._desk.terminate()
            await self._desk.wait()
        await asyncio.gather(*(asyncio.to_thread(one.stop) for one in self.processes))

    async def script(self, text: str, **given: object) -> dict:
        """Carries out `text` beside the servers; what it leaves in `told`. Raises AssertionError when it breaks."""
        async with self._desk_lock:
            if self._desk is None:
                self._desk = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "tests.chaos.inside"),
                    cwd=ROOT,
                    env=self.processes[0].env,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    limit=256 * 1024 * 1024,
                )
            desk = self._desk
            assert desk.stdin is not None
            assert desk.stdout is not None
            desk.stdin.write(json.dumps({"text": text, "given": given}).encode() + b"\n")
            await desk.stdin.drain()
            told = json.loads(await desk.stdout.readline())
        assert "broke" not in told, told["broke"]
        return told

    async def lay_out(self, people: int, activities: int = 1) -> Day:
        """A fresh workshop with `people` seated; the first of its activities is open."""
        told = await self.script(LAY_OUT, PEOPLE=people, ACTIVITIES=activities)
        send = f"/w/{told['code']}/a/{told['activities'][0]}/send/"
        seats = [Seat(told["code"], who, told["cookie"], proof, send) for who, proof in told["people"]]
        return Day(told["code"], told["links"], told["activities"], seats)

    async def head(self, day: Day) -> int:
        """The newest version, as the server itself says it."""
        seat = day.seats[0]
        browser = Browser(self.urls[0], {seat.cookie: seat.proof})
        try:
            answer = await browser.get(f"/w/{day.code}/version/phone/?v=", 30)
            return int(answer.headers["X-Version"])
        finally:
            await browser.close()

    async def stored(self, day: Day) -> Stored:
        """What the database holds, read by another process, and what console and export show."""
        told = await self.script(READ, CODE=day.code)
        faces = {"export": told["export"], "console": await self.console(day)}
        return Stored(
            [Row(*row) for row in told["rows"]], [tuple(pair) for pair in told["receipts"]], told["version"], faces
        )

    async def sign_in(self, day: Day, url: str = "") -> Browser:
        """A facilitator's browser, signed in by a one-time link."""
        browser = Browser(url or self.urls[0], {})
        answer = await browser.post(f"/sign-in/{day.links.pop()}/", {}, 60, scripted=False)
        assert answer.status == 302, f"The facilitator was not let in: {answer.status} {answer.text[:500]}"
        return browser

    async def console(self, day: Day) -> list[str]:
        """The words of all cards on the facilitator's console."""
        browser = await self.sign_in(day)
        try:
            answer = await browser.get(f"/w/{day.code}/console/", 120)
            assert answer.ok, f"The console did not open: {answer.status}"
        finally:
            await browser.close()
        return words_in(answer.text)


def words_in(html: str) -> list[str]:
    """Each stretch of text between tags. The fleet's words hold no character that HTML writes otherwise."""
    return [stretch.partition("<")[0].strip() for stretch in html.split(">")]
