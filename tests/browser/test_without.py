"""Without sockets, without scripts, without https: a whole part in the day all the same."""

import pytest
from playwright.sync_api import expect

from config.addresses import lan_address
from tests.browser.asking import WAIT, field, send, sent
from tests.browser.conftest import press_next

# Everything that the page ever says about its connection.
LISTEN = """
addEventListener("DOMContentLoaded", () => {
  window.told = [];
  const look = () => document.querySelectorAll("[data-line], #status").forEach((place) => {
    const text = place.textContent;
    if (text && window.told.at(-1) !== text && getComputedStyle(place).display !== "none") window.told.push(text);
  });
  const all = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document.body, all);
});
"""
DAY = (("stories", {}), ("capture", {}), ("pulse", {}), ("brief", {}))


def join(phone, today, name: str) -> None:
    phone.goto(f"{today.url}/j/{today.facts['code']}/")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label("Organisation", exact=True).select_option(label="Larkham")
    phone.get_by_label("Role").fill("Physicist")
    phone.get_by_role("button", name="Join").click()
    expect(phone.get_by_text(f"You are in, {name}.")).to_be_visible()


def test_with_sockets_refused_a_whole_day_is_played_by_asking_and_nothing_alarming_is_said(day):
    today = day(*DAY)
    console, cable = today.console(), today.behind()
    cable.refuses_sockets = True
    phone = today.page(390, 844)
    phone.add_init_script(LISTEN)
    join(phone, today, "Amara Osei")
    press_next(console)
    phone.get_by_label("Your story").fill("We waited three weeks")
    phone.get_by_role("button", name="Send story").click()
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    expect(console.get_by_text("We waited three weeks")).to_be_visible()
    press_next(console)
    send(phone, "One number to ring")
    expect(sent(phone)).to_have_text(["One number to ring"])
    press_next(console)
    answer_pulse(phone)
    expect(phone.get_by_text("1 of 4 have answered")).to_be_visible()
    press_next(console)
    expect(phone.locator("h1")).to_have_text("Brief")
    press_next_to_the_end(console)
    expect(phone.get_by_text("The workshop is over. Thank you for your part in it.")).to_be_visible()
    assert cable.sockets == 0
    assert set(phone.evaluate("window.told")) <= {"Saved on this phone", "Sending", "Sent ✓"}
    assert today.stored() == [
        "Amara Osei, Stories: We waited three weeks",
        "Amara Osei, Capture: One number to ring",
    ]


def answer_pulse(phone) -> None:
    for question in ("q1", "q2", "q3"):
        phone.locator(f"[name={question}][value='4']").check(force=True)
    phone.get_by_role("button", name="Send my answers").click()


def press_next_to_the_end(console) -> None:
    console.get_by_role("button", name="Finish the day").click()
    console.get_by_role("link", name="Outputs pack").wait_for()


def test_without_scripts_a_person_joins_answers_and_votes_and_the_page_comes_anew_by_itself(day):
    today = day(*DAY)
    console = today.console()
    phone = today.page(390, 844, java_script_enabled=False)
    join(phone, today, "Amara Osei")
    press_next(console)
    expect(phone.get_by_label("Your story")).to_be_visible(timeout=WAIT)  # nobody touched the phone
    phone.get_by_label("Your story").fill("We waited three weeks")
    phone.get_by_role("button", name="Send story").click()
    expect(phone.locator("#mine").get_by_text("We waited three weeks").first).to_be_visible()
    press_next(console)
    phone.get_by_role("link", name="Is there something new?").click()
    phone.get_by_label("Your idea").fill("One number to ring")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("summary").get_by_text("One number to ring")).to_be_visible()
    press_next(console)
    phone.get_by_role("link", name="Is there something new?").click()
    answer_pulse(phone)
    expect(phone.get_by_text("1 of 4 have answered")).to_be_visible()
    assert today.stored() == [
        "Amara Osei, Stories: We waited three weeks",
        "Amara Osei, Capture: One number to ring",
    ]


def test_no_page_comes_anew_by_itself_under_somebody_who_may_be_writing(day):
    today = day(("capture", {}))
    refresh = "noscript meta[http-equiv=refresh]"
    phone = today.phone("Dee", java_script_enabled=False)
    expect(phone.locator(refresh)).to_have_attribute("content", "15")
    press_next(today.console())
    phone.reload()
    expect(phone.get_by_label("Your idea")).to_be_visible()
    expect(phone.locator(refresh)).to_have_count(0)


def test_on_plain_http_at_an_address_of_the_local_network_everything_is_there(day):
    """A phone in the room: not a secure context, so no locks, no service worker, no clipboard, no random UUID."""
    if lan_address() == "127.0.0.1":
        pytest.skip("this machine has no address of its own on a network")
    today = day(("capture", {}))
    console, cable = today.console(), today.behind(lan_address())
    press_next(console)
    phone = today.phone("Ben")
    assert (
        phone.evaluate("[isSecureContext, 'randomUUID' in crypto, 'locks' in navigator, 'clipboard' in navigator]")
        == [False] * 4
    )
    other = phone.context.new_page()
    other.goto(phone.url)
    expect(field(phone)).to_be_visible()
    cable.pull_out()
    for page, idea in ((phone, "From the first tab"), (other, "From the second tab")):
        page.bring_to_front()
        send(page, idea)
    field(other).fill("Half a thought")
    cable.plug_in()
    for page in (phone, other):
        expect(sent(page)).to_have_text(["From the first tab", "From the second tab"], timeout=WAIT)
    expect(field(other)).to_have_value("Half a thought")
    phone.route("**/send/", lambda route: route.fulfill(status=409, body="<p>Closed</p>"))
    field(phone).fill("To be copied")
    phone.get_by_role("button", name="Send", exact=True).click()
    kept = phone.locator("#unsent article").filter(has_text="To be copied")
    kept.get_by_role("button", name="Copy").click()
    expect(phone.get_by_role("button", name="Copied")).to_be_visible()
    other.bring_to_front()
    field(other).fill("")
    other.keyboard.press("Control+V")
    expect(field(other)).to_have_value("To be copied")
    assert today.stored() == ["Ben, Capture: From the first tab", "Ben, Capture: From the second tab"]
