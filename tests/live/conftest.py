"""A hub of its own for each test, fed by a day that the test turns by hand."""

import asyncio

import pytest

from facilitation.live.hub import Hub
from facilitation.live.wire import AsgiLine
from tests.live.listening import WORKSHOP, Day, Phone


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def make_hub(day):
    """make_hub(heartbeat=…, gap=…): a hub that hears of changes only from the test."""
    made = []

    def make(**pace):
        hub = Hub(day.render, subscribe=lambda wake: lambda: None, **pace)
        made.append(hub)
        return hub

    yield make
    for hub in made:
        hub.close()


@pytest.fixture
async def hub(make_hub):
    return make_hub(gap=0.01)


@pytest.fixture
def join(hub):
    """join("phone", 3): a new socket, for participant 3, that answers every frame unless told not to."""
    return lambda *seat, **how: join_to(hub, *seat, **how)


@pytest.fixture
def change(day, hub):
    """change(12): somebody wrote, the workshop is now at version 12."""

    def make(version):
        day.version = version
        hub.wake(WORKSHOP, version)

    return make


def join_to(hub, surface="phone", participant=None, *, answers=True, workshop=WORKSHOP):
    phone = Phone()

    async def send(message):
        await phone.send(message)
        if answers and phone.frames and message["type"] == "websocket.send" and "zones" in message["text"]:
            asyncio.get_running_loop().call_soon(phone.mailbox.answered, phone.versions[-1])

    phone.mailbox = hub.join(AsgiLine(send), workshop, surface, participant)
    return phone
