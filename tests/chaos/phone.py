"""A phone at protocol level: outbox, socket and the version GET under both, like static/js/live.js."""

import asyncio
import json
import random
import time
from contextlib import suppress
from typing import Any, NamedTuple

from tests.chaos.browser import FAULTS, Answer, Browser
from tests.chaos.checker import Seen
from tests.chaos.ledger import Entry, Ledger
from tests.chaos.outbox import Outbox
from tests.chaos.socket import Socket

POLL_WITH_SOCKET, POLL_WITHOUT = 20.0, 3.0


class Seat(NamedTuple):
    """What the server knows a phone by."""

    code: str
    participant: int
    cookie: str
    proof: str
    send: str  # the address that takes its words


class Phone:
    """Starts with `start`, ends with `stop`; `say` puts words into its outbox."""

    def __init__(self, base_url: str, seat: Seat, ledger: Ledger, chance: random.Random, listens: bool = True) -> None:
        self.seat, self.ledger, self.chance = seat, ledger, chance
        self.browser = Browser(base_url, {seat.cookie: seat.proof}, ledger.statuses)
        self.outbox = Outbox(self.browser, seat.send, chance, self._sent)
        self.socket = Socket(self.browser, f"/ws/w/{seat.code}/phone/", chance, self._take, self._down)
        self.listens = listens
        self.version = 0
        self.shown: list[tuple[float, int]] = []
        self.heard_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._request: asyncio.Task[None] | None = None
        self._zone: asyncio.Task[None] | None = None
        self._asked_at = -1.0
        self._timer: asyncio.TimerHandle | None = None
        self._behind, self._lost, self._stopped = 0, False, False

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self.outbox.drain())]
        if self.listens:
            self._tasks.append(loop.create_task(self.socket.run()))
            self.check()

    async def stop(self) -> None:
        self._stopped = True
        if self._timer:
            self._timer.cancel()
        tasks = [*self._tasks, *(one for one in (self._request, self._zone) if one)]
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended  # a phone of the harness broke: nothing it said may be trusted
        await self.browser.close()

    async def freeze(self) -> None:
        """The outbox stops, whatever it holds; the screen goes on."""
        self._tasks[0].cancel()
        await asyncio.gather(self._tasks[0], return_exceptions=True)

    def say(self, text: str) -> Entry:
        entry = self.ledger.draft(self.seat.participant, text)
        self.outbox.add(entry)
        return entry

    @property
    def seen(self) -> Seen:
        return Seen(self.seat.participant, [version for _at, version in self.shown])

    # -- the newest version, by whichever way it comes ----------------------------------------------------------------

    def check(self) -> None:
        """Ask now; a question that has waited for more than a blink is let go for a new one."""
        if self._stopped or (self._request and time.monotonic() - self._asked_at < 0.3):
            return
        if self._request:
            self._request.cancel()
        self._asked_at = time.monotonic()
        self._request = asyncio.get_running_loop().create_task(self._ask())

    async def _ask(self) -> None:
        asked, good = self.version, False
        try:
            answer = await self.browser.get(f"/w/{self.seat.code}/version/phone/?v={asked}", 8)
            if answer.ok:
                self._answered({"v": asked} if answer.status == 204 else json.loads(answer.text), asked)
                good = True
        except FAULTS:
            good = False
        self._request = None
        self.socket.poll_answered(good)
        if good:
            self._heard()
        else:
            self._lost = True
        self._next()

    def _answered(self, frame: dict[str, Any], asked: int) -> None:
        if frame["v"] >= asked:
            self._behind = 0
        if frame["v"] > self.version:
            self._apply(frame["v"])
        if asked != self.version or frame["v"] >= asked:
            return
        self._behind += 1  # one answer may be late; two that are behind: the server was put back
        if self._behind < 2:
            asyncio.get_running_loop().call_later(1.5, self.check)
            return
        self._behind = 0
        self._apply(frame["v"])

    def _take(self, frame: dict[str, Any]) -> None:
        self._heard()
        if frame["v"] > self.version and "zones" in frame:
            self._apply(frame["v"])
        elif frame["v"] != self.version:
            self.check()

    def _apply(self, version: int) -> None:
        self.version = version
        self.shown.append((time.monotonic(), version))

    def _heard(self) -> None:
        self.heard_at = time.monotonic()
        if self._lost:
            self.outbox.wake()
        self._lost = False

    def _sent(self, answer: Answer) -> None:
        if self.listens and not self.socket.is_open:
            self.check()
        if "X-Later" in answer.headers and not self._zone:  # in a crowd: "sent" at once, one's own zone a little later
            self._zone = asyncio.get_running_loop().create_task(self._own_zone())

    async def _own_zone(self) -> None:
        """As static/js/mine.js fetches it. Nothing here depends on it but the load that it is."""
        await asyncio.sleep(1 + self.chance.random() * 3)
        with suppress(*FAULTS):
            await self.browser.get(f"/w/{self.seat.code}/mine/")
        self._zone = None

    def _down(self) -> None:
        self._lost = True
        self._next()

    def _next(self) -> None:
        wait = (POLL_WITH_SOCKET if self.socket.is_open and not self._lost else POLL_WITHOUT) * (
            0.8 + self.chance.random() * 0.4
        )
        loop = asyncio.get_running_loop()
        if self._stopped or self._request or (self._timer and self._timer.when() <= loop.time() + wait):
            return
        if self._timer:
            self._timer.cancel()
        self._timer = loop.call_later(wait, self._due)

    def _due(self) -> None:
        self._timer = None
        self.check()
