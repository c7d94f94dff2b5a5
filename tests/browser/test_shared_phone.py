"""One phone, several people: what one of them wrote is never sent, shown or lost under another's name."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.asking import WAIT, ask, field, kept_on, send, sent


@pytest.fixture
def capture(day):
    return ask(day)


def test_words_of_one_person_are_never_sent_in_the_name_of_the_next_and_go_when_the_first_is_back(capture):
    today, _console, phone = capture
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Written by Ben")
    field(phone).fill("Half a thought of Ben’s")
    today.hand_to("Chi", phone)
    phone.unroute_all()
    phone.reload()
    expect(field(phone)).to_have_value("")
    send(phone, "Written by Chi")
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    expect(phone.get_by_text("Ben", exact=False)).to_have_count(0)
    expect(phone.locator("#unsent")).to_have_text(
        "Written under another name on this phone, to be sent when that person is back: 1"
    )
    assert today.stored() == ["Chi, Capture: Written by Chi"]
    today.hand_to("Ben", phone)
    phone.reload()
    expect(sent(phone)).to_have_text(["Written by Ben"], timeout=WAIT)
    expect(field(phone)).to_have_value("Half a thought of Ben’s")
    assert today.stored() == ["Chi, Capture: Written by Chi", "Ben, Capture: Written by Ben"]


def test_what_was_sent_by_one_person_is_not_brought_again_by_the_next(capture):
    """After a loss phones bring again what they had sent; a shared phone brings only what its present owner sent."""
    today, _console, phone = capture
    send(phone, "Told by Ben")
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    today.hand_to("Chi", phone)
    phone.reload()
    phone.evaluate("import('/static/js/refill.js').then(({ refill }) => refill())")
    send(phone, "Told by Chi")
    expect(sent(phone)).to_have_text(["Told by Chi"])
    phone.wait_for_function("Object.keys(localStorage).every(name => !name.includes(':out:'))")
    assert today.stored() == ["Ben, Capture: Told by Ben", "Chi, Capture: Told by Chi"]


def test_a_tab_that_was_left_open_by_one_person_turns_into_the_page_of_the_next(capture):
    today, _console, phone = capture
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Left by Ben in the first tab")
    today.hand_to("Chi", phone)
    other = phone.context.new_page()
    other.goto(phone.url)
    seat = other.locator("body").get_attribute("data-seat")
    phone.wait_for_function("seat => document.body.dataset.seat === seat", arg=seat)
    phone.unroute_all()
    send(phone, "From Chi")
    expect(sent(phone)).to_have_text(["From Chi"])
    assert today.stored() == ["Chi, Capture: From Chi"]
    assert kept_on(phone, "out") == 1


def test_words_that_wait_in_an_old_tab_never_go_out_under_somebody_who_joined_without_scripts(capture):
    today, _console, phone = capture
    phone.route("**/send/", lambda route: route.abort())
    send(phone, "Left by Ben in the first tab")
    field(phone).fill("Half a thought of Ben’s")
    keys = phone.evaluate("Object.values(localStorage).flatMap(text => JSON.parse(text).key ?? [])")
    seat = phone.locator("body").get_attribute("data-seat")
    phone.context.clear_cookies(name=today.facts["cookie"])
    other = phone.context.new_page()
    other.route("**/*.js", lambda route: route.abort())
    other.goto(f"{today.url}/j/{today.facts['code']}/")
    other.get_by_label("Your name").fill("Eve")
    other.get_by_label("Organisation", exact=True).select_option(index=1)
    other.get_by_label("Role").fill("Radiographer")
    other.get_by_role("button", name="Join").click()
    expect(field(other)).to_be_visible()
    phone.unroute_all()
    phone.wait_for_function("seat => document.body.dataset.seat !== seat", arg=seat, timeout=WAIT)
    expect(phone.locator("#unsent")).to_have_text(
        "Written under another name on this phone, to be sent when that person is back: 1"
    )
    expect(field(phone)).to_have_value("")
    send(phone, "From Eve")
    expect(sent(phone)).to_have_text(["From Eve"])
    assert today.stored() == ["Eve, Capture: From Eve"]
    assert (kept_on(phone, "out"), kept_on(phone, "draft")) == (1, 1)
    assert [re.sub(r"\.[\w-]{22}$", "", key) for key in keys] == [f"p{seat}", f"p{seat}"]
