"""One surface of one workshop: hears that something changed, renders once, and hands the same frame to every socket.

Each surface has a pump of its own, so that a console with hundreds of cards, or a fault in its template, holds no
phone up.
"""

import asyncio
import contextvars
import logging
import threading
from collections import deque
from collections.abc import Awaitable, Callable

from django.core.exceptions import ObjectDoesNotExist

from facilitation.live.mailbox import Counters, Mailbox
from facilitation.live.snapshot import PHONE, Audience, Snapshot
from facilitation.live.wire import Frame

REMOVED, OVER, TOO_SLOW, TOO_MANY = 4401, 4410, 4408, 4429
SOCKETS_A_PARTICIPANT = 4
PATIENCE = 3  # heartbeats a frame may stay unanswered: 30 seconds
AT_ONCE = 4  # changes that go out at once before the pace holds
SHARE = 3  # showing one surface takes at most a third of the time; the rest is for those who write
AT_A_TIME = 500  # sockets written to before the loop may do something else
LONGEST_REST = 8.0
A_SECOND = 1.0

log = logging.getLogger(__name__)

Render = Callable[[int, set[Audience]], Awaitable[Snapshot]]


class Pump:
    """Lives on the server's loop, on which `hint`, `join` and `leave` are called."""

    def __init__(
        self, workshop_id: int, surface: str, render: Render, counters: Counters, heartbeat: float, gap: float
    ) -> None:
        self.workshop_id = workshop_id
        self.surface = surface
        self.sockets: set[Mailbox] = set()
        self.participants: dict[int, deque[Mailbox]] = {}
        self._render = render
        self._counters = counters
        self._heartbeat = heartbeat
        self._gap = gap
        self._snapshot: Snapshot | None = None
        self._frames: dict[int | None, Frame | None] = {}  # by table
        self._asked: dict[int | None, int] = {}  # the version for which each table's frame was asked
        self._newest = 0  # as hints say
        self._shown = -1  # the version rendered last
        self._again = True  # look, whatever the versions say
        self._due = self._took = 0.0
        self._told = -1  # the version that every socket here has been handed
        self._news = threading.Condition()
        self._bell = asyncio.Event()
        # A clean context: born inside a request, the task would keep that request's thread and connection.
        context = contextvars.Context()
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._run(), context=context)
        self._timer = self._loop.call_later(heartbeat, self._beat, context=context)
        self._clock = self._loop.call_later(A_SECOND, self._tick, context=context)

    def stop(self) -> None:
        self._task.cancel()
        self._timer.cancel()
        self._clock.cancel()

    def hint(self, version: int) -> None:
        """The workshop may now be at `version`; 0 means look again, whatever you know."""
        if 0 < version <= self._newest:
            return
        self._newest = max(self._newest, version)
        self._again = self._again or version == 0
        self._bell.set()

    @property
    def _stale(self) -> bool:
        return self._again or self._newest > self._shown

    def join(self, mailbox: Mailbox) -> None:
        self.sockets.add(mailbox)
        if mailbox.participant is not None:
            own = self.participants.setdefault(mailbox.participant, deque())
            own.append(mailbox)
            if len(own) > SOCKETS_A_PARTICIPANT:
                self._close(own[0], TOO_MANY)
        frame = self._frames.get(self._table(mailbox))
        if frame and not frame.tells_the_time:
            self._again = True
        if self._snapshot and not self._snapshot.admits(mailbox.proof):
            self._again = True  # a pass younger than what was rendered last
        if self._stale or not self._serve(mailbox):
            self._bell.set()

    def leave(self, mailbox: Mailbox) -> None:
        self.sockets.discard(mailbox)
        own = self.participants.get(mailbox.participant or 0)
        if own and mailbox in own:
            own.remove(mailbox)
            if not own:
                del self.participants[mailbox.participant or 0]

    def current(self, beyond: int, participant: int | None) -> str | None:
        """From any thread: the newest text rendered for this listener, if it is newer than the version `beyond`."""
        snapshot = self._snapshot
        if snapshot is None or participant in snapshot.removed:
            return None
        frame = self._frames.get(snapshot.table_of.get(participant or 0))
        return frame.text if frame and frame.version > beyond and frame.tells_the_time else None

    def wait_until_told(self, version: int, seconds: float) -> None:
        """From any other thread: until this version has gone out to everybody, or the time is over."""
        if self._told < version:
            with self._news:
                self._news.wait_for(lambda: self._told >= version, seconds)

    async def _run(self) -> None:
        rest = self._gap
        while True:
            try:
                await self._bell.wait()
                if self._behind():
                    await self._pace()
                    self._bell.clear()
                    await self._turn()
                    rest = self._gap
                else:
                    self._bell.clear()
            except ObjectDoesNotExist:
                for mailbox in tuple(self.sockets):
                    self._close(mailbox, OVER)  # deleted while people listened
            except Exception:
                log.exception("The %s of workshop %s could not be shown", self.surface, self.workshop_id)
                self._again = True
                self._bell.set()
                await asyncio.sleep(rest)
                rest = min(rest * 2, LONGEST_REST)

    async def _pace(self) -> None:
        """At once while it is quiet. When behind: the newest only, once a gap, and less often if that is hard work."""
        gap, now = max(self._gap, SHARE * self._took), self._loop.time()
        self._due = max(self._due, now - AT_ONCE * gap) + gap
        if self._due > now:
            await asyncio.sleep(self._due - now)

    def _behind(self) -> set[int | None]:
        """The tables whose frame is to be rendered."""
        return self._tables() if self._stale else self._unserved()

    async def _turn(self) -> None:
        tables = self._behind()
        self._again, heard = False, self._newest
        began = self._loop.time()
        snapshot = await self._render(self.workshop_id, {(self.surface, table) for table in tables})
        self._shown = snapshot.version
        # What was heard of meanwhile may be in here already. A database put back to an earlier state counts, too.
        if self._newest in (heard, self._shown) or self._newest < self._shown:
            self._newest = self._shown
        self._keep(snapshot, tables)
        await self._tell_all()
        with self._news:
            self._told = snapshot.version
            self._news.notify_all()
        self._took = self._loop.time() - began
        if self._unserved():
            self._bell.set()

    def _keep(self, snapshot: Snapshot, tables: set[int | None]) -> None:
        self._snapshot = snapshot
        fresh = {}
        for audience, text in snapshot.frames.items():
            self._counters.saw(self.workshop_id, audience, snapshot.version)
            before, now = self._frames.get(audience[1]), Frame(text, snapshot.version)
            if before and before.text == text:
                before.made_at, now = now.made_at, before
            fresh[audience[1]] = now
        for table in tables:
            self._frames[table] = fresh.get(table) or fresh.get(None)
            self._asked[table] = snapshot.version

    def _table(self, mailbox: Mailbox) -> int | None:
        return self._snapshot.table_of.get(mailbox.participant or 0) if self._snapshot else None

    def _tables(self) -> set[int | None]:
        """Every table that listens, and always the surface as a whole, which serves a table without its own frame."""
        if self._snapshot is None or not self._snapshot.table_of:
            return {None}
        return {None, *map(self._table, self.sockets)}

    def _unserved(self) -> set[int | None]:
        """Tables whose frame is missing or older than the newest render: they have only just turned up."""
        version = self._snapshot.version if self._snapshot else 0
        return {table for table in self._tables() if self._asked.get(table, -1) < version}

    async def _tell_all(self) -> None:
        for number, mailbox in enumerate(tuple(self.sockets), 1):
            if mailbox in self.sockets:
                self._serve(mailbox)
            if number % AT_A_TIME == 0:
                await asyncio.sleep(0)

    def _serve(self, mailbox: Mailbox) -> bool:
        """Hand over the current frame. False if there is none for this socket yet."""
        snapshot = self._snapshot
        if snapshot is None:
            return False
        if mailbox.participant in snapshot.removed:
            self._close(mailbox, REMOVED)
            return True
        if not snapshot.admits(mailbox.proof):
            if self._stale:
                return False  # it may have come after the last look
            self._close(mailbox, REMOVED)
            return True
        table = self._table(mailbox)
        if self._asked.get(table, -1) < snapshot.version:
            return False
        frame = self._frames[table]
        if snapshot.over:
            if frame:
                mailbox.put_last(frame)
            self._close(mailbox, OVER)
        elif frame:
            mailbox.put(frame)
        return True

    def _beat(self) -> None:
        self._timer = self._loop.call_later(self._heartbeat, self._beat)
        heartbeat = Frame(f'{{"v":{self._newest}}}', self._newest)
        for mailbox in tuple(self.sockets):
            if not mailbox.beat(heartbeat, PATIENCE):
                self._close(mailbox, TOO_SLOW)

    def _tick(self) -> None:
        """Only phones: their frames are small, and theirs is the bad Wi-Fi."""
        self._clock = self._loop.call_later(A_SECOND, self._tick)
        if self.surface == PHONE:
            for mailbox in tuple(self.sockets):
                mailbox.again()

    def _close(self, mailbox: Mailbox, code: int) -> None:
        self.leave(mailbox)
        mailbox.close(code)
