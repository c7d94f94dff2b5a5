"""One browser of the rehearsal: its cookies, its outbox that never gives up easily, and its socket."""

import asyncio
import json
import random
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from facilitation.rehearse.ledger import Entry, Ledger, Pairs
from facilitation.rehearse.pushes import Pushes

SHORTEST_REST, LONGEST_REST = 0.25, 8.0
DO_NOT_RECONNECT = (4401, 4410)
TRY_AGAIN = (502, 503, 504)
SEEN_BY_BODY = re.compile(r'data-(socket|version-url|mine-url|mine|version)="([^"]*)"')
FAULTS = (aiohttp.ClientError, TimeoutError, OSError)


class TurnedAway(Exception):
    """A door answered with something that no person should ever see."""


@dataclass
class Room:
    """What all browsers of one rehearsal share."""

    base_url: str
    ledger: Ledger
    pushes: Pushes
    chance: random.Random
    patience: float = 120.0
    now: Callable[[], float] = time.monotonic


class Browser:
    """Posts in order, one at a time, with the same key until it is answered; listens, answers frames, reconnects."""

    def __init__(self, room: Room, number: int) -> None:
        self.room, self.number = room, number
        self.page: dict[str, str] = {}
        self.tasks: list[asyncio.Task[None]] = []
        self.session = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=20),
            headers={"Origin": room.base_url},
        )
        self.in_turn = asyncio.Lock()

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.session.close()

    # -- pages --------------------------------------------------------------------------------------------------------

    async def open_page(self, path: str) -> str:
        """A page as a person opens it, with what its body says about socket, version and forms."""
        _status, text, _headers = await self.patiently(lambda: self.session.get(self.room.base_url + path), (200,))
        self.page.update(SEEN_BY_BODY.findall(text))
        return text

    async def send_form(self, path: str, pairs: Pairs) -> dict[str, str]:
        """An ordinary form: answered by going somewhere else. Returns the headers."""
        _status, _text, headers = await self.patiently(
            lambda: self.session.post(
                self.room.base_url + path,
                data=[*pairs, self.token()],
                allow_redirects=False,
                headers=self.same_page(path),
            ),
            (302, 303),
        )
        return headers

    def token(self) -> tuple[str, str]:
        cookie = next((one.value for one in self.session.cookie_jar if one.key == "csrftoken"), "")
        return "csrfmiddlewaretoken", cookie

    def same_page(self, path: str) -> dict[str, str]:
        return {"Referer": self.room.base_url + path}

    async def patiently(self, ask: Callable[[], Any], wanted: tuple[int, ...]) -> tuple[int, str, dict[str, str]]:
        """Asks again with jitter while nobody answers or the server says that it is busy. Raises TurnedAway."""
        rest, ends = SHORTEST_REST, self.room.now() + self.room.patience
        while True:
            said: Any = "no answer"
            try:
                async with ask() as answer:
                    said, text = answer.status, await answer.text()
                    if said in wanted:
                        return said, text, dict(answer.headers)
            except FAULTS as problem:
                said = type(problem).__name__
            if isinstance(said, int) and said not in TRY_AGAIN:
                if said >= 500:
                    self.room.ledger.server_errors += 1
                raise TurnedAway(f"{said}")
            self.room.ledger.busy += isinstance(said, int)
            if self.room.now() > ends:
                raise TurnedAway(str(said))
            self.room.ledger.retries += 1
            await asyncio.sleep(self.room.chance.uniform(0, rest))
            rest = min(rest * 2, LONGEST_REST)

    # -- moves --------------------------------------------------------------------------------------------------------

    async def post(self, path: str, pairs: Pairs, entry: Entry) -> Entry:
        """One keyed POST. Acknowledged only by 200; refused for good by any other answer that is not "busy"."""
        async with self.in_turn:
            entry.sent_at = self.room.now()

            def ask() -> Any:
                entry.tries += 1
                return self.session.post(
                    self.room.base_url + path,
                    data=[("key", entry.key), *pairs, self.token()],
                    headers={"X-Throughline": "1", **self.same_page(path)},
                )

            try:
                entry.status, text, headers = await self.patiently(ask, (200, 403, 404, 409, 413, 422))
            except TurnedAway as problem:
                entry.said = str(problem)
                return entry
            if entry.status != 200:
                entry.said = in_words(text)
                return entry
            entry.acked_at = self.room.now()
            entry.version, entry.made = int(headers.get("X-Version") or 0), headers.get("X-Made", "")
            self.room.pushes.posted.append((entry.version, entry.sent_at))
            return entry

    # -- the socket ---------------------------------------------------------------------------------------------------

    def listen(self, seen: Callable[[dict[str, Any]], Awaitable[None] | None]) -> None:
        """From now on, in the background; `seen` gets each frame."""
        self.tasks.append(asyncio.create_task(self._listen(seen)))

    async def _listen(self, seen: Callable[[dict[str, Any]], Any]) -> None:
        address = self.room.base_url.replace("http", "ws", 1) + self.page["socket"]
        rest = SHORTEST_REST
        while True:
            try:
                async with self.session.ws_connect(address, origin=self.room.base_url, max_msg_size=0) as socket:
                    async for message in socket:
                        if message.type == aiohttp.WSMsgType.TEXT:
                            rest = SHORTEST_REST
                            frame = json.loads(message.data)
                            if "zones" in frame:
                                seen(frame)
                                await socket.send_str(f"a:{frame['v']}")
                    if socket.close_code in DO_NOT_RECONNECT:
                        return
            except FAULTS:
                pass
            await asyncio.sleep(self.room.chance.uniform(0.05, rest))
            rest = min(rest * 2, LONGEST_REST)


def new_key() -> str:
    return secrets.token_urlsafe(18)


def in_words(html: str) -> str:
    """What a refusal says to the person, without its markup."""
    told = re.findall(r'(?s)role="alert"[^>]*>(.*?)</', html) or re.findall(r'(?s)class="error[^>]*>(.*?)</', html)
    text = " ".join(told) or html
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())[:300]
