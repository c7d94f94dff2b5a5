"""What a phone says about words that are not sent: why they are still here, and what can be done about it."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import WAIT, ask, field, send, sent
from tests.browser.conftest import press_next
from tests.browser.test_away import minutes_pass

MOVE_SEAT = """
from workshops.models import Participant
Participant.objects.get(workshop__code="CODE", name="Ben").take_seat()
"""

VOTE_ON_IDEAS = """
from workshops.models import Activity
ideas, vote = Activity.objects.filter(workshop__code="CODE").order_by("pk")
Activity.objects.filter(pk=vote.pk).update(draws_on=ideas)
"""


@pytest.fixture
def capture(day):
    return ask(day)


def press(console, verb: str, then: str) -> None:
    console.get_by_role("button", name=verb, exact=True).click()
    console.get_by_role("button", name=then, exact=True).wait_for()


def test_a_draft_says_that_its_activity_was_closed_and_goes_back_when_it_is_open_again(capture):
    _today, console, phone = capture
    field(phone).fill("Half a thought")
    field(phone).blur()
    press(console, "Close", "Reopen")
    expect(phone.locator("#kept")).to_contain_text("This activity has closed. Your words are still here.")
    press(console, "Reopen", "Close")
    expect(field(phone)).to_have_value("Half a thought")
    expect(phone.locator("#kept form")).to_have_count(0)


def test_words_that_were_too_late_go_by_themselves_once_their_activity_is_open_again(capture):
    today, console, phone = capture
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Too late, alas")
    press(console, "Close", "Reopen")
    minutes_pass(today, 16)
    phone.unroute_all()
    expect(phone.locator("#unsent .unsent-words")).to_have_text("Too late, alas", timeout=WAIT)
    expect(phone.locator("#unsent")).to_contain_text("This activity has closed.")
    press(console, "Reopen", "Close")
    expect(sent(phone)).to_have_text(["Too late, alas"])
    expect(phone.locator("#unsent article")).to_have_count(0)
    assert [line.partition(": ")[2] for line in today.stored()] == ["Too late, alas"]


def test_words_that_are_refused_in_the_open_activity_too_are_not_sent_for_ever(capture):
    _today, console, phone = capture
    closed = {"status": 409, "headers": {"X-Mine": "1.closed.1"}, "body": "<p>Closed</p>"}
    tries = []
    phone.route("**/send/", lambda route: (tries.append(route.request.url), route.fulfill(**closed)))
    field(phone).fill("Never taken")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#unsent")).to_contain_text("Never taken")
    press(console, "Close", "Reopen")
    expect(phone.locator("#unsent")).to_contain_text("This activity has closed.")
    press(console, "Reopen", "Close")
    expect(phone.locator("#unsent")).to_contain_text("It is open again: this can be sent now.")
    phone.unroute_all()
    phone.locator("#unsent").get_by_role("button", name="Send again").click()
    expect(sent(phone)).to_have_text(["Never taken"])
    assert len(tries) <= 3


def test_a_change_of_a_vote_that_came_too_late_is_said_not_to_count(day):
    today = day(("capture", {}), ("dot_vote", {}))
    console, cable = today.console(), today.behind()
    today.server.manage("shell", "-v0", "-c", VOTE_ON_IDEAS.replace("CODE", today.facts["code"]))
    press_next(console)
    phone = today.phone("Ben")
    send(phone, "Ring first")
    expect(sent(phone)).to_have_text(["Ring first"])
    press_next(console)
    more = phone.get_by_role("button", name="One more: Ring first")
    more.click()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    cable.pull_out()
    phone.context.set_offline(True)
    expect(phone.locator("[data-line]")).to_have_text("Offline: what you send goes by itself later", timeout=WAIT)
    more.click()
    expect(phone.locator("#status")).to_have_text("Saved on this phone")
    press(console, "Close", "Reopen")
    cable.plug_in()
    phone.context.set_offline(False)
    expect(phone.locator("#status")).to_have_text("This has closed: your last change was not counted.", timeout=WAIT)


def test_after_a_seat_has_gone_to_another_phone_what_was_not_sent_can_be_copied_from_the_old_one(capture):
    today, _console, phone = capture
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Waiting to go")
    field(phone).fill("Half a thought")
    today.server.manage("shell", "-v0", "-c", MOVE_SEAT.replace("CODE", today.facts["code"]))
    phone.unroute_all()
    unsent = phone.locator("#unsent")
    expect(unsent.locator(".unsent-words")).to_have_text(["Waiting to go", "Half a thought"], timeout=WAIT)
    expect(unsent.get_by_role("heading")).to_have_text("Not sent: you have left on this phone. Copy what you need.")
    expect(unsent.get_by_role("button")).to_have_text(["Copy", "Copy"])
    expect(phone.locator("#status")).to_have_text("You have left this workshop on this phone.")
    assert today.stored() == []
