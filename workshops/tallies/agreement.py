"""Gradients of agreement and fist to five (`domain.md` 3.13). Shown as a distribution, never as an average."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.tallies.ballots import BallotError, Id

# After Sam Kaner and Community At Work, 1987; our wording.
GRADIENTS: dict[int, str | Promise] = {
    1: gettext_lazy("Full support, I would champion it"),
    2: gettext_lazy("Support, one small point"),
    3: gettext_lazy("Support with reservations, I can live with it"),
    4: gettext_lazy("Abstain, it does not affect me or I have no view"),
    5: gettext_lazy("More discussion needed, I do not understand it well enough"),
    6: gettext_lazy("I do not like it but will not hold up the group"),
    7: gettext_lazy("Serious disagreement, do not count on me"),
    8: gettext_lazy("Block"),
}
HEAR_FIRST = (8, 7, 6, 5)
FIST: dict[int, str | Promise] = {
    0: gettext_lazy("Block"),
    1: gettext_lazy("Serious concerns"),
    2: gettext_lazy("Concerns that I want heard"),
    3: gettext_lazy("I can live with it"),
    4: gettext_lazy("Good"),
    5: gettext_lazy("I will help to lead"),
}


@dataclass(frozen=True)
class GoodEnough:
    """When an answer on eight levels is good enough. Chosen before the vote and printed beside the result.

    At least `support_percent` at levels 1 to `support_to`; at most `against_percent` at 6 and 7 together, and nobody
    at 8 unheard, where `against_percent` is a number.
    """

    support_to: int
    support_percent: int = 70
    against_percent: int | None = None

    def met(self, distribution: Mapping[int, int], unheard: int = 0) -> bool:
        """Whether a distribution (level -> people) is good enough, with so many at 8 not yet heard."""
        answers = sum(distribution.values())
        support = sum(number for level, number in distribution.items() if level <= self.support_to)
        if not answers or support * 100 < answers * self.support_percent:
            return False
        if self.against_percent is None:
            return True
        against = distribution.get(6, 0) + distribution.get(7, 0)
        return against * 100 <= answers * self.against_percent and unheard == 0


RULES = {"high_stakes": GoodEnough(3, against_percent=10), "everyday": GoodEnough(4)}


@dataclass(frozen=True)
class Agreement:
    """distribution: each level -> people, every level named. unheard: voters at 8 whom the room has not heard."""

    distribution: dict[int, int]
    answers: int
    good_enough: bool
    unheard: tuple[Id, ...] = ()


def gradients(
    ballots: Mapping[Id, int], *, rule: str | GoodEnough = "high_stakes", heard_at_8: Collection[Id] = ()
) -> Agreement:
    """Counts eight-level answers: voter -> 1 to 8. rule: "high_stakes" (purpose, priorities), "everyday" or your own.

    heard_at_8: voters at 8 whose reason the room has heard. Raises BallotError for another number, KeyError for an
    unknown rule.
    """
    threshold = RULES[rule] if isinstance(rule, str) else rule
    counts = distribution(ballots.values(), 1, 8)
    unheard = tuple(sorted(voter for voter, level in ballots.items() if level == 8 and voter not in heard_at_8))
    return Agreement(counts, len(ballots), threshold.met(counts, len(unheard)), unheard)


def fist_to_five(ballots: Mapping[Id, int]) -> Agreement:
    """Counts fists: voter -> 0 to 5. Good enough if somebody answered and nobody is under 3."""
    counts = distribution(ballots.values(), 0, 5)
    return Agreement(counts, len(ballots), bool(ballots) and not any(counts[level] for level in (0, 1, 2)))


def distribution(answers: Iterable[int], least: int, most: int) -> dict[int, int]:
    """How many gave each whole number from least to most. Raises BallotError for any other answer."""
    counts = dict.fromkeys(range(least, most + 1), 0)
    for answer in answers:
        if type(answer) is not int or answer not in counts:
            raise BallotError(_("Choose a whole number from %(least)s to %(most)s.") % {"least": least, "most": most})
        counts[answer] += 1
    return counts
