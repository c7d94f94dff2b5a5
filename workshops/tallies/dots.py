"""Dot voting (`domain.md` 3.7): rank, supporters, spread, flags and the natural break."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.tallies.ballots import BallotError, Id, check_known

NARROW_PERCENT = 60
INTENSE_TENTHS = 18
BREAK_FROM, BREAK_TO = 4, 12


def default_dots(options: int) -> tuple[int, int]:
    """How many dots each person gets for this many options, and the most on one option: 25 gives (8, 3)."""
    dots = min(max(options // 3, 3), 10)
    if dots <= 2:
        return dots, 1
    return dots, 2 if dots <= 5 else 3


def check_ballot(ballot: Mapping[Id, int], options: Collection[Id], dots_each: int, max_per_option: int) -> None:
    """Raises BallotError unless the ballot (option -> dots) keeps to the rules. Unused dots are allowed."""
    check_known(ballot, options)
    if any(type(dots) is not int or dots < 0 for dots in ballot.values()):
        raise BallotError(_("Dots are whole numbers, none or more."))
    used = sum(ballot.values())
    if used > dots_each:
        text = ngettext(
            "That is %(used)s dots, and everyone has %(each)s dot.",
            "That is %(used)s dots, and everyone has %(each)s dots.",
            dots_each,
        )
        raise BallotError(text % {"used": used, "each": dots_each})
    if any(dots > max_per_option for dots in ballot.values()):
        text = ngettext("At most %(most)s dot on one option.", "At most %(most)s dots on one option.", max_per_option)
        raise BallotError(text % {"most": max_per_option})


@dataclass(frozen=True)
class Option:
    """One option's result. `rank` is shared where dots and supporters are equal.

    spread: organisations with at least one dot here. largest: the organisations that gave most, in order of id, each
    with `largest_dots`; empty when there are no dots, or none from anybody whose organisation is known.
    """

    option: Id
    dots: int
    supporters: int
    spread: int
    largest: tuple[Id, ...]
    largest_dots: int
    rank: int
    protected: bool = False

    @property
    def narrow(self) -> bool:
        """One organisation gave more than 60% of at least two dots."""
        return self.dots >= 2 and self.largest_dots * 100 > self.dots * NARROW_PERCENT

    @property
    def intense(self) -> bool:
        """A few people care a lot: at least 1.8 dots a supporter."""
        return self.supporters > 0 and self.dots * 10 >= self.supporters * INTENSE_TENTHS

    @property
    def per_supporter(self) -> float:
        return self.dots / self.supporters if self.supporters else 0.0

    @property
    def named_largest(self) -> Id | None:
        """The one organisation to name where there is room for one: of equals, the last in order of id."""
        return self.largest[-1] if self.largest else None


@dataclass(frozen=True)
class Break:
    """The largest drop between neighbours at positions 4 to 12. `after` has several positions if drops are equal."""

    drop: int
    after: tuple[int, ...]


@dataclass(frozen=True)
class Dots:
    """A whole vote. `options` are in rank order; `dots_possible` counts everyone who could have voted."""

    options: tuple[Option, ...]
    voted: int
    eligible: int
    dots: int
    dots_possible: int
    natural_break: Break

    @property
    def order(self) -> list[Id]:
        return [option.option for option in self.options]

    @property
    def narrow(self) -> list[Id]:
        return [option.option for option in self.options if option.narrow]

    @property
    def intense(self) -> list[Id]:
        return [option.option for option in self.options if option.intense]

    @property
    def suggested_to_leave_out(self) -> list[Id]:
        """Options with so few dots that multivoting practice would drop them, never a protected one. Only advice."""
        least = 2 if self.voted <= 5 else 3 if self.voted <= 15 else 4
        return [option.option for option in self.options if option.dots < least and not option.protected]


def tally(
    ballots: Mapping[Id, Mapping[Id, int]],
    options: Sequence[Id],
    organisation_of: Mapping[Id, Id],
    *,
    dots_each: int,
    max_per_option: int,
    not_voted: Collection[Id] = (),
    protected: Collection[Id] = (),
) -> Dots:
    """Counts a dot vote.

    ballots: voter -> {option: dots}. organisation_of: voter -> organisation; a voter without one counts for dots and
    supporters and not for spread. not_voted: people who could have voted and did not. protected: options that
    somebody protected ("small and vital"). Order: dots, then supporters, then option id.
    Raises BallotError for a ballot that breaks the rules, and ValueError if an option is listed twice.
    """
    if len(set(options)) != len(options):
        raise ValueError("an option is listed twice")
    given: dict[Id, Counter[Id]] = {option: Counter() for option in options}
    supporters: Counter[Id] = Counter()
    total: Counter[Id] = Counter()
    for voter, ballot in ballots.items():
        check_ballot(ballot, given.keys(), dots_each, max_per_option)
        for option, dots in ballot.items():
            if dots:
                supporters[option] += 1
                total[option] += dots
                given[option][organisation_of.get(voter)] += dots
    order = sorted(options, key=lambda option: (-total[option], -supporters[option], option))
    strengths = [(total[option], supporters[option]) for option in order]
    eligible = len(set(ballots) | set(not_voted))
    return Dots(
        options=tuple(
            _option(option, strengths, position, given[option], option in protected)
            for position, option in enumerate(order)
        ),
        voted=len(ballots),
        eligible=eligible,
        dots=sum(total.values()),
        dots_possible=eligible * dots_each,
        natural_break=natural_break([dots for dots, _supporters in strengths]),
    )


def _option(option: Id, strengths: list[tuple[int, int]], position: int, given: Counter[Id], protected: bool) -> Option:
    dots, supporters = strengths[position]
    known = {organisation: part for organisation, part in given.items() if organisation is not None}
    most = max(known.values(), default=0)
    return Option(
        option=option,
        dots=dots,
        supporters=supporters,
        spread=len(known),
        largest=tuple(sorted(organisation for organisation, part in known.items() if part == most)),
        largest_dots=most,
        rank=strengths.index((dots, supporters)) + 1,
        protected=protected,
    )


def natural_break(dots: Sequence[int]) -> Break:
    """Where to propose the line. `dots` are the options' dots, largest first; a person decides."""
    drops = {
        position: higher - lower
        for position, (higher, lower) in enumerate(pairwise(dots), start=1)
        if BREAK_FROM <= position <= BREAK_TO
    }
    drop = max(drops.values(), default=0)
    return Break(drop, tuple(position for position, size in drops.items() if size == drop and drop > 0))
