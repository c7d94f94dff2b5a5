"""A real Daphne in a process of its own, a real Chromium, and people in front of them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if os.path.exists(path)), None)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage"
).split()

# Lays out a day in the server's own database and tells what the browsers need. Runs in a process of its own,
# because Playwright's loop and Django's database do not share a thread.
LAY_OUT = """
import json, sys
from facilitation import passes
from tests import factories
from workshops.models import Membership, Network, SignInLink

network = Network.objects.first() or factories.make_network()
ada = Membership.objects.filter(network=network).first()
ada = ada.user if ada else factories.make_user("Ada", network)
workshop = factories.make_workshop(network, template="" if KINDS else factories.FOUR_STAGES)
for kind, settings in KINDS:
    factories.make_activity(workshop, kind, settings=settings, title=kind.replace("_", " ").capitalize())
people = {}
for name, body in (("Ben", "Larkham"), ("Chi", "Thornbeck"), ("Dee", "Castlemoor")):
    person = factories.join(workshop, name, body)
    people[name] = passes.make_participant_pass(workshop.pk, person.pk, person.secret)
print(json.dumps({
    "code": workshop.code, "link": SignInLink.make_for(ada), "people": people,
    "cookie": passes.participant_cookie(workshop.code),
    "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
}))
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


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


class Server:
    """One Daphne on one SQLite file; can be stopped and started again like a laptop."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
        self.env = {**kept, "THROUGHLINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.log = folder / "daphne.log"
        self.process: subprocess.Popen | None = None
        self.manage("migrate", "-v0")

    def manage(self, *args: str, given: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, input=given, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1"
        command = [sys.executable, "-m", "daphne", "-v0", "-e", endpoint, "config.asgi:application"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        for _try in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(f"{self.url}/healthz/", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self, kill: bool = False) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait(20)

    def lay_out(self, *kinds: tuple[str, dict]) -> dict:
        """A fresh workshop: the four-stage day, or an activity for each of `kinds`. Returns codes, links and passes."""
        said = self.manage("shell", "-v0", "-c", LAY_OUT.replace("KINDS", repr(list(kinds))))
        return json.loads(said.strip().splitlines()[-1])


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
        self.errors: list[str] = []

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
        cookie = {"name": self.facts["cookie"], "value": self.facts["people"][name], "url": self.server.url}
        page.context.add_cookies([cookie])
        page.goto(f"{self.server.url}/w/{self.facts['code']}/")
        return page

    def screen(self):
        page = self.page(1920, 1080)
        page.goto(f"{self.server.url}/screen/{self.facts['screen']}/")
        return page

    def close(self):
        for context in self.contexts:
            context.close()


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
