"""The life of one socket: let in, told, heard say "a:<version>", let go. It neither writes nor asks the database."""

from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from facilitation.live.entrance import Scope, seat_of
from facilitation.live.hub import hub
from facilitation.live.mailbox import Mailbox
from facilitation.live.wire import LONGEST_MESSAGE, Send, line_to

NOT_OURS, TOO_LONG = 1008, 1009
# What a socket may say that nobody asked for: three times nonsense, or fifty answers nobody waits for.
NONSENSE, UNASKED, ENOUGH = 17, 1, 50


class LiveConsumer(AsyncWebsocketConsumer):
    """Channels routes to it. Channels' own loop makes two tasks and a thread hop of every answer, so it has its own."""

    hub = hub
    mailbox: Mailbox | None = None
    noise = 0

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        self.scope, self.base_send = scope, send
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        finally:
            self.let_go()

    async def dispatch(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "websocket.receive":
                self.hear(message.get("text"), message.get("bytes"))
            case "websocket.connect":
                await self.connect()
            case "websocket.disconnect":
                raise StopConsumer

    async def connect(self) -> None:
        seat = seat_of(self.scope)
        if seat is None:
            await self.close()
            raise StopConsumer
        await self.accept()
        line = line_to(self.base_send)
        self.mailbox = self.hub.join(line, *seat)
        line.listen(self.hear)

    def hear(self, text: str | None, data: bytes | None = None) -> None:
        if len(text or data or "") > LONGEST_MESSAGE:
            self.turn_away(TOO_LONG)
        elif text and text.startswith("a:") and text[2:].isascii() and text[2:].isdecimal():
            if self.mailbox and not self.mailbox.answered(int(text[2:])):
                self.noise += UNASKED
        else:
            self.noise += NONSENSE
        if self.noise > ENOUGH:
            self.turn_away(NOT_OURS)

    def turn_away(self, code: int) -> None:
        if self.mailbox is not None:
            self.mailbox.close(code)
            self.let_go()

    def let_go(self) -> None:
        if self.mailbox is not None:
            self.hub.leave(self.mailbox)
            self.mailbox = None
