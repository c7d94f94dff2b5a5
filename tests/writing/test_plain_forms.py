"""Forms of phones without scripts: the same words twice in a row are one wish, whatever key the page brought."""

import secrets

import pytest
from django.urls import reverse

from tests.factories import act, activity, open_, phone_of


@pytest.fixture
def ideas(workshop):
    return open_(activity(workshop, "s2a"))


def send_plainly(person, ideas, text: str) -> int:
    url = reverse("act", args=[ideas.workshop.code, ideas.pk, "send"])
    return phone_of(person).post(url, {"key": secrets.token_urlsafe(18), "text": text}).status_code


def texts(ideas) -> list[str]:
    return list(ideas.cards.order_by("pk").values_list("text", flat=True))


def test_the_same_words_twice_in_a_row_with_another_key_are_one_idea(ideas, ben):
    assert [send_plainly(ben, ideas, "Told once") for _time in range(2)] == [302, 302]
    assert texts(ideas) == ["Told once"]


def test_the_same_words_of_another_person_or_after_others_are_ideas_of_their_own(ideas, ben, chi):
    for person, text in ((ben, "One"), (chi, "One"), (ben, "Two"), (ben, "One")):
        assert send_plainly(person, ideas, text) == 302
    assert texts(ideas) == ["One", "One", "Two", "One"]


def test_a_phone_with_scripts_knows_what_it_wants_by_its_key(ideas, ben):
    for _time in range(2):
        act(phone_of(ben), ideas, "send", text="Yes")
    assert texts(ideas) == ["Yes", "Yes"]
