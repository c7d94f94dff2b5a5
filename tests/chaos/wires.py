"""As much of HTTP/1.1 and WebSocket as a proxy has to understand: where a message ends, and what sort it is."""

import asyncio
from dataclasses import dataclass

LONGEST_HEAD = 64 * 1024
NO_BODY = (204, 304)


@dataclass
class Message:
    """One request or one answer, whole, as it came."""

    head: bytes
    body: bytes = b""

    @property
    def first(self) -> str:
        return self.head.partition(b"\r\n")[0].decode("latin-1")

    @property
    def status(self) -> int:
        """Of an answer."""
        return int(self.first.split(" ")[1])

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.strip().lower() == name:
                return value.strip()
        return ""

    @property
    def upgrades(self) -> bool:
        return self.header("upgrade").lower() == "websocket"

    @property
    def bytes(self) -> bytes:
        return self.head + self.body


async def read_message(reader: asyncio.StreamReader, bodyless: bool = False) -> Message | None:
    """The next message, or None when the other side has gone. Raises IncompleteReadError in the middle of one."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as ended:
        if ended.partial:
            raise
        return None
    message = Message(head)
    is_answer = message.first.startswith("HTTP/")
    if bodyless or (is_answer and (message.status in NO_BODY or message.status < 200)):
        return message
    if message.header("transfer-encoding").lower() == "chunked":
        message.body = await _chunks(reader)
    elif length := message.header("content-length"):
        message.body = await reader.readexactly(int(length))
    elif is_answer:
        message.body = await reader.read()
    return message


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while True:
        size = await reader.readuntil(b"\r\n")
        rest = await reader.readexactly(int(size.split(b";")[0], 16) + 2)
        body += size + rest
        if size.strip() == b"0":
            return body


@dataclass
class WsFrame:
    """One WebSocket frame, whole, as it came."""

    bytes: bytes

    @property
    def is_words(self) -> bool:
        """Text or binary; the rest (ping, pong, close) holds the line together and is not ours to break."""
        return self.bytes[0] & 0x0F < 8


async def read_frame(reader: asyncio.StreamReader) -> WsFrame | None:
    """The next frame from the server's side, which masks nothing; None when it has gone."""
    try:
        head = await reader.readexactly(2)
        length = head[1] & 0x7F
        if length > 125:
            more = await reader.readexactly(2 if length == 126 else 8)
            head, length = head + more, int.from_bytes(more, "big")
        return WsFrame(head + await reader.readexactly(length))
    except (asyncio.IncompleteReadError, OSError):
        return None
