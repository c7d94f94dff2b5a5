"""Stands between phones and server and does what bad networks do, by dice that fall the same way for the same seed."""

import asyncio
import random
import socket
import struct
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.chaos.wires import LONGEST_HEAD, Message, WsFrame, read_frame, read_message

GONE = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
HELD_BACK = 0.5  # seconds that a frame waits for the one that is to overtake it
CHUNK = 1024


@dataclass
class Faults:
    """May be changed while the proxy runs. Shares are from 0 to 1."""

    cut_replies: float = 0.0  # of POSTs: the request has passed, its answer is thrown away and the line cut
    reset: float = 0.0  # of requests: RST before they pass
    answers: dict[int, float] = field(default_factory=dict)  # status -> share of requests answered so, and not passed
    refuse_upgrade: bool = False
    drop: float = 0.0  # of frames to the phone, like the next two
    double: float = 0.0
    reorder: float = 0.0
    delay: float = 0.0  # seconds at most, for frames and answers
    throttle: int = 0  # bytes a second to the phone; 0: as fast as it goes
    black_hole: bool = False  # nothing passes in either direction, and no line is closed


class Proxy:
    """`async with Proxy(port, seed) as proxy`: phones use `proxy.url`. `did` counts what was done to them."""

    def __init__(self, port: int, seed: int, faults: Faults | None = None) -> None:
        self.port, self.chance, self.faults = port, random.Random(seed), faults or Faults()
        self.did: Counter[str] = Counter()
        self.url = ""
        self._lines: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept, "127.0.0.1", 0, limit=LONGEST_HEAD, backlog=4096, start_serving=True
        )
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *problem: object) -> None:
        self._server.close()
        for line in tuple(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def reset_all(self) -> None:
        """Every line that is open now ends with RST."""
        for writer in tuple(self._writers):
            self._reset(writer)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.get_running_loop().create_task(self._line(reader, writer))
        self._lines.add(line)
        line.add_done_callback(self._lines.discard)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a phone, and the one to the server that belongs to it."""
        self._writers.add(writer)
        upstream: list[asyncio.StreamWriter] = []
        try:
            await self._requests(reader, writer, upstream)
        except GONE:
            self.did["lines gone"] += 1
        finally:
            for one in upstream:
                one.transport.abort()
            writer.close()
            self._writers.discard(writer)

    async def _requests(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, upstream: list[asyncio.StreamWriter]
    ) -> None:
        server: asyncio.StreamReader | None = None
        while (request := await read_message(reader)) is not None:
            await self._hole()
            if self._dice("reset", self.faults.reset):
                return self._reset(writer)
            if status := self._refusal(request):
                self.did[f"answered {status}"] += 1
                await self._write(writer, _plain(status))
                continue
            if server is None:
                server, to_server = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_HEAD)
                upstream.append(to_server)
            to_server.write(request.bytes)
            await to_server.drain()
            self.did["requests"] += 1
            answer = await read_message(server, bodyless=request.first.startswith("HEAD"))
            await self._hole()
            if answer is None:
                return None
            if answer.status == 101:
                await self._write(writer, answer.bytes)
                return await self._socket(reader, writer, server, to_server)
            if request.first.startswith("POST") and self._dice("replies cut", self.faults.cut_replies):
                return self._reset(writer)
            await self._wait()
            await self._write(writer, answer.bytes)
            if answer.header("connection").lower() == "close":
                return None
        return None

    def _refusal(self, request: Message) -> int:
        """The status with which this request is answered here, or 0 when it passes."""
        if request.upgrades and self.faults.refuse_upgrade:
            return 400
        dice = self.chance.random()
        for status, part in self.faults.answers.items():
            if dice < part:
                return status
            dice -= part
        return 0

    async def _socket(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
    ) -> None:
        self.did["sockets"] += 1
        both = [
            asyncio.ensure_future(self._up(reader, to_server)),
            asyncio.ensure_future(self._down(server, writer)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _up(self, reader: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK * 8):
            await self._hole()
            to_server.write(data)
            await to_server.drain()

    async def _down(self, server: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Frames to the phone: one task reads and throws the dice, the other writes each when it is due."""
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
                    if frame.is_words and held is None and self._dice("reordered", self.faults.reorder):
                        held = frame
                        continue
                    passing.insert(0, frame)
                for one in passing:
                    self._pass_on(one, ready)
                held = None
        finally:
            coming.cancel()

    def _pass_on(self, frame: WsFrame, ready: asyncio.Queue[tuple[float, bytes]]) -> None:
        due, times = 0.0, 1
        if frame.is_words:
            due = asyncio.get_running_loop().time() + self.chance.uniform(0, self.faults.delay)
            times = (
                0 if self._dice("dropped", self.faults.drop) else 2 if self._dice("doubled", self.faults.double) else 1
            )
        self.did["frames"] += times
        for _time in range(times):
            ready.put_nowait((due, frame.bytes))

    async def _when_due(self, ready: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                due, data = await ready.get()
                await asyncio.sleep(due - asyncio.get_running_loop().time())
                await self._hole()
                await self._write(writer, data)
                ready.task_done()
        except GONE:
            writer.transport.abort()  # and with it the task that reads the phone, which ends both

    async def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        while self.faults.throttle and data:
            writer.write(data[:CHUNK])
            data = data[CHUNK:]
            await writer.drain()
            await asyncio.sleep(CHUNK / self.faults.throttle)
        writer.write(data)
        await writer.drain()

    async def _wait(self) -> None:
        if self.faults.delay:
            await asyncio.sleep(self.chance.uniform(0, self.faults.delay))

    async def _hole(self) -> None:
        while self.faults.black_hole:
            self.did["in the hole"] += 1
            await asyncio.sleep(0.1)

    def _dice(self, what: str, part: float) -> bool:
        falls = part > 0 and self.chance.random() < part
        self.did[what] += falls
        return falls

    def _reset(self, writer: asyncio.StreamWriter) -> None:
        own: socket.socket = writer.get_extra_info("socket")
        with suppress(OSError):  # it has gone by itself
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


def _plain(status: int) -> bytes:
    """An answer as a proxy gives it: no word of ours, above all no X-Version."""
    return f"HTTP/1.1 {status} Not Now\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nno".encode()
