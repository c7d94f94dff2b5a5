"""The process's hub: which workshops have listeners, and the threads that render for them, one a surface."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection

from facilitation.live.mailbox import Counters, Mailbox
from facilitation.live.pump import Pump
from facilitation.live.snapshot import PHONE, SURFACES, Audience, Snapshot
from facilitation.live.wire import Line
from workshops import hints

log = logging.getLogger(__name__)

A_MOMENT = 0.03  # seconds

Render = Callable[[int, set[Audience]], Snapshot]
Subscribe = Callable[[hints.Callback], Callable[[], None]]


class Hub:
    """`join` and `leave` belong to the server's loop; `wake`, `connected` and `current` to any thread."""

    def __init__(
        self, render: Render, *, subscribe: Subscribe = hints.subscribe, heartbeat: float = 10.0, gap: float = 0.025
    ) -> None:
        self.counters = Counters()
        self._render_now = render
        self._subscribe = subscribe
        self._unsubscribe: Callable[[], None] | None = None
        self._new_pump = partial(Pump, render=self._render, counters=self.counters, heartbeat=heartbeat, gap=gap)
        self._pumps: dict[int, dict[str, Pump]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        # One each: phones do not wait for a console with hundreds of cards.
        self._threads = {name: ThreadPoolExecutor(1, thread_name_prefix=f"render-{name}") for name in SURFACES}

    def join(
        self, line: Line, workshop_id: int, surface: str, participant: int | None = None, proof: str = ""
    ) -> Mailbox:
        """Start telling this socket; it gets its first frame at once. The first socket of all wires up the hints."""
        self._loop = asyncio.get_running_loop()
        if self._unsubscribe is None:
            self._unsubscribe = self._subscribe(self.wake)
        mailbox = Mailbox(line, workshop_id, surface, participant, self.counters, proof)
        pumps = self._pumps.setdefault(workshop_id, {})
        if surface not in pumps:
            pumps[surface] = self._new_pump(workshop_id, surface)
        pumps[surface].join(mailbox)
        return mailbox

    def leave(self, mailbox: Mailbox) -> None:
        """Safe to call twice. What nobody hears is dropped from memory."""
        pumps = self._pumps.get(mailbox.workshop_id, {})
        pump = pumps.get(mailbox.surface)
        if pump is None:
            return
        pump.leave(mailbox)
        if not pump.sockets:
            pump.stop()
            del pumps[mailbox.surface]
        if not pumps:
            del self._pumps[mailbox.workshop_id]

    def wake(self, workshop_id: int, version: int) -> None:
        """Somebody wrote. From any thread; forgotten if nobody listens."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, workshop_id, version)

    def connected(self, workshop_id: int) -> dict[str, int]:
        """How many listen to this workshop through this process: sockets by surface, phones counted by person."""
        pumps = self._pumps.get(workshop_id, {})
        counts = {}
        for surface in SURFACES:
            pump = pumps.get(surface)
            counts[surface] = len(pump.participants if surface == PHONE else pump.sockets) if pump else 0
        return counts

    def current(self, workshop_id: int, beyond: int, surface: str, participant: int | None = None) -> str | None:
        """The frame already rendered for this listener, newer than `beyond`, so that a GET need not render again."""
        pump = self._pumps.get(workshop_id, {}).get(surface)
        return pump.current(beyond, participant) if pump else None

    def room_first(self, workshop_id: int, version: int) -> None:
        """From a view: a moment's wait, so that the phones here hear of a change before its sender's zone is rendered.

        Both are work for one interpreter. The sender waits for all of it either way; the room need not.
        """
        if pump := self._pumps.get(workshop_id, {}).get(PHONE):
            pump.wait_until_told(version, A_MOMENT)

    def close(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        for pumps in self._pumps.values():
            for pump in pumps.values():
                pump.stop()
        self._pumps.clear()
        for thread in self._threads.values():
            thread.submit(lambda: connection.close())  # its own
            thread.shutdown(wait=True)

    def _wake(self, workshop_id: int, version: int) -> None:
        chosen = self._pumps if workshop_id == hints.EVERY_WORKSHOP else [workshop_id]
        for pumps in [self._pumps.get(one, {}) for one in chosen]:
            for surface in SURFACES:
                if surface in pumps:
                    pumps[surface].hint(version)

    async def _render(self, workshop_id: int, wanted: set[Audience]) -> Snapshot:
        surface = next(iter(wanted))[0]  # one pump, one surface
        thread = self._threads[surface]
        return await asyncio.get_running_loop().run_in_executor(thread, self._render_now, workshop_id, wanted)


def render_in_thread(workshop_id: int, wanted: set[Audience]) -> Snapshot:
    """Render on this thread's own connection. There is one such thread a surface, so that it keeps its connection:
    fetching one from PostgreSQL's pool and returning it costs a tenth of a render. One that failed is let go.
    """
    from facilitation.live import surfaces  # pages and kinds, which ask the hub who is connected, are above the hub

    try:
        return surfaces.render(workshop_id, wanted)
    finally:
        if connection.errors_occurred:
            connection.close()


hub = Hub(render_in_thread)
