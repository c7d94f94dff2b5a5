"""What somebody tried who wished us ill, and what must not come of it. More of it stands beside what it attacks."""

import logging
import stat

import pytest
from django.test import Client
from django.urls import reverse

from config.logs import WithoutTokens
from facilitation import passes
from facilitation.live import surfaces
from facilitation.lobby import join_address
from tests import factories
from tests.test_doors import DOORS
from workshops.models import Card, Membership, Participant


@pytest.fixture
def stories(workshop):
    return factories.open_(factories.activity(workshop, "s1a"))


def press(console, workshop, verb, **sent):
    return console.post(reverse("run", args=[workshop.code, verb]), sent, headers={"X-Throughline": "1"})


def admits(workshop, surface, proof):
    return surfaces.render(workshop.pk, {(surface, None)}).admits(proof)


# words


@pytest.mark.parametrize("verb", ["release", "hide"])
def test_words_that_were_taken_back_stay_so_when_the_facilitator_presses_a_moment_too_late(
    console, workshop, stories, ben, verb
):
    card = factories.make_card(stories, ben)
    card.hold([])
    card.withdraw()
    assert press(console, workshop, verb, card=card.pk).status_code == 409
    card.refresh_from_db()
    assert card.state == Card.WITHDRAWN


# sockets: the page asks the database, a socket is let in by its signature


def test_a_screen_link_that_was_replaced_hears_nothing_on_its_socket(workshop):
    old = workshop.screen_nonce
    assert admits(workshop, "screen", old)
    workshop.new_screen_link()
    assert not admits(workshop, "screen", old)
    assert admits(workshop, "screen", workshop.screen_nonce)


def test_a_phone_whose_seat_is_on_another_phone_hears_nothing_on_its_socket(workshop, ben):
    lost = ben.secret
    found = Participant.objects.get(pk=ben.pk).take_seat()
    assert not admits(workshop, "phone", Participant.hashed(lost))
    assert admits(workshop, "phone", Participant.hashed(found))


def test_a_facilitator_who_has_left_the_network_hears_nothing_on_the_consoles_socket(workshop, ada, network):
    assert admits(workshop, "console", str(ada.pk))
    Membership.objects.filter(user=ada).delete()
    assert not admits(workshop, "console", str(ada.pk))
    manager = factories.make_user("Mia", network, role=Membership.MANAGER)
    assert not admits(workshop, "console", str(manager.pk))


def test_signing_out_leaves_no_pass_for_the_consoles_socket_behind(console, workshop):
    console.get(reverse("console", args=[workshop.code]))
    cookie = passes.console_cookie(workshop.code)
    assert console.cookies[cookie].value
    console.post(reverse("sign-out"))
    assert not console.cookies[cookie].value


# seats


def test_a_recovery_code_seats_one_phone_though_two_send_it_at_once(workshop, ben, monkeypatch):
    code = ben.give_recovery_code()
    first, second = Client(), Client()
    address = reverse("recover", args=[workshop.code])
    from facilitation import joining

    write = joining.write

    def beaten_to_it(*args, **kwargs):
        monkeypatch.setattr(joining, "write", write)
        assert second.post(address, {"recovery_code": code}).status_code == 302
        return write(*args, **kwargs)

    monkeypatch.setattr(joining, "write", beaten_to_it)
    assert first.post(address, {"recovery_code": code}).status_code == 409
    assert passes.participant_cookie(workshop.code) not in first.cookies


@pytest.mark.parametrize("door", ["recover", "me"])
def test_a_locked_workshop_says_so_at_every_door_of_a_phone(workshop, ben, door):
    code = ben.give_recovery_code()
    workshop.lock()
    sent = {"recovery_code": code, "me-name": "Benjamin", "me-role": "Nurse"}
    answer = factories.phone_of(ben).post(reverse(door, args=[workshop.code]), sent, follow=True)
    assert "locked" in answer.content.decode()
    ben.refresh_from_db()
    assert (ben.name, ben.recovery_code) == ("Ben", code)


# what is not a number, or not for this place

ODD = ["x", "-1", "1.5", "9" * 19, "9" * 5000, "\x00", "١", "²", "' OR 1=1"]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("verb", "field"), [("release", "card"), ("hide", "card"), ("remove", "participant"), ("open", "activity")]
)
def test_a_press_on_nothing_is_answered_in_words(console, workshop, verb, field, odd):
    assert press(console, workshop, verb, **{field: odd}).status_code == 409


@pytest.mark.parametrize("odd", ODD)
def test_a_driver_for_no_organisation_is_a_national_one(console, network, odd):
    assert console.get(reverse("driver-new", args=[network.pk]), {"organisation": odd}).status_code == 200


def test_a_draft_with_a_bottomless_field_is_refused_in_words(workshop, ben):
    drafts = factories.open_(factories.make_activity(workshop, "purpose_drafts"))
    answer = factories.act(factories.phone_of(ben), drafts, "draft", text="We exist", liked="[" * 30_000)
    assert answer.status_code == 422


def test_no_phone_is_sent_to_the_laptops_own_ipv6_address(rf, workshop):
    request = rf.get("/", headers={"host": "[::1]:8000"})
    assert "::1" not in join_address(request, workshop)
    assert ":8000/j/" in join_address(request, workshop)


def test_a_log_never_tells_a_one_time_link_or_a_screen():
    record = logging.LogRecord("django", logging.WARNING, "", 1, "Forbidden: %s", ("/sign-in/s3cret-token/",), None)
    screen = logging.LogRecord("django", logging.WARNING, "", 1, "Not Found: /screen/eyJ3.x:y/version/", (), None)
    assert [WithoutTokens().filter(one) for one in (record, screen)] == [True, True]
    assert record.getMessage() == "Forbidden: /sign-in/…/"
    assert screen.getMessage() == "Not Found: /screen/…/version/"


def test_the_folder_of_everybodys_words_is_for_its_owner_alone(settings):
    assert stat.S_IMODE(settings.DATA_DIR.stat().st_mode) == 0o700


def test_a_key_is_good_for_one_verb_alone(console, workshop, stories):
    assert press(console, workshop, "extend", key="k" * 22, minutes="2").status_code == 200
    assert press(console, workshop, "extend", key="k" * 22, minutes="2").status_code == 200
    assert press(console, workshop, "close", key="k" * 22).status_code == 409
    stories.refresh_from_db()
    assert stories.is_open


def test_a_phones_key_is_good_for_one_action_alone(stories, ben):
    phone = factories.phone_of(ben)
    sent = factories.act(phone, stories, "send", key="k" * 22, text="We waited", sharing="themes_only")
    again = factories.act(
        phone, stories, "share", key="k" * 22, text="We waited", sharing="themes_only", card=sent["X-Made"]
    )
    assert [sent.status_code, again.status_code] == [200, 422]


# what cannot be read


FORM = "application/x-www-form-urlencoded"
UNREADABLE = {
    "another charset": (f"{FORM}; charset=latin-1", b"code=x"),
    "too many fields": (FORM, b"code=x&" * 2001),
    "no boundary": ("multipart/form-data", b"code=x"),
    "a boundary that is none": ("multipart/form-data; boundary=\xff", b"code=x"),
    "too many parts": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 2001 + b"--x--\r\n",
    ),
    "too many files": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n\r\n' * 101 + b"--x--\r\n",
    ),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_form_that_cannot_be_read_is_answered_in_words(what):
    eve = Client(enforce_csrf_checks=True, raise_request_exception=False)
    eve.cookies["csrftoken"] = "a" * 32
    content_type, body = UNREADABLE[what]
    answer = eve.post("/", body, content_type=content_type, headers={"X-CSRFToken": "a" * 32})
    assert (answer.status_code, "<h1>This could not be read</h1>" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize("key", ["a\0b", "\0", "a\nb", "\u2028", "k" * 65])
def test_a_key_that_no_page_makes_is_refused_and_nothing_done(console, workshop, stories, ben, key):
    before = workshop.receipts.count(), stories.cards.count()
    sent = factories.act(factories.phone_of(ben), stories, "send", key=key, text="We waited", sharing="themes_only")
    assert [sent.status_code, press(console, workshop, "close", key=key).status_code] == [400, 400]
    stories.refresh_from_db()
    assert (workshop.receipts.count(), stories.cards.count(), stories.is_open) == (*before, True)


@pytest.mark.parametrize("odd", ["a" * 27 + "\\000" + "a" * 4, "\\377" * 32, "\\012" * 32, "' OR 1=1 --"])
def test_a_session_that_we_never_made_is_not_looked_for(db, eve, odd, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = eve.get("/account/", headers={"Cookie": f'sessionid="{odd}"'})
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/account/")


NUMBERS = {"body", "member", "card", "activity", "invited", "round", "pack"}


@pytest.mark.parametrize("digits", [19, 20, 4300, 4301])
def test_there_is_nothing_behind_a_number_longer_than_any(console, network, workshop, ben, eve, digits):
    endless = "9" * digits
    doors = [f"/networks/{endless}/"]
    for name, (follows, _get, _post) in DOORS.items():
        if NUMBERS.intersection(follows):
            values = {"network": network.pk, "code": workshop.code, **dict.fromkeys(NUMBERS, 77_777)}
            door = reverse(name, args=[values.get(one, one) for one in follows])
            doors.append(door.replace("77777", endless))
    seen = {
        (door, method): getattr(browser, method)(door).status_code
        for browser in (console, factories.phone_of(ben), eve)
        for door in doors
        for method in ("get", "post")
    }
    assert {door: status for door, status in seen.items() if status not in (302, 404, 405)} == {}
    assert console.post(f"/w/{workshop.code}/a/{endless}/send/").status_code == 404
