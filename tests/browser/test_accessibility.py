"""What a machine can find out about access: axe on every surface of a played day, the keyboard, narrow screens."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Day
from tests.serving import ROOT, Server

KINDS = [path.parent.name for path in (ROOT / "activities").glob("[a-z]*/kind.py")]
SAMPLE = ROOT / "workshops" / "sample" / "sample_event.yaml"
# WCAG 2.2 at levels A and AA, as far as axe can tell, and what axe calls best practice.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The sample day runs on, and p07 of the file has a phone.
FACTS = """
import json
from facilitation import passes
from workshops.models import Membership, SignInLink, Workshop

workshop = Workshop.objects.get()
Workshop.objects.update(state="running")
person = workshop.participants.get(ref="p07")
ada = Membership.objects.filter(network=workshop.network, role="facilitator").first()
print(json.dumps({
    "code": workshop.code, "link": SignInLink.make_for(ada.user), "cookie": passes.participant_cookie(workshop.code),
    "people": {"p07": passes.make_participant_pass(workshop.pk, person.pk, person.take_seat())},
    "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
    "kinds": {one.kind: one.title for one in workshop.activities.order_by("-position")},
}))
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory, browser):
    """The browsers of the sample day after its end, and its console."""
    server = Server(tmp_path_factory.mktemp("played"))
    server.manage("import_workshop", str(SAMPLE))
    server.manage("sign_in_link")
    facts = json.loads(server.manage("shell", "-v0", "-c", FACTS).strip().splitlines()[-1])
    server.start()
    today = Day(server, browser, facts)
    yield today, today.console()
    today.close()
    server.stop()


def faults(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is: rule, and where."""
    said = Axe().run(page, options=RULES).response
    assert len(said["passes"]) > 5
    return [f"{one['id']}: {node['html'][:160]}" for one in said["violations"] for node in one["nodes"]]


def test_axe_finds_no_fault_on_any_surface_of_any_kind(played):
    today, console = played
    phone, screen, found = today.phone("p07"), today.screen(), {}
    deck = console.locator("section.deck")

    def look(kind: str, state: str, *pages: Page) -> None:
        for page in pages:
            expect(page.locator("h1").first).to_have_text(today.facts["kinds"][kind])
            if wrong := faults(page):
                found[f"{kind}, {state}, {page.locator('body').get_attribute('data-surface')}"] = wrong

    for kind, title in today.facts["kinds"].items():
        row = console.locator("nav.sheet li").filter(has=console.get_by_text(title, exact=True))
        if row.get_attribute("aria-current") is None:
            row.get_by_role("button").click()
        look(kind, "closed", phone, screen)
        deck.get_by_role("button", name="Reopen", exact=True).click()
        deck.get_by_role("button", name="Close", exact=True).wait_for()
        look(kind, "open", phone, screen, console)
    assert sorted(today.facts["kinds"]) == sorted(KINDS)
    assert found == {}


PLANNING = [
    *("/workshops/", "/workshops/new/", "/networks/", "/networks/1/", "/networks/1/drivers/", "/account/"),
    *("/w/CODE/run-sheet/", "/w/CODE/run-sheet/add/", "/w/CODE/run-sheet/5/", "/w/CODE/about/"),
    *("/w/CODE/people/", "/w/CODE/tables/", "/w/CODE/console/people/", "/w/CODE/outputs/"),
]


def test_axe_finds_no_fault_on_the_pages_around_the_day(played):
    today, console = played
    facilitator, stranger = console.context.new_page(), today.page(390, 844)
    code, found = today.facts["code"], {}
    pages = [(facilitator, path) for path in PLANNING]
    for page, path in [
        *pages,
        (stranger, "/"),
        (stranger, "/j/CODE/"),
        (stranger, "/sign-in/"),
        (stranger, "/nowhere/"),
    ]:
        page.goto(f"{today.server.url}{path.replace('CODE', code)}")
        if wrong := faults(page):
            found[path] = wrong
    assert found == {}


def test_nothing_is_wider_than_a_screen_of_320_pixels(played):
    """A small phone, or a page enlarged to 400 per cent: reading needs no scrolling sideways."""
    today, _console = played
    phone, stranger = today.phone("p07"), today.page(320, 640)
    phone.set_viewport_size({"width": 320, "height": 640})
    stranger.goto(f"{today.server.url}/j/{today.facts['code']}/")
    widths = {page.url: page.evaluate("document.scrollingElement.scrollWidth") for page in (phone, stranger)}
    assert {url: width for url, width in widths.items() if width > 320} == {}


def test_a_person_can_join_and_tell_a_story_with_the_keyboard_alone(day, server):
    today = day(("stories", {}))
    console = today.console()
    phone = today.page(390, 844)
    phone.goto(f"{server.url}/j/{today.facts['code']}/")
    to(phone, "name", "Amara Osei")
    to(phone, "organisation", "Larkham")
    to(phone, "role", "Therapeutic radiographer")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("You are in, Amara Osei.")).to_be_visible()
    console.locator("form[action$='/do/next/'] button").first.focus()
    console.keyboard.press("Enter")
    expect(phone.get_by_label("Your story")).to_be_visible()
    to(phone, "text", "Fenbridge took eleven of our patients")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    phone.keyboard.press("ArrowUp")
    press(phone, "Send story")
    expect(phone.locator("#status")).to_contain_text("Sent ✓")
    expect(console.get_by_text("Fenbridge took eleven of our patients")).to_be_visible()


def test_a_card_moves_to_another_group_with_the_keyboard_alone(played):
    today, console = played
    row = console.locator("nav.sheet li").filter(has=console.get_by_text(today.facts["kinds"]["cluster"], exact=True))
    if row.get_attribute("aria-current") is None:
        row.get_by_role("button").click()
    card = console.locator(".lane").first.locator("[data-card]").first
    words, there = card.locator("p").first.inner_text(), console.locator(".lane").nth(1)
    expect(there.get_by_text(words, exact=True)).to_have_count(0)
    card.locator("select").focus()
    console.keyboard.press("ArrowDown")
    press(console, "Move")
    expect(there.get_by_text(words, exact=True)).to_have_count(1)


def to(page: Page, name: str, words: str) -> None:
    """Tab until the field of this name has the focus, then type."""
    for _step in range(30):
        if page.evaluate("document.activeElement.name") == name:
            return page.keyboard.type(words)
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab")


def press(page: Page, name: str) -> None:
    """Tab until the button of this name has the focus, then press it."""
    for _step in range(30):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab")
