"""How a phone asks: a session of its own, the pass as a cookie, the token that Django wants, and a limit of time."""

import asyncio
import secrets
import string
from collections import Counter
from typing import NamedTuple

import aiohttp

FAULTS = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
_TOKEN = string.ascii_letters + string.digits


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Browser:
    """At most six connections to one host, like a browser's. Raises one of FAULTS when there is no answer."""

    def __init__(self, base_url: str, cookies: dict[str, str], statuses: Counter[int] | None = None) -> None:
        self.base_url = base_url
        self.cookies = {"csrftoken": "".join(secrets.choice(_TOKEN) for _n in range(32)), **cookies}
        self.statuses: Counter[int] = Counter() if statuses is None else statuses
        connector = aiohttp.TCPConnector(limit_per_host=6)
        self.session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "Origin": self.base_url, "X-CSRFToken": self.cookies["csrftoken"]}

    async def get(self, path: str, limit: float = 10) -> Answer:
        return await self._ask("GET", path, limit, {"X-Throughline": "1"})

    async def post(self, path: str, pairs: dict[str, str], limit: float = 15, scripted: bool = True) -> Answer:
        """`scripted`: as the page's own script sends; otherwise as a plain form does."""
        return await self._ask("POST", path, limit, {"X-Throughline": "1"} if scripted else {}, pairs)

    async def _ask(
        self, method: str, path: str, limit: float, more: dict[str, str], pairs: dict[str, str] | None = None
    ) -> Answer:
        async with self.session.request(
            method,
            self.base_url + path,
            data=pairs,
            headers={**self.headers, **more},
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=limit),
        ) as answer:
            text = await answer.text()
            self.statuses[answer.status] += 1
            for name, morsel in answer.cookies.items():
                self.cookies[name] = morsel.value
            return Answer(answer.status, text, dict(answer.headers))

    def socket(self, path: str):
        address = self.base_url.replace("http", "ws", 1) + path
        return self.session.ws_connect(address, headers=self.headers, max_msg_size=0, timeout=_CLOSE_SOON)

    async def close(self) -> None:
        await self.session.close()


_CLOSE_SOON = aiohttp.ClientWSTimeout(ws_close=1.0)


def pause(chance, tries: int, most: float = 8.0) -> float:
    """Seconds before the next try: full jitter, 0.25 to 8 s, as static/js/net.js has it."""
    return 0.25 + chance.random() * (min(most, 0.5 * 2 ** min(tries, 10)) - 0.25)
