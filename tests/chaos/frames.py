"""The frames of one socket on their way to the phone: lost, doubled, overtaken, late."""

import asyncio

from tests.chaos.faults import Hands
from tests.chaos.wires import WsFrame, read_frame

HELD_BACK = 0.5  # seconds that a frame waits for the one that is to overtake it


class Frames:
    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    async def pass_on(self, server: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Until the server's side ends: one task reads and throws the dice, the other writes each when it is due."""
        ready: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        writing = asyncio.ensure_future(self._when_due(ready, writer))
        try:
            await self._read(server, ready)
            await ready.join()
        finally:
            writing.cancel()

    async def _read(self, server: asyncio.StreamReader, ready: asyncio.Queue[tuple[float, bytes]]) -> None:
        """One that is to be overtaken waits a moment for the next, then goes all the same."""
        held: WsFrame | None = None
        coming = asyncio.ensure_future(read_frame(server))
        try:
            while True:
                done, _waiting = await asyncio.wait([coming], timeout=HELD_BACK if held else None)
                passing = [held] if held else []
                if done:
                    frame = coming.result()
                    if frame is None:
                        return
                    coming = asyncio.ensure_future(read_frame(server))
                    if frame.is_words and held is None and self.hands.dice("reordered", self.hands.faults.reorder):
                        held = frame
                        continue
                    passing.insert(0, frame)
                for one in passing:
                    self._put(one, ready)
                held = None
        finally:
            coming.cancel()

    def _put(self, frame: WsFrame, ready: asyncio.Queue[tuple[float, bytes]]) -> None:
        due, times = 0.0, 1
        if frame.is_words:
            due = asyncio.get_running_loop().time() + self.hands.chance.uniform(0, self.hands.faults.delay)
            if self.hands.dice("dropped", self.hands.faults.drop):
                return
            times += self.hands.dice("doubled", self.hands.faults.double)
        self.hands.did["frames"] += times
        for _time in range(times):
            ready.put_nowait((due, frame.bytes))

    async def _when_due(self, ready: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                due, data = await ready.get()
                await asyncio.sleep(due - asyncio.get_running_loop().time())
                await self.hands.hole()
                await self.hands.write(writer, data)
                ready.task_done()
        except OSError:
            writer.transport.abort()  # and with it the task that reads the phone, which ends both
