"""Rounds in which nobody meets twice, by construction.

Think of people in a grid of m rows, m being the largest table, and one column a table. In the first round a column is
a table. In each later round row i is turned by an amount of its own, so that a table gets one person of each row; two
people from different rows meet again only if their rows were turned against one another by the same amount before.
If the grid is square, its rows make one more round: rows, columns and symbols of a Latin square.

Turning is adding in the group Z2 x ... x Z2 x Z(odd), which lets one organisation's people be spread over all tables
in all rounds (its table has transversals) unless the number of tables is 2, 6, 10 and so on. There one 2 x 2 corner of
the Latin square is turned over, which makes them possible again: 32 of them for six tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# More than any room of up to thirty tables has needed; a search that needs more is not worth the wait.
MOST_STEPS = 20_000
# An irreducible polynomial for each field that is used, as bits.
FIELDS = {1: 0b11, 2: 0b11, 4: 0b111, 8: 0b1011, 16: 0b10011, 32: 0b100101}

Cell = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """cells: the places used, one a person, as (row, column). rounds: for each round the table of each cell."""

    cells: list[Cell]
    rounds: list[list[int]]


@dataclass(frozen=True)
class Group:
    """Numbers from 0 to size - 1 that can be turned: `twos` x `odd`, the first part by exclusive or."""

    size: int

    @property
    def twos(self) -> int:
        return self.size & -self.size

    def turned(self, number: int, amount: int) -> int:
        twos, odd = self.twos, self.size // self.twos
        return ((number ^ amount) % twos) + twos * ((number // twos + amount // twos) % odd)

    def between(self, number: int, other: int) -> int:
        """The amount by which `other` has to be turned to become `number`."""
        twos, odd = self.twos, self.size // self.twos
        return ((number ^ other) % twos) + twos * ((number // twos - other // twos) % odd)

    def times(self, number: int, other: int) -> int:
        """A product, so that multiples of one row differ as much as they can: nearly always the right first guess."""
        twos, odd = self.twos, self.size // self.twos
        if twos not in FIELDS:
            return number * other % self.size
        return field_product(number % twos, other % twos, twos) + twos * ((number // twos) * (other // twos) % odd)


def grid(people: int, tables: int, rounds: int) -> Grid | None:
    """Up to `rounds` rounds without a repeat, perhaps fewer; None where even a second one has to repeat.

    Table sizes differ by at most one in every round.
    """
    rows = -(-people // tables)
    if rows > tables:
        return None
    spare, group = rows * tables - people, Group(tables)
    whole = [(row, column) for row in range(rows) for column in range(tables)]
    turns = turnings(rows, group, rounds)
    made = [{(row, column): group.turned(column, turn[row]) for row, column in whole} for turn in turns]
    removed = [(rows - 1, tables - 1 - place) for place in range(spare)]
    if rows == tables and len(made) < rounds:
        square = [_corner_turned(tables, table_of) for table_of in made] + [{cell: cell[0] for cell in whole}]
        diagonal = transversal(square, tables, spare)
        if diagonal is not None:
            made, removed = square, diagonal
    cells = [cell for cell in whole if cell not in removed]
    return Grid(cells, [[table_of[cell] for cell in cells] for table_of in made])


def _corner_turned(tables: int, table_of: dict[Cell, int]) -> dict[Cell, int]:
    """The same round with one 2 x 2 square turned over, where the group alone would have no transversals.

    Columns, which are their own table, stay columns.
    """
    first = all(table == column for (_row, column), table in table_of.items())
    if tables % 4 != 2 or first:
        return table_of
    half = Group(tables).between(table_of[1, 0], table_of[0, 0])
    corner = [(row, column) for row in (0, 1) for column in (0, half)]
    return table_of | {(row, column): table_of[1 - row, column] for row, column in corner}


def turnings(rows: int, group: Group, rounds: int) -> list[list[int]]:
    """For each round the turn of each row: none in the first, and between two rounds no two rows turn alike."""
    found = [[0] * rows]
    while len(found) < rounds:
        turn = _next_turning(found, rows, group)
        if turn is None:
            break
        found.append(turn)
    return found


def _next_turning(found: Sequence[Sequence[int]], rows: int, group: Group) -> list[int] | None:
    """One more round's turns, row by row, going back where it does not work out."""
    turn: list[int] = []
    used: list[set[int]] = [set() for _earlier in found]
    tries: list[Iterator[int]] = [iter([0])]  # turning all rows alike changes nothing, so the first stays
    for _step in range(MOST_STEPS):
        value = next(tries[-1], None)
        if value is None:
            tries.pop()
            if not turn:
                return None
            undone = turn.pop()
            for earlier, moves in zip(found, used, strict=True):
                moves.discard(group.between(undone, earlier[len(turn)]))
            continue
        amounts = [group.between(value, earlier[len(turn)]) for earlier in found]
        if any(amount in moves for amount, moves in zip(amounts, used, strict=True)):
            continue
        turn.append(value)
        for amount, moves in zip(amounts, used, strict=True):
            moves.add(amount)
        if len(turn) == rows:
            return turn
        guess = group.times(len(found), len(turn))
        tries.append(iter([(guess + more) % group.size for more in range(group.size)]))
    return None


def transversal(rounds: Sequence[dict[Cell, int]], rows: int, size: int) -> list[Cell] | None:
    """`size` cells of a square grid, no two at one table in any of these rounds; None if there are none."""
    chosen: list[Cell] = []
    tries = [iter(range(rows))]
    for _step in range(MOST_STEPS):
        if len(chosen) == size:
            return chosen
        column = next(tries[-1], None)
        if column is None:
            tries.pop()
            if not chosen:
                return None
            chosen.pop()
            continue
        cell = (len(chosen), column)
        if all(table_of[cell] != table_of[other] for table_of in rounds for other in chosen):
            chosen.append(cell)
            tries.append(iter(range(rows)))
    return None


def field_product(one: int, other: int, size: int) -> int:
    """The product in the field of `size` elements, a power of two."""
    result = 0
    while other:
        if other & 1:
            result ^= one
        other >>= 1
        one <<= 1
        if one & size:
            one ^= FIELDS[size]
    return result
