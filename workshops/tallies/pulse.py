"""The pulse (`domain.md` 3.17): the same statements on arrival and at the end, 1 to 5; never a group under five."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from workshops.tallies.agreement import distribution
from workshops.tallies.ballots import Id

FEWEST = 5


@dataclass(frozen=True)
class Answers:
    """One statement once. n, mean (1 to 5) and distribution (1 to 5 -> people); all None when fewer than five."""

    n: int | None
    mean: float | None
    distribution: dict[int, int] | None

    @property
    def suppressed(self) -> bool:
        return self.n is None


@dataclass(frozen=True)
class Change:
    """How the people who answered both times moved: n of them, and the mean difference; None when fewer than five."""

    n: int | None
    mean: float | None

    @property
    def suppressed(self) -> bool:
        return self.n is None


def answers(given: Mapping[Id, int | None]) -> Answers:
    """Counts one statement: person -> 1 to 5, None if they passed. Raises BallotError for another number."""
    numbers = [answer for answer in given.values() if answer is not None]
    counts = distribution(numbers, 1, 5)
    if len(numbers) < FEWEST:
        return Answers(None, None, None)
    return Answers(len(numbers), rounded(Fraction(sum(numbers), len(numbers))), counts)


def matched_change(before: Mapping[Id, int | None], after: Mapping[Id, int | None]) -> Change:
    """The mean of after minus before, over the people who answered both."""
    pairs = [(before.get(person), answer) for person, answer in after.items()]
    moves = [now - then for then, now in pairs if then is not None and now is not None]
    if len(moves) < FEWEST:
        return Change(None, None)
    return Change(len(moves), rounded(Fraction(sum(moves), len(moves))))


def one_words(words: Iterable[str]) -> list[tuple[str, int]]:
    """The words people gave, counted without regard to case: those said twice or more first, then the rest as said."""
    counts: Counter[str] = Counter()
    as_typed: dict[str, str] = {}
    for word in (" ".join(word.split()) for word in words):
        if word:
            counts[word.casefold()] += 1
            as_typed.setdefault(word.casefold(), word)
    order = sorted(counts, key=lambda word: -counts[word] if counts[word] > 1 else 0)
    return [(as_typed[word], counts[word]) for word in order]


def rounded(value: Fraction, places: int = 2) -> float:
    """Rounded as people round: a half goes away from zero."""
    scale = 10**places
    nearest = int(abs(value) * scale + Fraction(1, 2))
    return (nearest if value >= 0 else -nearest) / scale
