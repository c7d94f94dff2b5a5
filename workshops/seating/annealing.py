"""Simulated annealing: what its two searches share. Bounded by steps, never by the clock; repeatable by seed."""

import math
import random
from collections.abc import Sequence

# From "most changes are accepted" to "only better ones", in units of what an unmet wish costs.
HOT, COLD = 20.0, 2.0
Seats = list[list[int]]  # for each round, the table of each person


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- where people sit is no secret, and has to be repeatable


def cooling(steps: int, hot: float = HOT) -> list[float]:
    """Temperatures for a run, in a hundred stretches."""
    return [hot * (COLD / hot) ** (stretch / 99) for stretch in range(100) for _step in range(max(steps // 100, 1))]


def accepts(draw: random.Random, change: float, temperature: float) -> bool:
    return change <= 0 or draw.random() < math.exp(-change / temperature)


def members_of(tables: Sequence[int], count: int) -> list[list[int]]:
    members: list[list[int]] = [[] for _table in range(count)]
    for cell, table in enumerate(tables):
        members[table].append(cell)
    return members
