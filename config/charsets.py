"""Which letters a request may be written in: UTF-8 and no other, decided before Django decodes anything."""

from typing import Any

from django.utils.http import parse_header_parameters
from django.utils.translation import gettext

from config.limits import refuse

LONGEST = 500  # a browser's longest is some 70 characters; taking apart thousands of semicolons takes long


class OnlyUtf8:
    """ASGI application that answers 415 for `app` when a request names another charset, 400 when that cannot be read.

    Django takes every codec Python has. Decoding punycode takes a thread for 21 seconds a megabyte, some raise errors
    of their own (hex, undefined), and some bring half characters (utf-7), which no database stores.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Joined, because that is what Django reads.
        written = b",".join(value for name, value in scope["headers"] if name == b"content-type").decode("latin-1")
        try:
            charset = _charset(written)
        except Exception:  # it is read as a header of a mail, by a parser with many of its own
            await refuse(send, 400, gettext("This request cannot be read: its content type is malformed."))
            return
        if charset.lower() != "utf-8":
            await refuse(send, 415, gettext("Please send this as UTF-8."))
            return
        await self.app(scope, receive, send)


def _charset(content_type: str) -> str:
    """Exactly what Django would make of it, or an exception."""
    if len(content_type) > LONGEST:
        raise ValueError(content_type[:LONGEST])
    _type, parameters = parse_header_parameters(content_type)
    return parameters.get("charset", "utf-8")
