"""Two ends for tests of the live side: what arrived at a phone, and a workshop whose version can be turned by hand."""

import asyncio
import json
import threading
from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist

from facilitation.live.snapshot import Audience, Snapshot

WORKSHOP = 7


async def until(true: Callable[[], object]) -> None:
    """Wait, as long as any test may take, for something that has to become true."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110, it waits for things that have no event
            await asyncio.sleep(0.002)


class Phone:
    """The far end of one socket: `send` is what an ASGI server would be given to deliver."""

    def __init__(self) -> None:
        self.heard: list[dict] = []
        self.code: int | None = None

    async def send(self, message: dict) -> None:
        if message["type"] == "websocket.close":
            self.code = message["code"]
        else:
            self.heard.append(json.loads(message["text"]))

    @property
    def frames(self) -> list[dict]:
        return [one for one in self.heard if "zones" in one]

    @property
    def versions(self) -> list[int]:
        return [one["v"] for one in self.frames]

    @property
    def shown(self) -> str:
        return self.frames[-1]["zones"]["table"] or self.frames[-1]["zones"]["shared"]

    @property
    def beats(self) -> list[int]:
        return [one["v"] for one in self.heard if "zones" not in one]


class Day:
    """A workshop as the hub sees it through its render function."""

    def __init__(self) -> None:
        self.version = 1
        self.table_of: dict[int, int] = {}
        self.removed: set[int] = set()
        self.proofs: set[str] | None = None
        self.over = False
        self.gone = False
        self.calls: list[set[Audience]] = []
        self.failures = 0
        self.faulty: str | None = None
        self.may_render = threading.Event()
        self.may_render.set()

    def render(self, workshop_id: int, wanted: set[Audience]) -> Snapshot:
        version = self.version
        self.calls.append(wanted)
        self.may_render.wait(10)
        if self.gone:
            raise ObjectDoesNotExist
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is restarting")
        if self.faulty in {surface for surface, _table in wanted}:
            raise ZeroDivisionError("a fault in one template")
        return Snapshot(
            version,
            {audience: self._frame(version, *audience) for audience in wanted},
            dict(self.table_of),
            frozenset(self.removed),
            self.over,
            None if self.proofs is None else frozenset(self.proofs),
        )

    def _frame(self, version: int, surface: str, table: int | None) -> str:
        zones = {"shared": f"{surface} at {version}", "table": f"table {table} at {version}" if table else ""}
        return json.dumps({"v": version, "stage": "why", "mine": "41.open.1", "zones": zones})
