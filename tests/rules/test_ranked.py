"""Approval, Borda, run-off and Schulze, against the fixtures of `domain.md` 3.8 and the sample day."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.tallies import BallotError
from workshops.tallies.ranked import (
    approval,
    approval_of_top,
    ballot_points,
    borda,
    check_ballot,
    first_preferences,
)
from workshops.tallies.recount import votes_and_exhausted
from workshops.tallies.runoff import instant_runoff
from workshops.tallies.schulze import schulze


def box(*lines):
    """ "42 MNCK" is 42 voters with one ballot."""
    ballots, weights = {}, {}
    for number, line in enumerate(lines):
        weight, ranks = line.split()
        ballots[number], weights[number] = list(ranks), int(weight)
    return ballots, weights


TENNESSEE = box("42 MNCK", "26 NCKM", "15 CKNM", "17 KCNM")
FORTY_FIVE = box("5 ACBED", "5 ADECB", "8 BEDAC", "3 CABED", "7 CAEBD", "2 CBADE", "7 DCEBA", "8 EBADC")


def test_tennessee():
    ballots, weights = TENNESSEE
    assert borda(ballots, "MNCK", weights=weights) == {"N": 194, "C": 173, "M": 126, "K": 107}
    count = instant_runoff(ballots, "MNCK", weights=weights)
    assert (count.winner, count.eliminated, count.rounds[-1].votes) == ("K", ("C", "N"), {"M": 42, "K": 58})
    assert schulze(ballots, "MNCK", weights=weights).order == list("NCKM")


def test_the_forty_five_voters():
    ballots, weights = FORTY_FIVE
    order = schulze(ballots, "ABCDE", weights=weights)
    assert order.beats == {"E": 4, "A": 3, "C": 2, "B": 1, "D": 0}
    strengths = {"AB": 28, "AC": 28, "AD": 30, "AE": 24, "BD": 33, "ED": 31, "EB": 28}
    assert {pair: order.paths[tuple(pair)] for pair in strengths} == strengths
    assert borda(ballots, "ABCDE", weights=weights) == {"E": 102, "A": 98, "B": 92, "C": 89, "D": 69}
    count = instant_runoff(ballots, "ABCDE", weights=weights)
    assert (count.winner, sorted(count.rounds[-1].votes.values())) == ("C", [21, 24])


def test_weights_say_the_same_as_writing_each_ballot_out():
    ballots, weights = FORTY_FIVE
    all_written = [ballots[number] for number in ballots for _each in range(weights[number])]
    written = dict(enumerate(all_written))
    assert borda(written, "ABCDE") == borda(ballots, "ABCDE", weights=weights)
    assert schulze(written, "ABCDE") == schulze(ballots, "ABCDE", weights=weights)
    assert instant_runoff(written, "ABCDE") == instant_runoff(ballots, "ABCDE", weights=weights)


def test_partial_ballots():
    ballots, weights = box("3 A", "2 BC", "2 CB")
    assert borda(ballots, "ABC", weights=weights) == {"B": 7.5, "C": 7.5, "A": 6}
    assert borda(ballots, "ABC", unranked="zero", weights=weights) == {"A": 6, "B": 6, "C": 6}
    order = schulze(ballots, "ABC", weights=weights)
    assert order.groups == (("B", "C"), ("A",))
    assert order.ranks == {"B": 1, "C": 1, "A": 3}
    assert (order.paths["B", "A"], order.paths["A", "B"]) == (4, 0)


def test_the_ranked_shortlist_of_the_sample_day(votes, expected):
    vote, result = votes["vote_shortlist_ranked"], expected["ranked_shortlist"]
    ballots, options = vote["ballots"], vote["options"]
    assert first_preferences(ballots, options) == result["first_preferences"]
    assert approval_of_top(ballots, options, 5) == result["approval_top5"]
    assert borda(ballots, options) == result["borda_average"]
    assert list(borda(ballots, options)) == result["borda_average_order"]
    assert borda(ballots, options, unranked="zero") == result["borda_zero"]
    count = instant_runoff(ballots, options)
    rounds = [votes_and_exhausted(step.votes, step.exhausted) for step in count.rounds]
    assert rounds == result["instant_runoff_rounds"]
    assert (count.winner, count.lot_needed) == (result["instant_runoff_winner"], False)
    order = schulze(ballots, options)
    assert (order.order, order.beats) == (result["schulze_order"], result["schulze_beats"])


def test_the_purpose_drafts_of_the_sample_day_have_two_winners(votes, expected):
    vote, result = votes["vote_purpose_draft_ranked"], expected["ranked_purpose_drafts"]
    ballots, options = vote["ballots"], vote["options"]
    points = borda(ballots, options)
    assert points == result["borda_average"]
    count = instant_runoff(ballots, options)
    rounds = [votes_and_exhausted(step.votes, step.exhausted) for step in count.rounds]
    assert rounds == result["instant_runoff_rounds"]
    assert schulze(ballots, options).order == result["schulze_order"]
    assert (next(iter(points)), count.winner) == ("pd1", result["instant_runoff_winner"])


def test_approval_counts_each_person_once_an_option():
    assert approval({"Ben": ["A", "A", "B"], "Chi": ["B"]}, "ABC") == {"A": 1, "B": 2, "C": 0}


@pytest.mark.parametrize(
    ("ballot", "message"),
    [
        (["A", "A"], "Each option can be ranked once."),
        (["Z"], "“Z” is not one of the options of this vote."),
        (["A", "B", "C", "D"], "Rank at most 3 options."),
    ],
)
def test_a_ballot_that_breaks_the_rules_is_refused_in_plain_words(ballot, message):
    with pytest.raises(BallotError) as refused:
        check_ballot(ballot, "ABCD", max_ranks=3)
    assert str(refused.value) == message


BALLOT = st.lists(st.sampled_from("ABCDE"), unique=True)
BOX = st.dictionaries(st.integers(1, 30), BALLOT, max_size=12)


@given(BALLOT)
def test_every_ballot_gives_the_same_sum_of_borda_points(ballot):
    assert sum(ballot_points(ballot, "ABCDE").values()) == comb(5, 2)


@given(BOX)
def test_borda_points_add_up_over_the_room(ballots):
    assert sum(borda(ballots, "ABCDE").values()) == comb(5, 2) * len(ballots)


@given(BOX)
def test_schulze_puts_an_option_that_beats_all_others_first(ballots):
    order = schulze(ballots, "ABCDE")
    for option in "ABCDE":
        wins = all(
            sum(_above(ballot, option, other) for ballot in ballots.values())
            > sum(_above(ballot, other, option) for ballot in ballots.values())
            for other in "ABCDE"
            if other != option
        )
        if wins:
            assert order.groups[0] == (option,)


def _above(ballot, one, other):
    return one in ballot and (other not in ballot or ballot.index(one) < ballot.index(other))
