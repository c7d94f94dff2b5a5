"""Reads a list of people from a CSV file. Everything or nothing: each fault names its line and column."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

COLUMNS = ("name", "organisation", "role", "role_group")
NEEDED = ("name", "organisation", "role")
ALSO = {"organization": "organisation", "role group": "role_group", "organisation name": "organisation"}
LONGEST = {"name": 100, "organisation": 160, "role": 120, "role_group": 60}
MOST_PEOPLE, MOST_FAULTS = 500, 12
EXAMPLE = [
    COLUMNS,
    ("Ben Adeyemi", "Larkham University Hospitals", "Therapeutic radiographer", "radiographer"),
    ("Chi Nakamura", "Thornbeck Hospitals", "Principal clinical scientist", "physics"),
    ("Dee Okonjo", "Patient and carer partners", "Patient partner", "patient"),
]


@dataclass(frozen=True)
class Entry:
    """One person of the list."""

    line: int
    name: str
    organisation: str
    role: str
    role_group: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.name.casefold(), self.organisation.casefold()


@dataclass
class Roster:
    """People, or faults: when there is one fault, nobody is taken."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read(content: bytes) -> Roster:
    """The people in a CSV file, UTF-8 with or without a mark at its start, with commas, semicolons or tabs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return Roster(faults=[_not_utf8(content, problem)])
    return read_text(text)


def read_text(text: str) -> Roster:
    heading = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    rows = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=True)
    roster, numbered = Roster(), _numbered(rows)
    try:
        first = next(numbered, None)
        if first is None:
            return Roster(faults=[_("The file is empty.")])
        columns = _columns(first[1], roster)
        if not roster.faults:
            _take(numbered, columns, roster)
    except csv.Error:
        roster.faults.append(
            _("Line %d: a quotation mark is opened and not closed, or stands inside a cell.") % rows.line_num
        )
    if roster.faults:
        roster.entries = []
    elif not roster.entries:
        roster.faults.append(_("There is a heading, but nobody under it."))
    return roster


def _numbered(rows) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line of the file on which it ends."""
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            yield rows.line_num, cells


def _columns(heading: list[str], roster: Roster) -> list[str]:
    """The name of each column as we know it, "" for those that are ignored."""
    found = [ALSO.get(cell.casefold(), cell.casefold()) for cell in heading]
    for missing in (name for name in NEEDED if name not in found):
        roster.faults.append(
            _("Line 1: the column “%(missing)s” is missing. The first line has: %(found)s.")
            % {"missing": missing, "found": ", ".join(cell or "–" for cell in heading)}
        )
    for twice in (name for name in COLUMNS if found.count(name) > 1):
        roster.faults.append(_("Line 1: the column “%s” is there twice.") % twice)
    roster.ignored = [cell for cell, name in zip(heading, found, strict=True) if cell and name not in COLUMNS]
    return [name if name in COLUMNS else "" for name in found]


def _take(rows: Iterable[tuple[int, list[str]]], columns: list[str], roster: Roster) -> None:
    seen: dict[tuple[str, str], int] = {}
    for line, cells in rows:
        if len(roster.faults) >= MOST_FAULTS:
            roster.faults.append(_("There may be more: please put these right first."))
            return
        if len(roster.entries) >= MOST_PEOPLE:
            roster.faults.append(_("Line %(line)d: more than %(most)d people.") % {"line": line, "most": MOST_PEOPLE})
            return
        given = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        entry = Entry(line, **{name: given.get(name, "") for name in COLUMNS})
        faults = list(_faults(entry, cells, columns))
        if not faults and entry.key in seen:
            faults = [
                _("Line %(line)d, column “name”: %(name)s of %(organisation)s is on line %(first)d already.")
                % {"line": line, "name": entry.name, "organisation": entry.organisation, "first": seen[entry.key]}
            ]
        roster.faults += faults
        seen.setdefault(entry.key, line)
        roster.entries.append(entry)


def _faults(entry: Entry, cells: list[str], columns: list[str]) -> Iterable[str]:
    if len(cells) > len(columns):
        yield _("Line %(line)d: %(cells)d cells, but the heading has %(columns)d. Is a quotation mark missing?") % {
            "line": entry.line,
            "cells": len(cells),
            "columns": len(columns),
        }
        return
    for column in COLUMNS:
        value = getattr(entry, column)
        if column in NEEDED and not value:
            yield _("Line %(line)d, column “%(column)s”: there is nothing here.") % {
                "line": entry.line,
                "column": column,
            }
        elif len(value) > LONGEST[column]:
            yield _("Line %(line)d, column “%(column)s”: longer than %(most)d characters.") % {
                "line": entry.line,
                "column": column,
                "most": LONGEST[column],
            }


def _not_utf8(content: bytes, problem: UnicodeDecodeError) -> str:
    advice = _("In Excel, choose “Save as” and the type “CSV UTF-8 (comma delimited)”.")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4] == b"PK\x03\x04":
        return _("This is not a CSV file in UTF-8.") + " " + advice
    before = content[: problem.start]
    line = before.count(b"\n") + 1
    cell = before.rpartition(b"\n")[2]
    column = max(cell.count(mark) for mark in (b",", b";", b"\t")) + 1
    where = _("Line %(line)d, cell %(column)d: a letter that is not written in UTF-8.") % {
        "line": line,
        "column": column,
    }
    return where + " " + advice


def example() -> bytes:
    """A small file to start from, with the mark that Excel wants."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(EXAMPLE)
    return out.getvalue().encode("utf-8-sig")
