"""Things side by side: in rows of equal tiles, in two columns of about the same length."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

Thing = TypeVar("Thing")


def in_rows(things: Sequence[Thing], widest: int) -> list[list[Thing | None]]:
    """As few rows as `widest` allows, each with as many places; the places left over at the end are None."""
    if not things:
        return []
    each = ceil(len(things) / ceil(len(things) / widest))
    padded = [*things, *[None] * (-len(things) % each)]
    return [padded[start : start + each] for start in range(0, len(padded), each)]


def halves(things: Sequence[Thing], weight: Callable[[Thing], int] = lambda thing: 1) -> list[list[Thing]]:
    """Two columns read one after the other, cut where the longer of them is shortest; one where there is little."""
    if len(things) < 2:
        return [list(things)]
    weights = [weight(thing) for thing in things]
    cut = min(range(1, len(things)), key=lambda at: max(sum(weights[:at]), sum(weights[at:])))
    return [list(things[:cut]), list(things[cut:])]
