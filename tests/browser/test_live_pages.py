"""The page follows the room, whatever becomes of the socket, and never moves under a person who writes."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import ask, chi_behind, field
from tests.browser.conftest import press_next


@pytest.fixture
def capture(day):
    return ask(day)


def test_half_a_sentence_stays_with_its_caret_when_the_room_moves_on_and_can_still_be_sent(capture):
    _today, console, phone = capture
    field(phone).press_sequentially("I was in the middle of this")
    phone.keyboard.press("ArrowLeft")
    press_next(console)
    expect(phone.locator("#kept")).to_contain_text("This activity has moved on. Your words are still here.")
    phone.keyboard.type("!")
    half = phone.locator("#kept textarea")
    expect(half).to_be_focused()
    expect(half).to_have_value("I was in the middle of thi!s")
    phone.reload()
    expect(half).to_have_value("I was in the middle of thi!s")
    phone.locator("#kept").get_by_role("button", name="Send").click()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    expect(phone.locator("#kept form")).to_have_count(0)
    expect(console.locator("[id^=late-]")).to_contain_text("I was in the middle of thi!s")


def test_nothing_moves_while_a_word_is_being_composed(capture):
    _today, console, phone = capture
    keyboard = phone.context.new_cdp_session(phone)
    box = field(phone)
    box.click()
    keyboard.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    press_next(console)
    expect(phone.locator("h1")).to_have_text("Dot vote")
    expect(box).to_have_value("にほ")
    expect(box).to_be_focused()
    keyboard.send("Input.insertText", {"text": "日本"})
    expect(phone.locator("#kept textarea")).to_have_value("日本")


def test_a_phone_comes_back_after_any_close_but_the_last(capture):
    today, _console, _phone = capture
    open_now, opened = [], []

    def between(socket):
        socket.connect_to_server()
        open_now.append(socket)
        opened.append(socket)

    chi = chi_behind(today, between)
    line = chi.locator("[data-line]")
    for count, code in enumerate((1000, 1008, 1011, 4408), start=1):
        expect(line).to_have_attribute("data-line", "live")
        while len(opened) < count:
            chi.wait_for_timeout(100)
        open_now.pop().close(code=code)
    while len(opened) < 5:
        chi.wait_for_timeout(100)
    open_now.pop().close(code=4401)
    expect(chi.locator("body")).to_have_attribute("data-ended", "removed")
    expect(chi.locator("#status")).to_have_text("You have left this workshop on this phone.")


def test_a_form_that_is_gone_after_a_reload_still_says_what_each_field_was_and_what_was_chosen(day):
    today = day(("stories", {}), ("dot_vote", {}))
    console, phone = today.console(), today.phone("Ben")
    press_next(console)
    phone.get_by_label("Your story").fill("The scanner stopped")
    phone.get_by_label("Words to keep").fill("waiting")
    phone.get_by_label("This table only").check()
    press_next(console)
    expect(phone.locator("#kept form")).to_be_visible()
    phone.reload()
    kept = phone.locator("#kept")
    for _time in range(2):
        expect(kept.get_by_label("Your story")).to_have_value("The scanner stopped")
        expect(kept.get_by_label("Your story")).to_have_js_property("maxLength", 1500)
        expect(kept.get_by_label("Words to keep")).to_have_value("waiting")
        expect(kept.get_by_text("How may it be used? This table only")).to_be_visible()
        kept.get_by_label("Words to keep").press_sequentially("s")
        kept.get_by_label("Words to keep").press("Backspace")
        phone.reload()
    kept.get_by_role("button", name="Send").click()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    expect(kept.locator("form")).to_have_count(0)
    assert today.stored() == ["Ben, Stories: The scanner stopped (late)"]
