"""The phone's outbox: in order, one at a time, for ever, like static/js/sender.js."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable

from tests.chaos.browser import FAULTS, Answer, Browser, pause
from tests.chaos.ledger import Entry

# What the server means for good; the words then stay on the phone with a copy button.
NEVER = {400: "refused", 404: "refused", 405: "refused", 409: "closed", 410: "closed", 413: "too long", 422: "refused"}


class Outbox:
    """`sent` is told after each acknowledged item."""

    def __init__(self, browser: Browser, address: str, chance: random.Random, sent: Callable[[Answer], None]) -> None:
        self.browser, self.address, self.chance, self.sent = browser, address, chance, sent
        self.waiting: deque[Entry] = deque()
        self._denied = self._errors = 0
        self._wake = asyncio.Event()

    def add(self, entry: Entry) -> None:
        self.waiting.append(entry)
        self._wake.set()

    def wake(self) -> None:
        """The server answers again, or the phone is looked at: no reason to rest any longer."""
        self._wake.set()

    async def drain(self) -> None:
        tries = 0
        while True:
            if not self.waiting:
                self._wake.clear()
                await self._wake.wait()
                continue
            tries = 0 if await self._attempt(self.waiting[0]) else tries + 1
            if tries:
                await self._rest(pause(self.chance, tries))

    async def _attempt(self, entry: Entry) -> bool:
        """True when this item is done with, one way or the other."""
        entry.tries += 1
        entry.sent_at = entry.sent_at or time.monotonic()
        try:
            answer = await self.browser.post(self.address, {"text": entry.text, "key": entry.key})
        except FAULTS:
            return False
        self._denied = self._denied + 1 if answer.status == 403 else 0
        # Only our own server says X-Version: a captive portal's 200 acknowledges nothing.
        if answer.ok and "X-Version" in answer.headers:
            entry.acked_at, entry.version = time.monotonic(), int(answer.headers["X-Version"])
            self.waiting.popleft()
            self.sent(answer)
            return True
        if answer.status in NEVER or self._denied > 2:
            entry.refused = NEVER.get(answer.status, "denied")
            self.waiting.popleft()
            return True
        await self._put_off(answer)
        return False

    async def _put_off(self, answer: Answer) -> None:
        """One item that breaks the server must not keep the others back; Retry-After is heeded."""
        self._errors = self._errors + 1 if answer.status == 500 else 0
        if self._errors % 6 == 5:
            self.waiting.rotate(-1)
        asked = answer.headers.get("Retry-After", "")
        await self._rest(min(30, int(asked) if asked.isdecimal() else 0) * 0.5 * (1 + self.chance.random()))

    async def _rest(self, seconds: float) -> None:
        self._wake.clear()
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return
