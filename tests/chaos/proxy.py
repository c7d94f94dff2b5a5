"""Stands between phones and server and does what bad networks do, by dice that fall the same way for the same seed."""

import asyncio
from typing import Self

from tests.chaos.faults import CHUNK, Faults, Hands
from tests.chaos.frames import Frames
from tests.chaos.wires import LONGEST_HEAD, Message, read_message

GONE = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class Proxy:
    """`async with Proxy(port, seed) as proxy`: phones use `proxy.url`. `did` counts what was done to them."""

    def __init__(self, port: int, seed: int, faults: Faults | None = None) -> None:
        self.port, self.faults = port, faults or Faults()
        self.hands = Hands(seed, self.faults)
        self.did = self.hands.did
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
            self.hands.reset(writer)

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
            await self.hands.hole()
            if self.hands.dice("reset", self.faults.reset):
                return self.hands.reset(writer)
            if status := self._refusal(request):
                self.did[f"answered {status}"] += 1
                await self.hands.write(writer, _plain(status))
                continue
            if server is None:
                server, to_server = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_HEAD)
                upstream.append(to_server)
            to_server.write(request.bytes)
            await to_server.drain()
            self.did["requests"] += 1
            answer = await read_message(server, bodyless=request.first.startswith("HEAD"))
            await self.hands.hole()
            if answer is None:
                return None
            if answer.status == 101:
                await self.hands.write(writer, answer.bytes)
                return await self._socket(reader, writer, server, to_server)
            if request.first.startswith("POST") and self.hands.dice("replies cut", self.faults.cut_replies):
                return self.hands.reset(writer)
            await self.hands.wait()
            await self.hands.write(writer, answer.bytes)
            if answer.header("connection").lower() == "close":
                return None
        return None

    def _refusal(self, request: Message) -> int:
        """The status with which this request is answered here, or 0 when it passes."""
        if request.upgrades and self.faults.refuse_upgrade:
            return 400
        dice = self.hands.chance.random()
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
            asyncio.ensure_future(Frames(self.hands).pass_on(server, writer)),
        ]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _up(self, reader: asyncio.StreamReader, to_server: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK * 8):
            await self.hands.hole()
            to_server.write(data)
            await to_server.drain()


def _plain(status: int) -> bytes:
    """An answer as a proxy gives it: no word of ours, above all no X-Version."""
    return f"HTTP/1.1 {status} Not Now\r\nContent-Length: 2\r\nContent-Type: text/plain\r\n\r\nno".encode()
