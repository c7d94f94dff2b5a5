"""A pulse: everyone's numbers together and nobody's alone, words that belong to nobody, and what the day has moved."""

import pytest
from django.template.loader import render_to_string

from activities.kind import kind_of
from tests.factories import act, activity, close, join, make_activity, open_, phone_of
from workshops.models import Activity, Card, Participant


@pytest.fixture
def arriving(workshop):
    return activity(workshop, "a01")


@pytest.fixture
def leaving(workshop):
    return activity(workshop, "z1")


@pytest.fixture
def six(workshop):
    return [join(workshop, f"Person {number}") for number in range(6)]


def fresh(pulse):
    return Activity.objects.select_related("workshop", "draws_on", "seating").get(pk=pulse.pk)


def answer(person, pulse, *numbers, **more):
    given = {f"q{number}": value for number, value in enumerate(numbers, start=1) if value}
    return act(phone_of(person), pulse, "answer", **given, **more)


def answers_of(pulse, person):
    return {mark.criterion: int(mark.value) for mark in pulse.marks.filter(participant=person)}


def faces(pulse):
    """What everybody is pushed, on every surface."""
    kind = kind_of(pulse)
    told = {"workshop": pulse.workshop, "activity": pulse, **kind.shared(pulse), **kind.console(pulse)}
    parts = (kind.face("phone", "shared"), kind.face("console", "shared"), kind.face("screen"))
    return [kind.line(pulse), *(render_to_string(part, told) for part in parts)]


def test_answers_are_kept_and_sending_again_replaces_them(arriving, ben):
    arriving = open_(arriving)
    assert answer(ben, arriving, 1, 2, 3).status_code == 200
    assert answer(ben, arriving, 4, None, 5).status_code == 200
    assert answers_of(arriving, ben) == {"q1": 4, "q2": 2, "q3": 5}


def test_the_usual_statements_are_asked_and_at_the_end_whether_each_voice_was_heard(arriving, leaving, workshop, ben):
    open_(arriving)
    page = phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert ("I know what this network is for." in page, "My voice was heard today." in page) == (True, False)
    close(arriving)
    open_(leaving)
    page = phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert ("I know what this network is for." in page, "My voice was heard today." in page) == (True, True)
    assert "The plan as a whole: how many fingers?" in page


def test_statements_of_ones_own_are_asked_again_at_the_end(workshop, ben):
    first = make_activity(
        workshop, "pulse", title="In", settings={"when": "check_in", "statements": "We are one\nI belong"}
    )
    last = make_activity(workshop, "pulse", title="Out", settings={"when": "check_out"})
    open_(first)
    close(first)
    kind = kind_of(last)
    assert [one["text"] for one in kind.console(open_(last))["questions"]] == [
        "We are one",
        "I belong",
        "My voice was heard today.",
    ]


@pytest.mark.parametrize("given", [{}, {"q1": "6"}, {"q1": "yes"}, {"word": "x" * 41}])
def test_what_is_empty_or_off_the_scale_is_explained(arriving, ben, given):
    arriving = open_(arriving)
    assert act(phone_of(ben), arriving, "answer", **given).status_code == 422
    assert (answers_of(arriving, ben), arriving.cards.count()) == ({}, 0)


def test_words_belong_to_nobody_and_bear_no_time_of_their_own(leaving, ben, chi):
    leaving = open_(leaving)
    answer(ben, leaving, 5, word="hopeful", best="We stopped something")
    answer(chi, leaving, 4, word="tired")
    cards = list(leaving.cards.all())
    assert [card.text for card in cards] == ["hopeful", "We stopped something", "tired"]
    assert {(card.participant, card.entered_by, card.table) for card in cards} == {(None, None, None)}
    assert {(card.created_at, card.changed_at) for card in cards} == {(leaving.opened_at, leaving.opened_at)}
    assert kind_of(leaving).contributions(leaving) == {}


def test_words_that_may_identify_somebody_wait_for_a_look(leaving, ben):
    leaving = open_(leaving)
    answer(ben, leaving, 5, best="The patient with NHS number 943 476 5919 was kind")
    assert [card.state for card in leaving.cards.all()] == [Card.HELD]
    assert "943" not in faces(close(leaving))[2]


def test_while_it_is_open_no_surface_depends_on_the_answers(arriving, six):
    arriving = open_(arriving)
    for person in six:
        answer(person, arriving, 1, 1, 1)
    first = faces(arriving)
    for person in six:
        answer(person, arriving, 5, 4, 3, word="")
    assert faces(arriving) == first
    assert (kind_of(arriving).results(arriving), kind_of(arriving).record(arriving)) == ({}, {})


def test_closing_tells_how_many_the_average_and_the_spread(arriving, six):
    arriving = open_(arriving)
    for person, number in zip(six, (1, 2, 2, 3, 4, 4), strict=True):
        answer(person, arriving, number)
    arriving = close(arriving)
    row = kind_of(arriving).shared(arriving)["result"]["rows"][0]
    assert (row["n"], row["mean"]) == (6, 2.67)
    assert row["spread"] == [[1, 1], [2, 2], [3, 1], [4, 2], [5, 0]]


def test_fewer_than_five_get_no_figures_anywhere(arriving, ben, chi):
    arriving = open_(arriving)
    answer(ben, arriving, 5, 5, 5)
    answer(chi, arriving, 5, 5, 5)
    arriving = close(arriving)
    assert [row["mean"] for row in kind_of(arriving).shared(arriving)["result"]["rows"]] == [None, None, None]
    assert "Fewer than five answered: no figures" in faces(arriving)[2]


def test_the_change_counts_only_people_who_answered_both(arriving, leaving, six, ben):
    arriving = open_(arriving)
    for person in six:
        answer(person, arriving, 2, 2)
    arriving = close(arriving)
    leaving = open_(leaving)
    for person in six[:5]:
        answer(person, leaving, 4, 3, 3, 5)
    answer(ben, leaving, 1, 1, 1, 1)
    leaving = close(leaving)
    rows = kind_of(leaving).shared(leaving)["result"]["rows"]
    assert [(row["change"], row["matched"]) for row in rows] == [(2.0, 5), (1.0, 5), (None, None), (None, None)]
    assert kind_of(leaving).results(leaving)["pulse_means"] == {
        "check_out": [3.5, 2.67, 2.67, 4.33],
        "matched_change": [2.0, 1.0],
    }


def test_fist_to_five_passes_when_nobody_is_under_three(leaving, ben, chi, dee):
    leaving = open_(leaving)
    answer(ben, leaving, level=5)
    answer(chi, leaving, level=3)
    leaving = close(leaving)
    assert kind_of(leaving).shared(leaving)["result"]["passes"] is True
    leaving = open_(fresh(leaving))
    answer(dee, leaving, level=0, note="A date for the first step")
    leaving = close(leaving)
    result = kind_of(leaving).shared(leaving)["result"]
    assert (result["passes"], [bar["people"] for bar in result["fist"]]) == (False, [1, 0, 0, 1, 0, 1])
    page = faces(leaving)[2]
    assert ("A date for the first step" in page, "Dee" in page) == (True, False)


def test_a_card_on_paper_is_entered_for_somebody_and_never_over_a_phone(arriving, workshop, console, ben):
    flo = Participant.objects.create(workshop=workshop, name="Flo", organisation=ben.organisation)
    arriving = open_(arriving)
    assert act(console, arriving, "paper_answer", person=flo.pk, q1=3).status_code == 200
    answer(ben, arriving, 5)
    assert act(console, arriving, "paper_answer", person=ben.pk, q1=1).status_code == 422
    assert (answers_of(arriving, flo), answers_of(arriving, ben)) == ({"q1": 3}, {"q1": 5})


def test_words_on_paper_are_typed_in_without_a_name(leaving, console):
    leaving = open_(leaving)
    assert act(console, leaving, "note_words", word="proud").status_code == 200
    assert act(console, leaving, "note_words").status_code == 422
    assert [(card.text, card.participant) for card in leaving.cards.all()] == [("proud", None)]


def test_words_said_twice_come_first(arriving, console):
    arriving = open_(arriving)
    for word in ("tired", "Hopeful", "hopeful"):
        act(console, arriving, "note_words", word=word)
    arriving = close(arriving)
    assert kind_of(arriving).shared(arriving)["one_words"] == [("Hopeful", 2), ("tired", 1)]
