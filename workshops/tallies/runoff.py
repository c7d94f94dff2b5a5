"""Instant run-off (`domain.md` 3.8): one winner only. Use it to choose one draft, never a shortlist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshops.tallies.ballots import Id, Weights, drawn
from workshops.tallies.ranked import borda, check_box, first_preferences


@dataclass(frozen=True)
class Round:
    """First preferences among the options still in, and the ballots that name none of them."""

    votes: dict[Id, int]
    exhausted: int


@dataclass(frozen=True)
class Runoff:
    """A count, told so that it can be replayed.

    winner: None only when no ballot names anything. possible_winners: who could have won under another draw of the
    lots, in order of id; one name when lots made no difference. lots: each draw as (round from 1, those drawn from,
    the one removed); lot_needed says whether there was one.
    """

    winner: Id | None
    possible_winners: tuple[Id, ...]
    eliminated: tuple[Id, ...]
    rounds: tuple[Round, ...]
    lots: tuple[tuple[int, tuple[Id, ...], Id], ...]
    seed: str

    @property
    def lot_needed(self) -> bool:
        return bool(self.lots)


def instant_runoff(
    ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], *, seed: object = "", weights: Weights | None = None
) -> Runoff:
    """Counts ranked ballots (voter -> options, best first; may be partial).

    An option with more than half of the ballots that still name somebody wins; until then the lowest goes. Tie for
    lowest: out goes the one with fewest in the most recent earlier round that tells them apart; then the one with the
    lowest Borda points (unranked share the average); then one drawn by lot from `seed`, which the caller stores.
    Raises BallotError for an unsound ballot.
    """
    check_box(ballots, options, weights)
    count = _Count(ballots, options, weights)
    rounds: list[Round] = []
    eliminated: list[Id] = []
    lots: list[tuple[int, tuple[Id, ...], Id]] = []
    remaining = sorted(options)
    while True:
        votes = first_preferences(ballots, [option for option in options if option in remaining], weights)
        if not any(votes.values()):
            return Runoff(None, (), (), (), (), str(seed))
        rounds.append(Round(votes, count.total - sum(votes.values())))
        winner = majority(votes)
        if winner is not None:
            break
        lowest = count.lowest(votes, [earlier.votes for earlier in rounds[:-1]])
        out = lowest[0] if len(lowest) == 1 else drawn(lowest, seed, len(rounds))[0]
        if len(lowest) > 1:
            lots.append((len(rounds), tuple(lowest), out))
        eliminated.append(out)
        remaining.remove(out)
    possible = tuple(sorted(count.winners(tuple(sorted(options)), ()))) if lots else (winner,)
    return Runoff(winner, possible, tuple(eliminated), tuple(rounds), tuple(lots), str(seed))


def majority(votes: Mapping[Id, int]) -> Id | None:
    """The option with more than half of these votes, or None."""
    half = sum(votes.values()) / 2
    return next((option for option, number in votes.items() if number > half), None)


class _Count:
    """The ballots of one vote, and what the tie rule needs to know about them."""

    def __init__(self, ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], weights: Weights | None) -> None:
        self.ballots, self.weights = ballots, weights
        self.total = sum((weights or {}).get(voter, 1) for voter in ballots)
        self.points = borda(ballots, options, weights=weights)
        self.known: dict[object, set[Id]] = {}

    def lowest(self, votes: Mapping[Id, int], earlier: Sequence[Mapping[Id, int]]) -> list[Id]:
        """Those who could go now, in order of id; more than one only if nothing but a lot can tell them apart."""
        tied = sorted(votes)
        for measure in (votes, *reversed(earlier), self.points):
            least = min(measure[option] for option in tied)
            tied = [option for option in tied if measure[option] == least]
        return tied

    def winners(self, remaining: tuple[Id, ...], earlier: tuple[tuple[int, ...], ...]) -> set[Id]:
        """Everyone who wins under some draw of the lots. `earlier`: past rounds' votes of those who remain.

        The future depends on nothing else, so each such state is worked out once. Where those tied have no votes,
        one draw stands for all: removing an option without votes moves none.
        """
        key = (remaining, earlier)
        if key in self.known:
            return self.known[key]
        votes = first_preferences(self.ballots, remaining, self.weights)
        winner = majority(votes)
        if winner is not None:
            self.known[key] = {winner}
            return {winner}
        lowest = self.lowest(votes, [dict(zip(remaining, past, strict=True)) for past in earlier])
        history = (*earlier, tuple(votes.values()))
        found: set[Id] = set()
        for out in lowest if votes[lowest[0]] else lowest[:1]:
            kept = [position for position, option in enumerate(remaining) if option != out]
            found |= self.winners(
                tuple(remaining[position] for position in kept),
                tuple(tuple(past[position] for position in kept) for past in history),
            )
        self.known[key] = found
        return found
