"""What a check of an exchange file finds on its way."""

from collections.abc import Iterable, Mapping

from outputs.exchange.problems import Lines, Place, Problem, line_of


class Report:
    """What a check has found: problems, the names that things have, and the names that were used."""

    def __init__(self, lines: Lines, known: Mapping[str, Iterable[str]] | None = None) -> None:
        self.lines = lines
        self.problems: list[Problem] = []
        self.named: dict[str, dict[str, Place]] = {
            sort: dict.fromkeys(names, ()) for sort, names in (known or {}).items()
        }
        self.used: list[tuple[Place, tuple[str, ...], str]] = []

    def wrong(self, place: Place, words: str) -> None:
        self.problems.append(Problem(place, words, line_of(self.lines, place)))

    def name(self, sort: str, name: str, place: Place) -> None:
        self.named.setdefault(sort, {}).setdefault(name, place)
