"""Swaps within rounds, where a grid does not exist or cannot keep a hard rule."""

from workshops.seating.annealing import HOT, Seats, accepts, chance, cooling, members_of
from workshops.seating.people import Room


class FreeSearch:
    """Swaps within rounds from `movable` on, where a grid does not exist or cannot keep a hard rule."""

    def __init__(self, room: Room, seats: Seats, seed: int, movable: int = 0) -> None:
        self.room, self.draw, self.movable = room, chance(seed), movable
        self.seats = [list(tables) for tables in seats]
        self.tables = [members_of(tables, len(room.labels)) for tables in self.seats]
        self.met = [list(row) for row in room.met]
        for members in self.tables:
            for table in members:
                for one in table:
                    for other in table:
                        self.met[one][other] += one != other

    def run(self, steps: int, hot: float = HOT) -> Seats:
        cost = best = 0
        best_seats = [list(tables) for tables in self.seats]
        rounds, people = range(self.movable, len(self.seats)), len(self.room.people)
        for temperature in cooling(steps, hot):
            which = self.draw.choice(rounds)
            one, other = self.draw.randrange(people), self.draw.randrange(people)
            if not self.can_swap(which, one, other):
                continue
            change = self.change(which, one, other)
            if accepts(self.draw, change, temperature):
                self.swap(which, one, other)
                cost += change
                if cost < best:
                    best, best_seats = cost, [list(tables) for tables in self.seats]
        return best_seats

    def can_swap(self, which: int, one: int, other: int) -> bool:
        seats = self.seats[which]
        return (
            seats[one] != seats[other] and self.room.may_sit(one, seats[other]) and self.room.may_sit(other, seats[one])
        )

    def change(self, which: int, one: int, other: int) -> int:
        mine, yours = self._meetings(which, one, other)
        leaves, joins = self.room.pair[one], self.room.pair[other]
        met, again = self.met, self.room.again
        change = 0
        for left, met_left, again_left, come, met_come, again_come, table in (
            (leaves, met[one], again[one], joins, met[other], again[other], mine),
            (joins, met[other], again[other], leaves, met[one], again[one], yours),
        ):
            for person in table:
                change += come[person] + again_come[person] * met_come[person]
                change -= left[person] + again_left[person] * (met_left[person] - 1)
        if not self.room.tables_matter or self.room.kind[one] == self.room.kind[other]:
            return change
        before = self.room.table_cost([*mine, one]) + self.room.table_cost([*yours, other])
        after = self.room.table_cost([*mine, other]) + self.room.table_cost([*yours, one])
        return change + after - before

    def swap(self, which: int, one: int, other: int) -> None:
        mine, yours = self._meetings(which, one, other)
        for person in mine:
            self._meet(one, person, -1)
            self._meet(other, person, 1)
        for person in yours:
            self._meet(other, person, -1)
            self._meet(one, person, 1)
        seats, members = self.seats[which], self.tables[which]
        seats[one], seats[other] = seats[other], seats[one]
        members[seats[other]] = [*mine, other]
        members[seats[one]] = [*yours, one]

    def _meetings(self, which: int, one: int, other: int) -> tuple[list[int], list[int]]:
        """The neighbours of each of two people in a round."""
        seats, members = self.seats[which], self.tables[which]
        mine = [person for person in members[seats[one]] if person != one]
        return mine, [person for person in members[seats[other]] if person != other]

    def _meet(self, one: int, other: int, times: int) -> None:
        self.met[one][other] += times
        self.met[other][one] += times
