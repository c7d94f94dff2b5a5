"""The day itself: everybody joins, and each activity in turn is opened, played and closed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from asgiref.sync import sync_to_async
from django.urls import reverse

from activities.kind import FACILITATOR, Move, Ref, kind_of
from activities.moves import Unknown, asked, names_of, pairs, tables_of
from facilitation.rehearse.doors import Browser, Room, TurnedAway, new_key
from facilitation.rehearse.facilitator import Facilitator, Screen
from facilitation.rehearse.ledger import Entry, fingerprint, words_of
from facilitation.rehearse.phones import Phone
from workshops.models import Activity, Workshop

FAST, REAL = "fast", "real"
SECONDS_A_MINUTE = 1.0  # in `--pace real` a minute of the run sheet takes one second
AT_THE_DOOR = 40  # phones that join at the same time
LAST_FRAMES = 20.0


@dataclass
class Day:
    """One rehearsal. `cast`: participant's ref -> id, for those who have a phone; `listeners`: ids of the others."""

    room: Room
    workshop: Workshop
    file: Mapping[str, Any]
    cast: Mapping[str, int]
    listeners: Sequence[int]
    pace: str = FAST
    tell: Callable[[str], None] = lambda line: None
    browsers: dict[int, Browser] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    async def play(self, link: str) -> None:
        """Raises TurnedAway when the facilitator cannot go on; what a single phone meets is in the ledger."""
        facilitator = self.browsers[0] = Facilitator(self.room, self.workshop)
        screen = self.browsers[-1] = Screen(self.room, -1)
        try:
            await facilitator.sign_in(link)
            await screen.show(facilitator.screen_page)
            await self.everybody_joins()
            self.names = await sync_to_async(names_of)(self.workshop)
            for pk in await sync_to_async(self.run_sheet)():
                await self.activity(facilitator, pk)
            await facilitator.press("next")
            await self.last_frames()
        finally:
            await asyncio.gather(*(browser.close() for browser in self.browsers.values()))

    @property
    def phones(self) -> set[int]:
        """The participants whose phones have joined."""
        return {number for number in self.browsers if number > 0}

    def run_sheet(self) -> list[int]:
        return list(self.workshop.activities.filter(skipped=False).order_by("position").values_list("pk", flat=True))

    async def everybody_joins(self) -> None:
        door = asyncio.Semaphore(AT_THE_DOOR)

        async def one(number: int) -> None:
            phone = Phone(self.room, number, self.workshop.code)
            async with door:
                try:
                    await phone.join()
                except TurnedAway as problem:
                    self.room.ledger.failures.append(f"participant {number} could not join: {problem}")
                    await phone.close()
                else:
                    self.browsers[number] = phone

        await asyncio.gather(*(one(number) for number in [*self.cast.values(), *self.listeners]))
        self.tell(f"{len(self.phones)} phones have joined.")

    async def last_frames(self) -> None:
        """What was posted last has to reach everybody, too."""
        newest = max((version for version, _began in self.room.pushes.posted), default=0)
        if self.phones:
            await self.room.pushes.reach(newest, LAST_FRAMES)

    # -- one activity -------------------------------------------------------------------------------------------------

    async def activity(self, facilitator: Facilitator, pk: int) -> None:
        await facilitator.press("next")
        activity, moves, tables = await sync_to_async(self.read_script)(pk)
        began = len(self.room.ledger.entries)
        segments = [list(some) for _by, some in groupby(moves, key=lambda move: move.by == FACILITATOR)]
        for segment in segments:
            span = activity.minutes * SECONDS_A_MINUTE * len(segment) / len(moves) if self.pace == REAL else 0.0
            if segment[0].by == FACILITATOR:
                await self.in_turn(segment, activity, tables, span)
            else:
                await self.together(segment, activity, tables, span)
        if self.pace == REAL and not moves:
            await asyncio.sleep(activity.minutes * SECONDS_A_MINUTE)
        await facilitator.look(activity)
        await facilitator.press("close", activity=str(pk))
        self.tell(f"{activity.title}: {len(self.room.ledger.entries) - began} moves.")

    def read_script(self, pk: int) -> tuple[Activity, list[Move], dict[str, str]]:
        activity = self.workshop.activities.select_related("seating", "draws_on").get(pk=pk)
        activity.workshop = self.workshop
        moves = kind_of(activity).script(activity, dict(self.file))
        playing = [move for move in moves if move.by == FACILITATOR or self.cast.get(move.by) in self.phones]
        return activity, playing, tables_of(activity)

    async def in_turn(self, moves: list[Move], activity: Activity, tables: dict[str, str], span: float) -> None:
        for move in moves:
            await asyncio.sleep(span / len(moves))
            await self.move(move, activity, {**tables, **self.names})

    async def together(self, moves: list[Move], activity: Activity, tables: dict[str, str], span: float) -> None:
        """Everybody at once, each in their own order. Who speaks of something new waits until it is there."""
        made = {move.ref: asyncio.get_running_loop().create_future() for move in moves if move.ref}
        own: dict[str, list[Move]] = {}
        for move in moves:
            own.setdefault(move.by, []).append(move)

        async def one(mine: list[Move]) -> None:
            for move in mine:
                await asyncio.sleep(self.room.chance.uniform(0, 2 * span / len(mine)))
                for name in asked(move):
                    if name in made and name != move.ref:
                        await made[name]
                try:
                    await self.move(move, activity, {**tables, **self.names})
                finally:
                    if move.ref:
                        made[move.ref].set_result(None)

        await asyncio.gather(*(one(mine) for mine in own.values()))

    async def move(self, move: Move, activity: Activity, names: Mapping[str, str]) -> None:
        """Through the door that a form goes through, by whoever's browser it is."""
        try:
            sent = pairs(without_absent(move, names), names)
        except Unknown:
            return  # it speaks of what somebody without a phone would have made
        number = 0 if move.by == FACILITATOR else self.cast[move.by]
        entry = Entry(new_key(), number, activity.pk, move.action, fingerprint(words_of(sent)))
        self.room.ledger.entries.append(entry)
        path = reverse("act", args=[self.workshop.code, activity.pk, move.action])
        await self.browsers[number].post(path, sent, entry)
        if not entry.acknowledged:
            why = f"{entry.status or ''} {entry.said}".strip()
            self.room.ledger.failures.append(f"{activity.ref}: {move.action} by {move.by}: {why}")
        elif move.ref:
            self.names[move.ref] = entry.made


def without_absent(move: Move, names: Mapping[str, str]) -> Move:
    """With fewer phones than people a list may name what nobody has made. Raises Unknown when nothing of it is left."""
    data = {}
    for field_, value in move.data.items():
        data[field_] = value
        if isinstance(value, list):
            data[field_] = [one for one in value if not isinstance(one, Ref) or one.name in names]
            if value and not data[field_]:
                raise Unknown(field_)
    return replace(move, data=data)
