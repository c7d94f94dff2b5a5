"""Purpose drafts: one sentence a table, and two people who write it at once both keep their words."""

import pytest

from activities.kind import Move, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_activity, open_, phone_of, seat
from workshops.models import Card

FAIR = "We exist so that where you live never decides how good your treatment is."


@pytest.fixture
def drafts(workshop, ben, chi, dee):
    """Ben and Chi sit at T1, Dee at T2."""
    this = activity(workshop, "s2e")
    seat(this.seating, "T1", ben, chi)
    seat(this.seating, "T2", dee)
    return open_(this)


def write(person, drafts, text=FAIR, seen=""):
    return act(phone_of(person), drafts, "draft", text=text, seen=seen)


def test_a_table_has_one_draft_whoever_writes_it(drafts, ben, chi):
    assert write(ben, drafts).status_code == 200
    assert write(chi, drafts, "We exist so that nobody waits.", seen=1).status_code == 200
    card = drafts.cards.get()
    assert (card.text, card.table.label, card.participant) == ("We exist so that nobody waits.", "T1", None)
    assert (card.fields["earlier"], card.fields["wordings"]) == ([FAIR], 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no words here yet. Write something, then send it."),
        ("x" * 401, "This is too long: at most 400 characters, and this has 401."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(drafts, ben, text, words):
    answer = write(ben, drafts, text)
    assert (answer.status_code, rooms.field_error(answer, words), drafts.cards.count()) == (422, True, 0)
    assert text in rooms.said(answer)


@pytest.mark.parametrize("seen", ["", "1"])
def test_two_writers_both_keep_their_words_and_agree(drafts, ben, chi, seen):
    write(ben, drafts)
    if seen:
        write(ben, drafts, "Ben again", seen="1")
    answer = write(chi, drafts, "CHICANARY", seen=seen)
    now = "Ben again" if seen else FAIR
    assert (answer.status_code, drafts.cards.get().text) == (422, now)
    assert rooms.field_error(answer, f"Somebody at your table has just written: “{now}”.")
    assert "CHICANARY" in rooms.said(answer)
    wordings = drafts.cards.get().fields["wordings"]
    assert f'name="seen" value="{wordings}"' in rooms.said(answer)
    assert write(chi, drafts, "CHICANARY", seen=wordings).status_code == 200
    assert drafts.cards.get().text == "CHICANARY"


def test_nobody_meets_their_own_earlier_words(drafts, ben):
    write(ben, drafts)
    assert write(ben, drafts, "Sent before the first one was answered").status_code == 200


def test_the_same_words_twice_are_no_conflict(drafts, ben, chi):
    write(ben, drafts)
    assert write(chi, drafts).status_code == 200
    assert drafts.cards.get().fields["wordings"] == 1


def test_who_sits_nowhere_has_a_draft_of_their_own(workshop, ben, chi):
    this = open_(make_activity(workshop, "purpose_drafts", stage="purpose"))
    write(ben, this)
    write(chi, this, "We exist so that nobody waits.")
    assert [(card.participant, card.text) for card in this.cards.all()] == [
        (ben, FAIR),
        (chi, "We exist so that nobody waits."),
    ]
    assert kind_of(this).voices(this) == {ben.pk, chi.pk}


def test_the_table_sees_its_draft_with_advice_and_the_others_do_not(drafts, ben, dee):
    write(ben, drafts, "We will leverage synergies.")
    assert "We will leverage synergies." in rooms.pushed(drafts, drafts.table_of(ben))
    assert "leverage" not in rooms.pushed(drafts, drafts.table_of(dee)) + rooms.mine(dee)
    assert "leverage" not in rooms.polled(phone_of(dee), drafts)
    assert "so that" in rooms.pushed(drafts, drafts.table_of(ben))


def test_closing_shows_every_draft_to_everybody_without_names(drafts, ben, dee):
    write(ben, drafts)
    write(dee, drafts, "We exist so that nobody waits.")
    drafts = close(drafts)
    seen = rooms.shown(drafts, "phone")
    assert (FAIR in seen, "We exist so that nobody waits." in seen, "Ben" in seen) == (True, True, False)
    assert "Each table reads its own aloud." in rooms.shown(drafts, "screen")


def test_the_facilitator_puts_one_draft_on_the_screen_after_closing(drafts, ben, console):
    write(ben, drafts)
    act(console, drafts, "spotlight", card=drafts.cards.get().pk)
    assert FAIR not in rooms.shown(drafts, "screen")
    drafts = close(drafts)
    assert FAIR in rooms.shown(drafts, "screen")
    assert rooms.words_on_screen(drafts) <= 40
    act(console, drafts, "spotlight")
    assert FAIR not in rooms.shown(drafts, "screen")


@pytest.mark.parametrize("sharing", ["themes_only", "table_only"])
def test_what_may_not_be_quoted_is_on_no_screen_and_no_paper(drafts, ben, sharing):
    write(ben, drafts, "QUIETCANARY")
    drafts.cards.get().share(sharing)
    drafts = close(drafts)
    assert "QUIETCANARY" not in rooms.pushed(drafts) + rooms.printed(drafts)


def test_held_words_are_for_the_table_and_the_console_alone(drafts, ben, dee):
    write(ben, drafts, "HELDCANARY 943 476 5919")
    assert "Waiting for the facilitator’s look" in rooms.mine(ben)
    drafts = close(drafts)
    assert "HELDCANARY" not in rooms.pushed(drafts) + rooms.printed(drafts) + rooms.mine(dee)
    assert ("HELDCANARY" in rooms.shown(drafts, "console"), "943 476 5919" in rooms.shown(drafts, "console")) == (
        True,
        False,
    )


def test_late_within_the_grace_is_flagged_and_after_it_is_refused_with_the_words(drafts, ben):
    write(ben, drafts)
    drafts = rooms.closed_for(close(drafts), 14)
    assert write(ben, drafts, "A late change", seen=1).status_code == 200
    assert drafts.cards.get().late is True
    answer = write(ben, rooms.closed_for(drafts, 16), "LATECANARY", seen=2)
    assert (answer.status_code, "LATECANARY" in rooms.said(answer)) == (409, True)
    assert drafts.cards.get().text == "A late change"


def test_reopening_loses_nothing_and_hides_the_others_again(drafts, ben, dee):
    write(ben, drafts)
    drafts = open_(close(drafts))
    assert FAIR in rooms.mine(ben)
    assert FAIR not in rooms.mine(dee) + rooms.pushed(drafts)
    assert drafts.cards.get().state == Card.CLEAR


def test_somebody_without_a_seat_writes_nothing(drafts, eve):
    assert act(eve, drafts, "draft", text=FAIR).status_code == 404


def test_everyone_at_a_table_with_a_draft_has_been_heard(drafts, ben, chi):
    write(ben, drafts)
    assert kind_of(drafts).voices(drafts) == {ben.pk, chi.pk}
    assert kind_of(drafts).contributions(drafts) == {}


def test_a_draft_becomes_a_move_and_a_row(drafts, workshop, ben):
    type(ben).objects.filter(pk=ben.pk).update(ref="p01")
    row = {"id": "pd1", "table": "T1", "text": FAIR, "liked": ["close to home"], "questions": []}
    assert list(kind_of(drafts).script(drafts, {"purpose_drafts": [row]})) == [
        Move("p01", "draft", {"text": FAIR, "liked": '["close to home"]', "questions": "[]"}, ref="pd1")
    ]
    type(workshop).objects.update(rehearsal=True)
    act(phone_of(ben), drafts, "draft", text=FAIR, liked='["close to home"]', questions="[]", ref="pd1")
    assert kind_of(drafts).record(drafts) == {"purpose_drafts": [row]}


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(2, "purpose_drafts", network)
    assert rooms.breaks(this, person, ada) == set()
