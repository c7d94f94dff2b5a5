"""Each chapter on its pages: laid out by itself first, then set a little closer where that saves a page."""

from math import ceil
from typing import Any, Protocol

from django.template.loader import render_to_string

# Classes of the section, loosest first. The smallest type of the closest is still 8 points.
SETTINGS = ("", "snug", "tight")
# What is left of a chapter's length in each setting, at best.
SAVES = {"": 1.0, "snug": 0.75, "tight": 0.62}
# Beyond this no setting can help.
REACH = 1 / SAVES["tight"]
# A last page with less on it than this looks forgotten.
LEAST = 0.45
FEWEST_STORIES = 4
VALUES_A_PAGE = 3


class Measure(Protocol):
    def length(self, body: str) -> float: ...


# Chapters with the number of pages that each is to fit on; 0 where it takes as many as it needs.
BEFORE_PLANS = (
    ("cover", 0),
    ("plan_on_a_page", 1),
    ("using", 1),
    ("present", 1),
    ("why", 1),
    ("stories", 2),
    ("purpose", 1),
    ("values", 0),
    ("priorities", 1),
    ("long_list", 1),
    ("alignment", 1),
)
AFTER_PLANS = (("commitments", 1), ("voices", 1), ("next", 1), ("appendix", 0))


def chapters(seen: dict[str, Any], paper: Measure) -> list[str]:
    """Every chapter that has something in it, as HTML, in order."""
    found = [chapter(name, most, seen, paper) for name, most in BEFORE_PLANS if name in seen["there"]]
    found += plans(seen, paper)
    return found + [chapter(name, most, seen, paper) for name, most in AFTER_PLANS if name in seen["there"]]


def chapter(name: str, most: int, seen: dict[str, Any], paper: Measure) -> str:
    if name == "stories":
        return stories(seen, paper)
    if name == "values":
        return values(seen, paper)
    return closest(name, most, seen, paper)[0] if most else rendered(name, seen)


def rendered(name: str, seen: dict[str, Any], setting: str = "") -> str:
    return render_to_string(f"pack/{name}.html", {**seen, "setting": setting})


def closest(name: str, most: int, seen: dict[str, Any], paper: Measure, start: str = "") -> tuple[str, str]:
    """The chapter in the loosest setting in which it fits, and that setting; as it is where none is within reach.

    To lay out is dear, so a setting that cannot be enough, by how much each saves as a rule, is passed over.
    """
    first = html = rendered(name, seen, start)
    length = paper.length(html)
    if length <= most or length > most * REACH:
        return html, start
    for setting in SETTINGS[SETTINGS.index(start) + 1 :]:
        if length * SAVES[setting] / SAVES[start] > most:
            continue
        html = rendered(name, seen, setting)
        if paper.length(html) <= most:
            return html, setting
    return first, start


def plans(seen: dict[str, Any], paper: Measure) -> list[str]:
    """A page each, all in the setting that the longest of them needs, so that they look like one set."""
    pages = [{**seen, "plan": plan, "number": number} for number, plan in enumerate(seen["plans"], start=1)]
    if not pages:
        return []
    longest = max(pages, key=lambda page: len(rendered("plan", page)))
    _html, setting = closest("plan", 1, longest, paper)
    return [closest("plan", 1, page, paper, setting)[0] for page in pages]


def stories(seen: dict[str, Any], paper: Measure) -> str:
    """As many of the stories as fill one page or two, so that the second is no leftover."""
    every = seen["why"]["stories"]
    best, fullest = "", -1.0
    for count in range(len(every), min(FEWEST_STORIES, len(every)) - 1, -1):
        html = rendered("stories", {**seen, "stories": every[:count]}, "")
        length = paper.length(html)
        if length <= 1 or (length <= 2 and length - 1 >= LEAST):
            return html
        if length <= 2 and length > fullest:
            best, fullest = html, length
    return best or html


def values(seen: dict[str, Any], paper: Measure) -> str:
    """Blocks are never split; where they take several pages, each has about as many."""
    count = len(seen["values"])
    most = max(1, ceil(count / VALUES_A_PAGE))
    for setting in SETTINGS:
        html = rendered("values", seen, setting)
        pages = ceil(paper.length(html))
        if pages <= most:
            break
    if pages < 2 or count < 2:
        return html
    each = ceil(count / pages)
    evened = rendered("values", {**seen, "breaks": list(range(each, count, each))}, setting)
    return evened if paper.length(evened) <= pages else html
