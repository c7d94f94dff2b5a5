"""A hub of its own for each test, fed by a day that the test turns by hand; and a real Daphne for the sockets."""

import asyncio
import threading

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


def join_to(hub, surface="phone", participant=None, *, answers=True, workshop=WORKSHOP, proof=""):
    phone = Phone()

    async def send(message):
        await phone.send(message)
        if answers and phone.frames and message["type"] == "websocket.send" and "zones" in message["text"]:
            asyncio.get_running_loop().call_soon(phone.mailbox.answered, phone.versions[-1])

    phone.mailbox = hub.join(AsgiLine(send), workshop, surface, participant, proof)
    return phone


@pytest.fixture(scope="session")
def daphne(django_db_setup, django_db_blocker):
    """host:port of the whole application on a real Daphne, on a thread of this process and on the tests' database."""
    from daphne.server import Server
    from twisted.internet import reactor

    from config.asgi import application, views
    from facilitation.live.hub import hub

    ready = threading.Event()
    endpoint = "tcp:port=0:interface=127.0.0.1:backlog=512"
    server = Server(application, [endpoint], signal_handlers=False, ready_callable=ready.set, verbosity=0)
    thread = threading.Thread(target=server.run, name="daphne")
    with django_db_blocker.unblock():
        thread.start()
        assert ready.wait(10)
        yield "{}:{}".format(*server.listening_addresses[0])
        hub.close()
        reactor.callFromThread(server.stop)
        thread.join(20)
        views.close()


@pytest.fixture
def server(daphne, transactional_db, settings):
    """The running server, with rows that its threads can see."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return daphne
