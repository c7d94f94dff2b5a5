"""The table in docs/proof.md, between its two markers; the rest of the file is left as it is."""

import argparse
import platform
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from tests.chaos.stage import Line

PAGE = Path(__file__).resolve().parents[2] / "docs" / "proof.md"
BEGIN, END = "<!-- chaos:begin -->", "<!-- chaos:end -->"
HEADING = "## Under fault: bin/chaos"


def table(lines: list[Line], options: argparse.Namespace, moment: datetime, seconds: float) -> str:
    form = "full" if options.full else "short"
    shown = ", ".join(f"{name} {version(name)}" for name in ("django", "channels", "daphne", "twisted", "psycopg"))
    head = [
        f"The {form} form, {moment:%-d %B %Y at %H:%M}, seed {options.seed}, {seconds / 60:.0f} minutes; Python "
        f"{platform.python_version()}, {shown}.",
        "`-` is a figure without a verdict: the short form judges counts, never seconds.",
        "",
        f"    bin/chaos {' '.join(argument for argument in sys.argv[1:])}",
        "",
        "| what | seen | limit | |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *(row(line) for line in lines)])


def row(line: Line) -> str:
    note = f"; {line.note}" if line.note and line.verdict != "PASS" else ""
    cells = [line.name, line.value, line.limit, line.verdict + note]
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def write(text: str, page: Path = PAGE) -> None:
    """Puts `text` between the markers; a page without them gets a section of its own at the end."""
    old = page.read_text(encoding="utf-8")
    if BEGIN not in old:
        old = f"{old.rstrip()}\n\n{HEADING}\n\n{BEGIN}\n{END}\n"
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
