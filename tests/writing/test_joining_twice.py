"""The join form is sent twice: an answer was lost on the way, or a thumb was quick. It is one person all the same."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facilitation.joining import JoinForm
from workshops.models import Organisation, Participant
from workshops.problems import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(workshop):
    Organisation.objects.get_or_create(network=workshop.network, name="Larkham")
    return reverse("join", args=[workshop.code])


def filled_in(door, name="Gil"):
    """The form as Gil's phone has it, with the key that the page gave it."""
    page = Client().get(door).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    return {"key": key, "name": name, "organisation": Organisation.objects.get().pk, "role": "Porter"}


def people():
    return list(Participant.objects.values_list("name", flat=True))


def inside(phone, workshop):
    return phone.get(reverse("phone", args=[workshop.code])).status_code


def test_a_second_tap_is_the_same_person_and_its_answer_counts(door, workshop):
    form, first, second = filled_in(door), Client(), Client()
    assert [first.post(door, form).status_code, second.post(door, form).status_code] == [302, 302]
    assert people() == ["Gil"]
    assert (inside(first, workshop), inside(second, workshop)) == (302, 200)


def test_each_page_makes_one_person(door):
    answers = [Client().post(door, filled_in(door)).status_code for _time in range(2)]
    assert (answers, people()) == ([302, 302], ["Gil", "Gil"])


def test_back_on_a_shared_phone_leads_into_nobodys_seat_later(door, workshop):
    form = filled_in(door)
    assert Client().post(door, form).status_code == 302
    Participant.objects.update(joined_at=timezone.now() - timedelta(minutes=3))
    later = Client()
    answer = later.post(door, form)
    assert (answer.status_code, people(), inside(later, workshop)) == (422, ["Gil"], 302)
    assert "This form was sent before" in answer.content.decode()


def test_the_same_page_with_another_name_asks_once_more(door):
    form = filled_in(door)
    assert Client().post(door, form).status_code == 302
    answer = Client().post(door, {**form, "name": "Hal"})
    assert (answer.status_code, people()) == (422, ["Gil"])
    again = {**form, "name": "Hal", "key": re.search(r'name="key" value="([^"]+)"', answer.content.decode())[1]}
    assert (Client().post(door, again).status_code, people()) == (302, ["Gil", "Hal"])


def test_a_phone_that_a_restored_copy_does_not_know_takes_its_seat_once(door, workshop):
    """Two of its forms are under way at once: both found nobody on the seat, and one comes first."""
    about = {"name": "Gil", "organisation": Organisation.objects.get().pk, "role": "Porter"}
    forms = [JoinForm(about, workshop=workshop, seat_before=4_711) for _time in range(2)]
    assert [form.is_valid() for form in forms] == [True, True]
    forms[0].seat(workshop).save(force_insert=True)
    with pytest.raises(Conflict, match="has just joined"):
        forms[1].seat(workshop)
    assert people() == ["Gil"]
