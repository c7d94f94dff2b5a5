"""The main job, in real browsers side by side: join, tell, see it live, and never lose what is half written."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import press_next

STORY = "Our linac was down for two days, and Fenbridge took eleven of our patients the same week."


def test_a_person_joins_with_the_code_and_is_the_same_person_after_a_reload(day, server):
    today = day()
    phone = today.page(390, 844)
    phone.goto(server.url)
    phone.get_by_label("Code").fill(today.facts["code"].lower())
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_label("Your name").fill("Amara Osei")
    phone.get_by_label("Organisation", exact=True).select_option(label="Larkham")
    phone.get_by_label("Role").fill("Therapeutic radiographer")
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text("You are in, Amara Osei.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("You are in, Amara Osei.")).to_be_visible()


def test_a_story_goes_from_a_phone_to_the_console_and_the_screen(day):
    today = day(("stories", {}))
    console, screen, phone = today.console(), today.screen(), today.phone("Ben")
    press_next(console)
    phone.get_by_label("Your story").fill(STORY)
    phone.get_by_label("With my role").check()
    phone.get_by_role("button", name="Send story").click()
    expect(phone.locator("#status")).to_contain_text("Sent ✓")
    expect(console.get_by_text(STORY)).to_be_visible()
    expect(screen.locator("blockquote")).to_contain_text("Fenbridge took eleven")
    expect(screen.get_by_text("Ben")).to_have_count(0)


def test_half_typed_words_caret_and_focus_survive_twenty_updates(day):
    today = day(("stories", {}))
    console, phone, other = today.console(), today.phone("Ben"), today.phone("Chi")
    press_next(console)
    box = phone.get_by_label("Your story")
    box.click()
    box.press_sequentially("We waited for three weeks and")
    box.press("ArrowLeft")
    box.press("ArrowLeft")
    phone.get_by_label("Without my name or role").check()
    box.focus()
    for number in range(20):
        other.locator("#story textarea").fill(f"Story number {number}")
        other.get_by_role("button", name="Send story").click()
        expect(other.get_by_text(f"Story number {number}", exact=True).first).to_be_visible()
    expect(phone.get_by_text("20 stories so far")).to_be_visible()
    assert box.input_value() == "We waited for three weeks and"
    assert phone.evaluate("document.activeElement.name") == "text"
    assert box.evaluate("box => box.selectionStart") == len("We waited for three weeks and") - 2
    assert phone.get_by_label("Without my name or role").is_checked()


def test_everyone_moves_when_the_facilitator_moves(day):
    today = day(("brief", {}), ("capture", {}))
    console, screen, phone = today.console(), today.screen(), today.phone("Ben")
    press_next(console)
    press_next(console)
    expect(phone.locator("h1")).to_have_text("Capture")
    expect(screen.locator("h1")).to_have_text("Capture")
    expect(phone.get_by_label("Your idea")).to_be_visible()


def test_ideas_stay_hidden_until_the_facilitator_closes(day):
    today = day(("capture", {}))
    console, screen, phone = today.console(), today.screen(), today.phone("Ben")
    press_next(console)
    phone.get_by_label("Your idea").fill("Pick up the phone first")
    phone.get_by_role("button", name="Send").click()
    expect(console.get_by_text("Pick up the phone first")).to_be_visible()
    expect(screen.get_by_text("idea so far")).to_be_visible()
    expect(screen.get_by_text("Pick up the phone first")).to_have_count(0)
    console.get_by_role("button", name="Close", exact=True).click()
    expect(screen.get_by_text("Pick up the phone first")).to_be_visible()


def test_words_written_while_the_server_is_away_arrive_once_it_is_back(day, server):
    today = day(("capture", {}))
    console, phone = today.console(), today.phone("Ben")
    press_next(console)
    expect(phone.get_by_label("Your idea")).to_be_visible()
    server.stop(kill=True)
    phone.get_by_label("Your idea").fill("Say what we do not know")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#status")).to_contain_text(re.compile("Saved on this phone|Sending"))
    server.start()
    expect(phone.locator("#status")).to_contain_text("Sent ✓", timeout=60_000)
    expect(console.get_by_text("Say what we do not know")).to_have_count(1, timeout=60_000)
