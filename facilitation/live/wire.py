"""How one message leaves for one socket: the only file that knows which server we run on."""

import asyncio
import contextvars
import functools
import logging
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

Send = Callable[[dict[str, Any]], Awaitable[None]]

# A phone only ever says "a:<version>".
LONGEST_MESSAGE = 1024
# What a phone sends besides its answers: pongs, a farewell, two answers in one packet. Daphne answers pings by itself
# and keeps for ever what nobody reads, so one phone could fill the memory with them.
MOST_BESIDE, BESIDE_A_SECOND = 16_384, 256  # bytes
ABUSED = 1008
# A frame says how long an activity still lasts, as of the moment at which it was rendered.
TELLS_THE_TIME = 5.0

log = logging.getLogger(__name__)


class Frame:
    """One text for many sockets, put into its WebSocket frame once."""

    __slots__ = ("_wire", "made_at", "text", "version")

    def __init__(self, text: str, version: int) -> None:
        self.text = text
        self.version = version
        self.made_at = time.monotonic()
        self._wire = b""

    @property
    def tells_the_time(self) -> bool:
        """Whether what it says about the time that is left can still be shown to somebody who has not seen it."""
        return time.monotonic() - self.made_at < TELLS_THE_TIME

    @property
    def wire(self) -> bytes:
        if not self._wire:
            payload = self.text.encode("utf-8", "replace")
            self._wire = _header(len(payload)) + payload
        return self._wire


def _header(length: int) -> bytes:
    """A final, unmasked text frame (RFC 6455, 5.2)."""
    if length < 126:
        return bytes((0x81, length))
    if length < 1 << 16:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


def short_text(data: bytes) -> str | None:
    """The words of what arrived, if it is one whole, short, masked text frame in ASCII; None for anything else."""
    if len(data) < 6 or data[0] != 0x81 or data[1] & 0x80 == 0 or len(data) != 6 + (data[1] & 0x7F) or len(data) > 131:
        return None
    text = bytes(byte ^ data[2 + at % 4] for at, byte in enumerate(data[6:]))
    return text.decode() if text.isascii() else None


class Line(Protocol):
    """One socket's way out, and what it hears. Nothing here waits."""

    def write(self, frame: Frame) -> None: ...

    def close(self, code: int) -> None: ...

    def listen(self, hear: Callable[[str], None]) -> None:
        """From now on `hear` may be called with what arrives, past the ASGI messages; it need not be."""


class AsgiLine:
    """Any ASGI server: what cannot leave at once waits in order, in one task of this socket's own."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[dict[str, Any]] = deque()
        self._task: asyncio.Task[None] | None = None

    def write(self, frame: Frame) -> None:
        self._post({"type": "websocket.send", "text": frame.text})

    def close(self, code: int) -> None:
        self._post({"type": "websocket.close", "code": code})

    def listen(self, hear: Callable[[str], None]) -> None:
        """What arrives comes as ASGI messages."""

    def _post(self, message: dict[str, Any]) -> None:
        self._waiting.append(message)
        if self._task is None or self._task.done():
            loop = asyncio.get_running_loop()
            self._task = loop.create_task(self._drain(), context=contextvars.Context())

    async def _drain(self) -> None:
        try:
            while self._waiting:
                await self._send(self._waiting.popleft())
        except Exception:
            log.debug("A socket went while it was written to", exc_info=True)


class DaphneLine:
    """Daphne's own send frames the text anew for each socket and lets Twisted wait for the loop before each write, at
    two to three times the cost. So the ready frame goes straight to the socket while nothing waits there in front of
    it; whatever does not fit is left to Twisted. See docs/adr/0005-own-hub.md.
    """

    def __init__(self, protocol: Any) -> None:
        from twisted.internet.tcp import Connection

        self._protocol = protocol
        self._is_plain_tcp = isinstance(protocol.transport, Connection) and not protocol.transport.TLS
        # Refused by its header alone, before the bytes are taken in, and told so (1009) instead of dropped.
        protocol.maxFramePayloadSize, protocol.failByDrop = LONGEST_MESSAGE, False

    def write(self, frame: Frame) -> None:
        if not self._is_open:
            return
        transport, data = self._protocol.transport, frame.wire
        if self._is_plain_tcp and _nothing_waits(transport):
            taken = transport.writeSomeData(data)
            if isinstance(taken, int):  # otherwise an exception: Twisted meets it again below and cleans up
                data = data[taken:]
        if data:
            transport.write(data)

    def close(self, code: int) -> None:
        if self._is_open:
            self._protocol.sendCloseFrame(code=code)  # Daphne's own close refuses 1008 and 1009

    def listen(self, hear: Callable[[str], None]) -> None:
        """Each frame is answered by each phone with a few letters: taken apart in general, that costs more than
        telling them. Whatever is not one such answer goes the general way.
        """
        protocol, in_general, beside = self._protocol, self._protocol.dataReceived, Allowance()

        def arrived(data: bytes) -> None:
            if beside.overdrawn:
                return  # told so already; autobahn cuts the line a second later
            between_frames = not protocol.data and protocol.current_frame is None and not protocol.inside_message
            text = short_text(data) if between_frames and self._is_open else None
            if text is None:
                if beside.takes(len(data)):
                    in_general(data)
                else:
                    self.close(ABUSED)
            else:
                protocol.last_ping = time.time()
                hear(text)

        protocol.dataReceived = arrived

    @property
    def _is_open(self) -> bool:
        return self._protocol.state == self._protocol.STATE_OPEN and not self._protocol.muted


class Allowance:
    """Bytes that may come: MOST_BESIDE at once, and BESIDE_A_SECOND more each second."""

    __slots__ = ("_at", "_left", "overdrawn")

    def __init__(self) -> None:
        self._left, self._at, self.overdrawn = float(MOST_BESIDE), time.monotonic(), False

    def takes(self, size: int) -> bool:
        now = time.monotonic()
        self._left = min(MOST_BESIDE, self._left + (now - self._at) * BESIDE_A_SECOND) - size
        self._at, self.overdrawn = now, self._left < 0
        return not self.overdrawn


def _nothing_waits(transport: Any) -> bool:
    """Only past empty buffers may bytes go straight to the socket."""
    return (
        bool(transport.connected)
        and not transport.disconnecting
        and not transport._tempDataLen
        and transport.offset == len(transport.dataBuffer)
    )


def line_to(send: Send) -> Line:
    """The fastest safe line for this server's `send`."""
    daphne = sys.modules.get("daphne.ws_protocol")
    if daphne and isinstance(send, functools.partial) and send.args:
        protocol = send.args[0]
        if isinstance(protocol, daphne.WebSocketProtocol) and protocol._perMessageCompress is None:
            return DaphneLine(protocol)
    return AsgiLine(send)
