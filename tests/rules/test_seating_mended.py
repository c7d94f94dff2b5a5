"""Later rounds, after somebody came or did not come (`domain.md` 3.20)."""

import pytest

from workshops.seating import Person, mend, mix

SIX = [f"T{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def plan(people):
    return mix(people, SIX, 3, steps=20_000)


def test_a_walk_in_joins_a_smallest_table_and_nobody_else_moves(plan, people):
    here = [*people[:35], Person("p37", "larkham", "nurse")]
    mended = mend(plan.rounds, here)
    assert mended.moved == [[], [], []]
    for before, after in zip(plan.rounds, mended.plan.rounds, strict=True):
        for label in SIX:
            assert set(before[label]) - {"p36"} == set(after[label]) - {"p37"}
    assert mended.plan.score.keeps_hard_rules is True


def test_when_several_stay_away_as_few_as_possible_move(plan, people):
    gone = set(plan.rounds[0]["T1"][:3])
    mended = mend(plan.rounds, [person for person in people if person.id not in gone])
    assert mended.plan.score.keeps_hard_rules is True
    # T1 is left with three of 33, so two come over from tables of six; who stayed away sat apart later
    assert [len(moved) for moved in mended.moved] == [2, 0, 0]


def test_a_table_that_lost_its_only_host_gets_one():
    people = [Person(number, can_host=number in (0, 4, 5)) for number in range(8)]
    tables = {"A": [0, 1, 2, 3], "B": [4, 5, 6, 7]}
    mended = mend([tables], people[1:])
    assert mended.plan.score.keeps_hard_rules is True
    assert len(mended.moved[0]) == 2
