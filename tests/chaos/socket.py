"""The phone's socket: opened again after every close but "removed" and "over", like static/js/socket.js."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.chaos.browser import FAULTS, Browser, pause

FINAL = (4401, 4410)
NO_FIRST_FRAME, SILENCE = 5.0, 25.0
Frame = dict[str, Any]


class Socket:
    """`listen` gets every frame; `down` is told each time the line goes."""

    def __init__(
        self,
        browser: Browser,
        path: str,
        chance: random.Random,
        listen: Callable[[Frame], None],
        down: Callable[[], None],
    ) -> None:
        self.browser, self.path, self.chance = browser, path, chance
        self.listen, self.down = listen, down
        self.closes: Counter[int] = Counter()
        self.opened = 0
        self.is_open = self.ended = False
        self._tries, self._polling, self._trying = 0, False, False
        self._sooner = asyncio.Event()

    async def run(self) -> None:
        while not self.ended:
            self._trying = True
            try:
                await self._one_line()
            except FAULTS:
                self.closes[0] += 1
            self._trying = self.is_open = False
            if not self.ended:
                self.down()
                await self._rest()

    async def _one_line(self) -> None:
        """Connect, and listen until it closes or goes silent; a silent one is let go, not waited for."""
        async with asyncio.timeout(NO_FIRST_FRAME):
            line = await self.browser.socket(self.path)
        try:
            await self._hear(line)
        finally:
            await line.close()  # waits a second at most: a dead line says no goodbye

    async def _hear(self, line: aiohttp.ClientWebSocketResponse) -> None:
        limit = NO_FIRST_FRAME
        while True:
            message = await line.receive(timeout=limit)
            if message.type != aiohttp.WSMsgType.TEXT:
                break
            if not self.is_open:
                self.is_open, self.opened, self._tries, limit = True, self.opened + 1, 0, SILENCE
            frame = json.loads(message.data)
            self.listen(frame)
            if "zones" in frame:
                await line.send_str(f"a:{frame['v']}")
        self.closes[line.close_code or 0] += 1
        self.ended = line.close_code in FINAL

    async def _rest(self) -> None:
        """Where polling works and sockets never do, a proxy refuses them: ask seldom."""
        seldom = 60.0 if self._polling and self._tries > 4 else 8.0
        wait = pause(self.chance, self._tries, seldom)
        self._tries += 1
        self._sooner.clear()
        try:
            await asyncio.wait_for(self._sooner.wait(), wait)
        except TimeoutError:
            return
        self._tries = 0
        await asyncio.sleep(self.chance.random())

    def poll_answered(self, good: bool) -> None:
        """A server that answers again after a silence: no reason to wait any longer."""
        if good and not self._polling and not self._trying:
            self._sooner.set()
        self._polling = good
