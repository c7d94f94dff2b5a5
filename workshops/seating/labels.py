"""Which group sits at which table: people with access needs have to be where the loop or the door is."""

from collections.abc import Mapping, Sequence

from workshops.seating.people import Room


def unplaced(room: Room, seats: Mapping[int, int]) -> int:
    """How many groups with pinned people cannot have a table that suits them, in the best case.

    seats: pinned person -> group. Groups can be given any table as long as no two have the same.
    """
    suits: dict[int, frozenset[int]] = {}
    for person, group in seats.items():
        suits[group] = suits.get(group, room.allowed[person]) & room.allowed[person]
    return len(suits) - len(matched([sorted(tables) for tables in suits.values()]))


def labelled(room: Room, seats: Sequence[int]) -> list[int]:
    """The same groups with the tables' numbers changed so that pinned people sit where they have to, if that can be."""
    everywhere = frozenset(range(len(room.labels)))
    allowed = dict.fromkeys(everywhere, everywhere)
    for person in room.pinned:
        allowed[seats[person]] &= room.allowed[person]
    order = sorted(allowed, key=lambda group: len(allowed[group]))
    found = matched([sorted(allowed[group]) for group in order])
    table_of = {order[place]: table for place, table in found.items()}
    free = [table for table in range(len(room.labels)) if table not in table_of.values()]
    for group in everywhere:
        if group not in table_of:
            table_of[group] = free.pop(0)
    return [table_of[group] for group in seats]


def matched(allowed: Sequence[Sequence[int]]) -> dict[int, int]:
    """Gives as many places as possible one of their allowed tables, no table twice: place -> table."""
    holder: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for table in allowed[one]:
            if table not in tried:
                tried.add(table)
                if table not in holder or place(holder[table], tried):
                    holder[table] = one
                    return True
        return False

    for one in range(len(allowed)):
        place(one, set())
    return {one: table for table, one in holder.items()}
