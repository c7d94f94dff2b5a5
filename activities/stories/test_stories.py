"""Stories: told by each person, used only as far as the teller allows, and never with a name."""

import pytest

from activities.kind import Move, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, join, make_card, open_, phone_of
from workshops.models import Card, Workshop

WAITED = "We waited three weeks for a plan that took an hour."


@pytest.fixture
def stories(workshop):
    return open_(activity(workshop, "s1a"))


def tell(person, stories, text=WAITED, sharing="report_anonymous", **more):
    return act(phone_of(person), stories, "send", text=text, sharing=sharing, **more)


def test_a_story_is_kept_as_it_was_told(stories, ben):
    answer = tell(ben, stories, "We waited.\r\nThree weeks.", key_words="waiting, three weeks")
    card = stories.cards.get()
    assert (answer.status_code, answer["X-Made"]) == (200, str(card.pk))
    assert (card.text, card.participant, card.sharing) == ("We waited.\nThree weeks.", ben, "report_anonymous")
    assert (card.fields["key_words"], card.state, card.late) == (["waiting", "three weeks"], "clear", False)
    assert "Already sent" in rooms.said(answer)


def test_a_story_goes_no_further_than_a_theme_unless_its_teller_says_so(stories, ben):
    assert 'value="themes_only" checked' in rooms.mine(ben).replace(' required id="send_sharing_2"', "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "  "}, "There are no words here yet. Write your story, then send it."),
        ({"text": "x" * 1501}, "This is too long: at most 1500 characters, and this has 1501."),
        ({"key_words": "y" * 201}, "This is too long: at most 200 characters, and this has 201."),
        ({"key_words": ",".join("abcdefghi")}, "At most 8 phrases, and these are 9."),
        ({"sharing": ""}, "Choose how your story may be used."),
        ({"sharing": "everywhere"}, "everywhere is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(stories, ben, sent, words):
    answer = tell(ben, stories, **{"text": WAITED, "key_words": "the wait", **sent})
    assert (answer.status_code, rooms.field_error(answer, words), stories.cards.count()) == (422, True, 0)
    for kept in {"text": WAITED, "key_words": "the wait", **sent}.values():
        assert kept.strip() in rooms.said(answer)


def test_the_teller_changes_words_and_sharing(stories, ben):
    tell(ben, stories, sharing="report_with_role")
    card = stories.cards.get()
    answer = act(
        phone_of(ben), stories, "reword", card=card.pk, text="We waited.", sharing="themes_only", key_words="wait"
    )
    card.refresh_from_db()
    assert (answer.status_code, card.text, card.sharing) == (200, "We waited.", "themes_only")
    assert card.fields["key_words"] == ["wait"]


def test_a_change_that_is_refused_stays_beside_its_own_story(stories, ben):
    tell(ben, stories)
    tell(ben, stories, "Another story")
    card = stories.cards.first()
    answer = act(phone_of(ben), stories, "reword", card=card.pk, text="z" * 1501, sharing="themes_only")
    html = rooms.said(answer)
    assert (answer.status_code, card.text) == (422, Card.objects.get(pk=card.pk).text)
    assert html.count("z" * 1501) == 1
    assert f'id="reword_{card.pk}_text"' in html
    assert (
        html.index(f'id="card-{card.pk}"') < html.index("z" * 1501) < html.index(f'id="card-{stories.cards.last().pk}"')
    )


@pytest.mark.parametrize("action", ["reword", "take_back", "share"])
def test_nobody_touches_the_story_of_somebody_else(stories, ben, chi, action):
    tell(ben, stories)
    card = stories.cards.get()
    answer = act(phone_of(chi), stories, action, card=card.pk, text="Mine now", sharing="report_with_role")
    card.refresh_from_db()
    assert (answer.status_code, card.text, card.state, card.sharing) == (422, WAITED, "clear", "report_anonymous")
    assert "This card is not yours, or is not here any more." in rooms.said(answer)


def test_a_story_of_another_workshop_is_not_there(stories, ben, network):
    other, _person = workshop_with(1, "stories", network)
    answer = act(phone_of(ben), stories, "take_back", card=other.cards.first().pk)
    assert (answer.status_code, other.cards.first().state) == (422, "clear")


def test_a_story_taken_back_is_nowhere(stories, workshop, ben, console):
    tell(ben, stories)
    act(phone_of(ben), stories, "take_back", card=stories.cards.get().pk)
    stories = close(stories)
    everywhere = rooms.pushed(stories) + rooms.printed(stories) + rooms.shown(stories, "console") + rooms.mine(ben)
    assert WAITED not in everywhere


def test_somebody_without_a_seat_tells_nothing(stories, eve):
    assert act(eve, stories, "send", text=WAITED, sharing="themes_only").status_code == 404


def test_late_within_the_grace_is_kept_and_flagged(stories, ben):
    stories = rooms.closed_for(close(stories), 14)
    assert tell(ben, stories).status_code == 200
    assert stories.cards.get().late is True
    assert "arrived after closing" in rooms.mine(ben)


def test_a_change_within_the_grace_is_flagged_too(stories, ben):
    tell(ben, stories)
    stories = close(stories)
    act(phone_of(ben), stories, "reword", card=stories.cards.get().pk, text="Changed", sharing="themes_only")
    assert stories.cards.get().late is True


def test_after_the_grace_it_is_refused_and_the_words_come_back(stories, ben):
    stories = rooms.after_grace(stories)
    answer = tell(ben, stories)
    assert (answer.status_code, stories.cards.count()) == (409, 0)
    assert ("is closed" in rooms.said(answer), WAITED in rooms.said(answer)) == (True, True)


def test_how_it_may_be_used_can_change_after_closing(stories, ben):
    tell(ben, stories, sharing="report_with_role")
    stories = rooms.after_grace(stories)
    assert "How it may be used" in rooms.mine(ben)
    assert act(phone_of(ben), stories, "share", card=stories.cards.get().pk, sharing="table_only").status_code == 200
    assert stories.cards.get().sharing == "table_only"


def test_reopening_loses_nothing(stories, ben):
    tell(ben, stories)
    stories = open_(close(stories))
    assert [card.text for card in stories.cards.standing()] == [WAITED]
    assert tell(ben, stories, "One more").status_code == 200


# -- who sees what ----------------------------------------------------------------------------------------------------

CANARIES = {
    "report_with_role": "ROLECANARY",
    "report_anonymous": "NONAMECANARY",
    "themes_only": "THEMECANARY",
    "table_only": "TABLECANARY",
}


@pytest.fixture
def told(stories, ben):
    """One story at each level, newest last the quietest, each with a key word of its own."""
    for sharing, word in CANARIES.items():
        tell(ben, stories, f"{word} words", sharing=sharing, key_words=f"{word}key")
    return stories


def test_paper_has_only_what_tellers_allowed_key_words_too(told):
    paper = rooms.printed(close(told))
    assert [word for word in CANARIES.values() if word in paper] == ["ROLECANARY", "NONAMECANARY"]
    assert ("Therapeutic radiographer" in paper, "Ben" in paper) == (True, False)
    assert "4 stories were told." in paper


def test_the_screen_has_the_newest_that_may_be_shown_and_never_a_name(told):
    for stories in (told, close(told)):
        seen = rooms.shown(stories, "screen")
        assert [word for word in CANARIES.values() if word in seen] == ["NONAMECANARY"]
        assert "Ben" not in seen


def test_phones_are_told_how_many_and_no_words(told, chi):
    assert "4 stories so far" in rooms.shown(told, "phone")
    assert [word for word in CANARIES.values() if word in rooms.polled(phone_of(chi), told) + rooms.mine(chi)] == []


def test_the_console_sees_them_all_with_who_told_them(told):
    seen = rooms.shown(told, "console")
    assert [word for word in CANARIES.values() if word in seen] == list(CANARIES.values())
    assert "Ben" in seen


def test_the_facilitator_puts_a_story_on_the_screen_and_takes_it_off(told, console):
    with_role = told.cards.get(sharing="report_with_role")
    assert act(console, told, "spotlight", card=with_role.pk).status_code == 200
    assert "ROLECANARY" in rooms.shown(told, "screen")
    assert "Therapeutic radiographer" in rooms.shown(told, "screen")
    act(console, told, "spotlight")
    assert "NONAMECANARY" in rooms.shown(told, "screen")


@pytest.mark.parametrize("sharing", ["themes_only", "table_only"])
def test_what_may_not_be_shown_cannot_be_put_on_the_screen(told, console, sharing):
    assert act(console, told, "spotlight", card=told.cards.get(sharing=sharing).pk).status_code == 422


def test_a_teller_who_changes_their_mind_takes_it_off_the_screen(told, console, ben):
    card = told.cards.get(sharing="report_with_role")
    act(console, told, "spotlight", card=card.pk)
    act(phone_of(ben), told, "share", card=card.pk, sharing="themes_only")
    assert "ROLECANARY" not in rooms.shown(told, "screen")


@pytest.mark.parametrize("field", ["text", "key_words"])
def test_words_that_could_identify_somebody_wait_for_a_look(stories, ben, chi, field):
    answer = tell(ben, stories, **{"text": "HELDCANARY", field: "HELDCANARY 943 476 5919"})
    card = stories.cards.get()
    assert (card.state, card.flags[0]["kind"]) == ("held", "nhs_number")
    assert "Waiting for the facilitator’s look" in rooms.said(answer)
    others = rooms.pushed(stories) + rooms.printed(stories) + rooms.mine(chi) + rooms.polled(phone_of(chi), stories)
    assert "HELDCANARY" not in others
    seen = rooms.shown(stories, "console")
    assert ("held for a look" in seen, card.flags[0]["why"] in seen, "943 476 5919" in seen) == (True, True, False)


def test_nothing_waits_once_its_teller_has_taken_out_what_was_found(stories, ben):
    tell(ben, stories, "Her number is 943 476 5919")
    card = stories.cards.get()
    act(phone_of(ben), stories, "reword", card=card.pk, text="She waited", sharing="report_anonymous")
    assert stories.cards.get().state == "clear"


def test_what_was_hidden_stays_hidden_whatever_its_teller_does(stories, ben):
    tell(ben, stories)
    stories.cards.get().hide()
    answer = act(phone_of(ben), stories, "reword", card=stories.cards.get().pk, text="Again", sharing="themes_only")
    assert (answer.status_code, stories.cards.get().state) == (422, "hidden")


def test_the_screen_never_has_more_than_a_room_can_read(stories, ben):
    for _n in range(4):
        tell(ben, stories, "word " * 200)
    assert rooms.words_on_screen(stories) <= 30
    assert rooms.words_on_screen(close(stories)) <= 30


def test_key_words_are_counted_as_typed(stories, ben, chi):
    tell(ben, stories, key_words="Nobody asked, journeys")
    tell(chi, stories, key_words="nobody asked; the journey, alone;")
    assert ("Nobody asked ×2" in rooms.shown(stories, "console")) is True


# -- the exchange file ------------------------------------------------------------------------------------------------


def test_a_story_becomes_a_move_and_a_row(workshop, ben):
    ben.ref = "p01"
    ben.save()
    story = {"id": "s01", "author": "p01", "sharing": "report_with_role", "text": WAITED, "key_words": ["a, b", "c"]}
    stories = activity(workshop, "s1a")
    (move,) = kind_of(stories).script(stories, {"stories": [story]})
    data = {"text": WAITED, "sharing": "report_with_role", "key_words": "a, b; c; "}
    assert move == Move("p01", "send", data, ref="s01")
    stories = open_(stories)
    tell(ben, stories, **data)
    stories.cards.update(ref="s01")
    assert kind_of(stories).record(stories) == {"stories": [{**story, "table": None, "themes": []}]}


def test_what_is_for_the_table_alone_never_leaves(told):
    rows = kind_of(told).record(told)["stories"]
    assert [row["sharing"] for row in rows] == ["report_with_role", "report_anonymous", "themes_only"]


def test_consent_is_taken_from_files_alone(stories, ben):
    tell(ben, stories, ig='{"consent": "mine"}')
    Workshop.objects.update(rehearsal=True)
    tell(ben, stories, ig='{"consent": "mine"}')
    assert [card.fields.get("ig") for card in stories.cards.all()] == [None, {"consent": "mine"}]


def test_odd_input_never_breaks_it(network, ada):
    stories, person = workshop_with(2, "stories", network)
    assert rooms.breaks(stories, person, ada) == set()


def test_one_story_and_two(stories, ben):
    make_card(stories, by=ben)
    assert kind_of(stories).line(stories) == "1 story"
    make_card(stories, by=join(stories.workshop, "Flo"))
    assert kind_of(stories).line(stories) == "2 stories"
