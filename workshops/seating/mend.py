"""Walk-ins and people who did not come: later rounds are mended, not made anew (`domain.md` 3.20)."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshops.seating.mixed import Plan, hosts
from workshops.seating.people import HARD, Id, Person, Room, Tables, Wishes
from workshops.seating.score import in_words, score


@dataclass(frozen=True)
class Mended:
    """plan: the mended rounds. moved: for each round, who had a seat there and now has another."""

    plan: Plan
    moved: list[list[Id]]


def mend(
    rounds: Sequence[Tables], people: Sequence[Person], *, wishes: Wishes | None = None, earlier: Sequence[Tables] = ()
) -> Mended:
    """Fits rounds that have not been sat yet to the people who are here now, and moves as few as it can.

    rounds: the planned rounds, all with the same tables. people: everybody present; ids in a round that are not among
    them lose their seat, and those without a seat go to the smallest table, where they cost least. Then people move
    one by one from the largest table to the smallest until sizes differ by at most one, and where a table has lost its
    last possible host somebody changes places. Raises SeatingError as `mix` does.
    """
    wishes = wishes or Wishes()
    mended: list[Tables] = []
    moved: list[list[Id]] = []
    for place, tables in enumerate(rounds):
        room = Room(people, list(tables), wishes, [*earlier, *mended, *rounds[place + 1 :]])
        before = {person: label for label, ids in tables.items() for person in ids if person in room.number}
        after = _Round(room, before).mended()
        mended.append(after)
        moved.append([person for label, ids in after.items() for person in ids if before.get(person, label) != label])
    result = score(mended, people, wishes, earlier)
    return Mended(Plan(mended, hosts(mended, people), result, in_words(result)), moved)


class _Round:
    """One round while it is being mended: table -> people, both as numbers."""

    def __init__(self, room: Room, before: dict[Id, str]) -> None:
        self.room = room
        self.tables: list[list[int]] = [[] for _label in room.labels]
        for person, label in before.items():
            self.tables[room.labels.index(label)].append(room.number[person])

    def mended(self) -> Tables:
        seated = {person for table in self.tables for person in table}
        new = [person for person in range(len(self.room.people)) if person not in seated]
        for person in sorted(new, key=lambda person: len(self.room.allowed[person])):
            self.tables[self._best_table(person)].append(person)
        while self._move_one() or self._find_host():
            pass
        return {
            label: [self.room.people[person].id for person in table]
            for label, table in zip(self.room.labels, self.tables, strict=True)
        }

    def _best_table(self, person: int) -> int:
        def key(table: int) -> tuple[bool, int, int]:
            cost = self._joining(person, self.tables[table])
            return cost >= HARD, len(self.tables[table]), cost

        return min(self.room.allowed[person], key=key)

    def _joining(self, person: int, table: Sequence[int]) -> int:
        """What this person at that table costs; their own id there does not count."""
        pair, again, met = self.room.pair[person], self.room.again[person], self.room.met[person]
        return sum(pair[other] + again[other] * met[other] for other in table if other != person)

    def _move_one(self) -> bool:
        """Moves the person who costs least from a largest table to a smallest one, while they differ by two."""
        sizes = [len(table) for table in self.tables]
        if max(sizes) - min(sizes) < 2:
            return False
        moves = [
            (self._joining(person, self.tables[to]) - self._joining(person, self.tables[start]), person, start, to)
            for start, size in enumerate(sizes) if size == max(sizes)
            for to, other in enumerate(sizes) if other == min(sizes)
            for person in self.tables[start] if self.room.may_sit(person, to)
        ]  # fmt: skip
        if not moves:
            return False
        _cost, person, start, to = min(moves)
        self.tables[start].remove(person)
        self.tables[to].append(person)
        return True

    def _find_host(self) -> bool:
        """Brings a possible host to a table without one, from a table that has two, in exchange for somebody."""
        people = self.room.people
        able = [[person for person in table if people[person].can_host] for table in self.tables]
        for table, hosts_here in enumerate(able):
            swaps = [
                (self._exchange(one, table, other, start), one, other, start)
                for start, spare in enumerate(able) if len(spare) > 1
                for other in spare if self.room.may_sit(other, table)
                for one in self.tables[table] if self.room.may_sit(one, start)
            ]  # fmt: skip
            if not hosts_here and self.tables[table] and swaps:
                _cost, one, other, start = min(swaps)
                self.tables[table][self.tables[table].index(one)] = other
                self.tables[start][self.tables[start].index(other)] = one
                return True
        return False

    def _exchange(self, one: int, table: int, other: int, start: int) -> int:
        here = [person for person in self.tables[table] if person != one]
        there = [person for person in self.tables[start] if person != other]
        after = self._joining(other, here) + self._joining(one, there)
        return after - self._joining(one, here) - self._joining(other, there)
