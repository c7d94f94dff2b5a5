"""How long a change takes to reach every phone: from the start of its POST until the last socket has shown it."""

import asyncio
from bisect import bisect_left
from collections import Counter


class Pushes:
    """Phones report each version that they show; a change is through when the phone furthest behind shows it."""

    def __init__(self) -> None:
        self.posted: list[tuple[int, float]] = []  # version, when its POST began
        self._shown: dict[int, int] = {}
        self._phones_at: Counter[int] = Counter()
        self._news = asyncio.Event()
        self._everywhere: list[tuple[int, float]] = []  # version, when every phone had shown it: both rise

    def listening(self, phone: int) -> None:
        self._shown[phone] = 0
        self._phones_at[0] += 1

    def shown(self, phone: int, version: int, now: float) -> None:
        before = self._shown[phone]
        if version <= before:
            return
        self._shown[phone] = version
        self._phones_at[version] += 1
        self._phones_at[before] -= 1
        if not self._phones_at[before]:
            del self._phones_at[before]
            if min(self._phones_at) > before:
                self._everywhere.append((min(self._phones_at), now))
                self._news.set()

    @property
    def everywhere(self) -> int:
        """The version that every phone has shown."""
        return min(self._phones_at, default=0)

    async def reach(self, version: int, within: float) -> bool:
        """Waits until every phone has shown this version. False if that takes too long."""
        try:
            async with asyncio.timeout(within):
                while self.everywhere < version:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def version_of(self, phone: int) -> int:
        return self._shown.get(phone, 0)

    def seconds(self) -> list[float]:
        """One measure for each POST whose version has reached everybody."""
        found = []
        for version, began in self.posted:
            place = bisect_left(self._everywhere, (version, 0.0))
            if place < len(self._everywhere):
                found.append(self._everywhere[place][1] - began)
        return found
