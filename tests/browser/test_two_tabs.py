"""Two tabs of one phone: neither writes over what the other has not sent yet, and one draft is sent once."""

import pytest
from playwright.sync_api import expect

from tests.browser.asking import ask, field, kept_on, send, sent
from tests.browser.conftest import press_next


@pytest.fixture
def tabs(day):
    """Ben's question in two tabs."""
    today, console, first = ask(day)
    second = first.context.new_page()
    second.goto(first.url)
    field(second).wait_for()
    return today, console, first, second


def press_send(page) -> None:
    page.locator("#mine").get_by_role("button", name="Send", exact=True).click()


def test_different_drafts_of_one_form_are_both_kept_offered_after_a_reload_and_sent(tabs):
    today, _console, first, second = tabs
    field(second).focus()
    field(first).press_sequentially("Ring first")
    field(second).press_sequentially("Write first")
    expect(field(first)).to_have_value("Ring first")
    first.reload()
    kept = first.locator("#kept textarea")
    expect(field(first)).to_have_value("Write first")
    expect(kept).to_have_value("Ring first")
    press_send(first)
    expect(sent(first)).to_have_text(["Write first"])
    expect(kept).to_have_value("Ring first")
    first.locator("#kept").get_by_role("button", name="Send").click()
    expect(sent(first)).to_have_text(["Write first", "Ring first"])
    assert today.stored() == ["Ben, Capture: Write first", "Ben, Capture: Ring first"]
    assert kept_on(first, "draft") == 0


def test_sending_in_one_tab_leaves_the_draft_of_the_other(tabs):
    today, _console, first, second = tabs
    field(second).focus()
    field(first).fill("Ring first")
    field(second).fill("Write first")
    press_send(first)
    expect(sent(first)).to_have_text(["Ring first"])
    expect(field(second)).to_have_value("Write first")
    second.reload()
    expect(field(second)).to_have_value("Write first")
    press_send(second)
    expect(sent(second)).to_have_text(["Ring first", "Write first"])
    assert today.stored() == ["Ben, Capture: Ring first", "Ben, Capture: Write first"]
    assert kept_on(first, "draft") == 0


def test_a_draft_is_followed_where_nobody_writes_and_two_who_press_send_send_it_once(tabs):
    today, _console, first, second = tabs
    field(first).press_sequentially("Ring first")
    expect(field(second)).to_have_value("Ring first")
    first.route("**/send/", lambda route: route.abort())
    press_send(second)
    expect(sent(second)).to_have_text(["Ring first"])
    press_send(first)
    first.unroute_all()
    expect(sent(first)).to_have_text(["Ring first"])
    first.wait_for_function("Object.keys(localStorage).every(name => !name.includes(':out:'))")
    assert today.stored() == ["Ben, Capture: Ring first"]
    assert kept_on(first, "draft") == 0


def test_who_writes_on_in_both_tabs_has_two_drafts_and_loses_no_word(tabs):
    today, console, first, second = tabs
    field(first).press_sequentially("Ring")
    expect(field(second)).to_have_value("Ring")
    field(second).press_sequentially(" or write")
    field(first).press_sequentially(" first")
    press_next(console)
    expect(first.locator("#kept textarea")).to_have_value("Ring first")
    expect(second.locator("#kept textarea")).to_have_value("Ring or write")
    second.reload()
    expect(second.locator("#kept textarea")).to_have_count(2)
    found = second.locator("#kept textarea").evaluate_all("all => all.map(one => one.value).sort()")
    assert (found, today.stored()) == (["Ring first", "Ring or write"], [])


def test_a_change_that_waits_and_is_sent_once_more_from_the_other_tab_still_goes(tabs):
    today, _console, first, second = tabs
    send(first, "Ring")
    boxes = []
    for page in (first, second):
        page.reload()
        sent(page).click()
        boxes.append(page.locator("#mine [id^='card-'] textarea"))
        page.route("**/reword/", lambda route: route.abort())
    boxes[0].fill("Ring first")
    expect(boxes[1]).to_have_value("Ring first")
    boxes[1].focus()
    for page in (first, second):
        page.get_by_role("button", name="Save the change").click()
        expect(page.locator("#status")).to_have_text("Saved on this phone")
    assert kept_on(first, "out") == 1
    for page in (first, second):
        page.unroute_all()
    expect(sent(first)).to_have_text(["Ring first"])
    assert today.stored() == ["Ben, Capture: Ring first"]
