"""Many phones at once: writing, resting, and being asked whether they are where the server is."""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Self

from tests.chaos.checker import Findings, watch
from tests.chaos.ledger import Ledger
from tests.chaos.phone import Phone
from tests.chaos.site import Day

IDEAS = (
    "Phone the next site before the list is full",
    "One list of who covers whom",
    "Start with what worries people on the ward",
    "Share the planning templates",
    "A quiet room for the hard talks",
    "Let the porters see the board",
)
LETTERS = "bcdfghjklmnpqrstvwxz"


class Fleet:
    """`async with Fleet(...)`: phones on, and all off at the end. Seats are dealt over `urls` in turn."""

    def __init__(self, urls: list[str], day: Day, seed: int, *, listens: bool = True, first: int = 0, count: int = 0):
        self.chance = random.Random(seed)
        self.ledger = Ledger()
        seats = day.seats[first : first + count] if count else day.seats[first:]
        self.phones = [
            Phone(urls[n % len(urls)], seat, self.ledger, random.Random(seed * 100_003 + n), listens)
            for n, seat in enumerate(seats)
        ]
        self._writers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        for phone in self.phones:
            phone.start()
        return self

    async def __aexit__(self, *problem: object) -> None:
        self.hush()
        await asyncio.gather(*(phone.stop() for phone in self.phones))

    def words(self) -> str:
        """An idea that nobody had before, of plain letters, so that a search finds it as it was typed."""
        return f"{self.chance.choice(IDEAS)} {''.join(self.chance.choices(LETTERS, k=12))}"

    def write(self, least: float, most: float, phones: list[Phone] | None = None) -> None:
        """From now on each phone says something `least` to `most` seconds after its last words were sent, until `hush`.

        So a slow server is asked less, as by people, and never gets a backlog that no burst of a room could make.
        """
        loop = asyncio.get_running_loop()
        self._writers += [loop.create_task(self._writing(phone, least, most)) for phone in phones or self.phones]

    async def _writing(self, phone: Phone, least: float, most: float) -> None:
        await asyncio.sleep(phone.chance.uniform(0, most))
        while True:
            entry = phone.say(self.words())
            while not entry.settled:  # noqa: ASYNC110, a ledger rings no bell
                await asyncio.sleep(0.05)
            await asyncio.sleep(phone.chance.uniform(least, most))

    def hush(self) -> None:
        for writer in self._writers:
            writer.cancel()
        self._writers = []

    async def freeze(self) -> None:
        """No phone sends any more: what is acknowledged from here on could not be in a database read before."""
        self.hush()
        await asyncio.gather(*(phone.freeze() for phone in self.phones))

    async def until(self, true: Callable[[], bool], limit: float) -> float | None:
        """Seconds until it is true, or None when it was not within the limit."""
        began = time.monotonic()
        while not true():
            if time.monotonic() - began > limit:
                return None
            await asyncio.sleep(0.02)
        return time.monotonic() - began

    async def listening(self, limit: float = 60) -> float | None:
        return await self.until(lambda: all(phone.socket.is_open for phone in self.phones), limit)

    async def drained(self, limit: float = 120) -> float | None:
        """Until every outbox is empty."""
        return await self.until(lambda: not self.ledger.open, limit)

    async def at(self, version: int, limit: float, since: float = 0.0) -> float | None:
        """Until every phone shows this version, and has heard of the server since that moment."""
        return await self.until(
            lambda: all(phone.version >= version and phone.heard_at >= since for phone in self.phones), limit
        )

    def watched(self, head: int) -> Findings:
        return watch([phone.seen for phone in self.phones], head)

    def lags(self) -> list[float]:
        """For each acknowledged sending and each phone: seconds from the answer until the phone showed it or newer."""
        acked = sorted((entry.version, entry.acked_at) for entry in self.ledger.acked)
        found = []
        for phone in self.phones:
            shown = iter(phone.shown)
            at, version = next(shown, (0.0, -1))
            for wanted, moment in acked:
                while version < wanted:
                    at, version = next(shown, (float("inf"), wanted))
                found.append(max(0.0, at - moment))
        return found


def share(values: list[float], part: float) -> float:
    """The value below which this part of all values lies; 0 when there are none."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else 0.0


def spread(seconds: list[float]) -> str:
    """Half, 95%, longest."""
    return " / ".join(f"{share(seconds, part):.2f} s" for part in (0.5, 0.95, 1.0))
