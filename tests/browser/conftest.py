"""A real Daphne in a process of its own, a real Chromium, and people in front of them."""

import os
from pathlib import Path

import pytest

from tests.browser.cable import Cable
from tests.serving import Server

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.path.exists(path)), None)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


STORED = """
from workshops.models import Card
for card in Card.objects.filter(activity__workshop__code="CODE").order_by("pk"):
    print(f"{card.participant.name}, {card.activity.title}: {card.text}{' (late)' if card.late else ''}")
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: bin/test installs Debian's where it may")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session", autouse=True)
def patience():
    """Slow, shared machines: wait for what is expected, never for a time."""
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    here = Server(tmp_path_factory.mktemp("live"))
    here.start()
    yield here
    here.stop()


class Day:
    """The browsers of one workshop: Ada's console, phones by name, the screen."""

    def __init__(self, server: Server, browser, facts: dict):
        self.server, self.browser, self.facts, self.contexts = server, browser, facts, []
        self.url = server.url  # where phones look; a cable (cable.py) may lie between
        self.errors: list[str] = []
        self.cables: list[Cable] = []

    def page(self, width: int, height: int, **more):
        context = self.browser.new_context(viewport={"width": width, "height": height}, **more)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: self.errors.append(str(problem)))
        page.on(
            "console",
            lambda said: self.errors.append(said.text) if "Content Security Policy" in said.text else None,
        )
        return page

    def console(self):
        page = self.page(1440, 900)
        page.goto(f"{self.server.url}/sign-in/{self.facts['link']}/")
        page.get_by_role("button").last.click()
        page.goto(f"{self.server.url}/w/{self.facts['code']}/console/")
        return page

    def phone(self, name: str, **more):
        page = self.page(390, 844, **more)
        self.hand_to(name, page)
        page.goto(f"{self.url}/w/{self.facts['code']}/")
        return page

    def behind(self, host: str = "127.0.0.1") -> Cable:
        """From now on, phones that are opened reach the server through this cable."""
        cable = Cable(self.server.port, host)
        self.cables.append(cable)
        self.url = cable.url
        return cable

    def stored(self) -> list[str]:
        """What is in the database, in the order of arrival: who wrote what where, and whether it came late."""
        said = self.server.manage("shell", "-v0", "-c", STORED.replace("CODE", self.facts["code"]))
        return said.splitlines()

    def hand_to(self, name: str, page) -> None:
        """From now on this browser is this person's."""
        cookie = {"name": self.facts["cookie"], "value": self.facts["people"][name], "url": self.url}
        page.context.add_cookies([cookie])

    def screen(self):
        page = self.page(1920, 1080)
        page.goto(f"{self.server.url}/screen/{self.facts['screen']}/")
        return page

    def close(self):
        for context in self.contexts:
            context.close()
        for cable in self.cables:
            cable.close()


@pytest.fixture
def day(server, browser):
    """Makes days: `day()` is the four-stage day, `day(("capture", {}))` one with just that activity."""
    made: list[Day] = []

    def lay_out(*kinds: tuple[str, dict]) -> Day:
        made.append(Day(server, browser, server.lay_out(*kinds)))
        return made[-1]

    yield lay_out
    for one in made:
        one.close()
    assert [error for one in made for error in one.errors] == []


def press_next(console) -> None:
    """The facilitator moves on; the console shows the next activity before this returns."""
    before = console.locator("h1").first.inner_text()
    console.locator("form[action$='/do/next/'] button").first.click()
    console.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)
