"""Capture: one idea in each box, hidden from the others until it closes."""

import pytest

from activities.kind import Move, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_activity, make_card, open_, phone_of, seat
from workshops.models import Card


@pytest.fixture
def ideas(workshop):
    """Value ideas: each person's own words."""
    return open_(activity(workshop, "s2a"))


@pytest.fixture
def harvest(workshop, ben, chi):
    """What mattered: the words of tables. Ben and Chi sit at T1."""
    this = activity(workshop, "s1b")
    seat(this.seating, "T1", ben, chi)
    return open_(this)


def send(person, ideas, text="Pick up the phone first"):
    return act(phone_of(person), ideas, "send", text=text)


def test_an_idea_is_kept_as_its_authors(ideas, ben):
    answer = send(ben, ideas)
    card = ideas.cards.get()
    assert (answer.status_code, card.text, card.participant, card.late) == (200, "Pick up the phone first", ben, False)
    assert kind_of(ideas).contributions(ideas) == {ben.pk: 1}


def test_the_box_says_what_it_is_called_and_who_will_see_it(ideas, harvest, ben, chi):
    assert "Kept as your table’s words." in rooms.mine(ben)
    page = rooms.said(send(ben, ideas, ""))
    assert "A value, and how it shows" in page
    assert "Others see your words without your name when the facilitator closes this." in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no words here yet. Write something, then send it."),
        ("\r\n ", "There are no words here yet. Write something, then send it."),
        ("x" * 81, "This is too long: at most 80 characters, and this has 81."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(ideas, ben, text, words):
    answer = send(ben, ideas, text)
    assert (answer.status_code, rooms.field_error(answer, words), ideas.cards.count()) == (422, True, 0)
    assert text.strip() in rooms.said(answer)


def test_the_facilitator_sets_how_long_an_idea_may_be(workshop, ben):
    this = open_(make_activity(workshop, "capture", settings={"limit": 20, "label": "In one word"}))
    answer = send(ben, this, "x" * 21)
    assert rooms.field_error(answer, "This is too long: at most 20 characters, and this has 21.")
    assert "In one word" in rooms.said(answer)


def test_the_author_changes_an_idea_and_nobody_else_does(ideas, ben, chi):
    send(ben, ideas)
    card = ideas.cards.get()
    assert act(phone_of(ben), ideas, "reword", card=card.pk, text="Ring first").status_code == 200
    answer = act(phone_of(chi), ideas, "reword", card=card.pk, text="Mine")
    assert (answer.status_code, ideas.cards.get().text) == (422, "Ring first")
    assert "This card is not yours, or is not here any more." in rooms.said(answer)


def test_a_change_that_is_refused_stays_beside_its_own_idea(ideas, ben):
    send(ben, ideas)
    send(ben, ideas, "Another")
    card = ideas.cards.first()
    answer = act(phone_of(ben), ideas, "reword", card=card.pk, text="y" * 81)
    assert (answer.status_code, rooms.said(answer).count("y" * 81)) == (422, 1)
    assert f'id="card-{card.pk}" open' in rooms.said(answer)
    assert f'id="reword_{card.pk}_text"' in rooms.said(answer)


def test_an_idea_taken_back_is_nowhere(ideas, ben):
    send(ben, ideas, "BACKCANARY")
    act(phone_of(ben), ideas, "take_back", card=ideas.cards.get().pk)
    ideas = close(ideas)
    seen = rooms.pushed(ideas) + rooms.shown(ideas, "console") + rooms.printed(ideas) + rooms.mine(ben)
    assert "BACKCANARY" not in seen


def test_ideas_are_hidden_until_it_closes_and_come_without_names(ideas, ben, chi):
    send(ben, ideas, "HIDDENCANARY")
    assert "HIDDENCANARY" not in rooms.pushed(ideas) + rooms.mine(chi) + rooms.polled(phone_of(chi), ideas)
    assert "1 idea so far" in rooms.shown(ideas, "phone")
    assert "HIDDENCANARY" in rooms.shown(ideas, "console")
    ideas = close(ideas)
    assert ("HIDDENCANARY" in rooms.shown(ideas, "screen"), "Ben" in rooms.shown(ideas, "screen")) == (True, False)


@pytest.mark.parametrize("sharing", ["themes_only", "table_only"])
def test_what_may_not_be_quoted_is_on_no_screen_and_no_paper(ideas, ben, sharing):
    make_card(ideas, by=ben, text="QUIETCANARY", sharing=sharing)
    ideas = close(ideas)
    assert "QUIETCANARY" not in rooms.pushed(ideas) + rooms.printed(ideas)
    assert "QUIETCANARY" in rooms.shown(ideas, "console")


def test_held_words_are_for_their_author_and_the_console_alone(ideas, ben, chi):
    send(ben, ideas, "Ring 943 476 5919")
    assert ideas.cards.get().state == Card.HELD
    assert "waiting for the facilitator’s look" in rooms.mine(ben)
    ideas = close(ideas)
    assert "943" not in rooms.pushed(ideas) + rooms.printed(ideas) + rooms.mine(chi)
    assert ("held for a look" in rooms.shown(ideas, "console"), "943 476 5919" in rooms.shown(ideas, "console")) == (
        True,
        False,
    )


def test_late_within_the_grace_is_flagged_and_after_it_is_refused_with_the_words(ideas, ben):
    ideas = rooms.closed_for(close(ideas), 14)
    assert send(ben, ideas).status_code == 200
    assert ideas.cards.get().late is True
    answer = send(ben, rooms.closed_for(ideas, 16), "LATECANARY")
    assert (answer.status_code, "LATECANARY" in rooms.said(answer), ideas.cards.count()) == (409, True, 1)


def test_reopening_loses_nothing_and_hides_again(ideas, ben, chi):
    send(ben, ideas, "REOPENCANARY")
    ideas = open_(close(ideas))
    assert [card.text for card in ideas.cards.standing()] == ["REOPENCANARY"]
    assert "REOPENCANARY" not in rooms.pushed(ideas)
    assert "REOPENCANARY" in rooms.mine(ben)


def test_before_it_opens_nothing_is_taken(workshop, ben):
    this = activity(workshop, "s2a")
    answer = send(ben, this)
    assert (answer.status_code, this.cards.count()) == (409, 0)
    assert "is not open yet" in rooms.said(answer)


# -- tables write together --------------------------------------------------------------------------------------------


def test_a_tables_idea_belongs_to_the_table(harvest, ben, chi):
    send(ben, harvest, "Nobody fell off the end")
    card = harvest.cards.get()
    assert (card.participant, card.table.label, card.entered_by) == (None, "T1", ben)
    assert kind_of(harvest).contributions(harvest) == {}
    assert "Nobody fell off the end" in rooms.pushed(harvest, harvest.table_of(chi))
    assert "Nobody fell off the end" in rooms.mine(chi)


def test_anybody_at_the_table_changes_it_and_nobody_from_another_one(harvest, ben, chi, dee):
    seat(harvest.seating, "T2", dee)
    send(ben, harvest, "Nobody fell off")
    card = harvest.cards.get()
    assert act(phone_of(chi), harvest, "reword", card=card.pk, text="Nobody falls off").status_code == 200
    assert act(phone_of(dee), harvest, "reword", card=card.pk, text="Mine").status_code == 422
    assert act(phone_of(dee), harvest, "take_back", card=card.pk).status_code == 422
    assert harvest.cards.get().text == "Nobody falls off"
    assert "Nobody falls off" not in rooms.pushed(harvest, harvest.table_of(dee)) + rooms.mine(dee)


def test_who_sits_nowhere_writes_alone_and_is_told_so(harvest, dee):
    assert "Others see your words without your name" in rooms.mine(dee)
    send(dee, harvest, "I came late")
    assert harvest.cards.get().participant == dee
    assert "I came late" in rooms.mine(dee)


# -- the rest ---------------------------------------------------------------------------------------------------------


def test_the_screen_never_has_more_than_a_room_can_read(ideas, ben):
    for number in range(20):
        make_card(ideas, by=ben, text=f"An idea of seven words, number {number}")
    assert rooms.words_on_screen(ideas) <= 30
    assert rooms.words_on_screen(close(ideas)) <= 30


def test_an_idea_becomes_a_move_and_a_row(workshop, ben):
    ben.ref = "p02"
    ben.save()
    this = activity(workshop, "s2a")
    seat(this.seating, "T2", ben)
    row = {"id": "v001", "text": "One team", "author": "p02", "table": "T2"}
    assert list(kind_of(this).script(this, {"value_ideas": [row]})) == [
        Move("p02", "send", {"text": "One team"}, ref="v001")
    ]
    this = open_(this)
    send(ben, this, "One team")
    this.cards.update(ref="v001")
    assert kind_of(this).record(this) == {"value_ideas": [row]}


def test_what_is_for_the_table_alone_never_leaves(ideas, ben):
    make_card(ideas, by=ben, sharing="table_only")
    assert kind_of(ideas).record(ideas) == {"value_ideas": []}


def test_one_idea_and_two(ideas, ben):
    send(ben, ideas)
    assert kind_of(ideas).line(ideas) == "1 idea"
    send(ben, ideas)
    assert kind_of(ideas).line(ideas) == "2 ideas"


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(2, "capture", network)
    assert rooms.breaks(this, person, ada) == set()
