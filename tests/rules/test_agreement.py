"""Gradients of agreement, fist to five, criteria scoring, impact and effort, and the pulse."""

import pytest

from workshops.tallies import BallotError, pulse
from workshops.tallies.agreement import GoodEnough, fist_to_five, gradients
from workshops.tallies.criteria import impact_effort, weighted
from workshops.tallies.recount import recount


@pytest.mark.parametrize("vote", ["vote_purpose_v1", "vote_purpose_v2", "vote_priority_set"])
def test_the_gradients_of_the_sample_day(votes, expected, vote):
    assert gradients(votes[vote]["ballots"]).distribution == expected["gradients"][vote]


def test_the_first_purpose_was_good_enough_and_the_second_better(votes):
    # 29 of 36 at 1 to 3 is 80.6%; one at 6 and one at 7 is 5.6%
    assert gradients(votes["vote_purpose_v1"]["ballots"]).good_enough is True
    assert gradients(votes["vote_purpose_v2"]["ballots"]).good_enough is True


@pytest.mark.parametrize(
    ("answers", "rule", "good_enough"),
    [
        ([1] * 7 + [5] * 3, "high_stakes", True),
        ([1] * 69 + [5] * 31, "high_stakes", False),
        ([1] * 9 + [6], "high_stakes", True),
        ([1] * 8 + [6, 7], "high_stakes", False),
        ([1] * 9 + [8], "high_stakes", False),
        ([4] * 7 + [5] * 3, "high_stakes", False),
        ([4] * 7 + [5] * 3, "everyday", True),
        ([1] * 7 + [7] * 3, "everyday", True),
        ([1] * 6 + [5] * 4, "everyday", False),
        ([], "everyday", False),
    ],
)
def test_good_enough_is_a_rule_and_not_a_feeling(answers, rule, good_enough):
    assert gradients(dict(enumerate(answers)), rule=rule).good_enough is good_enough


def test_a_block_that_the_room_has_heard_no_longer_stops_it():
    ballots = {"Ada": 1, "Ben": 2, "Chi": 3, "Dee": 8}
    assert gradients(ballots).unheard == ("Dee",)
    assert gradients(ballots).good_enough is False
    assert gradients(ballots, heard_at_8=["Dee"]).good_enough is True


def test_the_facilitator_may_set_another_rule():
    strict = GoodEnough(support_to=2, support_percent=100, against_percent=0)
    assert gradients({"Ada": 1, "Ben": 3}, rule=strict).good_enough is False
    assert gradients({"Ada": 1, "Ben": 2}, rule=strict).good_enough is True


@pytest.mark.parametrize("answer", [0, 9, 2.5, True, "3"])
def test_only_the_eight_levels_can_be_chosen(answer):
    with pytest.raises(BallotError, match="Choose a whole number from 1 to 8"):
        gradients({"Ben": answer})


def test_the_fists_of_the_sample_day(votes, expected):
    result = fist_to_five(votes["vote_plan"]["ballots"])
    assert result.distribution == expected["fist_to_five"]["vote_plan"]
    assert (result.answers, result.good_enough) == (34, True)


def test_one_fist_under_three_is_heard_first():
    assert fist_to_five({"Ada": 5, "Ben": 2}).good_enough is False
    assert fist_to_five({}).good_enough is False


def test_the_criteria_of_the_sample_day(sample, expected):
    scoring = sample["criteria_scoring"]
    names = [criterion["id"] for criterion in scoring["criteria"]]
    weights = {criterion["id"]: criterion["weight"] for criterion in scoring["criteria"]}
    scores = {
        table: {theme: dict(zip(names, row, strict=True)) for theme, row in themes.items()}
        for table, themes in scoring["scores"].items()
    }
    results = weighted(scores, weights, list(scoring["scores"]["T1"]))
    seen = {result.theme: round(result.score, 3) for result in results}
    assert list(seen.items()) == list(expected["criteria_weighted_mean"].items())
    t01 = next(result for result in results if result.theme == "t01")
    assert (t01.low, t01.high, t01.differ, t01.missing) == (4.15, 4.85, (), ())


WEIGHTS = {"c1": 75, "c2": 25}


def test_a_missing_cell_is_the_average_of_the_other_tables_and_never_zero():
    scores = {"T1": {"t1": {"c1": 4, "c2": 2}}, "T2": {"t1": {"c1": 2, "c2": None}}}
    [theme] = weighted(scores, WEIGHTS, ["t1"])
    assert (theme.score, theme.low, theme.high) == (2.75, 2.0, 3.5)


def test_tables_that_are_three_apart_are_flagged():
    scores = {"T1": {"t1": {"c1": 5, "c2": 2}}, "T2": {"t1": {"c1": 2, "c2": 4}}}
    [theme] = weighted(scores, WEIGHTS, ["t1"])
    assert theme.differ == ("c1",)


def test_a_theme_without_any_score_for_a_criterion_waits_at_the_end():
    scores = {"T1": {"t1": {"c1": 5}, "t2": {"c1": 1, "c2": 1}}}
    assert [(theme.theme, theme.score, theme.missing) for theme in weighted(scores, WEIGHTS, ["t1", "t2", "t3"])] == [
        ("t2", 1.0, ()),
        ("t1", None, ("c2",)),
        ("t3", None, ("c1", "c2")),
    ]


@pytest.mark.parametrize(
    ("points", "quadrant"),
    [
        ([(5, 1), (4, 2), (4, 2)], "quick_win"),
        ([(5, 5), (4, 4)], "big_bet"),
        ([(1, 2)], "fill_in"),
        ([(2, 5)], "leave"),
        ([(3, 5)], "on_the_line"),
    ],
)
def test_a_theme_lies_where_the_medians_put_it(points, quadrant):
    [placed] = impact_effort({"t1": points, "nobody placed this": []})
    assert placed.quadrant == quadrant


def test_the_pulse_of_the_sample_day(sample, expected):
    given, means = sample["pulse"], expected["pulse_means"]
    column = {
        when: lambda question, when=when: {person: row[question] for person, row in given[when].items()}
        for when in ("check_in", "check_out")
    }
    for when, people in (("check_in", 35), ("check_out", 33)):
        results = [pulse.answers(column[when](question)) for question in range(len(means[when]))]
        assert [result.mean for result in results] == means[when]
        assert {result.n for result in results} == {people}
        assert all(sum(result.distribution.values()) == people for result in results)
    changes = [
        pulse.matched_change(column["check_in"](question), column["check_out"](question)) for question in range(3)
    ]
    assert [change.mean for change in changes] == means["matched_change"]
    assert {change.n for change in changes} == {32}


def test_four_answers_are_not_shown_and_five_are():
    four = {"Ada": 5, "Ben": 4, "Chi": 3, "Dee": 1, "Eve": None}
    assert pulse.answers(four) == pulse.Answers(None, None, None)
    assert pulse.matched_change(four, four) == pulse.Change(None, None)
    five = {**four, "Eve": 2}
    assert pulse.answers(five) == pulse.Answers(5, 3.0, {1: 1, 2: 1, 3: 1, 4: 1, 5: 1})
    assert pulse.matched_change(five, five) == pulse.Change(5, 0.0)


def test_words_said_twice_come_first(sample):
    assert pulse.one_words(sample["pulse"]["one_word_out"])[:3] == [("hopeful", 3), ("clear", 2), ("connected", 1)]
    assert pulse.one_words([" Open ", "tired", "TIRED", ""]) == [("tired", 2), ("Open", 1)]


RANKED = "ranked (borda, irv, schulze)"


@pytest.mark.parametrize(
    ("method", "key"), [("dots", "dots"), ("ranked", RANKED), ("irv", RANKED), ("gradients", "gradients")]
)
def test_a_recount_prints_what_the_examples_say(tally_examples, method, key):
    assert recount(method, tally_examples[key]["input"]) == tally_examples[key]["expected"]
