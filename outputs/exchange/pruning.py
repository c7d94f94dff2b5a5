"""Takes out of a file what speaks of something that may not leave: a held story, somebody who is off the list."""

from typing import Any

from outputs.exchange.checks import shape, unknown_names
from outputs.exchange.problems import Place
from outputs.exchange.report import Report
from outputs.exchange.setting_up import known_names
from outputs.exchange.shapes import MISSING


def pruned(data: dict[str, Any]) -> dict[str, Any]:
    """The same data, changed until every name in it stands for something and no row lacks what it needs."""
    while True:
        report = Report({}, known_names(data))
        shape(data).check(data, (), report)
        places = [place for place, _words in unknown_names(report)]
        places += [place[:-1] for place in _lacking(report) if isinstance(place[-2], int)]
        if not places:
            return data
        for place in sorted(set(places), key=_last_first, reverse=True):
            _take_out(data, place)


def _lacking(report: Report) -> list[Place]:
    return [problem.place for problem in report.problems if problem.words == MISSING and len(problem.place) > 1]


def _last_first(place: Place) -> list[tuple[bool, Any]]:
    """So that taking out one line of a list moves none that is still to be taken out."""
    return [(isinstance(part, int), part) for part in place]


def _take_out(data: Any, place: Place) -> None:
    *way, last = place
    for step in way:
        data = data[_key(data, step)]
    del data[_key(data, last)]


def _key(inside: Any, step: str | int) -> Any:
    """Places have keys as text; in the data they may be numbers."""
    return step if isinstance(inside, list) or step in inside else next(key for key in inside if str(key) == step)
