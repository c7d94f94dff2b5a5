"""Shapes of the names by which the parts of an exchange file speak of each other."""

import re
from dataclasses import dataclass
from typing import Any

from outputs.exchange.problems import Place, where
from outputs.exchange.report import Report

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True)
class New:
    """The name by which the rest of the file calls this thing."""

    sort: str

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, str) or not NAME.fullmatch(value):
            report.wrong(place, "must be a short name: letters, digits, “-”, “_” and “.”, at most 40")
        elif report.named.get(self.sort, {}).get(value):
            report.wrong(place, f"“{value}” is here twice, first at {where(report.named[self.sort][value])}")
        else:
            report.name(self.sort, value, place)


@dataclass(frozen=True)
class Use:
    """The name of something that stands elsewhere in the file. Looked up when all of it has been read."""

    sorts: tuple[str, ...]

    def check(self, value: Any, place: Place, report: Report) -> None:
        if isinstance(value, str):
            report.used.append((place, self.sorts, value))
        else:
            report.wrong(place, f"must be the name of a {self.sorts[0].replace('_', ' ')}")


@dataclass(frozen=True)
class Label:
    """A table's label: the same in every round."""

    def check(self, value: Any, place: Place, report: Report) -> None:
        if not isinstance(value, str) or not 1 <= len(value) <= 20:
            report.wrong(place, "must be a table's label, like T1")
        else:
            report.name("table", value, place)
