"""A change goes to every phone: from the moment somebody sends until the last phone has it."""

from collections.abc import Iterator
from typing import Any

from tests.bench import wire
from tests.bench.house import Day, Floor, House, Served, house, moments
from tests.bench.sums import Series, high
from tests.bench.table import Line, at_most, exactly, of_itself

SECONDS, SETTLE = 10.0, 30.0


class Side:
    """One of the three that are compared: who listens, and what a change is."""

    def __init__(self, name: str, at: House, seats: list[list[str]]) -> None:
        self.name, self.seats = name, seats
        self.crowd = at.crowd()
        self.last, self.acknowledged = Series(), Series()
        self.behind = self.refused = 0

    def text(self, number: int) -> list[Any]:
        raise NotImplementedError

    def connect(self) -> str:
        said = self.crowd.connect(seats=self.seats)
        self.refused += said["refused"]
        assert not said["refused"], said["why"]
        return said["frame"]

    def round(self, due: list[float], settle: float = SETTLE) -> dict[str, Any]:
        requests = [[moment, *self.text(number)] for number, moment in enumerate(due)]
        said = self.crowd.burst(requests=requests, settle=settle)
        assert set(said["statuses"]) <= {"200", "204"}, (self.name, said["statuses"])
        self.behind += said["behind"]
        self.acknowledged.add(high(said["acknowledged"]))
        # Who never heard of it waited as long as we did.
        missing = len(due) - len(said["last"])
        self.last.add(high([*said["last"], *[settle * 1000] * missing]))
        return said


class ServedSide(Side):
    def __init__(self, name: str, at: House, servers: list[Served], day: Day, count: int, how: str = "once") -> None:
        spread = [servers[number % len(servers)].seats(day, count)[number] for number in range(count)]
        super().__init__(name, at, spread)
        self.servers, self.day, self.how = servers, day, how

    def text(self, number: int) -> list[Any]:
        server = self.servers[number % len(self.servers)]
        return [server.host, server.text(self.day, number, self.how)]


class FloorSide(Side):
    def __init__(self, at: House, floor: Floor, count: int) -> None:
        super().__init__("floor", at, floor.seats(count))
        self.floor, self.version = floor, 1

    def text(self, number: int) -> list[Any]:
        self.version += 1
        return [self.floor.trigger, wire.request("POST", self.floor.trigger, f"/{self.version}").decode()]


def figures(rounds: int, quick: bool, database: str = "") -> Iterator[Line]:
    """150 texts in 10 seconds: the bare broadcast, ours, stock groups, and again."""
    phones = 50 if quick else 150
    texts, seconds = (phones, SECONDS * phones / 150)
    where = "PostgreSQL, two processes: " if database else ""
    with house(database) as at:
        ours, stock = at.serve(), at.serve(stock=True)
        both = [ours, at.serve(beside=ours)] if database else [ours]
        day, other_day = ours.people(phones), stock.people(phones)
        for server in [*both, stock]:
            server.start()
        mine = ServedSide("ours", at, both, day, phones)
        frame = mine.connect()
        floor = FloorSide(at, at.floor(frame), phones)
        groups = ServedSide("stock", at, [stock], other_day, phones)
        sides = [floor, mine, groups]
        for side in (floor, groups):
            side.connect()
        for side in sides:
            side.crowd.burst(requests=[[number / 10, *side.text(number)] for number in range(10)])
        for server in both:
            server.counters(forget=True)
        for number in range(rounds):
            due = moments(texts, seconds, seed=number)
            for side in sides:
                said = side.round(due)
                if side is mine:
                    size = said["bytes"]
        most = max(server.counters()["most"] for server in both)
        name = f"{where}change to {phones} phones, {texts} texts in {seconds:.0f} s, p95"
        yield at_most(f"{name}, ÷ bare broadcast", mine.last, floor.last, 5)
        yield at_most(f"{name}, stock ÷ ours", groups.last, mine.last, 8, least=True)
        yield exactly(f"{where}renders of one surface and version, at most", most, 1)
        yield exactly(f"{where}phones not at the newest version", mine.behind, 0)
        yield of_itself(f"{where}bytes of a frame on a phone", size, "bytes")
        yield of_itself(f"{where}stock groups: phones not at the newest version", groups.behind, "")
