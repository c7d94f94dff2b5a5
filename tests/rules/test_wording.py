"""Advice on purposes, behaviours and commitments, and the counting of key words."""

from datetime import date

import pytest

from workshops.wording import advice
from workshops.wording.behaviours import behaviour
from workshops.wording.commitments import commitment, usual_date
from workshops.wording.phrases import Phrase, phrases, stem
from workshops.wording.purpose import purpose, short_form


def failed(checks):
    return [check.name for check in checks if not check.passed]


@pytest.fixture(scope="module")
def drafts(sample):
    return {draft["id"]: draft["text"] for draft in sample["purpose_drafts"]}


def test_the_jargon_draft_fails_three_checks(drafts):
    assert failed(purpose(drafts["pd3"])) == ["so_that", "stacked_adjectives", "jargon"]


def test_the_plainest_draft_passes_all(drafts):
    assert failed(purpose(drafts["pd5"])) == []
    assert advice(purpose(drafts["pd5"])) == []


def test_the_merged_purpose_is_short_enough(sample):
    agreed = sample["purpose_versions"][1]
    assert failed(purpose(agreed["text"], merged=True)) == ["passive"]
    assert short_form(agreed["short_form"]).passed is True


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("So people. " + "walk " * 34, "words"),
        ("People. So. We. Go.", "sentences"),
        ("so people " + "walk " * 30, "sentence_length"),
        ("We exist so that machines run.", "serves"),
        ("To treat people.", "so_that"),
        ("We treat people with SABR so they live.", "acronyms"),
        ("People are treated so they live.", "passive"),
        ("So that people have safe, kind and timely care.", "stacked_adjectives"),
        ("So that people have strong local accessible care.", "stacked_adjectives"),
        ("We leverage skills so people live.", "jargon"),
    ],
)
def test_each_check_of_a_purpose_has_something_to_say(text, name):
    assert failed(purpose(text)) == [name]


def test_lists_of_things_are_not_stacked_adjectives(drafts):
    for name in ("pd1", "pd2", "pd4", "pd6"):
        assert "stacked_adjectives" not in failed(purpose(drafts[name]))


def test_advice_names_the_words_it_is_about():
    assert advice(purpose("We utilise robust SABR so people live.")) == [
        "Write in full: “SABR”.",
        "Would you say this to a patient? “utilise”, “robust”",
    ]


def test_the_behaviours_of_the_sample_day_need_no_advice(sample):
    for value in sample["values_final"]:
        for line in value["we_will"]:
            assert (line, failed(behaviour(line, value["name"]))) == (line, [])
        for line in value["we_will_not"]:
            assert (line, failed(behaviour(line, value["name"], will_not=True))) == (line, [])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Good communication with everyone", "verb"),
        ("Being on time for meetings", "verb"),
        ("Respect each other", "camera"),
        ("We will be aware of pressure", "camera"),
        ("Ring back; write it down", "one"),
        ("Act fair", "value"),
    ],
)
def test_each_check_of_a_behaviour_has_something_to_say(line, name):
    assert failed(behaviour(line, "Fair")) == [name]


def test_we_will_not_describes_behaviour_and_not_people():
    assert failed(behaviour("We will not tolerate blockers", "Open", will_not=True)) == ["people"]
    assert failed(behaviour("We won't cancel peer review", "Open", will_not=True)) == []


def test_the_commitments_of_the_sample_day_need_no_advice(sample):
    for given in sample["commitments"]:
        assert (given["text"], failed(commitment(given["text"], given["when"]))) == (given["text"], [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I will ring the coordinators by Friday", []),
        ("I'll ring them within two weeks", []),
        ("I will ring them on 8 October", []),
        ("I will ring them", ["date"]),
        ("Ring them tomorrow", ["i_will"]),
        ("I will continue to support the team by 8 October", ["vague"]),
        ("I will ring tomorrow " + "and again " * 13, ["length"]),
    ],
)
def test_a_commitment_says_who_what_and_when(text, names):
    assert failed(commitment(text)) == names


def test_the_date_offered_is_six_weeks_on():
    assert usual_date(date(2026, 9, 24)) == date(2026, 11, 5)


def test_phrases_are_counted_by_their_words_and_shown_as_typed():
    typed = [(1, "The journey"), (2, "journeys"), (3, "journey"), (4, "Journey"), (5, "journey"), (6, "nobody asked")]
    assert phrases(typed) == [
        Phrase("journey", 5, (1, 2, 3, 4, 5)),
        Phrase("nobody asked", 1, (6,)),
    ]
    assert phrases([(1, "One phone call"), (1, "one  phone calls"), (2, "...")]) == [Phrase("One phone call", 2, (1,))]


def test_a_phrase_of_small_words_is_a_phrase_too():
    assert [phrase.text for phrase in phrases([(1, "who you are"), (2, "be with us")])] == ["who you are", "be with us"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("journeys", "journey"), ("waiting", "waited"), ("caring", "care"), ("carried", "carry"), ("planned", "plan")],
)
def test_forms_of_one_word_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("kindness", "kind"), ("asked", "mask"), ("less", "let")])
def test_different_words_stay_apart(one, other):
    assert stem(one) != stem(other)
