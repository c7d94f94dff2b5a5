"""bin/bench: prints one line a figure, `name  value  limit  PASS|FAIL`, and ends with 1 if any limit is not kept.

Every comparison is made in turns within one run (floor, ours, stock, floor, ours, stock …); a figure is the median of
the rounds, with the lowest and the highest beside it.
"""

import argparse
import os
import platform
import resource
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.bench import burst, cost, fan_out, growth
from tests.bench.table import Line, into
from tests.serving import ROOT

PARTS = {"fan-out": fan_out.figures, "burst": burst.figures, "growth": growth.figures, "cost": cost.figures}
ON_POSTGRESQL = ("fan-out", "burst")
ROUNDS, QUICK = 5, 2


def postgresql() -> str:
    """The URL of a PostgreSQL that answers; "" if none does."""
    url = os.environ.get("THROUGHLINE_TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
    try:
        psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), connect_timeout=3).close()
    except psycopg.OperationalError as problem:
        print(f"The PostgreSQL runs are skipped: {str(problem).splitlines()[0]}", file=sys.stderr)
        return ""
    return url


def measure(chosen: list[str], quick: bool) -> Iterator[Line]:
    rounds = QUICK if quick else ROUNDS
    for name in chosen:
        yield from PARTS[name](rounds, quick)
    database = postgresql() if set(chosen) & set(ON_POSTGRESQL) else ""
    for name in [name for name in ON_POSTGRESQL if name in chosen and database]:
        yield from partial(PARTS[name], database=database)(rounds, quick)


def about(quick: bool, busy: tuple[float, ...]) -> str:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    load = "load {:.1f} before and {:.1f} after".format(*busy)
    command = "bin/bench --proof --quick" if quick else "bin/bench --proof"
    return f"`{command}`, {datetime.now().astimezone():%-d %B %Y}; {machine}; {load}."


def main() -> int:
    asked = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer rounds, fewer phones")
    asked.add_argument("--only", action="append", choices=PARTS, help="one part; may be given again")
    asked.add_argument("--proof", action="store_true", help="write the table into docs/proof.md as well")
    given = asked.parse_args()
    if given.proof and given.only:
        asked.error("--proof tells of a whole run, so it does not go with --only")
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # two thousand phones are two thousand open files
    before, lines = os.getloadavg()[0], []
    for line in measure(given.only or list(PARTS), given.quick):
        print(line, flush=True)
        lines.append(line)
    if given.proof:
        into(ROOT / "docs/proof.md", about(given.quick, (before, os.getloadavg()[0])), lines)
    return int(any(line.passed is False for line in lines))


if __name__ == "__main__":
    sys.exit(main())
