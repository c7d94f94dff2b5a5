"""Who is to be seated, and what matters between them (`domain.md` 3.20)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

Id: TypeAlias = Any
Pair: TypeAlias = tuple[Id, Id]
# One round: the label of a table -> the people at it.
Tables: TypeAlias = dict[str, list[Id]]

# What breaks a hard rule costs so much that no number of wishes outweighs it.
HARD = 10_000


class SeatingError(ValueError):
    """The people cannot be seated as asked. Its text is for the facilitator."""


@dataclass(frozen=True)
class Person:
    """What seating may know of somebody. Never a protected characteristic that they have not given for this.

    organisation, role_group: compared for equality; None means unknown. For one team's own day, put the sub-team in
    `organisation`. manager: the id of the person they report to. tables: labels of the tables where they have to sit
    for their access needs, in every round; empty for any. new_voice: a patient or carer partner; briefed: has agreed
    to be a new voice's neighbour.
    """

    id: Id
    organisation: Id | None = None
    role_group: Id | None = None
    manager: Id | None = None
    tables: frozenset[str] = frozenset()
    can_host: bool = True
    new_voice: bool = False
    briefed: bool = False


@dataclass(frozen=True)
class Weights:
    """What each unmet wish costs, once a pair and round, or once a table and round for `new_voice`."""

    repeat: int = 100
    manager: int = 60
    together: int = 50
    organisation: int = 40
    new_voice: int = 30
    role_group: int = 12


@dataclass(frozen=True)
class Wishes:
    """apart: pairs that never share a table (hard). together: pairs that asked to (language, confidence)."""

    apart: tuple[Pair, ...] = ()
    together: tuple[Pair, ...] = ()
    weights: Weights = field(default_factory=Weights)


class Room:
    """The people as numbers from 0, for searching: `pair[i][j]` is what i and j at one table cost, each time.

    `again[i][j]` is what each meeting costs for each earlier one, and `met[i][j]` how often they have met already.
    """

    def __init__(
        self,
        people: Sequence[Person],
        labels: Sequence[str],
        wishes: Wishes | None = None,
        earlier: Iterable[Tables] = (),
    ) -> None:
        self.people, self.labels, self.wishes = list(people), list(labels), wishes or Wishes()
        self.number = {person.id: number for number, person in enumerate(self.people)}
        self._check()
        size = len(self.people)
        weights = self.wishes.weights
        self.pair = [[0] * size for _person in range(size)]
        self.again = [[weights.repeat] * size for _person in range(size)]
        self.met = [[0] * size for _person in range(size)]
        for one, other in combinations(range(size), 2):
            self._set(self.pair, one, other, self._between(self.people[one], self.people[other]))
        for one, other in self._known(self.wishes.apart):
            self._set(self.pair, one, other, HARD)
        for one, other in self._known(self.wishes.together):
            self._set(self.pair, one, other, -weights.together)
            self._set(self.again, one, other, 0)
        for tables in earlier:
            for ids in tables.values():
                present = [self.number[person] for person in ids if person in self.number]
                for one, other in combinations(present, 2):
                    self._set(self.met, one, other, self.met[one][other] + 1)
        # Most rooms need none of these looked at: everybody can host, nobody is pinned.
        helpless = sum(not person.can_host for person in self.people)
        self.tables_matter = helpless >= size // len(self.labels) or any(person.new_voice for person in self.people)
        self.kind = [(person.can_host, person.new_voice, person.briefed) for person in self.people]
        self.allowed = [
            frozenset(table for table, label in enumerate(self.labels) if not person.tables or label in person.tables)
            for person in self.people
        ]
        self.pinned = [number for number, tables in enumerate(self.allowed) if len(tables) < len(self.labels)]

    def _check(self) -> None:
        if not self.people:
            raise SeatingError(_("There is nobody to seat."))
        if len(self.number) != len(self.people):
            raise SeatingError(_("Somebody is on the list twice."))
        if not self.labels or len(set(self.labels)) != len(self.labels):
            raise SeatingError(_("Each table needs a name of its own."))
        if len(self.labels) > len(self.people):
            raise SeatingError(_("There are more tables than people."))
        for person in self.people:
            if person.tables and not person.tables & set(self.labels):
                raise SeatingError(_("Somebody has to sit at a table that this room does not have."))

    def _between(self, one: Person, other: Person) -> int:
        weights = self.wishes.weights
        cost = 0
        if one.organisation is not None and one.organisation == other.organisation:
            cost += weights.organisation
        if one.role_group is not None and one.role_group == other.role_group:
            cost += weights.role_group
        if one.id == other.manager or other.id == one.manager:
            cost += weights.manager
        return cost

    def _known(self, pairs: Iterable[Pair]) -> list[tuple[int, int]]:
        return [(self.number[one], self.number[other]) for one, other in pairs if {one, other} <= self.number.keys()]

    @staticmethod
    def _set(matrix: list[list[int]], one: int, other: int, value: int) -> None:
        matrix[one][other] = matrix[other][one] = value

    def table_cost(self, present: Collection[int]) -> int:
        """What one table costs beyond its pairs: no host (hard), or a new voice alone without a briefed neighbour."""
        people = [self.people[person] for person in present]
        cost = 0 if any(person.can_host for person in people) else HARD
        if sum(person.new_voice for person in people) == 1 and not any(person.briefed for person in people):
            cost += self.wishes.weights.new_voice
        return cost

    def may_sit(self, person: int, table: int) -> bool:
        return table in self.allowed[person]

    def sizes(self) -> list[int]:
        """How many sit at each table: they differ by at most one, the first tables being the larger."""
        least, more = divmod(len(self.people), len(self.labels))
        return [least + (table < more) for table in range(len(self.labels))]
