"""What things cost: a render by surface and number of cards, a phone's question for news, a text."""

import json
from collections.abc import Iterator

from tests.bench import wire
from tests.bench.house import Process, house
from tests.bench.sums import Series
from tests.bench.table import Line, measured, ratio

CARDS = (0, 100, 500)
TIMES = 40

# One render as the hub asks for it, in milliseconds of its thread.
RENDER = """
import json, time
from facilitation.live import surfaces
from workshops.models import Workshop

took = {}
for surface in ("phone", "screen", "console"):
    surfaces.render(WORKSHOP, {(surface, None)})
    began = time.thread_time()
    for _time in range(10):
        surfaces.render(WORKSHOP, {(surface, None)})
    took[surface] = (time.thread_time() - began) * 100
print(json.dumps(took))
"""


def figures(rounds: int, quick: bool) -> Iterator[Line]:
    """Processor time, not clock time. The floor of a request is /healthz/, which does next to nothing."""
    with house() as at:
        server = at.serve()
        days = {cards: server.people(150, cards) for cards in CARDS}
        renders = {(surface, cards): Series() for surface in ("phone", "screen", "console") for cards in CARDS}
        server.start()
        process, crowd = Process(server.process.pid), at.crowd()
        day = days[0]
        seen = f"/w/{day.code}/version/phone/?v="
        least, asked, sent = Series(), Series(), Series()
        count, version = TIMES // 4 if quick else TIMES, 0
        for _round in range(rounds):
            for cards, laid_out in days.items():
                said = server.manage("shell", "-v0", "-c", RENDER.replace("WORKSHOP", str(laid_out.workshop)))
                for surface, took in json.loads(said.strip().splitlines()[-1]).items():
                    renders[surface, cards].add(took)
            texts = [server.text(day, version + number) for number in range(count)]
            version += count
            news = wire.request("GET", server.host, f"{seen}{version}", day.cookies(0)).decode()
            nothing = wire.request("GET", server.host, "/healthz/").decode()
            for series, requests in ((least, [nothing] * count), (sent, texts), (asked, [news] * count)):
                before = process.cpu()
                said = crowd.one_by_one(host=server.host, requests=requests)
                series.add((process.cpu() - before) / count)
                assert set(said["statuses"]) <= {"200", "204"}, said["statuses"]
                if series is asked:
                    assert set(said["statuses"]) == {"204"}, said["statuses"]
    for (surface, cards), series in renders.items():
        yield measured(f"one render of the {surface} with {cards} cards", series)
    yield ratio("“is there anything new?”, nothing, ÷ /healthz/", asked, least)
    yield ratio("one text, ÷ /healthz/", sent, least)
