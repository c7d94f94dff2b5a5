"""A participant's phone: joins by its name on the list, shows what is pushed, fetches its own zone, sends its moves."""

import asyncio
from typing import Any

from django.urls import reverse

from facilitation.rehearse.doors import Browser, Room, TurnedAway

POLL_WITH_SOCKET = 20.0
MINE_WITHIN = 0.4


class Phone(Browser):
    """`number` is the participant's id."""

    def __init__(self, room: Room, number: int, code: str) -> None:
        super().__init__(room, number)
        self.code = code
        self.mine = ""
        self._fetching: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """The form behind the QR code, then the page that stays open all day. Raises TurnedAway."""
        join = reverse("join", args=[self.code])
        await self.open_page(join)
        await self.send_form(join, [("invited", str(self.number))])
        await self.open_page(reverse("phone", args=[self.code]))
        self.mine = self.page["mine"]
        self.room.pushes.listening(self.number)
        self.listen(self.show)
        self.tasks.append(asyncio.create_task(self.ask_now_and_then()))

    def show(self, frame: dict[str, Any]) -> None:
        self.room.pushes.shown(self.number, frame["v"], self.room.now())
        if frame["mine"] != self.mine:
            self.mine = frame["mine"]
            if self._fetching is None or self._fetching.done():
                self._fetching = asyncio.create_task(self.fetch_mine())
                self.tasks.append(self._fetching)

    async def fetch_mine(self) -> None:
        await asyncio.sleep(self.room.chance.uniform(0, MINE_WITHIN))
        await self.quietly(self.page["mine-url"])

    async def ask_now_and_then(self) -> None:
        """The floor under the socket: is there a newer version?"""
        while True:
            await asyncio.sleep(POLL_WITH_SOCKET * self.room.chance.uniform(0.8, 1.2))
            await self.quietly(f"{self.page['version-url']}?v={self.room.pushes.version_of(self.number)}")

    async def quietly(self, path: str) -> None:
        """A GET that the phone makes by itself: an error of the server is counted, and nothing else comes of it."""
        try:
            await self.patiently(lambda: self.session.get(self.room.base_url + path), (200, 204))
        except TurnedAway as problem:
            self.room.ledger.failures.append(f"GET {path}: {problem}")
