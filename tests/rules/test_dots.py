"""Dot voting, against the sample day (`domain.md` 3.7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.tallies import BallotError, dots
from workshops.tallies.ballots import order_for


def counted(vote, organisation_of):
    return dots.tally(
        vote["ballots"],
        vote["options"],
        organisation_of,
        dots_each=vote["dots_each"],
        max_per_option=vote["max_per_option"],
        not_voted=vote.get("not_voted", ()),
    )


def turnout(result):
    return {
        "voted": result.voted,
        "eligible": result.eligible,
        "dots": result.dots,
        "dots_possible": result.dots_possible,
    }


@pytest.mark.parametrize(
    ("options", "each", "most"),
    [
        (6, 3, 2), (8, 3, 2), (10, 3, 2), (12, 4, 2), (15, 5, 2), (20, 6, 3), (25, 8, 3), (30, 10, 3), (40, 10, 3),
        (1, 3, 2),
    ],
)  # fmt: skip
def test_everyone_gets_a_third_as_many_dots_as_there_are_options(options, each, most):
    assert dots.default_dots(options) == (each, most)


def test_the_values_vote_of_the_sample_day(votes, organisation_of, expected):
    result = counted(votes["vote_values"], organisation_of)
    seen = {option.option: [option.dots, option.supporters, option.spread] for option in result.options}
    assert seen == expected["vote_values"]
    assert turnout(result) == {**expected["vote_values_turnout"], "dots_possible": 108}
    # equal on dots and supporters share the first rank, and stand in order of id
    assert [(option.option, option.rank) for option in result.options][:3] == [("vc1", 1), ("vc6", 1), ("vc2", 3)]


def test_the_priorities_vote_of_the_sample_day(votes, organisation_of, expected):
    result = counted(votes["vote_priorities"], organisation_of)
    seen = {
        option.option: [
            option.dots,
            option.supporters,
            option.spread,
            option.named_largest,
            option.largest_dots,
        ]
        for option in result.options
    }
    assert list(seen.items()) == list(expected["vote_priorities"].items())
    assert turnout(result) == expected["vote_priorities_turnout"]
    assert result.narrow == expected["vote_priorities_flags"]["single_organisation_over_60_percent"]


def test_the_line_is_proposed_where_the_largest_drop_is(votes, organisation_of, expected):
    result = counted(votes["vote_priorities"], organisation_of)
    assert result.natural_break == dots.Break(5, (10,))
    assert result.order[:10] == expected["vote_priorities_shortlist"]


def test_several_equal_drops_are_all_proposed_and_no_drop_proposes_none():
    assert dots.natural_break([9, 9, 9, 9, 6, 6, 3, 3]) == dots.Break(3, (4, 6))
    assert dots.natural_break([50, 1, 1, 1, 1, 1]) == dots.Break(0, ())
    # position 13 is past the places where a line makes sense
    assert dots.natural_break([5] * 13 + [1]) == dots.Break(0, ())


def test_equally_large_organisations_are_all_named():
    result = dots.tally(
        {"Ada": {"oak": 1}, "Ben": {"oak": 1}, "Chi": {"oak": 1}},
        ["oak"],
        {"Ada": "south", "Ben": "north"},
        dots_each=3,
        max_per_option=2,
    )
    [oak] = result.options
    assert (oak.largest, oak.largest_dots, oak.spread, oak.supporters) == (("north", "south"), 1, 2, 3)
    assert oak.narrow is False


def test_six_dots_of_ten_are_not_narrow_and_seven_are():
    def option(largest):
        return dots.Option("oak", 10, 8, 3, ("south",), largest, 1)

    assert (option(6).narrow, option(7).narrow) == (False, True)


def test_nine_dots_from_five_people_are_intense_and_seventeen_from_ten_are_not():
    assert dots.Option("oak", 9, 5, 3, (), 0, 1).intense is True
    assert dots.Option("oak", 17, 10, 3, (), 0, 1).intense is False
    assert dots.Option("oak", 0, 0, 0, (), 0, 1).intense is False


def test_a_protected_option_is_never_suggested_for_leaving_out():
    result = dots.tally(
        {"Ada": {"oak": 2}}, ["ash", "fern", "oak"], {}, dots_each=3, max_per_option=2, protected=["fern"]
    )
    assert result.suggested_to_leave_out == ["ash"]


@pytest.mark.parametrize(
    ("ballot", "message"),
    [
        ({"oak": 2, "ash": 2}, "That is 4 dots, and everyone has 3 dots."),
        ({"oak": 3}, "At most 2 dots on one option."),
        ({"elm": 1}, "“elm” is not one of the options of this vote."),
        ({"oak": -1}, "Dots are whole numbers, none or more."),
        ({"oak": True}, "Dots are whole numbers, none or more."),
        ({"oak": 1.5}, "Dots are whole numbers, none or more."),
    ],
)
def test_a_ballot_that_breaks_the_rules_is_refused_in_plain_words(ballot, message):
    with pytest.raises(BallotError) as refused:
        dots.check_ballot(ballot, ["oak", "ash"], 3, 2)
    assert str(refused.value) == message


def test_unused_dots_are_allowed():
    dots.check_ballot({}, ["oak"], 3, 2)
    dots.check_ballot({"oak": 0}, ["oak"], 3, 2)


def test_each_voter_sees_the_options_in_an_order_of_their_own_that_stays():
    options = [f"t{number:02}" for number in range(25)]
    ben = order_for(options, "Ben", 41)
    assert ben == order_for(list(reversed(options)), "Ben", 41)
    assert sorted(ben) == options
    assert len({tuple(order_for(options, voter, 41)) for voter in range(36)}) == 36
    assert order_for(options, "Ben", 42) != ben


BALLOTS = st.dictionaries(
    st.integers(1, 40), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 2), max_size=4), max_size=40
)


@given(BALLOTS)
def test_no_dot_is_lost_and_no_supporter_counted_twice(ballots):
    result = dots.tally(ballots, list("abcdef"), {voter: voter % 5 for voter in ballots}, dots_each=8, max_per_option=2)
    assert sum(option.dots for option in result.options) == sum(sum(ballot.values()) for ballot in ballots.values())
    for option in result.options:
        assert option.spread <= option.supporters <= option.dots
        assert option.supporters == sum(ballot.get(option.option, 0) > 0 for ballot in ballots.values())


@given(BALLOTS)
def test_ranks_fall_with_dots_then_supporters(ballots):
    result = dots.tally(ballots, list("abcdef"), {}, dots_each=8, max_per_option=2)
    for option in result.options:
        better = [(other.dots, other.supporters) > (option.dots, option.supporters) for other in result.options]
        assert option.rank == sum(better) + 1
