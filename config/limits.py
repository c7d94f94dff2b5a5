"""How much a request may carry: 64 kB from a phone, 2 MB from anybody.

Daphne takes in the whole body before it calls the application, 400 MB of it if that is what comes. So the larger
limit is held in Daphne's own request, and the smaller one here. See docs/adr/0012-body-limits.md.
"""

import sys
from typing import Any

from django.utils.translation import gettext

PHONE_LIMIT = 64 * 1024
LIMIT = 2 * 1024 * 1024
LINGER = 2.0  # seconds in which the sender can read the refusal before the connection goes


class TooLarge(Exception):
    """The body went past its limit while it was read."""


class BodyLimit:
    """ASGI application that answers 413 for `app` when a body is larger than its path allows."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        limit = PHONE_LIMIT if _from_a_phone(scope["path"]) else LIMIT
        taken = 0

        async def measured() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge
            return message

        try:
            if _declared(scope) > limit:
                raise TooLarge
            await self.app(scope, measured, send)
        except TooLarge:
            await _refuse(send)


def _from_a_phone(path: str) -> bool:
    """What a participant can reach: an activity's action, a recovery code, the form to join by."""
    return path.startswith("/j/") or (path.startswith("/w/") and path.split("/")[3:4] in (["a"], ["recover"]))


def _declared(scope: Any) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(send: Any) -> None:
    words = gettext("This is too large to send.").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(words)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words})


def limit_daphne() -> None:
    """Have Daphne, if that is what runs, refuse more than LIMIT before it has taken it in."""
    if "daphne.server" not in sys.modules:
        return
    from daphne import http_protocol
    from twisted.internet import reactor

    refusal = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    class LimitedRequest(http_protocol.WebRequest):
        refused = False

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            # Django reads the form; Twisted would parse every body a second time, whole and in memory.
            super().__init__(*args, **{**kwargs, "parsePOSTFormSubmission": False})

        def gotLength(self, length: int | None) -> None:
            super().gotLength(length)
            if length is not None and length > LIMIT:
                self.refuse()

        def handleContentChunk(self, data: bytes) -> None:
            if not self.refused and self.content.tell() + len(data) > LIMIT:
                self.refuse()
            if not self.refused:
                super().handleContentChunk(data)

        def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
            if not self.refused:
                super().requestReceived(command, path, version)

        def refuse(self) -> None:
            """Answer, stop reading, and leave the sender time to see it: closing at once would lose the answer."""
            self.refused = True
            transport = self.channel.transport
            transport.write(refusal)
            transport.pauseProducing()
            reactor.callLater(LINGER, transport.abortConnection)

    http_protocol.WebRequest = LimitedRequest
