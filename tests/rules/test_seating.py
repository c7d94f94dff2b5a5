"""Mixed tables: what holds by construction, and what the sample room asks for (`domain.md` 3.20)."""

from collections import Counter
from itertools import combinations

import pytest

from workshops.seating import Person, SeatingError, Wishes, in_words, mix, score

SIX = [f"T{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def plan(people):
    return mix(people, SIX, 3)


def strangers(count):
    return [Person(number, organisation=number % 9, role_group=number % 7) for number in range(count)]


def labels(count):
    return [f"T{number}" for number in range(1, count + 1)]


def meetings(rounds):
    return Counter(frozenset(pair) for tables in rounds for ids in tables.values() for pair in combinations(ids, 2))


def test_the_printed_plan_of_the_sample_day_scores_as_expected(sample, people, expected):
    printed = [round_["tables"] for round_ in sample["seating"][:3]]
    result = score(printed, people)
    assert {key: getattr(result, key) for key in expected["seating"]} == expected["seating"]
    assert (result.keeps_hard_rules, result.cost) == (True, 24)
    assert in_words(result) == [
        "Nobody meets twice.",
        "No table has two people from one organisation.",
        "2 tables have people with the same role.",
    ]


def test_thirty_six_people_meet_nobody_twice_in_three_rounds(plan, people):
    assert set(meetings(plan.rounds).values()) == {1}
    for tables in plan.rounds:
        assert list(tables) == SIX
        assert sorted(person for ids in tables.values() for person in ids) == [person.id for person in people]
        assert {len(ids) for ids in tables.values()} == {6}


def test_the_sample_room_mixes_organisations_at_every_table(plan):
    assert plan.score.keeps_hard_rules is True
    assert plan.score.same_organisation_pairs == 0
    assert plan.words[:2] == ["Nobody meets twice.", "No table has two people from one organisation."]


def test_whoever_needs_the_loop_sits_near_it_in_every_round(plan):
    assert all("p36" in tables["T1"] + tables["T2"] for tables in plan.rounds)


def test_every_table_has_a_host_who_can_and_the_turns_are_shared(plan):
    chosen = [person for hosts in plan.hosts for person in hosts.values()]
    for tables, hosts in zip(plan.rounds, plan.hosts, strict=True):
        assert all(hosts[label] in ids for label, ids in tables.items())
    assert "p11" not in chosen
    assert max(Counter(chosen).values()) == 1


def test_the_same_seed_gives_the_same_plan(people):
    assert mix(people, SIX, 3, seed=4, steps=5_000) == mix(people, SIX, 3, seed=4, steps=5_000)


@pytest.mark.parametrize(
    ("count", "tables", "rounds"),
    [(40, 7, 3), (40, 8, 3), (31, 6, 3), (35, 6, 3), (30, 6, 3), (25, 5, 6), (100, 10, 3), (140, 18, 8), (7, 3, 3)],
)
def test_nobody_meets_twice_where_tables_are_no_larger_than_they_are_many(count, tables, rounds):
    result = mix(strangers(count), labels(tables), rounds, steps=2_000, runs=1)
    assert (result.score.repeat_pairs, result.score.keeps_hard_rules) == (0, True)
    assert len(result.rounds) == rounds


def test_a_hall_of_a_hundred_and_forty_in_eight_runs():
    result = mix(strangers(140), labels(18), 3, runs=8, steps=80_000)
    assert (result.score.repeat_pairs, result.score.keeps_hard_rules) == (0, True)
    assert {len(ids) for tables in result.rounds for ids in tables.values()} == {7, 8}


def test_seven_people_at_two_tables_have_to_meet_again_and_are_told():
    result = mix([Person(number) for number in range(7)], ["A", "B"], 3, steps=5_000)
    assert result.score.keeps_hard_rules is True
    # four of seven cannot be spread over two tables without repeats; this is the least there is
    assert result.score.repeat_pairs == 9
    assert result.words[0] == "9 pairs meet more than once."


def test_one_table_is_everybody():
    result = mix([Person("Ada"), Person("Ben")], ["A"], 2, steps=100)
    assert result.rounds == [{"A": ["Ada", "Ben"]}] * 2
    assert result.hosts == [{"A": "Ada"}, {"A": "Ben"}]


def test_those_who_must_be_apart_never_share_a_table():
    wishes = Wishes(apart=((0, 1), (0, 2), (3, 4)))
    result = mix(strangers(36), SIX, 3, wishes=wishes, steps=20_000)
    assert (result.score.apart_pairs, result.score.repeat_pairs) == (0, 0)


def test_those_who_asked_to_sit_together_do_and_it_is_no_repeat():
    result = mix(strangers(24), labels(4), 3, wishes=Wishes(together=((0, 5),)), steps=20_000)
    assert result.score.separated == 0
    assert all(any({0, 5} <= set(ids) for ids in tables.values()) for tables in result.rounds)


def test_a_manager_and_their_report_sit_apart():
    people = [Person(number, manager=0 if number in (1, 2, 3) else None) for number in range(16)]
    result = mix(people, labels(4), 3, steps=20_000)
    assert (result.score.manager_pairs, result.score.repeat_pairs) == (0, 0)


def test_a_new_voice_has_a_briefed_neighbour():
    people = [Person(number, new_voice=number < 2, briefed=8 <= number < 12) for number in range(24)]
    result = mix(people, labels(5), 3, steps=20_000)
    assert result.score.lonely_new_voices == 0


def test_people_who_both_need_one_table_may_meet_again_for_it():
    people = [Person(number, tables=frozenset(["T1"]) if number < 2 else frozenset()) for number in range(16)]
    result = mix(people, labels(4), 3, steps=20_000)
    assert (result.score.misplaced, result.score.keeps_hard_rules) == (0, True)
    assert all({0, 1} <= set(tables["T1"]) for tables in result.rounds)


def test_four_people_share_the_two_tables_with_a_loop_without_meeting_twice():
    people = [Person(number, tables=frozenset(["T1", "T2"]) if number < 4 else frozenset()) for number in range(36)]
    result = mix(people, SIX, 3, steps=20_000)
    assert (result.score.misplaced, result.score.repeat_pairs) == (0, 0)


def test_the_few_who_can_host_are_spread_over_the_tables():
    people = [Person(number, can_host=number < 6) for number in range(36)]
    result = mix(people, SIX, 3, steps=20_000)
    assert (result.score.hostless, result.score.repeat_pairs) == (0, 0)


def test_too_few_hosts_are_said_and_not_hidden():
    result = mix([Person(number, can_host=number < 3) for number in range(16)], labels(4), 1, steps=2_000)
    assert (result.score.hostless, result.words[0]) == (1, "1 table has nobody who can host.")
    assert len(result.hosts[0]) == 3


def test_rounds_that_were_sat_count_as_meetings():
    morning = mix(strangers(16), labels(4), 2, steps=2_000)
    afternoon = mix(strangers(16), labels(4), 2, earlier=morning.rounds, steps=60_000)
    assert max(meetings(morning.rounds + afternoon.rounds).values()) == 1


def test_what_cannot_be_seated_is_refused_in_plain_words():
    for people, tables, message in [
        ([], ["A"], "There is nobody to seat."),
        ([Person("Ada"), Person("Ada")], ["A"], "Somebody is on the list twice."),
        ([Person("Ada")], ["A", "B"], "There are more tables than people."),
        ([Person("Ada"), Person("Ben")], ["A", "A"], "Each table needs a name of its own."),
        ([Person("Ada", tables=frozenset("Z"))], ["A"], "Somebody has to sit at a table that this room does not have."),
        (
            [Person(number, tables=frozenset("A")) for number in range(4)],
            ["A", "B"],
            "More people need a certain table than there is room for.",
        ),
    ]:
        with pytest.raises(SeatingError) as refused:
            mix(people, tables, 1)
        assert str(refused.value) == message
