"""Typing under fire: somebody fills in a form while everybody else writes, the activity closes and the socket is lost.

    python -m tests.browser.under_fire --runs 50

prints one line, `name value limit PASS|FAIL`, and answers 1 when anything that was typed, the caret or the focus had
changed in any run. A run is one phone with one kind of field: text, textarea, select, checkbox, radio, or Japanese
composed letter by letter. Phones on the same page are under the same fire.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.browser.fingers import FIELDS, Hand
from tests.browser.others import Fire, Other
from tests.serving import Server

KEYS, UPDATES, LOST_AT, CLOSED_AT = 40, 200, (8, 18, 30), 22
PRIORITIES = """
from workshops.models import Workshop
workshop = Workshop.objects.get(code="CODE")
names = "One way to refer", "A shared plan for cover", "Staff who stay"
print([workshop.priorities.create(title=name).pk for name in names][0])
"""


class Page(NamedTuple):
    """One activity, whose form has these kinds of field, and how other people write in it."""

    kind: str
    form: str
    fields: tuple[str, ...]
    path: str
    fill: dict[str, str]  # what one of the others sends; a name of theirs is corrected once this is refused


PAGES = (
    Page("stories", "#story", ("textarea", "text", "radio", "composed"), "send", {"sharing": "themes_only"}),
    Page("commitments", "#commit", ("checkbox",), "commit", {"sharing": "everyone"}),
    Page("sign_up", "#choose", ("select",), "choose", {"first": "{first}"}),
)


def lay_out(day, pages=PAGES, rounds: int = 1):
    """A day with these pages, so many times over: what runs need to be run on."""
    today = day(*[(page.kind, {}) for _round in range(rounds) for page in pages])
    today.facts["first"] = today.server.manage(
        "shell", "-v0", "-c", PRIORITIES.replace("CODE", today.facts["code"])
    ).strip()
    return today


def run(today, console, page: Page, updates: int = UPDATES) -> dict[str, list[str]]:
    """One run for each kind of field of `page`, on the activity that the facilitator opens next: field -> faults."""
    press(console, today, "next")
    cable = today.behind()
    hands = [Hand(today.phone("Ben"), page.form, kind, KEYS) for kind in page.fields]
    number = hands[0].phone.locator("body").get_attribute("data-mine").partition(".")[0]
    fill = {name: value.format(**today.facts) for name, value in page.fill.items()}
    people = [Other(today.server.url, today.facts, name) for name in ("Chi", "Dee")]
    fire = Fire(people, lambda who, shot: write(who, shot, f"a/{number}/{page.path}/", fill), updates)
    lost = 0
    try:
        for hand in hands:
            hand.begin()
        for key in range(KEYS):
            fire.let_off(updates // KEYS)
            if key in LOST_AT:
                while cable.sockets < len(hands):
                    hands[0].phone.wait_for_timeout(50)
                lost += cable.cut_sockets() // len(hands)
            if key == CLOSED_AT:
                press(console, today, "close")
                for hand in hands:
                    hand.pause()
            for hand in hands:
                hand.press(key)
            fire.wait_for(updates // KEYS)
        newest = press(console, today, "unblank")
        for hand in hands:
            hand.end(newest)
    finally:
        for hand in hands:
            hand.phone.context.close()
    assert (fire.written, fire.problems, lost) == (updates, [], len(LOST_AT)), "the fire itself went out"
    return {hand.kind: hand.faults for hand in hands}


def write(who: Other, shot: int, action: str, fill: dict[str, str]) -> bool:
    """A card of theirs; where the activity takes no more of them, a slip in their role put right."""
    slip = {"me-name": who.name, "me-role": f"Role {shot}"}
    return who.post(action, text=f"{who.name} writes {shot}", **fill) == 200 or who.post("me/", **slip) == 302


def press(console, today, verb: str) -> int:
    """A button of the console, without its page, which has enough of its own to draw. Returns the room's version."""
    token = next(one["value"] for one in console.cookies() if one["name"] == "csrftoken")
    url = f"{today.server.url}/w/{today.facts['code']}/console/do/{verb}/"
    answer = console.request.post(url, form={}, headers={"X-CSRFToken": token, "X-Throughline": "1"})
    assert answer.status == 200, answer.text()
    return int(answer.headers["x-version"])


def facilitator(today):
    """Ada's browser, signed in, with nothing in its window."""
    page = today.console()
    page.goto("about:blank")
    return page.context


def main() -> int:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, QUIET, Day

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=50)
    asked.add_argument("--updates", type=int, default=UPDATES)
    given = asked.parse_args()
    rounds = -(-given.runs // len(FIELDS))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            today = lay_out(lambda *kinds: Day(server, browser, server.lay_out(*kinds)), rounds=rounds)
            console, done, bad = facilitator(today), 0, 0
            for _round in range(rounds):
                for page in PAGES:
                    for kind, faults in run(today, console, page, given.updates).items():
                        done, bad = done + 1, bad + bool(faults)
                        print(f"run {done} {kind}: {faults or 'as it was'}", file=sys.stderr, flush=True)
        finally:
            browser.close()
            server.stop()
    print(f"typing_under_fire_runs_changed {bad}/{done} 0 {'FAIL' if bad or done < given.runs else 'PASS'}", flush=True)
    return int(bool(bad) or done < given.runs)


if __name__ == "__main__":
    sys.exit(main())
