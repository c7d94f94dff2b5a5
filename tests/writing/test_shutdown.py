"""A server that is asked to stop lets nobody down: requests are answered, sockets told, and then it is gone."""

import asyncio
import secrets
import signal
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path

import aiohttp
import pytest

from tests.writing.browsers import Console, Phone, activities, told

SOCKETS = 50


@pytest.fixture
def room(laptop):
    """room(patience): a server with one open activity; what its phones need."""

    def open_(patience: str):
        server = laptop("first", THROUGHLINE_PATIENCE=patience)
        facts = server.lay_out(("capture", {}))
        server.start()
        assert Console(server, facts).press("next") == 200
        return server, facts, Phone(server, facts, "Ben"), activities(server)[0]

    return open_


def held(server):
    """The database, held by somebody else until it is closed."""
    file = Path(server.env["THROUGHLINE_DATA"]) / "throughline.sqlite3"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return closing(other)


async def begin(ask, *args, **sent):
    """A request under way, on a thread of its own; the server has taken it in when this returns."""
    task = asyncio.create_task(asyncio.to_thread(ask, *args, **sent))
    await asyncio.sleep(0.5)
    assert not task.done()
    return task


async def code_of(socket) -> int | None:
    async for message in socket:
        await socket.send_str(f"a:{message.json()['v']}")
    return socket.close_code


async def test_requests_are_answered_and_sockets_told_before_the_end(room):
    server, facts, ben, here = room("20")
    headers = {"Cookie": f"{facts['cookie']}={facts['people']['Chi']}", "Origin": server.url}
    screen = f"{server.url}/ws/screen/{facts['screen']}/"
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        sockets = [await stack.enter_async_context(http.ws_connect(screen, headers=headers)) for _n in range(SOCKETS)]
        codes = asyncio.gather(*map(code_of, sockets))
        with held(server):
            sending = await begin(ben.send, here, text="Under way")
            server.process.send_signal(signal.SIGTERM)
            await asyncio.sleep(1)
        assert await sending == 200
        assert await codes == [1012] * SOCKETS
    assert await asyncio.to_thread(server.process.wait, 30) == 0
    assert told(server) == [["Under way", "Ben"]]


async def test_a_request_that_never_ends_does_not_keep_the_server(room):
    server, _facts, ben, here = room("600")
    with held(server):
        address = f"/w/{ben.code}/a/{here}/send/"
        sending = await begin(ben.post, address, key=secrets.token_urlsafe(), text="Not acknowledged")
        server.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(server.process.wait, 30) == 1
        with pytest.raises(ConnectionError):
            await sending
    server.start()
    assert (ben.send(here, text="Afterwards"), told(server)) == (200, [["Afterwards", "Ben"]])


async def test_what_changed_last_is_in_the_last_copy(room, laptop):
    server, _facts, ben, here = room("20")
    assert ben.send(here, text="The last word") == 200
    server.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(server.process.wait, 30) == 0
    second = laptop("second")
    second.manage("restore", str(second.stick))
    assert told(second) == [["The last word", "Ben"]]
