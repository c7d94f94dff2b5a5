"""How much a request may carry: 64 kB from a phone, 2 MB from anybody. See docs/adr/0014-body-limits.md."""

from typing import Any

from django.utils.translation import gettext

PHONE_LIMIT = 64 * 1024
LIMIT = 2 * 1024 * 1024


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
            await refuse(send, 413, gettext("This is too large to send."))


def _from_a_phone(path: str) -> bool:
    """What a participant can send to: the form to join by, a recovery code, an activity's actions."""
    return path.startswith("/j/") or (path.startswith("/w/") and path.split("/")[3:4] in (["a"], ["recover"]))


def _declared(scope: Any) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def refuse(send: Any, status: int, words: str, kind: bytes = b"text/plain", *more: tuple[bytes, bytes]) -> None:
    """Answer in a few words, without a thread."""
    said = words.encode()
    headers = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"content-length", str(len(said)).encode()),
        (b"cache-control", b"no-store"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": said})
