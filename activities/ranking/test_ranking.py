"""A ranking: blind until it closes, with errors that say what to do, and three ways of counting told in words."""

import pytest
from django.template.loader import render_to_string

from activities.kind import kind_of
from tests.factories import act, activity, close, join, make_activity, make_card, open_, phone_of
from workshops.models import Participant

TEXTS = ["One team in five places", "A fair chance for everyone", "Better together"]


@pytest.fixture
def ranking(workshop):
    """Three drafts of the purpose; rank up to three."""
    drafts = activity(workshop, "s2e")
    for text in TEXTS:
        make_card(drafts, text=text)
    return activity(workshop, "s2f")


def choices(ranking, *texts):
    pks = dict(ranking.draws_on.cards.values_list("text", "pk"))
    return {f"rank-{rank}": pks.get(text, text) for rank, text in enumerate(texts, start=1)}


def ranked_by(ranking, person):
    marks = ranking.marks.filter(participant=person).order_by("value").select_related("card")
    return [(int(mark.value), mark.card.text) for mark in marks]


def test_a_ranking_is_kept_best_first(ranking, ben):
    ranking = open_(ranking)
    assert act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[2], TEXTS[0])).status_code == 200
    assert ranked_by(ranking, ben) == [(1, TEXTS[2]), (2, TEXTS[0])]


def test_a_new_ranking_takes_the_place_of_the_one_before(ranking, ben):
    ranking = open_(ranking)
    act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[2], TEXTS[0]))
    act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[1]))
    assert ranked_by(ranking, ben) == [(1, TEXTS[1])]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((TEXTS[0], TEXTS[0]), "This is your choice 1 already. Choose another, or leave this empty."),
        ((TEXTS[0], "", TEXTS[1]), "Choice 2 is empty. Choose one here, or move the ones below up."),
        (("", "", ""), "Choose at least a first choice."),
        (("999999",), "This is no longer on the ballot. Choose another."),
    ],
)
def test_repeats_and_gaps_are_explained_and_the_earlier_ranking_stands(ranking, ben, given, words):
    ranking = open_(ranking)
    act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[1]))
    answer = act(phone_of(ben), ranking, "rank", **choices(ranking, *given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ranked_by(ranking, ben) == [(1, TEXTS[1])]


def faces(ranking):
    kind = kind_of(ranking)
    told = {"workshop": ranking.workshop, "activity": ranking, **kind.shared(ranking), **kind.console(ranking)}
    parts = (kind.face("phone", "shared"), kind.face("console", "shared"), kind.face("screen"))
    return [kind.line(ranking), *(render_to_string(part, told) for part in parts)]


def test_while_it_is_open_no_surface_depends_on_what_was_ranked(ranking, ben):
    ranking = open_(ranking)
    act(phone_of(ben), ranking, "rank", **choices(ranking, *TEXTS))
    first = faces(ranking)
    act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[2]))
    assert faces(ranking) == first
    assert (kind_of(ranking).results(ranking), kind_of(ranking).record(ranking)) == ({}, {})


def test_the_run_off_is_told_in_words_and_the_ways_of_counting_may_differ(ranking, workshop):
    ranking = open_(ranking)
    a, b, c = TEXTS
    for number, given in enumerate([(a, b), (a, b), (a, b), (b, a), (b, a), (c, b), (c, b)]):
        act(phone_of(join(workshop, f"Person {number}")), ranking, "rank", **choices(ranking, *given))
    ranking = close(ranking)
    told = kind_of(ranking).shared(ranking)["result"]
    assert told["steps"] == [
        "Round 1: A 3, B 2, C 2. C goes out (lowest).",
        "Round 2: B 4, A 3. B has more than half of 7.",
    ]
    assert {name: option.letter for name, option in told["leads"].items()} == {
        "points": "B",
        "runoff": "B",
        "pairs": "B",
    }
    assert [(row["option"].letter, row["first"], row["beats"]) for row in told["rows"]] == [
        ("B", 2, 2),
        ("A", 3, 1),
        ("C", 2, 0),
    ]
    assert "comes first in all three ways" in faces(ranking)[1]
    assert "B leads in every count." in faces(ranking)[3]


def test_after_closing_no_ranking_is_taken(ranking, ben):
    ranking = close(open_(ranking))
    answer = act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[0]))
    assert (answer.status_code, ranking.marks.count()) == (409, 0)


def test_a_ranking_on_paper_is_entered_for_somebody(ranking, workshop, console, ben):
    flo = Participant.objects.create(workshop=workshop, name="Flo", organisation=ben.organisation)
    ranking = open_(ranking)
    assert act(console, ranking, "paper_ballot", person=flo.pk, **choices(ranking, TEXTS[1])).status_code == 200
    assert ranked_by(ranking, flo) == [(1, TEXTS[1])]
    assert set(ranking.marks.values_list("channel", flat=True)) == {"paper"}


def test_the_phone_shows_what_was_ranked(ranking, workshop, ben):
    ranking = open_(ranking)
    act(phone_of(ben), ranking, "rank", **choices(ranking, TEXTS[1]))
    page = phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    chosen = ranking.draws_on.cards.get(text=TEXTS[1]).pk
    assert f'<option value="{chosen}" selected>' in page
    assert "Change my ranking" in page


def test_a_ranking_of_nothing_says_so(workshop, ben, console):
    ranking = open_(make_activity(workshop, "ranking", title="Rank"))
    assert "Nothing to rank yet" in phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert act(phone_of(ben), ranking, "rank").status_code == 422
    assert "There is nothing to rank" in console.get(f"/w/{workshop.code}/console/").content.decode()
    assert kind_of(ranking).shared(close(ranking))["result"] == {}
