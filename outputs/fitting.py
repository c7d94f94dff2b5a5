"""Each chapter on its pages: laid out by itself first, then set a little closer where that saves a page."""

from math import ceil
from typing import Any, Protocol

from django.template.loader import render_to_string

# Classes of the section, loosest first. The smallest type of the closest is still 8 points.
SETTINGS = ("", "snug", "tight")
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
    """Every chapter as HTML, in order; empty ones are left out."""
    found = [chapter(name, most, seen, paper) for name, most in BEFORE_PLANS]
    for number, plan in enumerate(seen["plans"], start=1):
        found.append(closest("plan", 1, {**seen, "plan": plan, "number": number}, paper))
    found += [chapter(name, most, seen, paper) for name, most in AFTER_PLANS]
    return [html for html in found if html.strip()]


def chapter(name: str, most: int, seen: dict[str, Any], paper: Measure) -> str:
    if name == "stories":
        return stories(seen, paper)
    if name == "values":
        return values(seen, paper)
    return closest(name, most, seen, paper) if most else rendered(name, seen)


def rendered(name: str, seen: dict[str, Any], setting: str = "") -> str:
    return render_to_string(f"pack/{name}.html", {**seen, "setting": setting})


def closest(name: str, most: int, seen: dict[str, Any], paper: Measure) -> str:
    """The loosest setting in which the chapter fits; the loosest of all where none is within reach."""
    first = rendered(name, seen)
    length = paper.length(first) if first.strip() else 0
    if length <= most or length > most * 1.8 + 0.2:
        return first
    for setting in SETTINGS[1:]:
        html = rendered(name, seen, setting)
        if paper.length(html) <= most:
            return html
    return first


def stories(seen: dict[str, Any], paper: Measure) -> str:
    """As many of the stories as fill one page or two, so that the second is no leftover."""
    every = seen["why"]["stories"]
    if not every:
        return ""
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
