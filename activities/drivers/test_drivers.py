"""Drivers: each person sorts national and local cards; the room sees the picture when it closes, never whose it is."""

import pytest

from activities.kind import kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_network, open_, phone_of
from workshops.models import Driver


@pytest.fixture
def cards(network, ben):
    """Two national cards and one local; one more that is hidden, and one of another network."""
    sources = [{"publisher": "NHS England", "date": "2026-02-04"}]
    Driver.objects.create(network=network, title="Hidden", hidden=True)
    Driver.objects.create(network=make_network("Elsewhere"), title="Theirs")
    return {
        "waits": Driver.objects.create(network=network, title="Waits", summary="62 days", sources=sources, position=1),
        "shift": Driver.objects.create(network=network, title="Digital", status="confirmed", position=2),
        "local": Driver.objects.create(network=network, title="Weekend cover", organisation=ben.organisation),
    }


@pytest.fixture
def sorting(workshop, cards):
    return open_(activity(workshop, "s3a"))


def sort(person, sorting, **answers):
    """sort(ben, sorting, waits="2")"""
    found = {card.title: card for card in kind_of(sorting).picture(sorting)}
    names = {"waits": "Waits", "shift": "Digital", "local": "Weekend cover"}
    return act(
        phone_of(person), sorting, "sort", **{f"d-{found[names[name]].pk}": said for name, said in answers.items()}
    )


def picture(sorting):
    return {card.title: (card.a_lot, card.a_little, card.not_ours) for card in kind_of(sorting).picture(sorting)}


def test_local_cards_come_first_and_hidden_ones_not_at_all(sorting):
    assert list(picture(sorting)) == ["Weekend cover", "Waits", "Digital"]


def test_sorting_is_kept_card_by_card_and_can_be_changed(sorting, ben):
    assert sort(ben, sorting, waits="2", shift="0").status_code == 200
    sort(ben, sorting, waits="1")
    assert picture(sorting) == {"Weekend cover": (0, 0, 0), "Waits": (0, 1, 0), "Digital": (0, 0, 1)}
    assert sorting.marks.count() == 2


def test_an_answer_that_is_not_on_the_card_is_explained_and_nothing_is_kept(sorting, ben):
    answer = sort(ben, sorting, waits="7", shift="2")
    assert (answer.status_code, sorting.marks.count()) == (422, 0)
    assert "7 is not one of the available choices." in rooms.said(answer)


def test_a_card_that_is_not_in_play_is_passed_over(sorting, ben):
    theirs = Driver.objects.get(title="Theirs")
    act(phone_of(ben), sorting, "sort", **{f"d-{theirs.pk}": "2"})
    assert sorting.marks.count() == 0


def test_while_it_is_open_nothing_that_is_pushed_depends_on_what_was_said(sorting, ben):
    pages = []
    for said in ("2", "0"):
        sort(ben, sorting, waits=said)
        pages.append(rooms.pushed(sorting))
    assert pages[0] == pages[1]
    assert ("1 person has sorted" in pages[0], "Waits" in pages[0]) == (True, False)


def test_closing_shows_the_picture_by_sort_and_no_names(sorting, ben, chi):
    sort(ben, sorting, waits="2", local="2")
    sort(chi, sorting, waits="2")
    sorting = close(sorting)
    seen = rooms.shown(sorting, "screen")
    assert ("From our organisations" in seen, "National" in seen, "Ben" in seen) == (True, True, False)
    assert seen.index("Waits") < seen.index("Digital")
    assert "You said: A lot" in rooms.mine(ben)


def test_after_closing_no_answer_is_taken(sorting, ben):
    sorting = close(sorting)
    assert (sort(ben, sorting, waits="2").status_code, sorting.marks.count()) == (409, 0)


def test_reopening_loses_nothing(sorting, ben):
    sort(ben, sorting, waits="2")
    sorting = open_(close(sorting))
    assert picture(sorting)["Waits"] == (1, 0, 0)
    assert "checked" in rooms.mine(ben)


def test_somebody_taken_off_the_list_does_not_count(sorting, ben, chi):
    sort(ben, sorting, waits="2")
    sort(chi, sorting, waits="2")
    ben.remove()
    assert (picture(sorting)["Waits"], kind_of(sorting).shared(sorting)) == ((1, 0, 0), {"count": 1})


def test_a_card_hidden_meanwhile_is_gone_and_its_answers_return_with_it(sorting, cards, ben):
    sort(ben, sorting, waits="2")
    cards["waits"].hide()
    assert "Waits" not in picture(sorting)
    cards["waits"].hide(False)
    assert picture(sorting)["Waits"] == (1, 0, 0)


# -- remarks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There are no words here yet. Write something, then send it."),
        ("x" * 241, "This is too long: at most 240 characters, and this has 241."),
    ],
)
def test_a_remark_that_is_wrong_is_explained_beside_the_field_and_kept(sorting, ben, text, words):
    answer = act(phone_of(ben), sorting, "remark", text=text)
    assert (answer.status_code, rooms.field_error(answer, words), text in rooms.said(answer)) == (422, True, True)


def test_a_remark_reaches_the_console_and_the_paper_without_a_name(sorting, ben, chi):
    act(phone_of(ben), sorting, "remark", text="The date on this card is wrong")
    assert "The date on this card is wrong" in rooms.shown(sorting, "console")
    assert "The date on this card is wrong" not in rooms.pushed(sorting) + rooms.mine(chi)
    paper = rooms.printed(close(sorting))
    assert ("The date on this card is wrong" in paper, "Ben" in paper) == (True, False)


def test_a_remark_is_taken_back_by_its_author_alone(sorting, ben, chi):
    act(phone_of(ben), sorting, "remark", text="Wrong")
    card = sorting.cards.get()
    assert act(phone_of(chi), sorting, "take_back", card=card.pk).status_code == 422
    assert act(phone_of(ben), sorting, "take_back", card=card.pk).status_code == 200
    assert sorting.cards.standing().count() == 0


def test_held_remarks_are_for_their_author_and_the_console_alone(sorting, ben, chi):
    act(phone_of(ben), sorting, "remark", text="HELDCANARY 943 476 5919")
    sorting = close(sorting)
    assert "HELDCANARY" not in rooms.pushed(sorting) + rooms.printed(sorting) + rooms.mine(chi)
    assert "waiting for the facilitator’s look" in rooms.mine(ben)
    assert ("HELDCANARY" in rooms.shown(sorting, "console"), "943 476 5919" in rooms.shown(sorting, "console")) == (
        True,
        False,
    )


def test_a_late_remark_is_flagged_and_after_the_grace_refused_with_the_words(sorting, ben):
    sorting = rooms.closed_for(close(sorting), 14)
    assert act(phone_of(ben), sorting, "remark", text="Late").status_code == 200
    assert sorting.cards.get().late is True
    answer = act(phone_of(ben), rooms.closed_for(sorting, 16), "remark", text="LATECANARY")
    assert (answer.status_code, "LATECANARY" in rooms.said(answer), sorting.cards.count()) == (409, True, 1)


def test_paper_names_source_date_and_status_of_each_card(sorting, ben):
    sort(ben, sorting, waits="2")
    paper = rooms.printed(sorting)
    assert "NHS England, 4 February 2026 · To check" in paper
    assert "Sorted by 1 person, in the light of our purpose." in paper


def test_the_facilitator_is_reminded_of_cards_to_check(sorting):
    assert "2 cards are marked “to check”" in rooms.shown(sorting, "console")


def test_one_person_and_two(sorting, ben, chi):
    sort(ben, sorting, waits="2")
    assert kind_of(sorting).line(sorting) == "sorted by 1 person"
    sort(chi, sorting, waits="2")
    assert kind_of(sorting).line(sorting) == "sorted by 2 people"


def test_the_screen_shows_no_more_than_three_of_each(network, workshop, ben):
    for number in range(20):
        Driver.objects.create(network=network, title=f"A national card with a title {number}")
        Driver.objects.create(network=network, title=f"Local {number}", organisation=ben.organisation)
    this = close(open_(activity(workshop, "s3a")))
    told = kind_of(this).screen(this)
    assert (len(told["local"]), len(told["national"])) == (3, 3)


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(3, "drivers", network)
    assert rooms.breaks(this, person, ada) == set()
