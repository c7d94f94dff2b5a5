"""Servers in processes of their own, each with a crowd in another, and workshops with any number of people in them."""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import psycopg

from tests.bench import wire
from tests.serving import ROOT, Server

TOKEN = "b" * 32  # Django takes any 32 letters as the secret of a form, if the cookie says the same
COUNTED = Path("/proc")

# One open `capture` with this many people and cards; what a phone needs to know.
LAY_OUT = """
import json
from django.contrib.auth.models import User
from django.utils import timezone
from facilitation import passes
from tests import factories
from workshops.models import Card, Network, Organisation, Participant

network = Network.objects.first() or factories.make_network()
ada = User.objects.first() or factories.make_user("Ada", network)
workshop = factories.make_workshop(network, template="")
this = factories.open_(factories.make_activity(workshop, "capture", title="Ideas"))
bodies = [Organisation.objects.get_or_create(network=network, name=f"Body {n}")[0] for n in range(8)]
secret = "a-secret-that-everybody-here-has"
people = Participant.objects.bulk_create(
    Participant(workshop=workshop, name=f"Person {n}", organisation=bodies[n % 8], role="Nurse",
                secret_hash=Participant.hashed(secret), joined_at=timezone.now())
    for n in range(PEOPLE)
)
Card.objects.bulk_create(
    Card(activity=this, participant=people[n % PEOPLE], text=f"Idea {n}: pick up the phone first") for n in range(CARDS)
)
print(json.dumps({
    "code": workshop.code, "workshop": workshop.pk, "activity": this.pk,
    "cookie": passes.participant_cookie(workshop.code),
    "passes": [passes.make_participant_pass(workshop.pk, person.pk, secret) for person in people],
    "console": [passes.console_cookie(workshop.code), passes.make_console_pass(workshop.pk, ada.pk)],
    "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
}))
"""


@dataclass
class Day:
    """A workshop that was laid out, as its phones know it."""

    code: str
    workshop: int
    activity: int
    cookie: str
    passes: list[str]
    console: list[str]
    screen: str

    def cookies(self, number: int) -> str:
        return f"{self.cookie}={self.passes[number % len(self.passes)]}; csrftoken={TOKEN}"


class Crowd:
    """The load, from here: `crowd.burst(requests=…)` runs in its process and returns what it says."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.crowd"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __getattr__(self, name: str) -> Any:
        def command(**given: Any) -> dict[str, Any]:
            assert self.process.stdin
            assert self.process.stdout
            print(json.dumps({"do": name, **given}), file=self.process.stdin, flush=True)
            said = self.process.stdout.readline()
            assert said, "the crowd went away"
            return json.loads(said)

        return command

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Process:
    """What the kernel knows about a server."""

    def __init__(self, pid: int) -> None:
        self.folder = COUNTED / str(pid)

    def cpu(self) -> float:
        """Milliseconds of processor time so far, also of threads that have ended: stock Django makes one a request."""
        user, system = (self.folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Kilobytes that are its own alone."""
        lines = (self.folder / "smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))


class Served(Server):
    """One of our servers (or the stock one), with bin/dev's options."""

    def __init__(self, folder: Path, database: str = "", stock: bool = False) -> None:
        super().__init__(folder, database)
        self.env["MALLOC_ARENA_MAX"] = "2"
        self.stock = stock
        self.host = f"127.0.0.1:{self.port}"

    def start(self) -> None:
        if self.stock:
            self.env["DJANGO_SETTINGS_MODULE"] = "tests.bench.stock_settings"
        options = [
            *production_options(self.port),
            "tests.bench.stock:application" if self.stock else "config.asgi:application",
        ]
        module = "daphne" if self.stock else "tests.bench.served"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, *options],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.wait()

    def people(self, count: int, cards: int = 0) -> Day:
        code = LAY_OUT.replace("PEOPLE", str(count)).replace("CARDS", str(cards))
        return Day(**json.loads(self.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]))

    def counters(self, forget: bool = False) -> dict[str, int]:
        """What the hub has done so far; `most` is how often the same surface and version was rendered at the most."""
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        print("forget" if forget else "tell", file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def seats(self, day: Day, count: int) -> list[list[str]]:
        return [[self.host, f"/ws/w/{day.code}/phone/", day.cookies(number)] for number in range(count)]

    def text(self, day: Day, number: int, how: Literal["once", "each", "nobody"] = "once") -> str:
        """One idea by the person of this number, as bytes on the wire."""
        path = f"/a/{day.activity}/{how}/" if self.stock else f"/w/{day.code}/a/{day.activity}/send/"
        words = {
            "csrfmiddlewaretoken": TOKEN,
            "key": os.urandom(12).hex(),
            "text": f"Pick up the phone, {number}",
        }
        return wire.request("POST", self.host, path, day.cookies(number), urlencode(words)).decode()


class Floor:
    """The bare broadcast of `frame`."""

    def __init__(self, frame: str) -> None:
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.trigger = f"127.0.0.1:{self.port + 1}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.floor", str(self.port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdin
        assert self.process.stdout
        print(frame, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "ready\n"

    def seats(self, count: int) -> list[list[str]]:
        return [[self.host, "/", ""]] * count

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class House:
    """What one figure needs, started on demand and stopped together."""

    def __init__(self, stack: ExitStack, database: str = "") -> None:
        self._stack = stack
        self.database = database
        self._place: str | None = None

    def serve(self, stock: bool = False, beside: Served | None = None) -> Served:
        """A server on a database of its own, or one more process on the database of the one `beside` it."""
        if beside:
            server = Served(Path(beside.env["THROUGHLINE_DATA"]), beside.env["DATABASE_URL"])
        else:
            folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-")))
            server = Served(folder, self._stack.enter_context(database_on(self.database)), stock)
        self._stack.callback(server.stop, kill=True)
        return server

    def place(self) -> str:
        """Where a bare insert may write: the same kind of database, the same disk."""
        if self._place is None:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-"))
            self._place = self._stack.enter_context(database_on(self.database)) or folder
        return self._place

    def crowd(self) -> Crowd:
        crowd = Crowd()
        self._stack.callback(crowd.stop)
        return crowd

    def floor(self, frame: str) -> Floor:
        floor = Floor(frame)
        self._stack.callback(floor.stop)
        return floor


@contextmanager
def house(database: str = "") -> Iterator[House]:
    with ExitStack() as stack:
        yield House(stack, database)


@contextmanager
def database_on(server: str) -> Iterator[str]:
    """The URL of a fresh database on that PostgreSQL; "" (SQLite) without one."""
    if not server:
        yield ""
        return
    base, name = server.rsplit("/", 1)[0], f"throughline_bench_{os.urandom(4).hex()}"
    with psycopg.connect(f"{base}/postgres".replace("postgres://", "postgresql://"), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        yield f"{base}/{name}"
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def production_options(port: int) -> list[str]:
    """As in bin/dev."""
    endpoint = f"tcp:port={port}:interface=127.0.0.1:backlog=4096"
    sizes = ["--websocket-max-message-size", "4096", "--websocket-max-frame-size", "4096"]
    times = ["--websocket_timeout", "-1", "--websocket_connect_timeout", "20"]
    return ["-v", "0", "--no-server-name", "--endpoint", endpoint, *times, *sizes]


def free_port() -> int:
    """One of two neighbours that are both free."""
    while True:
        with socket.socket() as one, socket.socket() as next_:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            try:
                next_.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


def moments(count: int, seconds: float, seed: int) -> list[float]:
    """When people send: at random within the time, the same for everybody who is measured in one round."""
    chance = random.Random(seed)
    return sorted(chance.uniform(0, seconds) for _n in range(count))
