"""A phone in front of a server that was restored from a copy brings what the copy lacks, without its owner."""

from playwright.sync_api import expect

from tests.browser.asking import WAIT, field, kept_on, send, sent
from tests.browser.conftest import press_next


def test_a_phone_brings_what_a_restored_copy_lacks_once_its_activity_is_open_again(day, server):
    today = day(("capture", {}), ("capture", {}))
    console, phone = today.console(), today.phone("Ben")
    press_next(console)
    field(phone).wait_for()
    copy = server.manage("snapshot").strip()
    send(phone, "After the copy")
    expect(sent(phone)).to_have_text(["After the copy"])
    console.locator(".deck .next").click()  # both activities have the same title
    expect(sent(phone)).to_have_count(0)
    send(phone, "In the next activity")
    expect(sent(phone)).to_have_text(["In the next activity"])

    server.stop(kill=True)
    send(phone, "While the laptop was dead")
    server.manage("restore", copy)
    server.start()
    expect(phone.locator("[data-line]")).to_have_attribute("data-line", "live", timeout=WAIT)
    expect(sent(phone)).to_have_text(["After the copy"], timeout=WAIT)
    console.reload()
    console.locator(".deck .next").click()
    expect(sent(phone)).to_have_text(["In the next activity", "While the laptop was dead"], timeout=WAIT)
    expect(phone.locator("#unsent article")).to_have_count(0)
    assert kept_on(phone, "refused") == 0
    assert [line.partition(": ")[2] for line in today.stored()] == [
        "After the copy",
        "In the next activity",
        "While the laptop was dead",
    ]
