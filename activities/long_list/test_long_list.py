"""Long list: themes from tables, with what they answer to and the stories that they grew from."""

import pytest

from activities.kind import Move, Ref, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_activity, make_card, make_network, open_, phone_of, seat
from workshops.models import Card, Driver, Workshop

WAIT = {"text": "See every wait", "description": "One shared view of waits in all five centres"}


@pytest.fixture
def themes(workshop, ben, chi, dee):
    """Ben and Chi sit at T1, Dee at T2."""
    this = activity(workshop, "s3b")
    seat(this.seating, "T1", ben, chi)
    seat(this.seating, "T2", dee)
    return open_(this)


@pytest.fixture
def story(workshop, ben):
    return make_card(activity(workshop, "s1a"), by=ben, text="We waited", sharing="report_anonymous")


@pytest.fixture
def driver(network):
    return Driver.objects.create(network=network, title="Waits")


def propose(person, themes, **more):
    return act(phone_of(person), themes, "propose", **{**WAIT, **more})


def test_a_theme_is_the_tables_and_keeps_what_it_grew_from(themes, ben, story, driver):
    answer = propose(ben, themes, drivers=[driver.pk], stories=[story.pk])
    card = themes.cards.get()
    assert (answer.status_code, card.text, card.participant, card.table.label) == (200, "See every wait", None, "T1")
    assert card.fields == {"description": WAIT["description"], "drivers": [driver.pk], "stories": [story.pk]}
    assert list(card.grew_from.all()) == [story]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": ""}, "A theme needs a title of a few words."),
        ({"text": "t" * 61}, "This is too long: at most 60 characters, and this has 61."),
        ({"description": " "}, "Say in one line what would be different, and for whom."),
        ({"description": "d" * 241}, "This is too long: at most 240 characters, and this has 241."),
        ({"drivers": ["999999"]}, "What you chose is not on the list any more. Choose again."),
        ({"drivers": [rooms.NEVER]}, "What you chose is not on the list any more. Choose again."),
        ({"stories": ["x"]}, "What you chose is not on the list any more. Choose again."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(themes, ben, driver, story, sent, words):
    answer = propose(ben, themes, **sent)
    assert (answer.status_code, rooms.field_error(answer, words), themes.cards.count()) == (422, True, 0)
    for name in WAIT:
        assert {**WAIT, **sent}[name].strip() in rooms.said(answer)


@pytest.mark.parametrize("sharing", ["themes_only", "table_only"])
def test_a_story_that_may_not_be_quoted_is_not_offered(themes, workshop, ben, driver, sharing):
    story = make_card(activity(workshop, "s1a"), text="QUIETCANARY", sharing=sharing)
    make_card(activity(workshop, "s1a"), text="We waited", sharing="report_anonymous")
    assert ("QUIETCANARY" in rooms.mine(ben), "We waited" in rooms.mine(ben)) == (False, True)
    assert propose(ben, themes, stories=[story.pk]).status_code == 422


def test_what_belongs_to_another_workshop_or_network_is_not_there(themes, ben, network):
    other, _person = workshop_with(1, "long_list", network)
    theirs = Driver.objects.create(network=make_network("Elsewhere"), title="Theirs")
    assert propose(ben, themes, stories=[other.cards.first().pk]).status_code == 422
    assert propose(ben, themes, drivers=[theirs.pk]).status_code == 422
    assert act(phone_of(ben), themes, "take_back", card=other.cards.first().pk).status_code == 422


def test_anybody_at_the_table_changes_a_theme_and_nobody_from_another_one(themes, ben, chi, dee):
    propose(ben, themes)
    card = themes.cards.get()
    changed = {"card": card.pk, "text": "See each wait", "description": "Shared"}
    assert act(phone_of(chi), themes, "reword", **changed).status_code == 200
    answer = act(phone_of(dee), themes, "reword", **{**changed, "text": "Mine"})
    assert (answer.status_code, "This card is not yours" in rooms.said(answer)) == (422, True)
    card.refresh_from_db()
    assert (card.text, card.fields["description"]) == ("See each wait", "Shared")


def test_a_change_that_is_refused_stays_beside_its_own_theme(themes, ben):
    propose(ben, themes)
    card = themes.cards.get()
    answer = act(phone_of(ben), themes, "reword", card=card.pk, text="y" * 61, description="Shared")
    assert (answer.status_code, rooms.said(answer).count("y" * 61)) == (422, 1)
    assert f'id="reword_{card.pk}_text"' in rooms.said(answer)


def test_a_theme_taken_back_is_nowhere(themes, ben):
    propose(ben, themes)
    act(phone_of(ben), themes, "take_back", card=themes.cards.get().pk)
    seen = rooms.pushed(themes, themes.table_of(ben)) + rooms.printed(themes) + rooms.shown(themes, "console")
    assert "See every wait" not in seen


def test_two_that_are_the_same_become_one_and_keep_both_threads(themes, workshop, network, ben, dee, story, console):
    first, second = (Driver.objects.create(network=network, title=title) for title in ("Waits", "Digital"))
    another = make_card(activity(workshop, "s1a"), text="We phoned", sharing="report_anonymous")
    propose(ben, themes, drivers=[first.pk], stories=[story.pk])
    propose(dee, themes, text="Waits in sight", drivers=[second.pk, first.pk], stories=[another.pk])
    into, card = themes.cards.all()
    answer = act(console, themes, "merge", card=card.pk, into=into.pk)
    into.refresh_from_db()
    card.refresh_from_db()
    assert (answer.status_code, card.state) == (200, Card.HIDDEN)
    assert (into.fields["drivers"], into.fields["stories"]) == ([first.pk, second.pk], [story.pk, another.pk])
    assert set(into.grew_from.all()) == {story, another, card}
    assert kind_of(themes).record(themes)["priority_themes"][0]["stories"] == [f"s{story.pk}", f"s{another.pk}"]


def test_a_theme_that_people_voted_on_is_not_merged_away(themes, workshop, ben, dee, console):
    propose(ben, themes)
    propose(dee, themes)
    into, card = themes.cards.all()
    activity(workshop, "s3d").cast(2, by=ben, card=card)
    answer = act(console, themes, "merge", card=card.pk, into=into.pk)
    assert (answer.status_code, themes.cards.standing().count()) == (409, 2)
    assert "People have voted on “See every wait”: it stays as it is." in rooms.said(answer)


@pytest.mark.parametrize(
    ("into", "words"),
    [
        ("same", "Choose two different themes."),
        ("", "Choose a theme first."),
        (rooms.NEVER, "This theme is not here any more."),
    ],
)
def test_a_merge_that_cannot_be_is_explained(themes, ben, console, into, words):
    propose(ben, themes)
    card = themes.cards.get()
    answer = act(console, themes, "merge", card=card.pk, into=card.pk if into == "same" else into)
    assert (answer.status_code, rooms.field_error(answer, words), card.state) == (422, True, Card.CLEAR)


def test_only_the_facilitator_merges(themes, ben):
    propose(ben, themes)
    assert act(phone_of(ben), themes, "merge", card=1, into=2).status_code == 404


def test_the_table_sees_its_own_and_everybody_hears_titles(themes, ben, dee):
    propose(ben, themes)
    assert WAIT["description"] in rooms.pushed(themes, themes.table_of(ben))
    assert "See every wait" not in rooms.mine(dee)
    assert "See every wait" in rooms.shown(themes, "screen")
    assert (WAIT["description"] in rooms.shown(themes, "screen"), "Ben" in rooms.shown(themes, "screen")) == (
        False,
        False,
    )


@pytest.mark.parametrize("sharing", ["themes_only", "table_only"])
def test_what_may_not_be_quoted_is_on_no_screen_and_no_paper(themes, sharing):
    make_card(themes, text="QUIETCANARY", sharing=sharing)
    assert "QUIETCANARY" not in rooms.pushed(themes) + rooms.printed(themes)


@pytest.mark.parametrize("field", ["text", "description"])
def test_held_words_are_for_the_table_and_the_console_alone(themes, ben, dee, field):
    propose(ben, themes, **{"text": "HELDCANARY", field: "HELDCANARY 943 476 5919"})
    assert themes.cards.get().state == Card.HELD
    assert "waiting for the facilitator’s look" in rooms.mine(ben)
    others = rooms.pushed(themes, themes.table_of(dee)) + rooms.printed(themes) + rooms.mine(dee)
    assert "HELDCANARY" not in others
    assert ("HELDCANARY" in rooms.shown(themes, "console"), "943 476 5919" in rooms.shown(themes, "console")) == (
        True,
        False,
    )


def test_late_within_the_grace_is_flagged_and_after_it_is_refused_with_the_words(themes, ben):
    themes = rooms.closed_for(close(themes), 14)
    assert propose(ben, themes).status_code == 200
    assert themes.cards.get().late is True
    answer = propose(ben, rooms.closed_for(themes, 16), text="LATECANARY")
    assert (answer.status_code, "LATECANARY" in rooms.said(answer), themes.cards.count()) == (409, True, 1)


def test_reopening_loses_nothing(themes, ben):
    propose(ben, themes)
    themes = open_(close(themes))
    assert [card.text for card in themes.cards.standing()] == ["See every wait"]


def test_a_tables_theme_counts_for_the_table(themes, ben, chi):
    propose(ben, themes)
    assert (kind_of(themes).contributions(themes), kind_of(themes).voices(themes)) == ({}, {ben.pk, chi.pk})


def test_who_sits_nowhere_proposes_alone(workshop, ben):
    this = open_(make_activity(workshop, "long_list"))
    propose(ben, this)
    assert this.cards.get().participant == ben
    assert "The room sees your words, without your name." in rooms.mine(ben)


def test_the_screen_never_has_more_than_a_room_can_read(themes):
    for number in range(25):
        make_card(themes, text=f"See every wait, number {number}")
    assert rooms.words_on_screen(themes) <= 30
    assert rooms.words_on_screen(close(themes)) <= 30


def test_a_theme_becomes_a_move_and_a_row(themes, workshop, ben, story, driver):
    type(ben).objects.filter(pk=ben.pk).update(ref="p01")
    Driver.objects.update(ref="np1")
    Card.objects.filter(pk=story.pk).update(ref="s01")
    row = {"id": "t01", "title": WAIT["text"], "description": WAIT["description"], "proposed_by": "T1"}
    row |= {"national": ["np1"], "local": [], "stories": ["s01"]}
    data = {**WAIT, "drivers": [Ref("np1")], "stories": [Ref("s01")]}
    assert list(kind_of(themes).script(themes, {"priority_themes": [row]})) == [Move("p01", "propose", data, ref="t01")]
    Workshop.objects.update(rehearsal=True)
    propose(ben, themes, drivers=[driver.pk], stories=[story.pk], ref="t01")
    assert kind_of(themes).record(themes) == {"priority_themes": [row]}


def test_one_theme_and_two(themes, ben):
    propose(ben, themes)
    assert kind_of(themes).line(themes) == "1 theme"
    propose(ben, themes)
    assert kind_of(themes).line(themes) == "2 themes"


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(3, "long_list", network)
    assert rooms.breaks(this, person, ada) == set()
