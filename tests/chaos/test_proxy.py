"""The proxy does what it is told, and nothing when it is told nothing; against a small real server of aiohttp."""

import asyncio

import aiohttp
import pytest
from aiohttp import web

from tests.chaos.faults import Faults
from tests.chaos.proxy import Proxy

FRAMES = 40


class Small:
    """Counts what reaches it; its socket sends 0, 1, 2 … as soon as somebody listens, then waits."""

    def __init__(self):
        self.posts = 0

    async def post(self, request):
        self.posts += 1
        return web.Response(text=await request.text())

    async def listen(self, request):
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for number in range(FRAMES):
            await socket.send_str(str(number))
        await socket.receive()
        return socket


@pytest.fixture
async def small():
    small = Small()
    app = web.Application()
    app.add_routes([web.post("/", small.post), web.get("/ws", small.listen)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    small.port = site._server.sockets[0].getsockname()[1]
    yield small
    await runner.cleanup()


@pytest.fixture
async def browser():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session:
        yield session


async def posted(browser, proxy, times=1):
    """Statuses of so many posts; 0 where there was no answer."""
    statuses = []
    for number in range(times):
        try:
            async with browser.post(f"{proxy.url}/", data=f"idea {number}") as answer:
                assert answer.status != 200 or await answer.text() == f"idea {number}"
                statuses.append(answer.status)
        except (aiohttp.ClientError, OSError):
            statuses.append(0)
    return statuses


async def heard(browser, proxy, last=str(FRAMES - 1)):
    """All frames until the last one has come, or nothing more comes."""
    frames = []
    async with browser.ws_connect(f"{proxy.url}/ws") as socket:
        while last not in frames or not frames:
            try:
                frames.append((await socket.receive(timeout=1.5)).data)
            except TimeoutError:
                break
    return [int(frame) for frame in frames]


async def test_without_faults_everything_passes_once_and_in_order(small, browser):
    async with Proxy(small.port, 1) as proxy:
        assert await posted(browser, proxy, 5) == [200] * 5
        assert await heard(browser, proxy) == list(range(FRAMES))
    assert small.posts == 5


async def test_a_cut_reply_has_reached_the_server_and_not_the_phone(small, browser):
    async with Proxy(small.port, 1, Faults(cut_replies=1.0)) as proxy:
        assert await posted(browser, proxy, 3) == [0, 0, 0]
    assert small.posts == 3


async def test_a_share_is_a_share_and_the_same_seed_falls_the_same_way(small, browser):
    async def once():
        async with Proxy(small.port, 7, Faults(cut_replies=0.3)) as proxy:
            return await posted(browser, proxy, 60)

    first, again = await once(), await once()
    assert first == again
    assert 8 <= first.count(0) <= 30


async def test_a_reset_request_never_reaches_the_server(small, browser):
    async with Proxy(small.port, 1, Faults(reset=1.0)) as proxy:
        assert await posted(browser, proxy, 3) == [0, 0, 0]
    assert small.posts == 0


@pytest.mark.parametrize("status", [413, 429, 502])
async def test_it_answers_in_place_of_the_server(small, browser, status):
    async with Proxy(small.port, 1, Faults(answers={status: 1.0})) as proxy:
        assert await posted(browser, proxy, 2) == [status, status]
    assert small.posts == 0


async def test_it_refuses_sockets_and_lets_pages_pass(small, browser):
    async with Proxy(small.port, 1, Faults(refuse_upgrade=True)) as proxy:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await browser.ws_connect(f"{proxy.url}/ws")
        assert await posted(browser, proxy) == [200]


async def test_dropped_frames_are_missing_and_the_others_stay_in_order(small, browser):
    async with Proxy(small.port, 1, Faults(drop=0.3)) as proxy:
        frames = await heard(browser, proxy, last="none")
        assert frames == sorted(set(frames))
        assert len(frames) == FRAMES - proxy.did["dropped"]
        assert proxy.did["dropped"] > 0


async def test_doubled_frames_come_twice(small, browser):
    async with Proxy(small.port, 1, Faults(double=0.3)) as proxy:
        frames = await heard(browser, proxy, last="none")
        assert len(frames) == FRAMES + proxy.did["doubled"]
        assert sorted(set(frames)) == list(range(FRAMES))
        assert proxy.did["doubled"] > 0


async def test_reordered_frames_all_come_but_not_in_order(small, browser):
    async with Proxy(small.port, 1, Faults(reorder=0.3)) as proxy:
        frames = await heard(browser, proxy, last="none")
    assert sorted(frames) == list(range(FRAMES))
    assert frames != sorted(frames)


async def test_a_black_hole_answers_nothing_and_closes_nothing(small, browser):
    async with Proxy(small.port, 1, Faults(black_hole=True)) as proxy:
        asked = asyncio.ensure_future(posted(browser, proxy))
        done, _waiting = await asyncio.wait([asked], timeout=0.5)
        assert done == set()
        assert small.posts == 0
        proxy.faults.black_hole = False
        assert await asked == [200]


async def test_a_throttled_line_brings_everything_in_the_end(small, browser):
    async with Proxy(small.port, 1, Faults(throttle=100_000)) as proxy:
        assert await heard(browser, proxy) == list(range(FRAMES))


async def test_delayed_frames_come_all_the_same(small, browser):
    async with Proxy(small.port, 1, Faults(delay=0.01)) as proxy:
        assert await heard(browser, proxy) == list(range(FRAMES))


async def test_every_open_line_can_be_reset_at_once(small, browser):
    async with Proxy(small.port, 1) as proxy, browser.ws_connect(f"{proxy.url}/ws") as socket:
        assert (await socket.receive()).data == "0"
        proxy.reset_all()
        while (message := await socket.receive(timeout=5)).type == aiohttp.WSMsgType.TEXT:
            continue
        assert message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
