"""A hall full of people scans the code in the same ten seconds, and each fills in the form."""

import asyncio
import random
import re

from tests.chaos.browser import Browser
from tests.chaos.fleet import spread
from tests.chaos.stage import Stage

NAME = "joins"
WITHIN = 10.0
BODY = re.compile(r'<option value="(\d+)"')


async def run(stage: Stage) -> None:
    people = stage.size(200, 25)
    day = await stage.site.lay_out(1)
    chance = random.Random(stage.seed)
    urls = stage.site.urls
    moments = [chance.uniform(0, WITHIN) for _n in range(people)]
    took = await asyncio.gather(*(join(urls[n % len(urls)], day.code, n, moment) for n, moment in enumerate(moments)))
    in_there = await stage.site.script(COUNT, CODE=day.code)
    failures = [why for why, _seconds in took if why]
    joined = len(took) - len(failures)
    stage.exactly(f"of {people} people who joined within {WITHIN:g} s", joined, people, str(failures[:3]))
    stage.exactly("seats taken in the database", in_there["seats"] - 1, people)
    stage.exactly("different people among them", in_there["names"] - 1, people)
    seconds = [seconds for _why, seconds in took]
    stage.figure("from the code to the phone's page, half, 95%, longest", spread(seconds))


async def join(url: str, code: str, number: int, moment: float) -> tuple[str, float]:
    """What went wrong, or nothing; and how long it took from the code to the page with the day on it."""
    await asyncio.sleep(moment)
    loop = asyncio.get_running_loop()
    began, browser = loop.time(), Browser(url, {})
    try:
        form = await browser.get(f"/j/{code}/", 60)
        bodies = BODY.findall(form.text)
        if not form.ok or not bodies:
            return f"the form answered {form.status}", 0.0
        about = {"name": f"Guest number {number}", "organisation": bodies[number % len(bodies)], "role": "Nurse"}
        answer = await browser.post(f"/j/{code}/", about, 60, scripted=False)
        if answer.status != 302:
            return f"the door answered {answer.status}", 0.0
        page = await browser.get(f"/w/{code}/", 60)
        if not page.ok or "data-version" not in page.text:
            return f"the page answered {page.status}", 0.0
        return "", loop.time() - began
    finally:
        await browser.close()


COUNT = """
from workshops.models import Workshop
present = Workshop.objects.by_code(CODE).participants.present()
told = {"seats": present.count(), "names": present.values("name").distinct().count()}
"""
