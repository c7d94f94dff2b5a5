"""One vote, counted again from plain data: the shapes that a file of ballots has and that the recount prints."""

from collections.abc import Mapping
from typing import Any

from workshops.tallies.agreement import gradients
from workshops.tallies.ballots import Id
from workshops.tallies.dots import tally
from workshops.tallies.ranked import borda
from workshops.tallies.runoff import instant_runoff
from workshops.tallies.schulze import schulze

Vote = Mapping[str, Any]
Result = dict[str, Any]


def recount_dots(vote: Vote) -> Result:
    """vote: options, organisation_of, dots_each, max_per_option, ballots, not_voted. Raises BallotError, KeyError."""
    result = tally(
        vote["ballots"],
        vote["options"],
        vote["organisation_of"],
        dots_each=vote["dots_each"],
        max_per_option=vote["max_per_option"],
        not_voted=vote.get("not_voted", ()),
    )
    by_option = {
        option.option: {
            "dots": option.dots,
            "supporters": option.supporters,
            "spread": option.spread,
            "rank": option.rank,
            "largest": list(option.largest),
            "largest_dots": option.largest_dots,
        }
        for option in result.options
    }
    return {
        "options": {option: by_option[option] for option in vote["options"]},
        "order": result.order,
        "narrow": result.narrow,
        "intense": result.intense,
        "natural_break": {"drop": result.natural_break.drop, "after_position": list(result.natural_break.after)},
    }


def recount_ranked(vote: Vote) -> Result:
    """vote: options, ballots, and perhaps weights and seed (for lots). Raises BallotError, KeyError."""
    options, ballots, weights = vote["options"], vote["ballots"], vote.get("weights")
    runoff = instant_runoff(ballots, options, seed=vote.get("seed", ""), weights=weights)
    order = schulze(ballots, options, weights=weights)
    return {
        "borda": {
            "average": borda(ballots, options, weights=weights),
            "zero": borda(ballots, options, unranked="zero", weights=weights),
        },
        "irv": {
            "winner": runoff.winner,
            "possible_winners": list(runoff.possible_winners),
            "lot_needed": runoff.lot_needed,
            "eliminated": list(runoff.eliminated),
            "rounds": [votes_and_exhausted(step.votes, step.exhausted) for step in runoff.rounds],
        },
        "schulze": {"beats": order.beats, "groups": [list(group) for group in order.groups]},
    }


def votes_and_exhausted(votes: Mapping[Id, int], exhausted: int) -> dict[Id, int]:
    return {**votes, "exhausted": exhausted}


def recount_gradients(vote: Vote) -> Result:
    """vote: ballots, rule ("high_stakes" or "everyday"), heard_at_8. Raises BallotError, KeyError."""
    result = gradients(vote["ballots"], rule=vote.get("rule", "high_stakes"), heard_at_8=vote.get("heard_at_8", ()))
    counts = {str(level): number for level, number in result.distribution.items()}
    return {"distribution": counts, "good_enough": result.good_enough}


METHODS = {"dots": recount_dots, "ranked": recount_ranked, "gradients": recount_gradients} | dict.fromkeys(
    ("borda", "irv", "schulze"), recount_ranked
)


def recount(method: str, vote: Vote) -> Result:
    """Counts a vote by "dots", "ranked" (also "borda", "irv", "schulze": all three are told) or "gradients".

    Returns plain data, ready for JSON. Raises KeyError for an unknown method or a missing part, BallotError for a
    ballot that breaks the vote's rules.
    """
    return METHODS[method](vote)
