"""bin/chaos: runs the scenarios, prints one line a promise, and says by its exit code whether all held."""

import argparse
import asyncio
import importlib
import pkgutil
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import ModuleType

from tests.chaos import proof, scenarios
from tests.chaos.cluster import Cluster, Missing
from tests.chaos.site import Site
from tests.chaos.stage import FAIL, Line, Stage

SQLITE, POSTGRESQL = "sqlite", "postgresql"
IN_ALL = 30_000


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/chaos", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes and times of the promises; takes hours")
    parser.add_argument("--only", metavar="NAME", action="append", help=f"one of: {', '.join(everything())}")
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], help="default: both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--proof", action="store_true", help="write the table into docs/proof.md")
    parser.add_argument("--keep", action="store_true", help="keep the servers' folders and logs")
    return parser.parse_args()


def everything() -> dict[str, ModuleType]:
    names = [one.name for one in pkgutil.iter_modules(scenarios.__path__)]
    modules = [importlib.import_module(f"{scenarios.__name__}.{name}") for name in names]
    return {
        module.NAME: module
        for module in sorted(modules, key=lambda module: (getattr(module, "LAST", False), module.NAME))
    }


def chosen(options: argparse.Namespace, database: str) -> list[ModuleType]:
    known = everything()
    names = options.only or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no scenario {', '.join(unknown)}. There are: {', '.join(known)}")
    return [known[name] for name in names if database in getattr(known[name], "DATABASES", (SQLITE, POSTGRESQL))]


async def play(stage: Stage, modules: Iterable[ModuleType]) -> None:
    """A scenario that breaks is a FAIL of its own, and the others are played all the same."""
    for module in modules:
        began = time.monotonic()
        stage.begin(module.NAME)
        try:
            await module.run(stage)
        except Exception as problem:
            traceback.print_exc()
            why = f"{type(problem).__name__}: {problem}"
            stage.say(Line(f"{stage.database} {module.NAME}", "broke", "", FAIL, why))
        print(f"    ({time.monotonic() - began:.0f} s)", flush=True)


async def one_database(
    options: argparse.Namespace, database: str, folder: Path, goal: int, cluster: Cluster | None = None
) -> Stage:
    """All chosen scenarios on one database, whose servers' data stand in `folder`."""
    site = Site(folder / database / "data", cluster.database() if cluster else "")
    stage = Stage(options.full, options.seed, database, folder, site, cluster, goal if options.full else 0)
    try:
        await site.start()
        await play(stage, chosen(options, database))
    finally:
        site.stop()
    return stage


def every_database(options: argparse.Namespace, folder: Path) -> list[Stage]:
    wanted = [options.database] if options.database else [SQLITE, POSTGRESQL]
    stages = []
    if SQLITE in wanted:
        stages.append(asyncio.run(one_database(options, SQLITE, folder, IN_ALL // len(wanted))))
    if POSTGRESQL in wanted:
        try:
            cluster = Cluster()
        except Missing as why:
            print(f"PostgreSQL is skipped: {why}", flush=True)
            return stages
        try:
            cluster.make()
            rest = IN_ALL - sum(stage.acked for stage in stages)
            stages.append(asyncio.run(one_database(options, POSTGRESQL, folder, rest, cluster)))
        finally:
            cluster.remove()
    return stages


def in_all(stages: list[Stage], full: bool) -> list[Line]:
    """What all runs come to together."""
    acked, lost, doubled = (sum(getattr(stage, name) for stage in stages) for name in ("acked", "lost", "doubled"))
    enough = "PASS" if acked >= IN_ALL else FAIL if full else "-"
    return [
        Line("in all: acknowledged writes", str(acked), f"{IN_ALL} in the full form", enough),
        Line("in all: LOST", str(lost), "0", FAIL if lost else "PASS"),
        Line("in all: DUP", str(doubled), "0", FAIL if doubled else "PASS"),
    ]


def main() -> None:
    options = parsed()
    chosen(options, "")
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most > 0 else files, most))
    began, moment = time.monotonic(), datetime.now().astimezone()
    folder = Path(tempfile.mkdtemp(prefix="throughline-chaos-"))
    stages = every_database(options, folder)
    lines = [line for stage in stages for line in stage.lines]
    whole = not options.only
    ending = in_all(stages, options.full and whole and not options.database)
    for line in ending:
        print(line)
    failed = [line for line in [*lines, *ending] if line.verdict == FAIL]
    took = time.monotonic() - began
    print(f"{len(failed)} of {len(lines) + len(ending)} lines failed; {took:.0f} s, seed {options.seed}")
    if options.proof:
        proof.write(proof.table([*lines, *ending], options, moment, took))
    if not failed and not options.keep:
        shutil.rmtree(folder)
    else:
        print(f"Servers' folders and logs: {folder}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
