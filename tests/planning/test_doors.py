"""The front door, the join page, and what people read when something is not there or broke."""

from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import join, phone_of


def test_the_code_leads_to_the_join_page_however_it_is_typed(eve, workshop):
    typed = f"{workshop.code[:3].lower()}-{workshop.code[3:].lower()}"
    assert eve.post(reverse("home"), {"code": typed}).url == reverse("join", args=[workshop.code])


def test_a_wrong_code_is_explained_beside_the_field(eve, db):
    answer = eve.post(reverse("home"), {"code": "AAAAAA"})
    assert answer.status_code == 422
    assert "No workshop has this code" in answer.content.decode()


def test_the_join_page_says_who_runs_the_workshop_and_what_happens_with_the_words(eve, workshop, network):
    page = eve.get(reverse("join", args=[workshop.code])).content.decode()
    assert network.name in page
    assert workshop.title in page
    assert "identify a patient" in page
    assert f"This workshop is run by {network.name}." in page
    workshop.answer_for_data("Larkham University Hospitals", "privacy@larkham.example")
    page = eve.get(reverse("join", args=[workshop.code])).content.decode()
    assert "This workshop is run by Larkham University Hospitals." in page
    assert "privacy@larkham.example" in page


def test_invited_people_find_their_name(eve, workshop, ben):
    workshop.participants.create(name="Gus", organisation=ben.organisation, role="Nurse")
    gus = workshop.participants.get(name="Gus")
    assert "Gus, Larkham" in eve.get(reverse("join", args=[workshop.code])).content.decode()
    eve.post(reverse("join", args=[workshop.code]), {"invited": gus.pk})
    gus.refresh_from_db()
    assert gus.joined_at is not None
    assert workshop.participants.count() == 2


def test_a_wrong_recovery_code_opens_the_fold_and_says_so(eve, workshop):
    answer = eve.post(reverse("recover", args=[workshop.code]), {"recovery_code": "ABCDEFGH"})
    assert answer.status_code == 422
    assert "This code does not fit" in answer.content.decode()


def test_the_lobby_greets_by_name_and_a_slip_can_be_put_right(workshop):
    phone = phone_of(join(workshop, "Benn"))
    assert "You are in, Benn." in phone.get(reverse("mine", args=[workshop.code])).content.decode()
    phone.post(reverse("me", args=[workshop.code]), {"me-name": "Ben", "me-role": "Nurse"})
    assert workshop.participants.get().name == "Ben"


def test_the_desk_shows_how_to_join_before_the_first_activity(console, workshop, ben):
    desk = console.get(reverse("desk", args=[workshop.code])).content.decode()
    assert f"/j/{workshop.code}/" in desk
    assert "Arrival and check-in" in desk


def test_a_page_that_is_not_there_says_what_to_do(eve, db):
    answer = eve.get("/nowhere/")
    assert answer.status_code == 404
    assert "I have a code" in answer.content.decode()


def test_when_everything_broke_the_words_need_no_database_and_no_request():
    assert "Something broke on our side" in render_to_string("errors/500.html")
    assert "One moment, please" in render_to_string("errors/503.html")


def test_a_password_can_be_chosen_after_a_link(console, ada):
    page = console.get(reverse("account")).content.decode()
    assert "Choose a password" in page
    console.post(reverse("account"), {"new_password1": "four words in a row", "new_password2": "four words in a row"})
    ada.refresh_from_db()
    assert ada.check_password("four words in a row")
