"""Mixed tables for several rounds (`domain.md` 3.20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workshops.seating.annealing import Seats, chance
from workshops.seating.free_search import FreeSearch
from workshops.seating.grid import grid
from workshops.seating.grid_search import GridSearch
from workshops.seating.labels import labelled, matched
from workshops.seating.people import Id, Person, Room, SeatingError, Tables, Wishes
from workshops.seating.score import Score, in_words, score

STEPS = 200_000
RUNS = 2


@dataclass(frozen=True)
class Plan:
    """rounds: table label -> people, in the order given. hosts: for each round, table label -> who hosts.

    A table where nobody can host has no entry in `hosts`. words: the score in sentences for a facilitator.
    """

    rounds: list[Tables]
    hosts: list[dict[str, Id]]
    score: Score
    words: list[str]


def mix(
    people: Sequence[Person],
    labels: Sequence[str],
    rounds: int,
    *,
    wishes: Wishes | None = None,
    earlier: Sequence[Tables] = (),
    seed: int = 0,
    steps: int = STEPS,
    runs: int = RUNS,
) -> Plan:
    """Seats everybody in every round.

    labels: the names of the tables, the same in each round. earlier: rounds already sat, whose meetings count.
    steps: how long to search in all, shared between `runs` that start differently; the default takes about two
    seconds for 36 people on a quiet laptop. The same input and seed give the same plan. Hard rules are kept wherever
    that is possible; the score says where it was not. Raises SeatingError if there is nobody, more tables than people,
    or somebody needs a table that is not there or is full.
    """
    wishes = wishes or Wishes()
    room = Room(people, labels, wishes, earlier)
    if rounds < 1:
        return Plan([], [], Score(), [])
    _start(room, 1, seed)  # raises before the search if pinned people cannot all have a place
    each = max(steps // runs, 1)
    plans = [_named(room, _search(room, rounds, bool(earlier), seed * runs + run, each)) for run in range(runs)]
    scored = [(score(plan, people, wishes, earlier), plan) for plan in plans]
    best, plan = min(scored, key=lambda pair: pair[0].cost)
    return Plan(plan, hosts(plan, people), best, in_words(best))


def _search(room: Room, rounds: int, met_before: bool, seed: int, steps: int) -> Seats:
    """One run: the grid where there is one, freely for what the grid leaves over or cannot keep."""
    made = None if met_before or room.wishes.together else grid(len(room.people), len(room.labels), rounds)
    if made is None or len(room.labels) == 1:
        return FreeSearch(room, _start(room, rounds, seed), seed).run(steps)
    search = GridSearch(room, made, seed)
    seats = [labelled(room, tables) for tables in search.run(steps)]
    if any(not room.may_sit(person, table) for tables in seats for person, table in enumerate(tables)):
        return FreeSearch(room, _start(room, rounds, seed), seed).run(steps)
    if len(seats) < rounds:
        seats += _start(room, rounds - len(seats), seed)
        return FreeSearch(room, seats, seed, movable=len(made.rounds)).run(steps)
    return seats


def _start(room: Room, rounds: int, seed: int) -> Seats:
    """Everybody somewhere: those who need a certain table there, the rest at random, sizes as even as can be."""
    draw = chance(seed)
    seats = []
    for _round in range(rounds):
        places = [table for table, size in enumerate(room.sizes()) for _seat in range(size)]
        draw.shuffle(places)
        wanted = [[place for place, table in enumerate(places) if room.may_sit(one, table)] for one in room.pinned]
        taken = matched(wanted)
        if len(taken) < len(room.pinned):
            raise SeatingError(_("More people need a certain table than there is room for."))
        seat = {room.pinned[one]: places[place] for one, place in taken.items()}
        left = [table for place, table in enumerate(places) if place not in taken.values()]
        others = [person for person in range(len(room.people)) if person not in seat]
        seat |= dict(zip(others, left, strict=True))
        seats.append([seat[person] for person in range(len(room.people))])
    return seats


def _named(room: Room, seats: Seats) -> list[Tables]:
    """Numbers back to labels and ids."""
    rounds: list[Tables] = []
    for tables in seats:
        named: Tables = {label: [] for label in room.labels}
        for person, table in enumerate(tables):
            named[room.labels[table]].append(room.people[person].id)
        rounds.append(named)
    return rounds


def hosts(rounds: Sequence[Tables], people: Sequence[Person]) -> list[dict[str, Id]]:
    """A host for each table of each round: somebody who can, the one who hosted least so far, rather no new voice."""
    by_id = {person.id: person for person in people}
    turns = dict.fromkeys(by_id, 0)
    chosen = []
    for tables in rounds:
        found = {}
        for label, ids in tables.items():
            able = [person for person in ids if person in by_id and by_id[person].can_host]
            if able:
                found[label] = min(able, key=lambda person: (by_id[person].new_voice, turns[person]))
                turns[found[label]] += 1
        chosen.append(found)
    return chosen
