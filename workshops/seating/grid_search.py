"""Who is in which cell of a grid that cannot repeat: only the soft wishes, and pinned places, are left to settle."""

from collections.abc import Callable, Sequence

from workshops.seating.annealing import Seats, accepts, chance, cooling, members_of
from workshops.seating.grid import Grid
from workshops.seating.labels import unplaced
from workshops.seating.people import HARD, Room


class GridSearch:
    """Who is in which cell of a grid: only the soft wishes, and pinned places, are left to settle."""

    def __init__(self, room: Room, grid: Grid, seed: int) -> None:
        self.room, self.grid, self.draw = room, grid, chance(seed)
        size = len(room.people)
        self.at = list(range(size))  # cell -> person
        self.draw.shuffle(self.at)
        self.tables = [members_of(tables, len(room.labels)) for tables in grid.rounds]
        self.near = [self._near(cell) for cell in range(size)]
        # One pinned person can always be given the table they need; two may want the same.
        self.pins = room.pinned if len(room.pinned) > 1 else []

    def _near(self, cell: int) -> list[int]:
        """The cells that share a table with this one in some round."""
        rounds = zip(self.tables, self.grid.rounds, strict=True)
        return [other for members, tables in rounds for other in members[tables[cell]] if other != cell]

    def run(self, steps: int) -> Seats:
        """Searches, and returns the best rounds found; they are not labelled yet."""
        cost = best = self.cost()
        best_at = list(self.at)
        cells = len(self.at)
        for temperature in cooling(steps):
            one, other = self.draw.randrange(cells), self.draw.randrange(cells)
            if one == other:
                continue
            change = self.change(one, other)
            if accepts(self.draw, change, temperature):
                self.at[one], self.at[other] = self.at[other], self.at[one]
                cost += change
                if cost < best:
                    best, best_at = cost, list(self.at)
        self.at = best_at
        return [_seats(tables, best_at) for tables in self.grid.rounds]

    def cost(self) -> int:
        pair, at = self.room.pair, self.at
        near = sum(pair[at[cell]][at[other]] for cell, others in enumerate(self.near) for other in others)
        return near // 2 + self.table_costs(range(len(at))) + self.pin_cost()

    def change(self, one: int, other: int) -> int:
        """What the cost would change by if the people of two cells changed places."""
        at, near = self.at, self.near
        first, second = at[one], at[other]
        mine, yours = self.room.pair[first], self.room.pair[second]
        change = sum(yours[at[cell]] - mine[at[cell]] for cell in near[one] if cell != other)
        change += sum(mine[at[cell]] - yours[at[cell]] for cell in near[other] if cell != one)
        if self.room.tables_matter and self.room.kind[first] != self.room.kind[second]:
            change += self._swapped(one, other, lambda: self.table_costs((one, other)))
        if first in self.pins or second in self.pins:
            change += self._swapped(one, other, self.pin_cost)
        return change

    def _swapped(self, one: int, other: int, cost: Callable[[], int]) -> int:
        """What a cost changes by when two cells are swapped; they are swapped back."""
        at, before = self.at, cost()
        at[one], at[other] = at[other], at[one]
        after = cost()
        at[one], at[other] = at[other], at[one]
        return after - before

    def table_costs(self, cells: Sequence[int]) -> int:
        """Hosts and new voices at these cells' tables."""
        if not self.room.tables_matter:
            return 0
        return sum(
            self.room.table_cost([self.at[cell] for cell in members[table]])
            for tables, members in zip(self.grid.rounds, self.tables, strict=True)
            for table in {tables[cell] for cell in cells}
        )

    def pin_cost(self) -> int:
        """Pinned people for whom no table is left, over all rounds."""
        cell_of = {person: self.at.index(person) for person in self.pins}
        return HARD * sum(
            unplaced(self.room, {person: tables[cell] for person, cell in cell_of.items()})
            for tables in self.grid.rounds
        )


def _seats(tables: Sequence[int], at: Sequence[int]) -> list[int]:
    """Cell -> table and cell -> person become person -> table."""
    seats = [0] * len(at)
    for cell, person in enumerate(at):
        seats[person] = tables[cell]
    return seats
