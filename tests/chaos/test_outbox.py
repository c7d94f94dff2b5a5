"""The fleet's outbox keeps what a real phone's keeps, against a small real server that answers as it is told."""

import asyncio
import random
from collections import deque

import pytest
from aiohttp import web

from tests.chaos.browser import Browser
from tests.chaos.ledger import Ledger
from tests.chaos.outbox import Outbox

GOOD = {"X-Version": "7"}


class Door:
    """Answers with what is put into `answers`, in order, then with 200; remembers what came."""

    def __init__(self):
        self.answers, self.came = deque(), []

    async def send(self, request):
        form = await request.post()
        self.came.append((form["text"], form["key"]))
        status, headers = self.answers.popleft() if self.answers else (200, GOOD)
        return web.Response(status=status, headers=headers)


@pytest.fixture
async def door():
    door = Door()
    app = web.Application()
    app.add_routes([web.post("/send", door.send)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    door.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    yield door
    await runner.cleanup()


@pytest.fixture
async def sent(door):
    """sent("Tea", "A map"): drafts of these, after the outbox has dealt with all of them."""
    ledger, browser = Ledger(), Browser(door.url, {})
    outbox = Outbox(browser, "/send", random.Random(1), lambda answer: None)
    draining = asyncio.ensure_future(outbox.drain())

    async def send(*texts):
        drafts = [ledger.draft(1, text) for text in texts]
        for entry in drafts:
            outbox.add(entry)
        async with asyncio.timeout(60):
            while ledger.open:  # noqa: ASYNC110, a ledger rings no bell
                await asyncio.sleep(0.01)
        return drafts

    yield send
    draining.cancel()
    await browser.close()


async def test_words_go_in_order_and_are_acknowledged_with_the_version(door, sent):
    drafts = await sent("Tea", "A map", "One list")
    assert door.came == [(entry.text, entry.key) for entry in drafts]
    assert [(entry.acked, entry.version, entry.tries) for entry in drafts] == [(True, 7, 1)] * 3


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_trouble_is_met_with_another_try_under_the_same_key(door, sent, status):
    door.answers.append((status, {}))
    first, second = await sent("Tea", "A map")
    assert door.came == [("Tea", first.key), ("Tea", first.key), ("A map", second.key)]
    assert (first.tries, first.acked) == (2, True)


async def test_a_good_answer_from_somebody_else_acknowledges_nothing(door, sent):
    door.answers.append((200, {}))
    (entry,) = await sent("Tea")
    assert (entry.tries, entry.version) == (2, 7)


@pytest.mark.parametrize(("status", "why"), [(409, "closed"), (413, "too long"), (422, "refused"), (404, "refused")])
async def test_a_no_for_good_lets_the_next_one_go(door, sent, status, why):
    door.answers.append((status, {}))
    first, second = await sent("Tea", "A map")
    assert (first.refused, first.acked, second.acked) == (why, False, True)


async def test_a_door_that_denies_three_times_is_believed(door, sent):
    door.answers.extend([(403, {})] * 3)
    first, second = await sent("Tea", "A map")
    assert (first.refused, first.tries, second.acked) == ("denied", 3, True)
