"""A hundred and fifty phones are no herd: what they all hear in one moment, they do not all act upon in one moment."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import press_next


@pytest.fixture
def pair(day):
    """Two phones whose clocks stand still, one that draws low numbers by lot and one that draws high ones."""
    today = day(("capture", {}))
    console, cable = today.console(), today.behind()
    low, high = (lot(today, name, number) for name, number in (("Ben", 0.1), ("Chi", 0.9)))
    return console, cable, low, high


def lot(today, name: str, number: float):
    phone = today.page(390, 844)
    phone.add_init_script(f"Math.random = () => {number}")
    phone.clock.install(time=0)
    today.hand_to(name, phone)
    phone.goto(f"{today.url}/w/{today.facts['code']}/")
    expect(phone.locator("[data-line]")).to_have_attribute("data-line", "live")
    phone.clock.pause_at(phone.evaluate("Date.now() / 1000") + 0.5)
    return phone


def test_phones_fetch_their_own_part_at_different_moments_when_an_activity_opens(pair):
    console, _cable, low, high = pair
    asked = []
    for name, phone in (("low", low), ("high", high)):
        phone.on("request", lambda request, who=name: asked.append(who) if request.url.endswith("/mine/") else None)
    press_next(console)
    for phone in (low, high):
        expect(phone.locator("h1")).to_have_text("Capture")
        phone.clock.run_for(50)
    expect(low.get_by_label("Your idea")).to_be_visible()
    high.clock.run_for(200)
    assert asked == ["low"]
    high.clock.run_for(200)
    expect(high.get_by_label("Your idea")).to_be_visible()
    assert asked == ["low", "high"]


def test_phones_come_back_at_different_moments_after_the_sockets_were_lost(pair):
    _console, cable, low, high = pair
    assert cable.cut_sockets() == 2
    for phone in (low, high):
        expect(phone.locator("[data-line]")).to_have_attribute("data-line", "catching")
        phone.clock.run_for(300)
    expect(low.locator("[data-line]")).to_have_attribute("data-line", "live")
    expect(high.locator("[data-line]")).to_have_attribute("data-line", "catching")
    assert cable.sockets == 1
    high.clock.run_for(300)
    expect(high.locator("[data-line]")).to_have_attribute("data-line", "live")
    assert cable.sockets == 2
