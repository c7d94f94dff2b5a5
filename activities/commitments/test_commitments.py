"""Commitments: one small thing each, shown as its writer chose, and held ones only after a look."""

from datetime import date

import pytest
from django.urls import reverse

from facilitation.live import surfaces
from tests.factories import act, activity, open_, phone_of
from workshops.models import Commitment


@pytest.fixture
def commitments(workshop):
    return open_(activity(workshop, "s4e"))


def commit(person, commitments, **data):
    return act(phone_of(person), commitments, "commit", **{"sharing": "everyone", **data})


def shown(commitments, surface):
    commitments.workshop.refresh_from_db()
    return surfaces.shared(commitments.workshop, surface)


def test_it_is_shown_without_a_name_unless_asked_for(commitments, ben, chi):
    commit(ben, commitments, text="I will visit Castlemoor", when="2026-10-30")
    commit(chi, commitments, text="I will share our checks", with_name="on")
    assert "I will visit Castlemoor" in shown(commitments, "screen")
    assert "Ben" not in shown(commitments, "screen")
    assert "Chi" in shown(commitments, "screen")
    assert Commitment.objects.get(participant=ben).by == date(2026, 10, 30)


def test_what_is_only_for_me_stays_with_me(commitments, ben):
    commit(ben, commitments, text="I will ask for help", sharing="me")
    assert "I will ask for help" not in shown(commitments, "screen") + shown(commitments, "console")
    assert (
        "I will ask for help" in phone_of(ben).get(reverse("mine", args=[commitments.workshop.code])).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "Write what you will do, in one line."),
        ({"text": "x" * 141}, "at most 140"),
        ({"text": "I will ring", "when": "soon"}, "Write the date as day, month and year."),
    ],
)
def test_a_slip_is_explained_and_the_words_are_kept(commitments, ben, sent, said):
    answer = commit(ben, commitments, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert sent["text"] in page


def test_a_held_one_is_shown_after_the_facilitators_look(commitments, ben, console):
    commit(ben, commitments, text="I will ring 943 476 5919 on Monday")
    held = Commitment.objects.get()
    assert "943" not in shown(commitments, "screen")
    assert "It may be shown" in shown(commitments, "console")
    assert act(console, commitments, "release", commitment=held.pk).status_code == 200
    assert "943" in shown(commitments, "screen")


def test_only_its_writer_takes_it_back(commitments, ben, chi):
    commit(ben, commitments, text="I will visit Castlemoor")
    one = Commitment.objects.get()
    assert act(phone_of(chi), commitments, "withdraw", commitment=one.pk).status_code == 422
    assert act(phone_of(ben), commitments, "withdraw", commitment=one.pk).status_code == 200
    assert Commitment.objects.count() == 0
