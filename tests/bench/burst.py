"""Everybody presses Send in the same second, and how long until each is told that it is kept."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.bench.house import Crowd, Day, Process, Served, house, moments
from tests.bench.sums import Series, high
from tests.bench.table import Line, at_most, exactly, measured, ratio
from tests.serving import ROOT

TEXTS, SECONDS = 500, 1.0


class Desk:
    """A server, a crowd that sends to it, and what came of it."""

    def __init__(self, server: Served, day: Day, crowd: Crowd) -> None:
        self.server, self.day, self.crowd = server, day, crowd
        self.process = Process(server.process.pid)
        self.late, self.alone, self.cost = Series(), Series(), Series()
        self.statuses: Counter[str] = Counter()

    def burst(self, due: list[float]) -> None:
        texts = [[moment, self.server.host, self.text(number)] for number, moment in enumerate(due)]
        before = self.process.cpu()
        said = self._said(self.crowd.burst(requests=texts, settle=120))
        self.late.add(high(said["acknowledged"]))
        self.cost.add((self.process.cpu() - before) / len(due))

    def one_by_one(self, count: int) -> None:
        texts = [self.text(number) for number in range(count)]
        said = self._said(self.crowd.one_by_one(host=self.server.host, requests=texts))
        self.alone.add(high(said["acknowledged"], 0.5))

    def text(self, number: int) -> str:
        return self.server.text(self.day, number, "nobody")

    def _said(self, said: dict[str, Any]) -> dict[str, Any]:
        self.statuses.update(said["statuses"])
        return said

    @property
    def not_taken(self) -> int:
        return sum(count for status, count in self.statuses.items() if status not in ("200", "204"))


def figures(rounds: int, quick: bool, database: str = "") -> Iterator[Line]:
    """500 texts in one second, ours and stock in turns; then one text at a time beside a bare insert and commit."""
    texts = TEXTS // 5 if quick else TEXTS
    where = "PostgreSQL: " if database else ""
    with house(database) as at:
        desks = []
        for stock in (False, True):
            server = at.serve(stock=stock)
            day = server.people(texts)
            server.start()
            desks.append(Desk(server, day, at.crowd()))
        ours, stock_view = desks
        for desk in desks:
            desk.crowd.one_by_one(host=desk.server.host, requests=[desk.text(number) for number in range(20)])
        bare = Series()
        for number in range(rounds):
            bare.add(bare_insert(at.place()))
            for desk in desks:
                desk.one_by_one(30)
            for desk in desks:
                desk.burst(moments(texts, SECONDS * texts / TEXTS, seed=number))
    name = f"{where}{texts} texts in {SECONDS * texts / TEXTS:.1f} s, acknowledged p95"
    yield at_most(f"{name}, ÷ stock Django view", ours.late, stock_view.late, 0.2)
    yield exactly(f"{where}texts of those bursts not acknowledged", ours.not_taken, 0)
    yield measured(f"{where}stock view: texts not acknowledged", Series([stock_view.not_taken]), "")
    yield ratio(f"{where}processor time of one such text, ÷ stock Django view", ours.cost, stock_view.cost)
    yield ratio(f"{where}one acknowledged text at a time, ÷ bare insert and commit", ours.alone, bare)
    yield ratio(f"{where}one acknowledged text at a time, ÷ stock Django view", ours.alone, stock_view.alone)


def bare_insert(place: str) -> float:
    """Milliseconds of one INSERT and COMMIT, the median of many, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bare_insert", place]
    return float(json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout))
