"""Ranked ballots (`domain.md` 3.8): their check, approval and Borda.

A ranked ballot is a list of options, best first; it may be partial, and it may be empty. `weights` (voter -> whole
number) lets one entry stand for many equal ballots; a voter without a weight counts once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.tallies.ballots import BallotError, Id, Weights, check_known, plain


def check_ballot(ballot: Sequence[Id], options: Collection[Id], max_ranks: int | None = None) -> None:
    """Raises BallotError for an unknown option, one ranked twice, or more than `max_ranks` of them."""
    check_known(ballot, options)
    if len(set(ballot)) != len(ballot):
        raise BallotError(_("Each option can be ranked once."))
    if max_ranks is not None and len(ballot) > max_ranks:
        text = ngettext("Rank at most %(most)s option.", "Rank at most %(most)s options.", max_ranks)
        raise BallotError(text % {"most": max_ranks})


def check_box(ballots: Mapping[Id, Sequence[Id]], options: Collection[Id], weights: Weights | None = None) -> None:
    """Raises BallotError unless every ballot is sound, ValueError for an option listed twice or a weight below 0."""
    if len(set(options)) != len(options):
        raise ValueError("an option is listed twice")
    if any(type(weight) is not int or weight < 0 for weight in (weights or {}).values()):
        raise ValueError("weights are whole numbers, none below 0")
    for ballot in ballots.values():
        check_ballot(ballot, options)


def approval(ballots: Mapping[Id, Iterable[Id]], options: Sequence[Id]) -> dict[Id, int]:
    """How many ballots tick each option: voter -> the ticked options. Returns option -> count, in option order."""
    counts = dict.fromkeys(options, 0)
    for ballot in ballots.values():
        ticked = set(ballot)
        check_known(ticked, counts)
        for option in ticked:
            counts[option] += 1
    return counts


def approval_of_top(ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], top: int) -> dict[Id, int]:
    """Approval from ranked ballots: being ranked in the first `top` places counts as a tick."""
    check_box(ballots, options)
    return approval({voter: ballot[:top] for voter, ballot in ballots.items()}, options)


def borda(
    ballots: Mapping[Id, Sequence[Id]],
    options: Sequence[Id],
    *,
    unranked: Literal["average", "zero"] = "average",
    weights: Weights | None = None,
) -> dict[Id, int | float]:
    """Points for each option, most first and then as on the ballot paper; say on the page which `unranked` was used.

    Of n options, rank r (from 1) gets n - r points. "average": the unranked share the mean of the points left over,
    so that a ballot always gives n(n-1)/2. "zero": they get none.
    """
    check_box(ballots, options, weights)
    points = {option: Fraction(0) for option in options}
    for voter, ballot in ballots.items():
        for option, given in ballot_points(ballot, options, unranked).items():
            points[option] += given * (weights or {}).get(voter, 1)
    order = sorted(options, key=lambda option: -points[option])
    return {option: plain(points[option]) for option in order}


def ballot_points(
    ballot: Sequence[Id], options: Sequence[Id], unranked: Literal["average", "zero"] = "average"
) -> dict[Id, Fraction]:
    """What one ballot gives to each option, in exact numbers."""
    left_over = len(options) - len(ballot)
    share = Fraction(left_over - 1, 2) if unranked == "average" else Fraction(0)
    points = dict.fromkeys(options, share)
    points.update({option: Fraction(len(options) - rank) for rank, option in enumerate(ballot, start=1)})
    return points


def first_preferences(
    ballots: Mapping[Id, Sequence[Id]], options: Sequence[Id], weights: Weights | None = None
) -> dict[Id, int]:
    """How many ballots put each of these options before the others of them. Ballots that name none count nowhere."""
    counts = dict.fromkeys(options, 0)
    for voter, ballot in ballots.items():
        first = next((option for option in ballot if option in counts), None)
        if first is not None:
            counts[first] += (weights or {}).get(voter, 1)
    return counts
