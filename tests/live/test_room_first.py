"""Whoever has written gets their own zone a moment later: the room hears of the change first."""

import asyncio

import pytest

from facilitation.live import hub as hubs
from tests.live.listening import WORKSHOP, until

pytestmark = pytest.mark.asyncio


async def test_a_senders_zone_waits_until_every_phone_has_been_told(hub, day, join, monkeypatch):
    monkeypatch.setattr(hubs, "A_MOMENT", 10)
    ben, chi = join("phone", 1), join("phone", 2)
    await until(lambda: ben.versions == chi.versions == [1])
    day.may_render.clear()
    day.version = 2
    hub.wake(WORKSHOP, 2)
    zone = asyncio.ensure_future(asyncio.to_thread(hub.room_first, WORKSHOP, 2))
    await until(lambda: len(day.calls) == 2)
    assert not zone.done()
    day.may_render.set()
    await zone
    await until(lambda: ben.versions == chi.versions == [1, 2])


async def test_where_the_room_has_heard_already_nobody_waits(hub, join, change, monkeypatch):
    monkeypatch.setattr(hubs, "A_MOMENT", 10)
    ben = join("phone", 1)
    change(2)
    await until(lambda: ben.versions[-1:] == [2])
    async with asyncio.timeout(5):
        await asyncio.to_thread(hub.room_first, WORKSHOP, 2)


async def test_where_no_phone_listens_nobody_waits(hub, join, monkeypatch):
    monkeypatch.setattr(hubs, "A_MOMENT", 10)
    ada = join("console")
    await until(lambda: ada.versions == [1])
    async with asyncio.timeout(5):
        await asyncio.to_thread(hub.room_first, WORKSHOP, 2)


async def test_a_room_that_cannot_be_shown_holds_its_senders_up_for_a_moment_only(hub, day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.faulty = "phone"
    day.version = 2
    hub.wake(WORKSHOP, 2)
    async with asyncio.timeout(5):
        await asyncio.to_thread(hub.room_first, WORKSHOP, 2)
    assert ben.versions == [1]
