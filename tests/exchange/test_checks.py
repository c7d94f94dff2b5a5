"""Every fault of a file is said, all of them at once, each with its place."""

from copy import deepcopy
from datetime import date

import pytest

from outputs.exchange.checks import check
from outputs.exchange.problems import Unsound
from outputs.exchange.taking_in import take_in
from tests.exchange.conftest import SMALL
from workshops.models import Network, Workshop

GONE = object()
SHORT_NAME = "must be a short name: letters, digits, “-”, “_” and “.”, at most 40"
FOUR_OF_THREE = "That is 4 dots, and everyone has 3 dots."


@pytest.fixture
def problems(checked):
    """problems(day): what is said, without the lines."""

    def said(day):
        try:
            checked(day)
        except Unsound as unsound:
            return [str(problem).partition(" (line")[0] for problem in unsound.problems]
        return []

    return said


def test_the_small_day_is_sound(problems, small):
    assert problems(small) == []


def changed(day, place, value):
    """The day with one thing in it replaced, or taken out."""
    *way, last = place
    inside = day
    for step in way:
        inside = inside[step]
    if value is GONE:
        del inside[last]
    else:
        inside[last] = value
    return day


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (["event", "titel"], "x", "event.titel: unknown key: did you mean “title”?"),
        (["sories"], [], "sories: unknown key: did you mean “stories”?"),
        (["zzz"], [], "zzz: unknown key"),
        (["event", "title"], GONE, "event.title: is missing"),
        (["network"], GONE, "network: is missing"),
        (["event", "title"], 7, "event.title: must be text: put it in quotes"),
        (["event", "title"], "  ", "event.title: is empty"),
        (["event", "title"], "x" * 161, "event.title: is too long: at most 160 characters, and this has 161"),
        (["event", "title"], "a\x00b", "event.title: has a character that cannot be stored"),
        (["event", "date"], "24 September", "event.date: must be a date, like 2026-09-24"),
        (["event", "start"], "25:00", "event.start: must be a time in quotes, like \"09:15\""),
        (["event", "end"], "08:00", "event.end: must be later than the start, 09:00"),
        (["event", "network"], "other", "event.network: no network “other”"),
        (["event", "sponsor"], "zed", "event.sponsor: no participant “zed”"),
        (["participants"], {}, "participants: must be a list"),
        (["participants", 1], "Chi", "participants[1]: must be a block of “key: value” lines"),
        (["participants", 1, "org"], "elsewhere", "participants[1].org: no organisation “elsewhere”"),
        (["participants", 1, "id"], "ben", "participants[1].id: “ben” is here twice, first at participants[0].id"),
        (["participants", 1, "id"], "a b", f"participants[1].id: {SHORT_NAME}"),
        (["value_ideas", 1, "id"], "s1", "value_ideas[1].id: “s1” is already the name of something else"),
        (["stories", 1, "author"], "p99", "stories[1].author: no participant “p99”"),
        (["stories", 1, "author"], 9, "stories[1].author: must be the name of a participant"),
        (["stories", 1, "table"], "T9", "stories[1].table: no table “T9”"),
        (["stories", 1, "table"], "T1", "stories[1].table: chi sits at T2 in round 1, not at T1"),
        (["stories", 0, "themes"], ["st9"], "stories[0].themes[0]: no story theme “st9”"),
        (["stories", 0, "key_words"], GONE, "stories[0].key_words: is missing"),
        (["value_clusters", 0, "parked"], "yes", "value_clusters[0].parked: must be true or false"),
        (["seating", 0, "tables", "T2", 0], "ben", "seating[0].tables.T2[0]: ben also sits at T1"),
        (["table_hosts", 0, "T1"], "eli", "table_hosts[0].T1: eli does not sit at T1 in round 1"),
        (["table_hosts", 0, "T3"], "eli", "table_hosts[0].T3: no table “T3” in round 1"),
        (["table_hosts", 0, "round"], 7, "table_hosts[0].round: no round “7” in seating"),
        (["votes", 0, "method"], "shouting", "votes[0].method: must be one of dots, ranked, gradients_8, fist_to_five"),
        (["votes", 0, "ballots", "zed"], {}, "votes[0].ballots.zed: no participant “zed”"),
        (["votes", 0, "ballots", "ben"], {"vc9": 1}, "votes[0].ballots.ben.vc9: no value cluster “vc9”"),
        (["votes", 0, "ballots", "ben"], {"vc1": 3}, "votes[0].ballots.ben: At most 2 dots on one option."),
        (["votes", 0, "ballots", "ben"], {"vc1": 2, "vc2": 2}, f"votes[0].ballots.ben: {FOUR_OF_THREE}"),
        (["votes", 0, "ballots", "gus"], {"vc1": 1}, "votes[0].not_voted[0]: gus has a ballot"),
        (["votes", 0, "dots_each"], 0, "votes[0].dots_each: must be a whole number from 1 to 100"),
        (["commitments", 0, "when"], "soon", "commitments[0].when: must be a date, like 2026-09-24"),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_place(problems, small, place, value, said):
    assert said in problems(changed(small, place, value))


def test_a_ranking_that_breaks_its_rules_is_said(problems, small):
    small["votes"].append(
        {
            "id": "vote_again",
            "method": "ranked",
            "options": ["vc1", "vc2"],
            "max_ranks": 1,
            "ballots": {"ben": ["vc1", "vc2"]},
        }
    )
    assert problems(small) == ["votes[1].ballots.ben: Rank at most 1 option."]


def test_scores_are_as_many_as_criteria(problems, small):
    small["priority_themes"] = [{"id": "t1", "title": "See every wait", "description": "One clock"}]
    small["criteria_scoring"] = {
        "criteria": [{"id": "c1", "name": "Difference", "weight": 100}],
        "scores": {"T1": {"t1": [3, 4]}},
    }
    assert problems(small) == ["criteria_scoring.scores.T1.t1: has 2 scores for 1 criteria"]


def test_a_national_priority_is_one_of_the_library_or_of_the_network(problems, small):
    small["priority_themes"] = [
        {"id": "t1", "title": "See every wait", "description": "One clock", "national": ["ncp-waits", "ncp-nothing"]}
    ]
    assert problems(small) == ["priority_themes[0].national[1]: no national priority “ncp-nothing”"]


@pytest.mark.django_db
def test_everything_wrong_is_said_at_once_and_with_its_line():
    text = SMALL.read_text(encoding="utf-8")
    text = (
        text.replace("author: ben", "author: zed")
        .replace("2026-10-08", "2026-10-38")
        .replace("network: fen", "netwerk: fen")
    )
    with pytest.raises(Unsound) as unsound:
        take_in(text.encode())
    lines = {line: number for number, line in enumerate(text.splitlines(), 1)}

    def line_with(words):
        return text[: text.index(words)].count("\n") + 1

    assert [str(problem) for problem in unsound.value.problems] == [
        "event.network: is missing (line 2)",
        f"event.netwerk: unknown key: did you mean “network”? (line {lines['  netwerk: fen']})",
        f"stories[0].author: no participant “zed” (line {lines['    author: zed']})",
        f"value_ideas[0].author: no participant “zed” (line {line_with('v1, text')})",
        f"commitments[0].when: “2026-10-38” cannot be read (line {line_with('2026-10-38')})",
    ]
    assert (Workshop.objects.count(), Network.objects.count()) == (0, 0)


JUNK = [None, 7, 1.5, True, "", "ben", [], ["x"], [None], [[1]], {}, {"a": 1}, {1: {"y": []}}, date(2026, 9, 24)]


def places(inside, place=()):
    """Every place in a piece of data."""
    pairs = inside.items() if isinstance(inside, dict) else enumerate(inside) if isinstance(inside, list) else ()
    for key, value in pairs:
        yield [*place, key]
        yield from places(value, [*place, key])


@pytest.mark.parametrize("wrong", JUNK, ids=repr)
def test_nothing_misshapen_anywhere_breaks_the_check(small, wrong):
    for place in places(small):
        assert isinstance(check(changed(deepcopy(small), place, wrong), {}, {}), list)
