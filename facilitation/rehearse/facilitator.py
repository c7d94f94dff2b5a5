"""The facilitator's laptop: signs in by a one-time link, keeps console and screen open, and runs the day."""

from urllib.parse import urlsplit

from django.urls import reverse

from facilitation import passes
from facilitation.rehearse.doors import Browser, Room, TurnedAway, new_key
from facilitation.rehearse.ledger import Entry, Pairs
from workshops.models import Activity, Workshop


class Facilitator(Browser):
    """Number 0. Its verbs are keyed like everything else, and are not moves."""

    def __init__(self, room: Room, workshop: Workshop) -> None:
        super().__init__(room, 0)
        self.code = workshop.code
        self.screen_page = reverse("screen", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)])

    async def sign_in(self, link: str) -> None:
        """Raises TurnedAway."""
        path = urlsplit(link).path
        try:
            await self.open_page(path)
        except TurnedAway as problem:
            raise TurnedAway(
                f"the server does not know the link just made ({problem}): is this its database?"
            ) from None
        await self.send_form(path, [])
        await self.open_page(reverse("console", args=[self.code]))
        self.listen(lambda frame: None)

    async def press(self, verb: str, **pairs: str) -> Entry:
        """One verb of the console. Raises TurnedAway when the room does not do it."""
        entry = Entry(new_key(), 0, 0, verb, "")
        sent: Pairs = list(pairs.items())
        await self.post(reverse("run", args=[self.code, verb]), sent, entry)
        if not entry.acknowledged:
            raise TurnedAway(f"{verb}: {entry.status or ''} {entry.said}".strip())
        return entry

    async def look(self, activity: Activity) -> None:
        """What waits for a look is released: the file has it, so it has been looked at."""
        async for card in activity.cards.held():
            await self.press("release", card=str(card.pk))


class Screen(Browser):
    """The big screen, which only looks."""

    async def show(self, page: str) -> None:
        await self.open_page(page)
        self.listen(lambda frame: None)
