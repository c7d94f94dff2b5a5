"""The shapes that a value in an exchange file may have. Checking never raises: it notes what is wrong, in words."""

import difflib
import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from outputs.exchange.problems import Place
from outputs.exchange.report import Report

MISSING = "is missing"
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Shape(Protocol):
    def check(self, value: Any, place: Place, report: Report) -> None: ...


def storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


@dataclass(frozen=True)
class Text:
    most: int = 2000
    least: int = 1

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, str):
            hint = "" if value is None or isinstance(value, dict | list) else ": put it in quotes"
            report.wrong(place, f"must be text{hint}")
        elif len(value.strip()) < self.least:
            report.wrong(place, "is empty")
        elif len(value) > self.most:
            report.wrong(place, f"is too long: at most {self.most} characters, and this has {len(value)}")
        elif not storable(value):
            report.wrong(place, "has a character that cannot be stored")


@dataclass(frozen=True)
class Whole:
    least: int = 0
    most: int = 2_000_000_000

    def check(self, value: Any, place: Place, report: Report) -> None:
        if type(value) is not int or not self.least <= value <= self.most:
            limits = f" from {self.least} to {self.most}" if self.most < 2_000_000_000 else ""
            report.wrong(place, f"must be a whole number{limits}")


class Flag:
    def check(self, value: Any, place: Place, report: Report) -> None:
        if type(value) is not bool:
            report.wrong(place, "must be true or false")


class Day:
    def check(self, value: Any, place: Place, report: Report) -> None:
        if isinstance(value, datetime) or not isinstance(value, date):
            report.wrong(place, "must be a date, like 2026-09-24")


class Clock:
    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, str) or not CLOCK.fullmatch(value):
            report.wrong(place, 'must be a time in quotes, like "09:15"')


@dataclass(frozen=True)
class OneOf:
    choices: tuple[Any, ...]

    def check(self, value: Any, place: Place, report: Report) -> None:
        if value not in self.choices or type(value) not in {type(choice) for choice in self.choices}:
            report.wrong(place, f"must be one of {', '.join(str(choice) for choice in self.choices)}")


@dataclass(frozen=True)
class Rows:
    of: Shape
    most: int = 5000

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, list):
            report.wrong(place, "must be a list")
        elif len(value) > self.most:
            report.wrong(place, f"has too many lines: at most {self.most}")
        else:
            for number, one in enumerate(value):
                self.of.check(one, (*place, number), report)


@dataclass(frozen=True)
class Keyed:
    """A block whose keys are names of one sort and whose values have one shape."""

    key: Shape
    of: Shape

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, dict):
            report.wrong(place, "must be a block of “key: value” lines")
            return
        for key, one in value.items():
            self.key.check(key, (*place, str(key)), report)
            self.of.check(one, (*place, str(key)), report)


@dataclass(frozen=True)
class Maybe:
    """Inside a Row: this key may be left out."""

    of: Shape

    def check(self, value: Any, place: Place, report: Report) -> None:
        self.of.check(value, place, report)


@dataclass(frozen=True)
class OrNothing:
    """A place in a list that may be empty: somebody passed."""

    of: Shape

    def check(self, value: Any, place: Place, report: Report) -> None:
        if value is not None:
            self.of.check(value, place, report)


@dataclass(frozen=True)
class Row:
    """A block with known keys. Any other key is wrong; one that is not Maybe must be there."""

    keys: dict[str, Shape] = field(hash=False)

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, dict):
            report.wrong(place, "must be a block of “key: value” lines")
            return
        for key in value:
            if key not in self.keys:
                near = difflib.get_close_matches(str(key), self.keys, 1)
                hint = f": did you mean “{near[0]}”?" if near else ""
                report.wrong((*place, str(key)), f"unknown key{hint}")
        for key, shape in self.keys.items():
            if key in value:
                shape.check(value[key], (*place, key), report)
            elif not isinstance(shape, Maybe):
                report.wrong((*place, key), MISSING)


@dataclass(frozen=True)
class ByKey:
    """A block whose shape depends on the value of one of its keys."""

    key: str
    shapes: dict[Any, Row] = field(hash=False)

    def check(self, value: Any, place: Place, report: Report) -> None:
        chosen = value.get(self.key) if isinstance(value, dict) else None
        if isinstance(chosen, str) and chosen in self.shapes:
            self.shapes[chosen].check(value, place, report)
        else:
            report.wrong((*place, self.key), f"must be one of {', '.join(self.shapes)}")


class Anything:
    """Kept as it is; only what JSON cannot hold is wrong."""

    def check(self, value: Any, place: Place, report: Report) -> None:
        if isinstance(value, dict):
            for key, one in value.items():
                self.check(one, (*place, str(key)), report)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                self.check(one, (*place, number), report)
        elif isinstance(value, str):
            if not storable(value):
                report.wrong(place, "has a character that cannot be stored")
        elif isinstance(value, float) and not math.isfinite(value):
            report.wrong(place, "must be a number")
        elif value is not None and not isinstance(value, bool | int | float | date):
            report.wrong(place, "cannot be kept")
