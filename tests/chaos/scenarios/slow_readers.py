"""Phones that take no frame, or answer none: they are let go, and nobody else waits for them."""

import asyncio
import base64
import os
import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.chaos.fleet import Fleet, spread
from tests.chaos.phone import Seat
from tests.chaos.stage import Stage

NAME = "slow-readers"
WAITS = True
LIMIT = 60.0  # seconds until the last of them is let go
PATIENCE = 120.0
NEVER_READS, NEVER_ANSWERS, CHATTERS = "never reads", "never answers", "chatters and never reads"
OPEN_STATES = (1, 4, 5)  # established, or only our own side closing: the server has not let go


async def run(stage: Stage) -> None:
    each, people = stage.size(10, 2), stage.size(60, 8)
    day = await stage.site.lay_out(people + 3 * each)
    async with Fleet(stage.site.urls, day, stage.seed, count=people) as fleet:
        await fleet.listening()
        fleet.write(4.0, 8.0)
        await asyncio.sleep(stage.size(60, 8))
        alone = fleet.lags()
        sorts = [sort for sort in (NEVER_READS, NEVER_ANSWERS, CHATTERS) for _n in range(each)]
        urls = stage.site.urls
        slow = [await Slow.open(urls[n % len(urls)], day.seats[people + n], sort) for n, sort in enumerate(sorts)]
        took = await asyncio.gather(*(one.until_let_go() for one in slow))
        fleet.hush()
        await fleet.drained()
        head = await stage.site.head(day)
        await fleet.at(head, 60)
        watched, lags = fleet.watched(head), fleet.lags()
        findings = await stage.judge(stage.site, day, fleet)
    findings.add(watched)
    closes = sum(sum(phone.socket.closes.values()) for phone in fleet.phones)
    stage.settled(fleet.ledger)
    stage.words(findings, "LOST", "DUP", "BACKWARD", "STALE")
    stage.count(f"slow readers still held after {PATIENCE:g} s, of {len(slow)}", sum(one is None for one in took))
    stage.seconds("the last of them let go", max((one for one in took if one is not None), default=None), LIMIT)
    stage.count("sockets of others closed meanwhile", closes)
    stage.figure("behind, half, 95%, longest, before", spread(alone))
    stage.figure("behind, half, 95%, longest, before and with them", spread(lags))


@dataclass
class Slow:
    """A socket by hand: what aiohttp would read and answer by itself stays unread and unanswered here."""

    line: socket.socket
    sort: str

    @classmethod
    async def open(cls, url: str, seat: Seat, sort: str) -> "Slow":
        loop = asyncio.get_running_loop()
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        where = urlsplit(url)
        await loop.sock_connect(line, (where.hostname, where.port))
        head = [
            f"GET /ws/w/{seat.code}/phone/ HTTP/1.1",
            f"Host: {where.netloc}",
            f"Origin: {url}",
            f"Cookie: {seat.cookie}={seat.proof}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        ]
        await loop.sock_sendall(line, "\r\n".join([*head, "", ""]).encode())
        answer = await loop.sock_recv(line, 12)
        assert answer == b"HTTP/1.1 101", answer
        return cls(line, sort)

    async def until_let_go(self) -> float | None:
        """Seconds until the server has closed this line, or None when it never did."""
        loop, ticks = asyncio.get_running_loop(), 0
        began = loop.time()
        try:
            while loop.time() - began < PATIENCE:
                if self.state not in OPEN_STATES:
                    return loop.time() - began
                await asyncio.sleep(0.25)
                ticks += 1
                await self._behave(loop, ticks)
            return None
        except OSError:
            return loop.time() - began
        finally:
            self.line.close()

    async def _behave(self, loop: asyncio.AbstractEventLoop, ticks: int) -> None:
        if self.sort == NEVER_ANSWERS:
            try:
                self.line.recv(65536)
            except BlockingIOError:
                return
        elif self.sort == CHATTERS and ticks % 20 == 0:
            await loop.sock_sendall(self.line, b"\x81\x83\x00\x00\x00\x00a:0")

    @property
    def state(self) -> int:
        """As the kernel has it: 8 once the server has closed its side."""
        return struct.unpack("B", self.line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1))[0]
