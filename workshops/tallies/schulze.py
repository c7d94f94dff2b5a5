"""Schulze (`domain.md` 3.8): an order from pairwise wins, robust to similar options. Use it within a shortlist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations

from workshops.tallies.ballots import Id, Weights
from workshops.tallies.ranked import check_box

Pairs = dict[tuple[Id, Id], int]


@dataclass(frozen=True)
class Schulze:
    """beats: option -> how many others it beats, most first and then as on the ballot paper. groups: the order, equals
    together.

    paths: (a, b) -> the strength of the strongest path from a to b.
    """

    beats: dict[Id, int]
    groups: tuple[tuple[Id, ...], ...]
    paths: Pairs

    @property
    def order(self) -> list[Id]:
        return list(self.beats)

    @property
    def ranks(self) -> dict[Id, int]:
        """Option -> rank from 1, shared by equals."""
        numbers = list(self.beats.values())
        return {option: numbers.index(number) + 1 for option, number in self.beats.items()}


def schulze(ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], *, weights: Weights | None = None) -> Schulze:
    """Counts ranked ballots (voter -> options, best first). Ranked beats unranked; unranked say nothing of each other.

    Raises BallotError for an unsound ballot.
    """
    check_box(ballots, options, weights)
    paths = strongest_paths(preferences(ballots, options, weights), options)
    wins = {
        option: sum(paths[option, other] > paths[other, option] for other in options if other != option)
        for option in options
    }
    order = sorted(options, key=lambda option: -wins[option])
    groups = tuple(tuple(equals) for _number, equals in groupby(order, key=wins.__getitem__))
    return Schulze({option: wins[option] for option in order}, groups, paths)


def preferences(ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], weights: Weights | None = None) -> Pairs:
    """(a, b) -> how many ballots rank a above b."""
    pairs: Pairs = dict.fromkeys(permutations(options, 2), 0)
    for voter, ballot in ballots.items():
        below = set(options)
        for option in ballot:
            below.discard(option)
            for other in below:
                pairs[option, other] += (weights or {}).get(voter, 1)
    return pairs


def strongest_paths(pairs: Pairs, options: Sequence[Id]) -> Pairs:
    """The widest path between each two options: its strength is that of its weakest winning step."""
    paths = {(a, b): number if number > pairs[b, a] else 0 for (a, b), number in pairs.items()}
    for middle, start, end in permutations(options, 3):
        through = min(paths[start, middle], paths[middle, end])
        paths[start, end] = max(paths[start, end], through)
    return paths
