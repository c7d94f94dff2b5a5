"""Daphne's request, with a limit: Daphne takes in the whole body, 400 MB of it if that is what comes, before it calls
the application. And without two headers. Imported only where Daphne runs. See docs/adr/0014-body-limits.md.
"""

from typing import Any

from daphne import http_protocol
from twisted.internet import reactor

from config import daphne_life
from config.limits import LIMIT

LINGER = 2.0  # seconds in which the sender can read the refusal before the connection goes
REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class LimitedRequest(http_protocol.WebRequest):
    refused = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Django reads the form; Twisted would parse every body a second time, whole and in memory.
        super().__init__(*args, **{**kwargs, "parsePOSTFormSubmission": False})

    def gotLength(self, length: int | None) -> None:  # noqa: N802, Twisted's name, like the two below
        super().gotLength(length)
        if length is not None and length > LIMIT:
            self.refuse()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        if not self.refused and self.content.tell() + len(data) > LIMIT:
            self.refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802
        if not self.refused:
            super().requestReceived(command, path, version)

    def process(self) -> Any:
        """A page or a handshake: what Daphne would hear from anybody, and could not read, goes before it looks.

        Where we are mounted is told at the start (--root-path), not by a visitor. Our sockets have no subprotocols.
        """
        for name in (b"Daphne-Root-Path", b"Sec-WebSocket-Protocol"):
            self.requestHeaders.removeHeader(name)
        return super().process()

    def refuse(self) -> None:
        """Answer, stop reading, and leave the sender time to see it: closing at once would lose the answer."""
        self.refused = True
        transport = self.channel.transport
        transport.write(REFUSAL)
        transport.pauseProducing()
        reactor.callLater(LINGER, transport.abortConnection)


http_protocol.WebRequest = LimitedRequest
daphne_life.install()
