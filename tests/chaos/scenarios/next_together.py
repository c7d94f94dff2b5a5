"""Two facilitators press Next in the same moment, again and again: one step each time, and the other is told."""

import asyncio
import random
from collections import Counter

from tests.chaos.browser import Browser
from tests.chaos.site import Day
from tests.chaos.stage import Stage

NAME = "next"
TOGETHER = 0.02  # seconds between the two presses at most


async def run(stage: Stage) -> None:
    presses = stage.size(200, 12)
    day = await stage.site.lay_out(1, activities=presses + 1)
    urls = stage.site.urls
    both = [await stage.site.sign_in(day, url) for url in (urls[0], urls[-1])]
    chance = random.Random(stage.seed)
    answers: Counter[tuple[int, ...]] = Counter()
    strayed = 0
    try:
        for here, there in zip(day.activities, day.activities[1:], strict=False):
            late = chance.uniform(0, TOGETHER)
            said = await asyncio.gather(*(press(one, day, here, n * late) for n, one in enumerate(both)))
            answers[tuple(sorted(said))] += 1
            strayed += await where(stage, day) != there
    finally:
        await asyncio.gather(*(one.close() for one in both))
    stage.exactly("one won and the other was told (200 and 409)", answers[200, 409], presses, str(dict(answers)))
    stage.count("times the room was not exactly one step further", strayed)


async def press(browser, day: Day, seen: int, late: float) -> int:
    await asyncio.sleep(late)
    answer = await browser.post(f"/w/{day.code}/console/do/next/", {"seen": str(seen)}, 60)
    return answer.status


async def where(stage: Stage, day: Day) -> int:
    """The activity that the room is at, as a phone's own forms belong to it."""
    seat = day.seats[0]
    browser = Browser(stage.site.urls[0], {seat.cookie: seat.proof})
    try:
        answer = await browser.get(f"/w/{day.code}/mine/", 60)
        return int(answer.headers["X-Mine"].partition(".")[0])
    finally:
        await browser.close()
