"""The load: many phones on one epoll, in a process of its own. Commands come in as lines of JSON, answers go out so.

It shares two cores with the server, so it does the least: it looks at lengths and versions, and answers each frame a
moment later, as a phone does that has to show it first.
"""

import gc
import heapq
import json
import resource
import select
import socket
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from tests.bench import wire

SHOWN_AFTER = 0.005  # seconds a phone takes to show a frame before it answers
now = time.monotonic


class Link:
    """One TCP connection that never blocks; `take` gets what arrived and when."""

    def __init__(self, crowd: "Crowd", host: str) -> None:
        self.crowd, self.host, self.buffer, self.broken = crowd, host, b"", ""
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        name, _, port = host.partition(":")
        self.sock.connect_ex((name, int(port)))
        crowd.add(self)

    def read(self) -> None:
        try:
            data = self.sock.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError as problem:
            self.close(str(problem))
            return
        if data:
            self.arrived(data, now())
        else:
            self.close("closed by the server")

    def arrived(self, data: bytes, at: float) -> None:
        self.buffer += data
        self.take(at)

    def close(self, why: str = "") -> None:
        self.broken = self.broken or why
        self.crowd.drop(self)
        self.sock.close()

    def take(self, at: float) -> None:
        raise NotImplementedError


class Phone(Link):
    """A socket that listens. `heard` holds (version, when) of every frame with zones.

    What arrives is only put by with its time, and read when nothing more is arriving: otherwise the last of two
    thousand would wait for us, not for the server.
    """

    def __init__(self, crowd: "Crowd", host: str, path: str, cookie: str) -> None:
        super().__init__(crowd, host)
        self.hello = wire.handshake(host, path, cookie)
        self.let_in = 0.0
        self.heard: list[tuple[int, float]] = []
        self.bytes = 0
        self.last = b""
        self.unread: list[tuple[bytes, float]] = []

    def arrived(self, data: bytes, at: float) -> None:
        if not self.unread:
            self.crowd.unread.append(self)
        self.unread.append((data, at))

    def catch_up(self) -> None:
        unread, self.unread = self.unread, []
        for data, at in unread:
            self.buffer += data
            self.take(at)

    def take(self, at: float) -> None:
        if not self.let_in:
            answer = wire.answer_in(self.buffer)
            if answer is None:
                return
            if answer.status != 101:
                self.close(f"refused with {answer.status}")
                return
            self.let_in, self.buffer = at, self.buffer[answer.end :]
        for payload in wire.pings_in(self.buffer):
            self.sock.send(wire.pong(payload))
        payloads, taken = wire.frames_in(self.buffer)
        self.buffer = self.buffer[taken:]
        for payload in payloads:
            if (version := wire.version_of(payload)) >= 0:
                self.heard.append((version, at))
                self.bytes, self.last = len(payload), payload
                self.crowd.later(at + SHOWN_AFTER, self.answer)

    def answer(self) -> None:
        if self.sock.fileno() >= 0:
            self.sock.send(wire.told(self.heard[-1][0]))

    @property
    def newest(self) -> int:
        return max((version for version, _at in self.heard), default=-1)


class Sender(Link):
    """A connection for requests, one at a time."""

    def __init__(self, crowd: "Crowd", host: str) -> None:
        super().__init__(crowd, host)
        self.sent = self.answered = 0.0
        self.status = self.version = 0

    def send(self, request: bytes) -> None:
        self.answered, self.status, self.sent = 0.0, 0, now()
        self.sock.sendall(request)

    def take(self, at: float) -> None:
        answer = wire.answer_in(self.buffer)
        if answer is not None:
            self.answered, self.status, self.version = at, answer.status, answer.version
            self.buffer = self.buffer[answer.end :]


class Crowd:
    """The loop: sockets that have something to say, and things that are due."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.links: dict[int, Link] = {}
        self.due: list[tuple[float, int, Callable[[], None]]] = []
        self.count = 0
        self.phones: list[Phone] = []
        self.unread: list[Phone] = []

    def add(self, link: Link) -> None:
        self.links[link.sock.fileno()] = link
        self.epoll.register(link.sock, select.EPOLLIN)

    def drop(self, link: Link) -> None:
        if self.links.pop(link.sock.fileno(), None):
            self.epoll.unregister(link.sock)

    def later(self, when: float, what: Callable[[], None]) -> None:
        self.count += 1
        heapq.heappush(self.due, (when, self.count, what))

    def turn(self, until: float) -> None:
        wake = min(until, self.due[0][0]) if self.due else until
        ready = self.epoll.poll(0 if self.unread else max(0.0, wake - now()))
        for handle, _event in ready:
            if link := self.links.get(handle):
                link.read()
        if not ready or len(ready) < len(self.unread) // 100:
            unread, self.unread = self.unread, []
            for phone in unread:
                phone.catch_up()
        while self.due and self.due[0][0] <= now():
            heapq.heappop(self.due)[2]()

    def run(self, until: float, done: Callable[[], bool] = lambda: False) -> None:
        while now() < until and not done():
            self.turn(until)

    # -- commands: each takes what the bench sent and returns what it is told ------------------------------------------

    def connect(self, seats: list[list[str]], patience: float = 60) -> dict[str, Any]:
        """Everybody at once. `seats` are [host, path, cookie]. Waits until all have been given a frame."""
        began = now()
        self.phones = []
        for number, seat in enumerate(seats, 1):
            phone = Phone(self, *seat)
            self.later(began, lambda phone=phone: self.greet(phone))
            self.phones.append(phone)
            if number % 50 == 0:
                self.turn(now())  # so that no accepted connection waits for the last to be opened
        self.run(began + patience, lambda: all(phone.let_in or phone.broken for phone in self.phones))
        let_in = [phone.let_in for phone in self.phones if phone.let_in]
        self.run(now() + patience, lambda: all(phone.heard or phone.broken for phone in self.phones))
        first = [phone.heard[0][1] for phone in self.phones if phone.heard]
        return {
            "refused": len(self.phones) - len(let_in),
            "why": Counter(phone.broken or "too late" for phone in self.phones if not phone.let_in),
            "all_in": max(let_in, default=began) - began,
            "unserved": len(self.phones) - len(first),
            "all_served": max(first, default=began) - began,
            "frame": (self.phones[0].last if self.phones else b"").decode(),
        }

    def greet(self, phone: Phone) -> None:
        try:
            phone.sock.sendall(phone.hello)
        except BlockingIOError:
            self.later(now() + 0.001, lambda: self.greet(phone))
        except OSError as problem:
            phone.close(str(problem))

    def disconnect(self) -> dict[str, Any]:
        for phone in self.phones:
            phone.close()
        self.phones = []
        return {}

    def burst(self, requests: list[list[Any]], settle: float = 30, warm: float = 0.3) -> dict[str, Any]:
        """Sends each of [due in seconds, host, request], whether the ones before were answered or not."""
        senders = [Sender(self, host) for _due, host, _text in requests]
        self.run(now() + warm)
        for phone in self.phones:
            phone.heard.clear()
        gc.collect()
        began = now()
        for sender, (due, _host, text) in zip(senders, requests, strict=True):
            self.later(began + due, lambda sender=sender, text=text: sender.send(text.encode()))
        last_due = began + max((due for due, _host, _text in requests), default=0)
        self.run(
            last_due + settle,
            lambda: now() > last_due and all(sender.answered or sender.broken for sender in senders),
        )
        newest = max((sender.version for sender in senders), default=0)
        if newest:
            self.run(now() + settle, lambda: all(phone.newest >= newest for phone in self.phones))
        return self.told(senders, newest)

    def told(self, senders: list[Sender], newest: int) -> dict[str, Any]:
        for sender in senders:
            sender.close()
        heard = [self._firsts(phone) for phone in self.phones]
        last = []
        for sender in senders:
            arrived = [_arrival(versions, times, sender.version) for versions, times in heard] if sender.version else []
            if arrived and all(arrived):
                last.append((max(arrived) - sender.sent) * 1000)
        first = min((one.sent for one in senders), default=0)
        return {
            "acknowledged": [(one.answered - one.sent) * 1000 for one in senders if one.answered],
            "statuses": Counter(str(one.status or one.broken or "no answer") for one in senders),
            "last": last,
            "behind": sum(phone.newest < newest for phone in self.phones),
            "frames": sum(len(phone.heard) for phone in self.phones),
            "bytes": max((phone.bytes for phone in self.phones), default=0),
            "seconds": max((one.answered for one in senders), default=0) - first,
        }

    @staticmethod
    def _firsts(phone: Phone) -> tuple[list[int], list[float]]:
        """What a phone had seen at the most, over time."""
        return list(accumulate((version for version, _at in phone.heard), max)), [at for _version, at in phone.heard]

    def one_by_one(self, host: str, requests: list[str]) -> dict[str, Any]:
        """Each request when the one before is answered, on one connection."""
        sender = Sender(self, host)
        took: list[float] = []
        statuses: Counter[str] = Counter()
        for text in requests:
            sender.send(text.encode())
            self.run(now() + 20, lambda: bool(sender.answered or sender.broken))
            took.append((sender.answered - sender.sent) * 1000)
            statuses[str(sender.status)] += 1
        sender.close()
        return {"acknowledged": took, "statuses": statuses}


def _arrival(versions: list[int], times: list[float], version: int) -> float:
    place = bisect_left(versions, version)
    return times[place] if place < len(times) else 0.0


def main() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()
    crowd = Crowd()
    commands = {name: getattr(crowd, name) for name in ("connect", "disconnect", "burst", "one_by_one")}
    while line := _next_line(crowd):
        command = json.loads(line)
        print(json.dumps(commands[command.pop("do")](**command)), flush=True)


def _next_line(crowd: Crowd) -> str:
    """Between commands the sockets are still served: heartbeats come, frames are answered."""
    while not select.select([sys.stdin], [], [], 0)[0]:
        crowd.turn(now() + 0.05)
    return sys.stdin.readline()


if __name__ == "__main__":
    main()
