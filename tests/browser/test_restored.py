"""A phone in front of a server that was restored from a copy brings what the copy lacks, without its owner."""

from playwright.sync_api import expect

from tests.browser.asking import WAIT, chi_behind, field, kept_on, send, sent
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


def test_words_refused_before_the_phone_saw_what_was_restored_go_when_their_activity_opens(day, server):
    today = day(("capture", {}), ("capture", {}))
    console = today.console()
    blind = []  # while this holds something, nothing tells the phone where the room is
    phone = chi_behind(today, lambda way: way.close() if blind else way.connect_to_server())
    phone.route("**/version/**", lambda route: route.abort() if blind else route.continue_())
    press_next(console)
    field(phone).wait_for()
    copy = server.manage("snapshot").strip()
    send(phone, "In the first")
    expect(sent(phone)).to_have_text(["In the first"])
    console.locator(".deck .next").click()
    expect(sent(phone)).to_have_count(0)

    server.stop(kill=True)
    blind.append("yes")
    statuses: list[int] = []
    phone.on("response", lambda answer: statuses.append(answer.status) if answer.url.endswith("/send/") else None)
    send(phone, "While the laptop was dead")
    server.manage("restore", copy)
    server.start()
    for _while in range(300):  # it thinks that the second is open, and tries once more
        phone.wait_for_timeout(100)
        if statuses[:2] == [409, 409]:
            break
    blind.clear()
    expect(phone.locator("[data-line]")).to_have_attribute("data-line", "live", timeout=WAIT)
    console.reload()
    console.locator(".deck .next").click()
    expect(sent(phone)).to_have_text(["While the laptop was dead"], timeout=WAIT)
    expect(phone.locator("#unsent article")).to_have_count(0)
