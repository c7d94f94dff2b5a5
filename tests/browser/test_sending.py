"""From the tap to "Sent ✓": what a person reads meanwhile, and that one wish stays one however often it is tapped."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import WAIT, ask, field, kept_on, send, sent
from tests.browser.conftest import press_next

WATCH = """() => {
  window.told = [];
  const status = document.getElementById("status");
  new MutationObserver(() => window.told.push(status.textContent)).observe(status, { childList: true });
}"""
ONE_WISH = {
    "two taps": lambda page, button: button.dblclick(),
    "Enter and a tap": lambda page, button: (page.locator("#send_key_words").press("Enter"), button.click()),
    "three presses of Enter": lambda page, button: [page.locator("#send_key_words").press("Enter") for _n in "123"],
}


def test_the_phone_says_saved_then_sending_then_sent_and_not_before_the_server_has_it(day):
    today = day(("capture", {}))
    console, cable = today.console(), today.behind()
    press_next(console)
    phone = today.phone("Ben")
    field(phone).wait_for()
    phone.evaluate(WATCH)
    cable.slowness = 2.0
    send(phone, "Over a slow network")
    expect(phone.locator("#status")).to_have_text("Sending")
    assert kept_on(phone, "out") == 1
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    assert phone.evaluate("window.told") == ["Saved on this phone", "Sending", "Sent ✓"]
    assert today.stored() == ["Ben, Capture: Over a slow network"]


@pytest.fixture
def stories(day):
    today = day(("stories", {}))
    press_next(today.console())
    phone = today.phone("Ben")
    phone.get_by_label("Your story").fill("Told once")
    phone.locator("#send_key_words").fill("once")
    return today, phone


@pytest.mark.parametrize("how", ONE_WISH)
def test_one_wish_is_one_story(stories, how):
    today, phone = stories
    ONE_WISH[how](phone, phone.get_by_role("button", name="Send story"))
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    phone.wait_for_function("Object.keys(localStorage).every(name => !name.includes(':out:'))")
    assert today.stored() == ["Ben, Stories: Told once"]


def test_back_after_sending_brings_an_empty_form_and_nothing_twice(stories):
    today, phone = stories
    phone.get_by_role("button", name="Send story").click()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    phone.goto(f"{today.url}/")
    phone.go_back()
    expect(phone.get_by_label("Your story").first).to_have_value("")
    assert today.stored() == ["Ben, Stories: Told once"]


@pytest.fixture
def plain(day):
    """Dee's phone runs no scripts."""
    today = day(("capture", {}))
    press_next(today.console())
    phone = today.phone("Dee", java_script_enabled=False)
    phone.get_by_label("Your idea").fill("Told once")
    return today, phone


def test_without_scripts_two_taps_are_one_idea(plain):
    today, phone = plain
    phone.get_by_role("button", name="Send").dblclick()
    expect(phone.locator("summary").get_by_text("Told once")).to_be_visible()
    assert today.stored() == ["Dee, Capture: Told once"]


def test_without_scripts_the_same_form_sent_again_after_back_is_one_idea(plain):
    today, phone = plain
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("summary").get_by_text("Told once")).to_be_visible()
    phone.go_back()
    expect(phone.locator("#idea").get_by_label("Your idea")).to_have_value("Told once")  # the browser's own kindness
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("summary").get_by_text("Told once")).to_have_count(1)
    assert today.stored() == ["Dee, Capture: Told once"]


def test_clear_this_phone_is_in_the_help_asks_first_and_says_how_much_would_be_lost(day):
    today, _console, phone = ask(day)
    asked = []
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Not sent yet")
    field(phone).fill("Half a thought")

    def answer(question, yes):
        asked.append(question.message)
        question.accept() if yes else question.dismiss()

    phone.get_by_text("Help and privacy").click()
    phone.once("dialog", lambda question: answer(question, yes=False))
    phone.get_by_role("button", name="Clear this phone").click()
    assert (kept_on(phone, "out"), kept_on(phone, "draft")) == (1, 1)
    phone.once("dialog", lambda question: answer(question, yes=True))
    phone.get_by_role("button", name="Clear this phone").click()
    expect(phone.get_by_role("heading", name="Join the day")).to_be_visible()
    assert asked == ["2 not sent yet would be lost. Clear this phone all the same?"] * 2
    assert phone.evaluate("Object.keys(localStorage)") == []
    phone.unroute_all()
    today.hand_to("Ben", phone)
    phone.goto(f"{today.url}/w/{today.facts['code']}/")
    expect(field(phone)).to_have_value("")
    assert (sent(phone).count(), today.stored()) == (0, [])


def test_sent_is_not_said_beside_words_that_are_not_sent(day):
    _today, console, phone = ask(day)
    status = phone.locator("#status")
    send(phone, "Sent")
    expect(status).to_have_text("Sent ✓")
    field(phone).press_sequentially("N")
    expect(status).to_have_text("")
    send(phone, "Sent, too")
    expect(status).to_have_text("Sent ✓")
    press_next(console)
    expect(phone.locator("h1")).to_have_text("Dot vote")
    expect(status).to_have_text("")
