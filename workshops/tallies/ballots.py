"""What all the voting methods share: the ids, the error, and plain numbers."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

# A string or a number; all of one sort within a vote, so that they can be put in order.
Id: TypeAlias = Any
Weights: TypeAlias = Mapping[Id, int]


class BallotError(ValueError):
    """A ballot that breaks the rules of its vote. Its text is for the person who cast it."""


def check_known(chosen: Iterable[Hashable], options: Iterable[Hashable]) -> None:
    """Raises BallotError if something was chosen that is not on the ballot paper."""
    known = set(options)
    for option in chosen:
        if option not in known:
            raise BallotError(_("“%(option)s” is not one of the options of this vote.") % {"option": option})


def plain(value: Fraction | int) -> int | float:
    """A whole number where it is one, otherwise a float: 194 and 190.5, as people write them."""
    return int(value) if value == int(value) else float(value)


def drawn(things: Iterable[Id], *seed: object) -> list[Id]:
    """The things in an order drawn by lot.

    The same things and seed give the same order on any machine and in any version of Python, whatever order they
    came in, so that a stored seed can be checked by anybody: it is the order of SHA-256 of "seed:thing".
    """
    start = ":".join(str(part) for part in seed)
    return sorted(things, key=lambda thing: hashlib.sha256(f"{start}:{thing}".encode()).hexdigest())


def order_for(options: Sequence[Id], voter: Id, vote: Id) -> list[Id]:
    """The options in the order in which this voter sees them: random, and the same each time (`domain.md` 3.7)."""
    return drawn(options, voter, vote)
