"""Interest groups: wishes first, then mixed enough to work (`domain.md` 3.20)."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.seating import Person, SeatingError, groups

PLANS = ["Waits", "SABR", "Team", "Training", "Support"]


def test_the_sample_groups_can_be_found_again_from_first_choices(sample, people):
    chosen = dict(zip(PLANS, sample["seating"][3]["tables"].values(), strict=True))
    choices = {person: [name] for name, ids in chosen.items() for person in ids}
    leads = {name: [plan["lead"]] for name, plan in zip(PLANS, sample["action_plans"], strict=True)}
    result = groups(choices, people, PLANS, can_lead=leads)
    assert {name: sorted(ids) for name, ids in result.tables.items()} == chosen
    assert (result.points, result.firsts, result.few_organisations, result.leaderless) == (72, 36, [], [])


def test_a_favourite_takes_as_many_as_it_can_and_the_rest_get_their_second(people):
    choices = {person.id: ["Waits", PLANS[1 + number % 4]] for number, person in enumerate(people)}
    result = groups(choices, people, PLANS)
    assert (result.firsts, result.seconds, result.neither) == (8, 28, 0)
    assert len(result.tables["Waits"]) == 8
    assert {len(ids) for ids in result.tables.values()} <= {5, 6, 7, 8}


def test_people_who_chose_nothing_fill_the_groups_that_need_them(people):
    choices = {person.id: ["Waits", "SABR"] for person in people[:16]}
    result = groups(choices, people, PLANS)
    assert result.points == 8 * 2 + 8
    assert min(len(ids) for ids in result.tables.values()) >= 5


def test_a_group_from_one_organisation_is_mixed_at_the_least_cost():
    people = [Person(number, organisation="north" if number < 10 else f"other {number % 4}") for number in range(20)]
    choices = {number: ["A", "B"] if number < 10 else ["B", "A"] for number in range(20)}
    result = groups(choices, people, ["A", "B"], cap=10, floor=10)
    assert result.few_organisations == []
    # two exchanges: two from each side get their second choice
    assert (result.firsts, result.seconds) == (16, 4)


def test_a_group_gets_somebody_who_can_lead_it(people):
    choices = {person.id: [PLANS[number % 5]] for number, person in enumerate(people)}
    result = groups(choices, people, PLANS, can_lead={"Waits": ["p02"], "SABR": ["p01", "p03"]})
    assert "p02" in result.tables["Waits"]
    assert {"p01", "p03"} & set(result.tables["SABR"])
    assert result.leaderless == []


def test_a_group_that_nobody_present_can_lead_is_named(people):
    choices = {person.id: [PLANS[number % 5]] for number, person in enumerate(people)}
    assert groups(choices, people, PLANS, can_lead={"Team": ["p99"]}).leaderless == ["Team"]


def test_sizes_that_cannot_work_out_are_refused(people):
    with pytest.raises(SeatingError) as refused:
        groups({}, people, [*PLANS, "A", "B", "C"])
    assert str(refused.value) == "36 people cannot make 8 groups of 5 to 8."
    with pytest.raises(SeatingError):
        groups({}, people, PLANS[:4])


CHOICE = st.permutations(["A", "B", "C"]).map(lambda names: names[:2])


@given(st.lists(CHOICE, min_size=3, max_size=7))
def test_no_division_of_the_same_sizes_gives_more_points(wishes):
    people = [Person(number, organisation=number % 3) for number in range(len(wishes))]
    choices = dict(enumerate(wishes))
    result = groups(choices, people, ["A", "B", "C"], cap=3, floor=1, organisations=1)
    best = 0
    for division in product("ABC", repeat=len(wishes)):
        if all(1 <= division.count(name) <= 3 for name in "ABC"):
            worth = [
                2 if name == wish[0] else 1 if name == wish[1] else 0
                for name, wish in zip(division, wishes, strict=True)
            ]
            best = max(best, sum(worth))
    assert result.points == best
    assert result.points == 2 * result.firsts + result.seconds
    assert result.firsts + result.seconds + result.neither == len(wishes)
