"""Coverage, balance and evenness, against the sample day (`domain.md` 4.1)."""

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops import voices


@pytest.fixture(scope="module")
def counts(sample):
    """Everyone's written contributions on the sample day."""
    written = Counter(
        chain(
            (story["author"] for story in sample["stories"]),
            (idea["author"] for idea in sample["value_ideas"]),
            (note["by"] for note in sample["gallery_feedback"]),
            (commitment["by"] for commitment in sample["commitments"]),
        )
    )
    return {person["id"]: written[person["id"]] for person in sample["participants"]}


@pytest.mark.parametrize(
    ("numbers", "g", "small_sample"),
    [
        ([5, 5, 5, 5], 0, 0),
        ([0, 0, 0, 20], 0.75, 1),
        ([1, 2, 3, 4], 0.25, 0.3333),
        ([0, 1, 1, 2, 8, 12], 0.5694, 0.6833),
    ],
)
def test_the_gini_fixtures(numbers, g, small_sample):
    result = voices.gini(numbers)
    assert (round(result.g, 4), round(result.small_sample, 4)) == (g, small_sample)


def test_evenness_on_the_sample_day(counts, expected):
    result = voices.gini(list(counts.values()))
    participation = expected["participation"]
    assert sum(counts.values()) == participation["total"]
    assert round(result.g, 4) == participation["gini"]
    assert round(result.small_sample, 4) == participation["gini_small_sample"]


def test_there_is_no_evenness_before_anybody_has_spoken():
    assert voices.gini([0, 0, 0]) is None
    assert voices.gini([4]) is None


def test_coverage_on_the_sample_day(sample, votes, expected):
    present = [person["id"] for person in sample["participants"]]
    contributors = {
        "story": [story["author"] for story in sample["stories"]],
        "value_idea": [idea["author"] for idea in sample["value_ideas"]],
        "values_vote": votes["vote_values"]["ballots"],
        "priorities_vote": votes["vote_priorities"]["ballots"],
        "gallery": [note["by"] for note in sample["gallery_feedback"]],
        "commitment": [commitment["by"] for commitment in sample["commitments"]],
    }
    seen = {}
    for activity, people in contributors.items():
        result = voices.coverage(people, present)
        seen[activity] = {"people": result.people, "share": round(result.share, 3)}
    assert seen == expected["participation"]["coverage"]


def test_somebody_who_has_left_does_not_count_towards_coverage():
    present = ["Ada", "Ben", "Chi", "Dee", "Eli"]
    assert voices.coverage(["Ben", "Ben", "Eve"], present) == voices.Coverage(1, 5, 0.2)
    assert voices.coverage(present, present).on_target is True


def test_coverage_of_four_people_is_not_shown():
    assert voices.coverage(["Ada"], ["Ada", "Ben", "Chi", "Dee"]) == voices.Coverage(None, 4, None)


@pytest.mark.parametrize(("key", "group"), [("by_organisation", "org"), ("by_role_group", "role_group")])
def test_each_groups_share_on_the_sample_day(sample, counts, expected, key, group):
    group_of = {person["id"]: person[group] for person in sample["participants"]}
    seen = {
        name: {"people": share.people, "contributions": share.contributions, "ratio": round(share.ratio, 2)}
        for name, share in voices.shares(counts, group_of).items()
    }
    assert seen == expected["participation"][key]


def test_groups_of_fewer_than_five_are_shown_together(counts, organisation_of):
    shown = voices.balance(counts, organisation_of)
    assert [(share.group, share.people, share.contributions) for share in shown] == [
        ("larkham", 6, 26),
        ("thornbeck", 5, 20),
        ("castlemoor", 5, 25),
        ("fenwater", 5, 21),
        ("other", 15, 70),
    ]
    assert shown[-1].merged == ("wyndale", "netteam", "alliance", "speccomm", "ppv")
    assert [voices.prompt(share, share.group, "ideas") for share in shown] == [""] * 5


def test_a_small_group_on_its_own_is_hidden_behind_the_next_larger():
    group_of = dict.fromkeys(range(8), "north") | dict.fromkeys(range(8, 14), "south") | {14: "east", 15: "east"}
    shown = voices.balance(dict.fromkeys(group_of, 1), group_of)
    assert [(share.group, share.people, share.merged) for share in shown] == [
        ("north", 8, ()),
        ("other", 8, ("east", "south")),
    ]


def test_a_room_of_four_is_told_nothing_about_its_groups():
    assert voices.balance({"Ada": 3, "Ben": 1, "Chi": 1, "Dee": 0}, {}) == []


def test_a_quiet_group_gives_a_prompt_and_not_a_ranking():
    group_of = dict.fromkeys(range(5), "coast") | dict.fromkeys(range(5, 20), "town")
    counts = dict.fromkeys(range(20), 3) | dict.fromkeys(range(5), 1)
    town, coast = voices.balance(counts, group_of)
    assert voices.prompt(coast, "Fenwater Coast", "ideas") == (
        "Fenwater Coast: 25% of the people and 10% of the ideas. Who could be asked?"
    )
    assert voices.prompt(town, "Larkham", "ideas") == ""


def test_each_person_is_counted_once_over_all_outputs():
    assert voices.words_in_outputs({"purpose": ["Ada", "Ben"], "one team": ["Ben", "Chi"], "plan": []}) == 3


GROUPED = st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abcdef")), max_size=60)


@given(GROUPED)
def test_no_shown_group_has_fewer_than_five_people_and_none_is_lost(people):
    counts = {number: count for number, (count, _group) in enumerate(people)}
    group_of = {number: group for number, (_count, group) in enumerate(people)}
    shown = voices.balance(counts, group_of)
    assert all(share.people >= 5 for share in shown)
    if shown:
        assert sum(share.people for share in shown) == len(people)
        assert sum(share.contributions for share in shown) == sum(counts.values())


@given(st.lists(st.integers(0, 50), min_size=2, max_size=50).filter(any))
def test_evenness_lies_between_nought_and_one(numbers):
    result = voices.gini(numbers)
    assert 0 <= result.g <= result.small_sample <= 1
