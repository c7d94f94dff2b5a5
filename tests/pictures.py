"""bin/pictures: the pictures in docs/pictures/, from the sample day on a server of its own.

Two workshops come from the one file: a fresh day that people have just joined, and the day as it was played.
"""

import io
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from tests.browser.conftest import CHROMIUM, QUIET
from tests.serving import ROOT, Server

SAMPLE = ROOT / "workshops" / "sample" / "sample_event.yaml"
HERE = ROOT / "docs" / "pictures"
HOST, CODE = "workshop.example.org", "K7QM2P"
PHONE, COLOURS = 1.5, 256
# The first page on which these words stand.
PAGES = {
    "pack-cover": "",
    "pack-plan-on-a-page": "Our plan on a page",
    "pack-purpose": "Where the room stood",
    "pack-plan": "How we will know",
}

# The workshop MADE gets the code of the pictures, and its first people sit down at their phones.
PREPARE = """
import json
from facilitation import passes
from workshops.models import Workshop

Workshop.objects.filter(code="CODE").update(code="OTHERS")
Workshop.objects.filter(code="MADE").update(code="CODE", rehearsal=False)
workshop = Workshop.objects.get(code="CODE")
people = {}
for person in workshop.participants.order_by("pk")[:PRESENT]:
    people[person.ref] = passes.make_participant_pass(workshop.pk, person.pk, person.take_seat())
print(json.dumps({
    "people": people, "cookie": passes.participant_cookie("CODE"),
    "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
}))
"""

# Puts a played day back to one moment: REF is STATE, what comes after it waits. So the day is walked from its end.
GO_BACK = """
from datetime import datetime, timedelta
from django.utils import timezone
from workshops.models import Workshop

workshop, now = Workshop.objects.get(code="CODE"), timezone.now()
current = workshop.activities.get(ref="REF")
workshop.activities.filter(position__gt=current.position).update(state="waiting", times_opened=0, opened_at=None)
for one in workshop.activities.filter(position__lte=current.position):
    one.opened_at = timezone.make_aware(datetime.combine(now, one.planned_at))
    one.state, one.times_opened = "closed", max(1, one.times_opened)
    if one == current:
        one.state, one.opened_at = "STATE", one.opened_at + timedelta(minutes=3)
        one.due_at = now + timedelta(minutes=one.minutes / 2)
    one.save()
workshop.current, workshop.state = current, "running"
workshop.save()
"""


class Studio:
    """One server, one browser, and the workshop that stands before them now."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server, self.browser = server, browser
        self.facts: dict = {}
        self.sizes: dict[str, int] = {}

    def set_up(self, *import_options: str, present: int) -> None:
        said = self.server.manage("import_workshop", str(SAMPLE), *import_options)
        script = PREPARE.replace("MADE", said.split()[-1]).replace("PRESENT", str(present))
        self.facts = json.loads(self.shell(script).strip().splitlines()[-1])

    def go_back(self, ref: str, state: str) -> None:
        self.shell(GO_BACK.replace("REF", ref).replace("STATE", state))

    def shell(self, script: str) -> str:
        return self.server.manage("shell", "-v0", "-c", script.replace("CODE", CODE))

    def page(self, path: str, width: int, height: int, cookie: str = "", scale: float = 1) -> Page:
        page = self.browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=scale)
        if cookie:
            page.context.add_cookies([{"name": self.facts["cookie"], "value": cookie, "url": f"http://{HOST}"}])
        page.goto(f"http://{HOST}{path}")
        return page

    def phone(self, who: str = "p07") -> Page:
        return self.page(f"/w/{CODE}/", 390, 844, self.facts["people"][who], scale=PHONE)

    def screen(self) -> Page:
        return self.page(f"/screen/{self.facts['screen']}/", 1920, 1080)

    def console(self) -> Page:
        link = self.server.manage("sign_in_link", "--role", "facilitator").strip().splitlines()[-1]
        page = self.page(urlsplit(link).path, 1440, 900)
        page.get_by_role("button").last.click()
        page.goto(f"http://{HOST}/w/{CODE}/console/")
        return page

    def take(self, page: Page, name: str) -> None:
        """A picture of what is in sight, once the letters and the live line are there."""
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(700)
        self.keep(page.screenshot(animations="disabled", caret="hide"), name)

    def keep(self, png: bytes, name: str) -> None:
        path = HERE / f"{name}.png"
        picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        picture.save(path, optimize=True)
        self.sizes[name] = path.stat().st_size


def morning(studio: Studio) -> None:
    """People arrive, and the first story is written."""
    studio.set_up("--rehearsal", present=31)
    studio.take(studio.page(f"/j/{CODE}/", 390, 844, scale=PHONE), "phone-join")
    studio.take(studio.screen(), "screen-lobby")
    studio.go_back("s1a_story_circles", "open")
    phone = studio.phone("p07")
    phone.get_by_label("Your story").fill(
        "A family drove ninety minutes each way for a follow-up that took eight. We had offered the phone;"
        " nobody had told them that it was a choice."
    )
    phone.get_by_label("Words to keep").fill("told, not asked")
    phone.get_by_label("With my role").check()
    phone.evaluate("scrollTo(0, 0)")
    studio.take(phone, "phone-story")


def whole_day(studio: Studio) -> None:
    """The day as it was played, from its end to its beginning."""
    studio.set_up(present=36)
    paper(studio)
    console = studio.console()

    def moment(ref: str, state: str, *surfaces: tuple[str, str]) -> None:
        studio.go_back(ref, state)
        for surface, name in surfaces:
            if surface == "console":
                console.goto(f"http://{HOST}/w/{CODE}/console/")
            studio.take(console if surface == "console" else getattr(studio, surface)(), name)

    moment("s4b_action_planning", "open", ("phone", "phone-plan"))
    moment("s3d_vote", "closed", ("screen", "screen-results"))
    moment("s3d_vote", "open", ("phone", "phone-dots"))
    moment("s2g_purpose_agree", "closed", ("screen", "screen-purpose"))
    moment("s2c_values_vote", "closed", ("console", "console-vote-closed"))
    moment("s2b_values_cluster", "open", ("console", "console-clusters"))
    moment("s1a_story_circles", "open", ("console", "console-stories"))


def paper(studio: Studio) -> None:
    """Four pages of the pack, final: a draft says so across each page."""
    studio.shell("from workshops.models import Workshop; Workshop.objects.get(code='CODE').lock()")
    with tempfile.TemporaryDirectory() as folder:
        studio.server.manage("build_pack", CODE, "--out", folder)
        pages = [page.extract_text() for page in PdfReader(f"{folder}/pack.pdf").pages]
        for name, words in PAGES.items():
            number = str(1 + next(number for number, text in enumerate(pages) if words in text))
            made = ["pdftoppm", "-r", "75", "-f", number, "-l", number, "-png", "-singlefile", f"{folder}/pack.pdf"]
            subprocess.run([*made, f"{folder}/page"], check=True)
            studio.keep(Path(f"{folder}/page.png").read_bytes(), name)


def browsers(port: int) -> Iterator[Browser]:
    """The address that a hosted day would have, and that nobody owns, leads to the server of this run."""
    with sync_playwright() as playwright:
        args = [*QUIET, f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield browser
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        server.env["THROUGHLINE_HOSTS"] = HOST
        server.start()
        try:
            for browser in browsers(server.port):
                studio = Studio(server, browser)
                morning(studio)
                whole_day(studio)
        finally:
            server.stop()
    for name, size in studio.sizes.items():
        print(f"{size // 1024:>5} kB  {name}")
    print(f"{sum(studio.sizes.values()) // 1024:>5} kB  in all")


if __name__ == "__main__":
    main()
