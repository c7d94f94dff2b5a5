"""Instant run-off: its ties, its lots and its end (`domain.md` 3.8)."""

from hypothesis import given
from hypothesis import strategies as st

from workshops.tallies.ranked import borda
from workshops.tallies.runoff import instant_runoff

BOX = st.dictionaries(st.integers(1, 30), st.lists(st.sampled_from("ABCDE"), unique=True), max_size=12)


def box(*lines):
    """ "42 MNCK" is 42 voters with one ballot."""
    ballots, weights = {}, {}
    for number, line in enumerate(lines):
        weight, ranks = line.split()
        ballots[number], weights[number] = list(ranks), int(weight)
    return ballots, weights


def test_of_two_lowest_the_one_that_was_lower_in_the_latest_round_that_differs_goes():
    ballots, weights = box("4 A", "3 B", "2 C", "1 DC")
    count = instant_runoff(ballots, "ABCD", weights=weights)
    # after D, B and C both have 3; C had fewer the round before
    assert count.eliminated == ("D", "C")
    assert count.lot_needed is False


def test_of_two_always_equal_the_one_with_fewer_borda_points_goes():
    ballots, weights = box("3 AB", "2 BA", "2 CA")
    assert borda(ballots, "ABC", weights=weights) == {"A": 10, "B": 7, "C": 4}
    count = instant_runoff(ballots, "ABC", weights=weights)
    assert (count.eliminated, count.winner, count.lot_needed) == (("C",), "A", False)


def test_of_two_alike_in_everything_a_lot_with_a_stored_seed_decides():
    ballots, weights = box("1 A", "1 B")
    counts = [instant_runoff(ballots, "AB", weights=weights, seed=seed) for seed in range(20)]
    assert {count.winner for count in counts} == {"A", "B"}
    for seed, count in enumerate(counts):
        assert count == instant_runoff(dict(reversed(ballots.items())), "AB", weights=weights, seed=seed)
        assert count.possible_winners == ("A", "B")
        assert count.lots == ((1, ("A", "B"), count.eliminated[0]),)
        assert count.seed == str(seed)


def test_a_lot_that_changes_nothing_leaves_one_possible_winner():
    ballots, weights = box("2 AB", "2 BA", "1 C", "1 D")
    count = instant_runoff({**ballots, 9: list("AB")}, "ABCD", weights=weights)
    assert (count.lot_needed, count.possible_winners) == (True, ("A",))


def test_without_a_single_preference_nobody_wins():
    assert instant_runoff({}, "AB").winner is None
    assert instant_runoff({"Ben": []}, "AB").winner is None


def test_the_only_option_wins_with_one_ballot():
    count = instant_runoff({"Ben": ["A"]}, "A")
    assert (count.winner, count.eliminated, len(count.rounds)) == ("A", (), 1)


@given(BOX, st.integers(0, 3))
def test_a_run_off_never_loses_a_ballot_and_ends_with_a_majority(ballots, seed):
    count = instant_runoff(ballots, "ABCDE", seed=seed)
    for step in count.rounds:
        assert sum(step.votes.values()) + step.exhausted == len(ballots)
    if count.winner is None:
        assert not any(ballots.values())
    else:
        last = count.rounds[-1].votes
        assert last[count.winner] * 2 > sum(last.values())
        assert count.winner in count.possible_winners
        assert len(count.possible_winners) == 1 or count.lot_needed


@given(BOX)
def test_every_lot_that_could_be_drawn_leads_to_a_possible_winner(ballots):
    drawn = {instant_runoff(ballots, "ABCDE", seed=seed).winner for seed in range(12)}
    possible = set(instant_runoff(ballots, "ABCDE").possible_winners) or {None}
    assert drawn <= possible
