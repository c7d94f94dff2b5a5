"""One phone, two people after each other: what the first wrote never goes out under the second one's name."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from facilitation import passes
from tests import factories, rooms
from workshops.models import Card

pytestmark = pytest.mark.django_db


@pytest.fixture
def ideas(workshop):
    return factories.open_(factories.make_activity(workshop, "capture"))


def post(person, ideas, key, **scripted):
    address = reverse("act", args=[ideas.workshop.code, ideas.pk, "send"])
    return factories.phone_of(person).post(address, {"text": "What Ben wrote", "key": key}, **scripted)


def stored():
    return list(Card.objects.values_list("text", "participant__name"))


def test_the_keys_of_a_page_name_its_seat(ideas, ben):
    page = factories.phone_of(ben).get(reverse("phone", args=[ideas.workshop.code])).content.decode()
    keys = re.findall(r'name="key" value="([^"]+)"', page)
    assert ({key.partition(".")[0] for key in keys}, bool(keys)) == ({f"p{ben.pk}"}, True)


def test_a_tab_of_somebody_who_sat_here_before_is_told_so_and_keeps_its_words(ideas, ben, chi):
    answer = post(chi, ideas, f"p{ben.pk}.one", headers={"X-Throughline": "1"})
    assert (answer.status_code, answer.get("X-Other-Seat"), answer.content, stored()) == (409, "1", b"", [])


def test_a_key_that_only_looks_so_by_chance_is_taken(ideas, ben, chi):
    """Of a hundred thousand keys of random letters some four begin like this."""
    assert post(chi, ideas, f"p{ben.pk}-xYz", headers={"X-Throughline": "1"}).status_code == 200
    assert stored() == [("What Ben wrote", "Chi")]


def test_without_scripts_the_words_come_back_to_the_page(ideas, ben, chi):
    answer = post(chi, ideas, f"p{ben.pk}.one")
    assert (answer.status_code, stored()) == (409, [])
    assert "This was written under another name on this phone, so it was not sent." in rooms.said(answer)
    assert "What Ben wrote" in rooms.said(answer)


def test_ones_own_key_is_taken(ideas, ben):
    assert post(ben, ideas, f"p{ben.pk}.one", headers={"X-Throughline": "1"}).status_code == 200
    assert stored() == [("What Ben wrote", "Ben")]


def test_without_scripts_a_page_says_that_it_was_sent(ideas, ben):
    phone = factories.phone_of(ben)
    address = reverse("act", args=[ideas.workshop.code, ideas.pk, "send"])
    answer = phone.post(address, {"text": "What Ben wrote", "key": f"p{ben.pk}.one"}, follow=True)
    assert [message.message for message in answer.context["messages"]] == ["Sent ✓"]


def test_who_leaves_a_borrowed_phone_leaves_it_to_the_next(ideas, ben):
    phone, code = factories.phone_of(ben), ideas.workshop.code
    assert phone.post(reverse("leave", args=[code])).headers["Location"] == reverse("join", args=[code])
    assert phone.cookies[passes.participant_cookie(code)].value == ""
    assert phone.get(reverse("join", args=[code])).status_code == 200
    assert list(ideas.workshop.participants.present().values_list("name", flat=True)) == ["Ben"]


def test_who_has_no_seat_has_none_to_leave(ideas):
    assert Client().post(reverse("leave", args=[ideas.workshop.code])).status_code == 404
