"""bin/figures: the figures of docs/proof.md that need no crowd. Starts bin/dev twice on a data folder of its own."""

import json
import os
import re
import resource
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from page import validate_pdf
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.serving import ROOT

STARTS = 5

# The sample day as it was played, each activity shown in turn: how large the frames are, how many queries pages take.
COUNT = """
import json
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from facilitation import passes
from facilitation.live import surfaces
from workshops.models import Workshop

workshop = Workshop.objects.order_by("pk").first()
person = workshop.participants.first()
ada = workshop.network.memberships.get(role="facilitator").user
phone, console, screen = (Client(HTTP_HOST="localhost") for _n in range(3))
phone.cookies[passes.participant_cookie(workshop.code)] = passes.make_participant_pass(
    workshop.pk, person.pk, person.take_seat()
)
console.force_login(ada)
pages = {
    "phone": (phone, f"/w/{workshop.code}/"), "mine": (phone, f"/w/{workshop.code}/mine/"),
    "console": (console, f"/w/{workshop.code}/console/"), "desk": (console, f"/w/{workshop.code}/console/desk/"),
    "screen": (screen, f"/screen/{passes.make_screen_pass(workshop.pk, workshop.screen_nonce)}/"),
    "nothing new": (phone, f"/w/{workshop.code}/version/phone/?v={workshop.version}"),
}
frames, queries = {}, {}
for activity in workshop.activities.all():
    Workshop.objects.filter(pk=workshop.pk).update(current=activity)
    for surface in ("phone", "screen", "console"):
        fresh = Workshop.objects.by_code(workshop.code)
        text = surfaces.frame(fresh, surfaces.one_frame(fresh, surface, person if surface == "phone" else None))
        frames.setdefault(surface, []).append(len(text.encode()))
    for name, (browser, path) in pages.items():
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code < 300, path
        queries.setdefault(name, []).append(len(asked))
print(json.dumps({"frames": frames, "queries": queries, "code": workshop.code}))
"""


class House:
    """bin/dev in a data folder of its own."""

    def __init__(self, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
        self.env = {**kept, "PORT": str(self.port), "HOST": "127.0.0.1", "THROUGHLINE_DATA": folder}
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = Path(folder) / "said"

    @contextmanager
    def running(self) -> Iterator[float]:
        """Yields the seconds from the command to the first answer."""
        began = time.monotonic()
        with self.said.open("w") as said:
            process = subprocess.Popen([ROOT / "bin/dev"], env=self.env, stdout=said, stderr=said)
        try:
            while not self.answers():
                assert process.poll() is None, self.said.read_text()
                time.sleep(0.02)
            yield time.monotonic() - began
        finally:
            process.terminate()
            process.wait(20)

    def answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/healthz/", timeout=5).status == 200
        except (urllib.error.URLError, OSError):
            return False

    def manage(self, *args: str) -> str:
        done = subprocess.run([ROOT / "bin/manage", *args], env=self.env, text=True, capture_output=True, check=True)
        return done.stdout

    @property
    def join(self) -> str:
        found = re.search(r"Phones\s+http://[^/]+(\S+)", self.said.read_text())
        assert found
        return found[1]


class Wire:
    """Counts what a page takes from the network, headers included."""

    def __init__(self, page: Page) -> None:
        self.files, self.bytes = 0, 0
        talk = page.context.new_cdp_session(page)
        talk.send("Network.enable")
        talk.on("Network.loadingFinished", self.count)

    def count(self, event: dict) -> None:
        self.files, self.bytes = self.files + 1, self.bytes + int(event["encodedDataLength"])

    def so_far(self) -> str:
        return f"{self.bytes / 1000:.1f} kB in {self.files} requests"


def processor_seconds() -> float:
    """What the processes that we started and ended have used: the same on a busy machine and on a quiet one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def weigh(house: House) -> None:
    """A phone that was never here: the join page, and then everything until the first activity is awaited."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        wire = Wire(page)
        page.goto(house.url + house.join, wait_until="networkidle")
        tell("join page, first visit, on the wire", wire.so_far())
        page.get_by_role("textbox", name="Your name").fill("Amara Osei")
        page.get_by_label("Organisation", exact=True).select_option(index=1)
        page.get_by_label("Role").fill("Therapeutic radiographer")
        page.get_by_role("button", name="Join").click()
        page.get_by_text("You are in").wait_for()
        page.wait_for_timeout(2000)
        tell("join page, joining and the phone page together", wire.so_far())
        browser.close()


def count(house: House) -> str:
    """Returns the code of the sample day."""
    said = json.loads(house.manage("shell", "-v0", "-c", COUNT).strip().splitlines()[-1])
    for surface, sizes in said["frames"].items():
        tell(f"{surface}: bytes of a frame over the day's {len(sizes)} activities", spread(sizes))
    for name, numbers in said["queries"].items():
        tell(f"{name}: queries over the day's activities", spread(numbers))
    return said["code"]


def print_pack(house: House, code: str, folder: str) -> None:
    began = time.monotonic()
    house.manage("build_pack", code, "--out", folder)
    seconds = time.monotonic() - began
    report = validate_pdf(f"{folder}/pack.pdf", profile="ua1")
    tell("pack of the sample day", f"{report.document.page_count} pages in {seconds:.0f} s")
    wrong = sorted({failure.rule_id for failure in report.failures})
    verdict = "no failure" if report.is_compliant else f"fails {', '.join(wrong)}"
    tell("pack against PDF/UA-1", f"{report.rules.passed} of {report.rules.total} rules passed, {verdict}")


def spread(numbers: list[int]) -> str:
    return f"{min(numbers)} to {max(numbers)}, half at most {median(numbers):.0f}"


def tell(name: str, value: str) -> None:
    print(f"{name}: {value}", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = House(folder)
        with house.running() as seconds:
            tell("first start of bin/dev in a ready checkout, sample day loaded", f"{seconds:.1f} s")
        starts, work = [], []
        for _time in range(STARTS):
            before = processor_seconds()
            with house.running() as seconds:
                starts.append(seconds)
            work.append(processor_seconds() - before)
        tell(f"a later start, median of {STARTS}", f"{median(starts):.1f} s ({min(starts):.1f} to {max(starts):.1f})")
        tell("processor time of a later start, median", f"{median(work):.1f} s")
        with house.running():
            weigh(house)
        print_pack(house, count(house), folder)


if __name__ == "__main__":
    main()
