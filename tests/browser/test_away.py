"""Ten minutes without a network, a tab that dies, a page closed in mid-sentence: everything is there afterwards."""

import pytest
from playwright.sync_api import Error, expect

from tests.browser.asking import WAIT, field, kept_on, send, sent
from tests.browser.conftest import press_next

LONG_AGO = """
from datetime import timedelta
from workshops.models import Activity
for one in Activity.objects.filter(workshop__code="CODE").exclude(closed_at=None):
    Activity.objects.filter(pk=one.pk).update(closed_at=one.closed_at - timedelta(minutes=MINUTES))
"""


@pytest.fixture
def far(day):
    """A question that is open, and two activities to come; Ben's phone is on a cable, and its clock can be moved."""
    today = day(("capture", {}), ("stories", {}), ("dot_vote", {}))
    console, cable = today.console(), today.behind()
    press_next(console)
    phone = today.page(390, 844)
    phone.clock.install()
    today.hand_to("Ben", phone)
    phone.goto(f"{cable.url}/w/{today.facts['code']}/")
    field(phone).wait_for()
    return today, console, cable, phone


def minutes_pass(today, minutes: int) -> None:
    """For the server too: what has closed, closed so many minutes earlier."""
    told = LONG_AGO.replace("CODE", today.facts["code"]).replace("MINUTES", str(minutes))
    today.server.manage("shell", "-v0", "-c", told)


def write_five(phone) -> list[str]:
    ideas = [f"Idea number {number}" for number in range(1, 6)]
    for idea in ideas:
        send(phone, idea)
        phone.clock.run_for(1000)  # sooner, a tap counts as a second tap on the same button
    return ideas


@pytest.mark.parametrize("reloaded", [False, True], ids=["page left open", "page reloaded"])
def test_five_texts_of_ten_minutes_offline_arrive_in_order_and_late_without_a_touch(far, reloaded):
    today, console, cable, phone = far
    send(phone, "In good time")
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    cable.pull_out()
    phone.context.set_offline(True)
    phone.clock.run_for(1000)
    ideas = write_five(phone)
    expect(phone.locator("#status")).to_have_text("Saved on this phone · 5 waiting")
    for _time in range(2):
        press_next(console)
    minutes_pass(today, 10)
    phone.clock.fast_forward("10:00")
    assert kept_on(phone, "out") == 5
    if reloaded:
        with pytest.raises(Error, match="ERR_"):
            phone.reload()
    cable.plug_in()
    phone.context.set_offline(False)
    if reloaded:
        phone.goto(f"{cable.url}/w/{today.facts['code']}/")
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    assert today.stored() == ["Ben, Capture: In good time", *[f"Ben, Capture: {idea} (late)" for idea in ideas]]
    assert kept_on(phone, "out") == 0
    expect(console.locator("[id^=late-] > p")).to_have_text([f"“{idea}”" for idea in reversed(ideas)])
    console.get_by_role("button", name="All of these are seen").click()
    expect(console.locator("[id^=late-]")).to_have_count(0)


def test_after_a_quarter_of_an_hour_words_stay_on_the_phone_and_can_be_copied(far):
    today, console, cable, phone = far
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cable.pull_out()
    send(phone, "Sent too late")
    expect(phone.locator("#status")).to_have_text("Saved on this phone")
    press_close(console)
    minutes_pass(today, 16)
    cable.plug_in()
    phone.clock.fast_forward("16:00")
    unsent = phone.locator("#unsent")
    expect(unsent.get_by_role("heading")).to_have_text("Not sent: kept on this phone", timeout=WAIT)
    expect(unsent.locator(".unsent-words")).to_have_text("Sent too late")
    expect(unsent).to_contain_text("This activity has closed.")
    unsent.get_by_role("button", name="Copy").click()
    expect(unsent.get_by_role("button", name="Copied")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == "Sent too late"
    assert today.stored() == []


def press_close(console) -> None:
    console.get_by_role("button", name="Close", exact=True).click()
    console.get_by_role("button", name="Reopen", exact=True).wait_for()


@pytest.mark.parametrize("end", ["killed", "closed"])
def test_a_tab_that_is_gone_leaves_draft_and_queue_to_the_next(far, end):
    today, _console, cable, phone = far
    cable.pull_out()
    ideas = write_five(phone)
    field(phone).press_sequentially("And half of a sixth")
    if end == "killed":
        with phone.expect_event("crash"), pytest.raises(Error):
            phone.goto("chrome://crash", timeout=10_000)
    else:
        phone.close()
    again = phone.context.new_page()
    cable.plug_in()
    again.goto(f"{cable.url}/w/{today.facts['code']}/")
    expect(field(again)).to_have_value("And half of a sixth")
    expect(sent(again)).to_have_text(ideas, timeout=WAIT)
    assert today.stored() == [f"Ben, Capture: {idea}" for idea in ideas]
