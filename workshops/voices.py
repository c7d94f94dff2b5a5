"""Whether all voices contribute (`domain.md` 4.1). Prompts for a facilitator, never a league table.

Pure functions over counts that the caller made: `counts` is person -> number of written contributions, with everyone
present in it, also at 0. No figure is given for fewer than five people, and none that subtraction would give away.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

Id: TypeAlias = Any

FEWEST = 5
EVEN_FROM, EVEN_TO = Fraction(8, 10), Fraction(125, 100)
TARGET_PERCENT = 90


@dataclass(frozen=True)
class Coverage:
    """people with at least one contribution, of those present; share from 0 to 1. None when fewer than five present."""

    people: int | None
    present: int
    share: float | None

    @property
    def on_target(self) -> bool:
        """At least 90%, the target for ideas and votes."""
        return self.share is not None and self.share * 100 >= TARGET_PERCENT


def coverage(contributors: Iterable[Hashable], present: Collection[Hashable]) -> Coverage:
    """How many of those present contributed. contributors: person ids, repeats allowed, also of people who left."""
    people = len(set(contributors) & set(present))
    if len(present) < FEWEST:
        return Coverage(None, len(present), None)
    return Coverage(people, len(present), people / len(present))


@dataclass(frozen=True)
class Gini:
    """0 = everyone contributed equally. `small_sample` is the form corrected for few people: g x n / (n - 1)."""

    g: float
    small_sample: float


def gini(counts: Sequence[int]) -> Gini | None:
    """Gini coefficient of whole numbers of contributions, one a person; None with fewer than two or nothing said."""
    n, total = len(counts), sum(counts)
    if n < 2 or not total:
        return None
    ranked = sum(rank * number for rank, number in enumerate(sorted(counts), start=1))
    g = Fraction(2 * ranked, n * total) - Fraction(n + 1, n)
    return Gini(float(g), float(g * n / (n - 1)))


@dataclass(frozen=True)
class Share:
    """One group's part. people and contributions are counts; ratio is share of contributions over share of people."""

    group: Id
    people: int
    contributions: int
    people_percent: int
    contributions_percent: int
    ratio: float
    merged: tuple[Id, ...] = ()

    @property
    def even(self) -> bool:
        return EVEN_FROM <= Fraction(self.ratio) <= EVEN_TO

    @property
    def quiet(self) -> bool:
        return Fraction(self.ratio) < EVEN_FROM


def shares(counts: Mapping[Id, int], group_of: Mapping[Id, Id]) -> dict[Id, Share]:
    """Group -> its share, every group however small: for arithmetic and tests. To show anything, use `balance`.

    Empty if nobody contributed. A person missing from `group_of` belongs to the group None.
    """
    groups: dict[Id, list[int]] = {}
    for person, number in counts.items():
        groups.setdefault(group_of.get(person), []).append(number)
    if not sum(counts.values()):
        return {}
    return {group: _share(group, numbers, counts.values()) for group, numbers in groups.items()}


def balance(counts: Mapping[Id, int], group_of: Mapping[Id, Id], other: Id = "other") -> list[Share]:
    """What may be shown: groups of five or more, largest first, then the smaller ones together as `other`.

    If the small ones together are still fewer than five, the smallest of the larger groups joins them, so that they
    cannot be found by subtraction. Empty when nobody contributed, or when fewer than five people are present.
    """
    if len(counts) < FEWEST:
        return []
    by_size = sorted(shares(counts, group_of).values(), key=lambda share: -share.people)
    shown = [share for share in by_size if share.people >= FEWEST and share.group is not None]
    hidden = [share for share in by_size if share not in shown]
    while hidden and shown and sum(share.people for share in hidden) < FEWEST:
        hidden.append(shown.pop())
    if not hidden:
        return shown
    merged = tuple(share.group for share in hidden)
    numbers = [number for person, number in counts.items() if group_of.get(person) in merged]
    return [*shown, _share(other, numbers, counts.values(), merged)]


def _share(group: Id, numbers: Sequence[int], everyone: Collection[int], merged: tuple[Id, ...] = ()) -> Share:
    people = Fraction(len(numbers), len(everyone))
    contributions = Fraction(sum(numbers), sum(everyone))
    return Share(
        group=group,
        people=len(numbers),
        contributions=sum(numbers),
        people_percent=percent(people),
        contributions_percent=percent(contributions),
        ratio=float(contributions / people),
        merged=merged,
    )


def prompt(share: Share, label: str, what: str) -> str:
    """The sentence for the facilitator when a group is quiet or loud; empty when it is about even."""
    if share.even:
        return ""
    facts = {
        "group": label,
        "people": share.people_percent,
        "part": share.contributions_percent,
        "what": what,
    }
    if share.quiet:
        return _("%(group)s: %(people)s%% of the people and %(part)s%% of the %(what)s. Who could be asked?") % facts
    return _("%(group)s: %(people)s%% of the people and %(part)s%% of the %(what)s. Who else has a view?") % facts


def words_in_outputs(outputs: Mapping[Id, Collection[Id]]) -> int:
    """How many people's words are in the final outputs: output -> the people its thread leads back to."""
    return len({person for people in outputs.values() for person in people})


def percent(share: Fraction) -> int:
    """A share from 0 to 1 as a whole percentage, a half rounded up."""
    return int(share * 100 + Fraction(1, 2))
