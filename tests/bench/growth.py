"""What one process bears: 50 to 2,000 phones, one change to all of them, what it costs, and everybody back at once."""

from collections.abc import Iterator

from tests.bench.fan_out import FloorSide, ServedSide
from tests.bench.house import House, Process, Served, house
from tests.bench.sums import Series
from tests.bench.table import Line, at_most, below, exactly, ratio

CROWDS, QUICK = (50, 150, 500, 1000, 2000), (50, 500)
CHANGES, APART = 3, 1.5  # in a round, seconds between them
MEMORY = 40  # kilobytes a phone


def figures(rounds: int, quick: bool) -> Iterator[Line]:
    """Each crowd has a workshop of its own, and the process is a fresh one, so that memory can be read off."""
    for phones in QUICK if quick else CROWDS:
        with house() as at:
            server = at.serve()
            yield from with_phones(at, server, phones, rounds, last=phones == (QUICK if quick else CROWDS)[-1])


def with_phones(at: House, server: Served, phones: int, rounds: int, last: bool) -> Iterator[Line]:
    warm, day = server.people(20), server.people(phones)
    server.start()
    warmer = ServedSide("warm", at, [server], warm, 20)
    frame = warmer.connect()
    warmer.round([0.0, 0.5, 1.0])
    warmer.crowd.disconnect()

    process = Process(server.process.pid)
    before = process.memory()
    ours = ServedSide("ours", at, [server], day, phones)
    ours.connect()
    grown = Series([(process.memory() - before) / phones])
    bare = FloorSide(at, at.floor(frame), phones)
    bare.connect()
    bare_process = Process(bare.floor.process.pid)

    due = [number * APART for number in range(CHANGES)]
    cost, bare_cost = Series(), Series()
    for _round in range(rounds):
        for side, spent, of in ((bare, bare_cost, bare_process), (ours, cost, process)):
            began = of.cpu()
            side.round(due)
            spent.add((of.cpu() - began) / CHANGES)
    name = f"{phones} phones"
    yield exactly(f"{name}: not at the newest version after a change", ours.behind, 0)
    yield at_most(f"{name}: one change to all, ÷ bare broadcast", ours.last, bare.last, 5)
    yield ratio(f"{name}: processor time of a change, ÷ bare broadcast", cost, bare_cost)
    yield below(f"{name}: memory a phone", grown, MEMORY, "kB")
    if last:
        yield from back_at_once(ours, bare, phones, rounds)


def back_at_once(ours: ServedSide, bare: FloorSide, phones: int, rounds: int) -> Iterator[Line]:
    """Everybody loses the socket and comes back in the same moment; each must be let in and given a frame."""
    refused = 0
    took, bare_took = Series(), Series()
    for _round in range(rounds):
        for side, times in ((bare, bare_took), (ours, took)):
            side.crowd.disconnect()
            said = side.crowd.connect(seats=side.seats)
            times.add(said["all_served"] * 1000)
            if side is ours:
                refused += said["refused"] + said["unserved"]
    yield exactly(f"{phones} reconnects at once, {rounds} times: refused or without a frame", refused, 0)
    yield ratio(f"{phones} reconnects at once, until all have a frame, ÷ bare server", took, bare_took)
