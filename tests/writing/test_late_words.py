"""Words that arrive after closing: kept in their place, marked, and put before the facilitator until they are seen."""

import secrets

import pytest
from django.urls import reverse

from facilitation.live.surfaces import late
from tests import rooms
from tests.factories import act, activity, close, open_, phone_of
from workshops.models import Card, Workshop


@pytest.fixture
def ideas(workshop):
    return open_(activity(workshop, "s2a"))


def tray(workshop) -> list[str]:
    """What stands in the facilitator's tray of late words."""
    return [card.text for card in late(Workshop.objects.get(pk=workshop.pk))]


def press_seen(console, workshop, *cards: Card):
    url = reverse("run", args=[workshop.code, "seen"])
    sent = {"key": secrets.token_urlsafe(18), "cards": ",".join(str(card.pk) for card in cards)}
    return console.post(url, sent, headers={"X-Throughline": "1"})


def test_what_came_in_time_is_in_no_tray_and_what_came_late_is_with_activity_and_time(ideas, workshop, ben, chi):
    act(phone_of(ben), ideas, "send", text="In good time")
    close(ideas)
    act(phone_of(chi), ideas, "send", text="A minute late")
    card = Card.objects.get(text="A minute late")
    assert tray(workshop) == ["A minute late"]
    assert card.came_late_at == card.created_at
    page = rooms.shown(ideas, "console")
    assert f'id="late-{card.pk}"' in page
    assert f"<footer>{ideas.title} · " in page


def test_seen_takes_those_and_no_others_out_of_the_tray_and_leaves_them_late_in_their_place(
    ideas, workshop, ben, chi, console
):
    close(ideas)
    for person, text in ((ben, "First"), (chi, "Second"), (ben, "Third")):
        act(phone_of(person), ideas, "send", text=text)
    first, _second, third = ideas.cards.order_by("pk")
    assert press_seen(console, workshop, first, third).status_code == 200
    assert tray(workshop) == ["Second"]
    assert list(ideas.cards.order_by("pk").values_list("text", "late", "state")) == [
        (text, True, "clear") for text in ("First", "Second", "Third")
    ]


def test_words_changed_again_after_they_were_seen_come_back_into_the_tray(ideas, workshop, ben, console):
    close(ideas)
    act(phone_of(ben), ideas, "send", text="Before")
    card = ideas.cards.get()
    press_seen(console, workshop, card)
    act(phone_of(ben), ideas, "reword", card=card.pk, text="After")
    assert tray(workshop) == ["After"]


def test_late_words_that_are_held_wait_in_one_tray_at_a_time(ideas, workshop, ben, console):
    close(ideas)
    act(phone_of(ben), ideas, "send", text="Her number is 943 476 5919")
    card = ideas.cards.get()
    assert (card.state, card.late, tray(workshop)) == ("held", True, [])
    url = reverse("run", args=[workshop.code, "release"])
    console.post(url, {"card": card.pk}, headers={"X-Throughline": "1"})
    assert tray(workshop) == ["Her number is 943 476 5919"]


def test_nobody_but_who_runs_the_day_takes_words_out_of_the_tray(ideas, workshop, ben):
    close(ideas)
    act(phone_of(ben), ideas, "send", text="Mine")
    assert press_seen(phone_of(ben), workshop, ideas.cards.get()).status_code == 404
    assert tray(workshop) == ["Mine"]


def test_odd_numbers_of_cards_change_nothing(ideas, workshop, ben, console):
    close(ideas)
    act(phone_of(ben), ideas, "send", text="Mine")
    url = reverse("run", args=[workshop.code, "seen"])
    for odd in rooms.ODD:
        if odd.isascii() and "\x00" not in odd:
            assert console.post(url, {"cards": f"{odd},,-3"}, headers={"X-Throughline": "1"}).status_code == 200
    assert tray(workshop) == ["Mine"]


def test_a_quarter_of_an_hour_after_closing_words_are_refused_and_named_as_kept_on_the_phone(ideas, workshop, ben):
    rooms.after_grace(ideas)
    answer = act(phone_of(ben), ideas, "send", text="Too late")
    assert (answer.status_code, ideas.cards.count(), tray(workshop)) == (409, 0, [])
    assert "Your words were not sent. They are still here: you can copy them." in rooms.said(answer)
