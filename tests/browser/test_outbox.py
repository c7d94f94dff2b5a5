"""Words on a phone outlive reloads, portals, lost replies, refusals and the server itself."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.asking import WAIT, ask, field, kept_on, send, sent


@pytest.fixture
def capture(day):
    return ask(day)


def test_five_answers_written_without_a_server_arrive_in_order_after_a_reload(capture, server):
    _today, console, phone = capture
    server.stop(kill=True)
    ideas = [f"Idea number {number}" for number in range(5)]
    for idea in ideas:
        send(phone, idea)
        phone.wait_for_timeout(750)  # sooner, a tap counts as a second tap on the same button
    expect(phone.locator("#status")).to_have_text("Saved on this phone · 5 waiting")
    server.start()
    phone.reload()
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    expect(sent(phone)).to_have_text(ideas)
    expect(console.locator("#shared .wall article")).to_have_count(5)
    assert kept_on(phone, "out") == 0


def test_two_tabs_of_one_phone_send_from_one_outbox(capture, server):
    today, _console, phone = capture
    other = phone.context.new_page()
    other.goto(phone.url)
    server.stop(kill=True)
    for page, idea in ((phone, "From the first tab"), (other, "From the second tab")):
        page.bring_to_front()
        send(page, idea)
    server.start()
    for page in (phone, other):
        expect(sent(page)).to_have_text(["From the first tab", "From the second tab"], timeout=WAIT)
    assert today.errors == []


def test_a_reply_that_is_lost_makes_no_second_card(capture):
    _today, console, phone = capture
    keys = []

    def lose_the_first(route):
        keys.append(route.request.post_data)
        answer = route.fetch()
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    phone.route("**/send/", lose_the_first)
    send(phone, "Once is enough")
    expect(phone.locator("#status")).to_have_text("Sent ✓")
    expect(sent(phone)).to_have_text(["Once is enough"])
    assert len(keys) == 2
    assert keys[0] == keys[1]
    expect(console.get_by_text("Once is enough")).to_have_count(1)


def test_a_captive_portal_that_says_yes_costs_no_words(capture):
    _today, _console, phone = capture
    portal = {"status": 200, "content_type": "text/html", "body": "<!doctype html><html><body>Hotel wifi</body></html>"}
    phone.route("**/w/**", lambda route: route.fulfill(**portal))
    send(phone, "Through the portal")
    expect(phone.locator("#status")).to_have_text("Saved on this phone")
    expect(phone.get_by_text("Hotel wifi")).to_have_count(0)
    phone.unroute_all()
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    expect(sent(phone)).to_have_text(["Through the portal"])


@pytest.mark.parametrize("status", [403, 404, 413])
def test_a_captive_portal_that_says_no_ends_no_sending(capture, status):
    today, _console, phone = capture
    said = []

    def portal(route):
        said.append(route.request.method)
        route.fulfill(
            status=status, content_type="text/html", body="<!doctype html><html><body>Hotel wifi</body></html>"
        )

    phone.route("**/w/**", portal)
    send(phone, "Through the portal")
    while said.count("POST") < 4 and not phone.locator("#unsent article").count():
        phone.wait_for_timeout(100)
    expect(phone.locator("#status")).to_have_text("Saved on this phone")
    expect(phone.locator("#unsent article")).to_have_count(0)
    phone.unroute_all()
    expect(phone.locator("#status")).to_have_text("Sent ✓", timeout=WAIT)
    assert today.stored() == ["Ben, Capture: Through the portal"]


def test_what_the_server_cannot_read_is_listed_and_keeps_no_other_words_from_going(capture):
    today, _console, phone = capture
    phone.evaluate("""() => {
      const more = Array.from({ length: 2100 }, () => '<input type="hidden" name="more" value="1">');
      document.querySelector("#idea").insertAdjacentHTML("beforeend", `<p id="more">${more.join("")}</p>`);
    }""")
    field(phone).fill("With too many fields")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#status")).to_have_text("Not sent: kept on this phone")
    expect(phone.locator("#unsent .unsent-words")).to_have_text("With too many fields")
    phone.evaluate("document.querySelector('#more').remove()")
    send(phone, "As it should be")
    expect(sent(phone)).to_have_text(["As it should be"])
    assert today.stored() == ["Ben, Capture: As it should be"]


def test_words_that_are_refused_come_back_into_their_field_and_survive_a_reload(capture):
    _today, _console, phone = capture
    box, long = field(phone), "too long " * 100
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill(long)
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#mine .errors")).to_be_focused()
    expect(phone.locator("#status")).to_have_text("Not sent: kept on this phone")
    expect(box).to_have_value(long)
    phone.reload()
    expect(box).to_have_value(long)
    send(phone, "Short enough")
    expect(sent(phone)).to_have_text(["Short enough"])
    assert kept_on(phone, "draft") == 0


def test_words_refused_for_good_are_listed_until_they_are_sent_or_discarded(capture):
    _today, _console, phone = capture
    phone.route("**/send/", lambda route: route.fulfill(status=409, body="<p>Closed</p>"))
    field(phone).fill("Too late, alas")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#unsent")).to_contain_text("Too late, alas")
    phone.reload()
    unsent = phone.locator("#unsent")
    expect(unsent.get_by_role("heading")).to_have_text("Not sent: kept on this phone")
    phone.once("dialog", lambda question: question.dismiss())
    unsent.get_by_role("button", name="Discard").click()
    expect(unsent.get_by_role("article")).to_have_count(1)
    phone.unroute_all()
    unsent.get_by_role("button", name="Send again").click()
    expect(sent(phone)).to_have_text(["Too late, alas"])
    expect(unsent.get_by_role("article")).to_have_count(0)


def test_words_that_met_a_change_are_back_in_their_form_once_and_do_not_go_by_themselves(capture):
    _today, _console, phone = capture
    zone, mine, posts = phone.locator("#mine").inner_html(), phone.evaluate("document.body.dataset.mine"), []

    def conflict(route):
        posts.append(route.request.url)
        route.fulfill(status=409, headers={"X-Mine": mine}, body=zone)

    phone.route("**/send/", conflict)
    field(phone).fill("About what it was before")
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.locator("#status")).to_have_text("Not sent: kept on this phone")
    expect(field(phone)).to_have_value("About what it was before")
    phone.wait_for_timeout(1500)
    assert (len(posts), kept_on(phone, "out"), kept_on(phone, "refused")) == (1, 0, 0)


def test_a_phone_refills_a_server_that_was_put_back_to_an_earlier_state(capture, server):
    _today, console, phone = capture
    folder = Path(server.env["THROUGHLINE_DATA"])
    files = [f"throughline.sqlite3{end}" for end in ("", "-wal", "-shm")]
    server.stop(kill=True)
    for name in files:
        shutil.copy(folder / name, folder / f"earlier-{name}")
    server.start()
    expect(phone.locator("[data-line]")).to_have_attribute("data-line", "live", timeout=WAIT)
    send(phone, "Told before the laptop failed")
    expect(sent(phone)).to_have_text(["Told before the laptop failed"], timeout=WAIT)
    server.stop(kill=True)
    for name in files:
        (folder / f"earlier-{name}").replace(folder / name)
    server.start()
    console.reload()
    expect(console.get_by_text("Told before the laptop failed")).to_have_count(1, timeout=WAIT)
