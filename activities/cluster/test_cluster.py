"""Cluster: the facilitator moves cards by meaning, the room watches, and every group keeps its cards."""

import pytest

from activities.kind import Move, Ref, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_card, open_, phone_of
from workshops.models import Theme, Value


@pytest.fixture
def ideas(workshop):
    return activity(workshop, "s2a")


@pytest.fixture
def board(workshop, ideas):
    return open_(activity(workshop, "s2b"))


def make(console, board, name, *cards):
    act(console, board, "make", name=name)
    theme = board.themes.get(name=name)
    for card in cards:
        act(console, board, "place", card=card.pk, theme=theme.pk)
    return theme


def lanes(board):
    """name -> the texts in it; "" for what is not sorted."""
    told = kind_of(board).console(rooms.fresh(board))
    found = {lane.name: [card.text for card in lane.shown] for lane in told["lanes"]}
    return {**found, "": [card.text for card in told["unsorted"]]}


def test_a_group_is_made_with_a_name_and_a_line(board, console):
    answer = act(
        console, board, "make", name="Fair access", gist="Same care, whichever postcode", key_words="fair; near"
    )
    theme = board.themes.get()
    assert (answer.status_code, answer["X-Made"]) == (200, str(theme.pk))
    assert (theme.name, theme.gist, theme.key_words) == (
        "Fair access",
        "Same care, whichever postcode",
        ["fair", "near"],
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "A group needs a name."),
        ({"name": "n" * 81}, "This is too long: at most 80 characters, and this has 81."),
        ({"gist": "g" * 301}, "This is too long: at most 300 characters, and this has 301."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_words_stay(board, console, sent, words):
    answer = act(console, board, "make", **{"name": "Fair access", "gist": "For everybody", **sent})
    assert (answer.status_code, rooms.field_error(answer, words), board.themes.count()) == (422, True, 0)
    for kept in {"name": "Fair access", "gist": "For everybody", **sent}.values():
        assert kept in rooms.said(answer)


def test_a_card_moves_out_of_one_group_into_another_and_out_again(board, ideas, console):
    card = make_card(ideas, text="Same standard")
    make(console, board, "Fair", card)
    open_group = make(console, board, "Open", card)
    assert lanes(board) == {"Fair": [], "Open": ["Same standard"], "": []}
    act(console, board, "place", card=card.pk, theme="")
    assert lanes(board) == {"Fair": [], "Open": [], "": ["Same standard"]}
    assert open_group.cards.count() == 0


def test_a_card_that_belongs_in_two_places_is_copied(board, ideas, console):
    card = make_card(ideas, text="Same standard")
    make(console, board, "Fair", card)
    act(console, board, "place", card=card.pk, theme=make(console, board, "Open").pk, copy="on")
    assert lanes(board) == {"Fair": ["Same standard"], "Open": ["Same standard"], "": []}


def test_two_groups_that_mean_the_same_become_one_and_lose_nothing(board, ideas, console):
    fair = make(console, board, "Fair", make_card(ideas, text="One"), make_card(ideas, text="Both"))
    equal = make(console, board, "Equal", make_card(ideas, text="Two"))
    Theme.objects.filter(pk=equal.pk).update(gist="For everybody", key_words=["postcode"], protected=True)
    value = Value.objects.create(workshop=board.workshop, theme=equal, name="Equal")
    assert act(console, board, "merge", theme=equal.pk, into=fair.pk).status_code == 200
    fair.refresh_from_db()
    value.refresh_from_db()
    assert lanes(board) == {"Fair": ["One", "Both", "Two"], "": []}
    assert (fair.gist, fair.key_words, fair.protected, value.theme) == ("For everybody", ["postcode"], True, fair)


def test_a_group_that_people_voted_on_is_not_merged_away(board, workshop, console, ben):
    fair, equal = make(console, board, "Fair"), make(console, board, "Equal")
    activity(workshop, "s2c").cast(2, by=ben, theme=equal)
    answer = act(console, board, "merge", theme=equal.pk, into=fair.pk)
    assert (answer.status_code, board.themes.count()) == (409, 2)
    assert "People have voted on “Equal”. Set it aside instead." in rooms.said(answer)


def test_a_group_is_not_merged_into_itself(board, console):
    fair, _open = make(console, board, "Fair"), make(console, board, "Open")
    answer = act(console, board, "merge", theme=fair.pk, into=fair.pk)
    assert (answer.status_code, rooms.field_error(answer, "Choose two different groups.")) == (422, True)


def test_renaming_keeps_the_line_and_the_cards(board, ideas, console):
    fair = make(console, board, "Fair", make_card(ideas, text="One"))
    Theme.objects.filter(pk=fair.pk).update(gist="For everybody")
    page = rooms.desk(console, board)
    assert ('value="Fair"' in page, 'value="For everybody"' in page) == (True, True)
    assert act(console, board, "rename", theme=fair.pk, name="Fair access", gist="For everybody").status_code == 200
    assert lanes(board) == {"Fair access": ["One"], "": []}


def test_a_name_that_is_refused_stays_beside_its_own_group(board, console):
    fair, _open = make(console, board, "Fair"), make(console, board, "Open")
    answer = act(console, board, "rename", theme=fair.pk, name="y" * 81, gist="For everybody")
    assert (answer.status_code, rooms.said(answer).count("y" * 81)) == (422, 1)
    assert f'id="theme-{fair.pk}" open' in rooms.said(answer)
    assert Theme.objects.get(pk=fair.pk).name == "Fair"


@pytest.mark.parametrize("action", ["rename", "park", "keep", "merge", "place"])
def test_a_group_of_another_board_is_not_there(board, ideas, network, console, action):
    other, _person = workshop_with(9, "cluster", network)
    theirs = other.themes.create(name="Theirs")
    card = make_card(ideas)
    answer = act(console, board, action, theme=theirs.pk, name="Mine", card=card.pk)
    assert (answer.status_code, "This group is not here any more." in rooms.said(answer)) == (422, True)


def test_a_card_of_another_workshop_is_not_there(board, network, console):
    other, _person = workshop_with(1, "cluster", network)
    answer = act(console, board, "place", card=other.draws_on.cards.first().pk, theme=make(console, board, "Fair").pk)
    assert (answer.status_code, "This card is not here any more." in rooms.said(answer)) == (422, True)


def test_a_group_set_aside_is_not_carried_forward_until_it_comes_back(board, console):
    make(console, board, "Fair")
    lunch = make(console, board, "Free lunch")
    act(console, board, "park", theme=lunch.pk, parked="on")
    board = close(board)
    assert dict(board.themes.values_list("name", "kept")) == {"Fair": True, "Free lunch": False}
    assert "Free lunch" not in rooms.pushed(board)
    act(console, board, "park", theme=lunch.pk)
    board = close(open_(board))
    assert dict(board.themes.values_list("name", "kept")) == {"Fair": True, "Free lunch": True}


def test_anybody_may_ask_to_keep_a_small_group(board, console):
    small = make(console, board, "Small and vital")
    act(console, board, "keep", theme=small.pk, protected="on")
    assert Theme.objects.get().protected is True
    assert "Kept at somebody’s wish" in rooms.shown(board, "console")
    act(console, board, "keep", theme=small.pk)
    assert Theme.objects.get().protected is False


def test_only_the_facilitator_moves_cards(board, ideas, ben):
    card = make_card(ideas, by=ben)
    assert act(phone_of(ben), board, "place", card=card.pk).status_code == 404
    assert act(phone_of(ben), board, "make", name="Mine").status_code == 404


def test_the_board_can_be_put_right_after_closing(board, ideas, console):
    card = make_card(ideas, text="One")
    board = rooms.after_grace(board)
    make(console, board, "Fair", card)
    assert lanes(board) == {"Fair": ["One"], "": []}


def test_a_group_with_more_than_a_quarter_is_questioned(board, ideas, console):
    cards = [make_card(ideas, text=f"Idea {number}") for number in range(8)]
    make(console, board, "Fair", *cards[:2])
    assert "could it be two groups?" not in rooms.shown(board, "console")
    act(console, board, "place", card=cards[2].pk, theme=board.themes.get().pk)
    assert "could it be two groups?" in rooms.shown(board, "console")


# -- who sees what ----------------------------------------------------------------------------------------------------


def test_words_for_themes_and_tables_are_on_the_board_and_nowhere_else(board, ideas, console, ben):
    cards = {
        sharing: make_card(ideas, by=ben, text=f"{sharing} canary", sharing=sharing)
        for sharing in ("report_with_role", "report_anonymous", "themes_only", "table_only")
    }
    make(console, board, "Fair", *cards.values())
    board = close(board)
    assert lanes(board)["Fair"] == [f"{sharing} canary" for sharing in cards]
    for seen in (rooms.pushed(board), rooms.printed(board)):
        assert [sharing for sharing in cards if f"{sharing} canary" in seen] == ["report_with_role", "report_anonymous"]
        assert "Ben" not in seen


def test_words_that_are_held_later_leave_the_board_and_come_back(board, ideas, console):
    card = make_card(ideas, text="HELDCANARY")
    make(console, board, "Fair", card)
    card.hold([])
    assert "HELDCANARY" not in rooms.pushed(board) + rooms.printed(board)
    assert lanes(board) == {"Fair": [], "": []}
    card.release()
    assert lanes(board) == {"Fair": ["HELDCANARY"], "": []}


def test_phones_have_the_names_and_not_the_cards(board, ideas, console):
    make(console, board, "Fair access", make_card(ideas, text="Same standard"))
    seen = rooms.shown(board, "phone")
    assert ("Fair access" in seen, "Same standard" in seen) == (True, False)


def test_the_screen_never_has_more_than_a_room_can_read(board, ideas, console):
    cards = [make_card(ideas, text=f"Same standard, whichever postcode, {n}") for n in range(40)]
    for number in range(4):
        make(console, board, f"Group {number}", *cards[number * 10 : number * 10 + 6])
    assert rooms.words_on_screen(board) <= 30
    assert "Same standard" in rooms.shown(board, "screen")


def test_every_card_can_be_moved_by_keyboard_alone(board, ideas, console):
    card = make_card(ideas, text="Same standard")
    fair = make(console, board, "Fair")
    page = rooms.shown(board, "console")
    assert f'<label class="visually-hidden" for="move-{card.pk}-0">Move “Same standard” to</label>' in page
    assert f'<option value="{fair.pk}">Fair</option>' in page


# -- the exchange file ------------------------------------------------------------------------------------------------


def test_groups_become_moves_and_rows(workshop, board, ideas, console):
    rows = [
        {"id": "vc1", "name": "Fair", "gist": "For everybody"},
        {"id": "vc2", "name": "Free lunch", "gist": "", "parked": True},
    ]
    day = {"value_clusters": rows, "value_ideas": [{"id": "v1", "cluster": "vc1"}]}
    assert list(kind_of(board).script(board, day)) == [
        Move("facilitator", "make", {"name": "Fair", "gist": "For everybody", "key_words": ""}, ref="vc1"),
        Move("facilitator", "make", {"name": "Free lunch", "gist": "", "key_words": ""}, ref="vc2"),
        Move("facilitator", "park", {"theme": Ref("vc2"), "parked": "on"}),
        Move("facilitator", "place", {"card": Ref("v1"), "theme": Ref("vc1"), "copy": "on"}),
    ]
    for row in rows:
        theme = board.themes.create(name=row["name"], gist=row["gist"], ref=row["id"], position=board.themes.count())
        theme.park(row.get("parked", False))
    assert kind_of(board).record(board) == {"value_clusters": rows}


def test_themes_of_stories_keep_their_key_words(workshop):
    board = activity(workshop, "s1c")
    board.themes.create(name="Near", gist="Distance decides", key_words=["journey"], ref="st1")
    assert kind_of(board).record(board) == {
        "story_themes": [{"id": "st1", "name": "Near", "description": "Distance decides", "keywords": ["journey"]}]
    }


def test_one_group_and_two(board, console):
    make(console, board, "Fair")
    assert kind_of(board).line(board) == "1 group"
    make(console, board, "Open")
    assert kind_of(board).line(board) == "2 groups"


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(9, "cluster", network)
    this.themes.create(name="Fair")
    assert rooms.breaks(this, person, ada) == set()
