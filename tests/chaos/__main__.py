"""bin/chaos: runs the scenarios, prints one line a promise, and says by its exit code whether all held."""

import argparse
import asyncio
import importlib
import pkgutil
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from datetime import datetime
from pathlib import Path
from types import ModuleType

from tests.chaos import proof, scenarios
from tests.chaos.cluster import Cluster, Missing
from tests.chaos.site import Site
from tests.chaos.stage import FAIL, OPEN, PASS, SKIP, Line, Stage, Sums

SQLITE, POSTGRESQL = "sqlite", "postgresql"
IN_ALL = 30_000
AT_ONCE = 4


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/chaos", description=__doc__)
    parser.add_argument("--full", action="store_true", help="sizes and times as promised; takes about two hours")
    parser.add_argument("--only", metavar="NAME", action="append", help=f"one of: {', '.join(everything())}")
    parser.add_argument("--database", choices=[SQLITE, POSTGRESQL], help="default: both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--proof", action="store_true", help="write the table into docs/proof.md")
    parser.add_argument("--keep", action="store_true", help="keep the servers' folders and logs")
    return parser.parse_args()


def everything() -> dict[str, ModuleType]:
    names = [one.name for one in pkgutil.iter_modules(scenarios.__path__)]
    modules = [importlib.import_module(f"{scenarios.__name__}.{name}") for name in names]
    return {module.NAME: module for module in sorted(modules, key=lambda module: module.NAME)}


def chosen(options: argparse.Namespace, database: str) -> list[ModuleType]:
    known = everything()
    names = options.only or list(known)
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no scenario {', '.join(unknown)}. There are: {', '.join(known)}")
    return [known[name] for name in names if database in getattr(known[name], "DATABASES", (SQLITE, POSTGRESQL))]


async def play(stage: Stage, module: ModuleType) -> list[Line]:
    """A scenario that breaks is a FAIL of its own, and the others are played all the same."""
    own, began = stage.named(module.NAME), time.monotonic()
    try:
        await module.run(own)
    except Exception as problem:
        traceback.print_exc()
        own.say(Line(own.name, "broke", "", FAIL, f"{type(problem).__name__}: {problem}"))
    print(*own.lines, f"    ({time.monotonic() - began:.0f} s)", sep="\n", flush=True)
    return own.lines


async def play_all(stage: Stage, modules: list[ModuleType]) -> list[Line]:
    """One after the other; in the short form those that do not disturb each other all at once, in the same minute."""
    alone = [module for module in modules if stage.full or getattr(module, "ALONE", False)]
    lines = [line for module in alone for line in await play(stage, module)]
    lines += await at_once(stage, [module for module in modules if module not in alone])
    return lines


async def at_once(stage: Stage, modules: list[ModuleType]) -> list[Line]:
    """A few at a time, so that two cores can follow; those that mostly wait go first."""
    free = asyncio.Semaphore(AT_ONCE)

    async def when_free(module: ModuleType) -> list[Line]:
        async with free:
            return await play(stage, module)

    first = sorted(modules, key=lambda module: not getattr(module, "WAITS", False))
    together = await asyncio.gather(*(when_free(module) for module in first))
    return [line for some in together for line in some]


async def one_database(
    options: argparse.Namespace, database: str, folder: Path, goal: int, cluster: Cluster | None = None
) -> tuple[list[Line], Sums]:
    """All chosen scenarios on one database, whose servers' data stand in `folder`."""
    site, sums = Site(folder / database / "data", cluster.database() if cluster else ""), Sums()
    stage = Stage(options.full, options.seed, database, folder, site, sums, cluster, goal if options.full else 0)
    try:
        await site.start()
        return await play_all(stage, chosen(options, database)), sums
    finally:
        await site.stop()


Played = tuple[list[Line], Sums]


def every_database(options: argparse.Namespace, folder: Path) -> list[Played]:
    wanted = [options.database] if options.database else [SQLITE, POSTGRESQL]
    played: list[Played] = []
    if SQLITE in wanted and chosen(options, SQLITE):
        played.append(asyncio.run(one_database(options, SQLITE, folder, IN_ALL // len(wanted))))
    if POSTGRESQL in wanted and chosen(options, POSTGRESQL):
        try:
            cluster = Cluster()
        except Missing as why:
            print(f"PostgreSQL is skipped: {why}", flush=True)
            return [*played, ([Line("postgresql", "", "", SKIP, str(why))], Sums())]
        try:
            cluster.make()
            print(f"{cluster.version()}, two servers on one database", flush=True)
            rest = IN_ALL - sum(sums.acked for _lines, sums in played)
            played.append(asyncio.run(one_database(options, POSTGRESQL, folder, rest, cluster)))
        finally:
            cluster.remove()
    return played


def in_all(played: list[Played], strict: bool) -> list[Line]:
    """What all runs come to together."""
    acked, lost, doubled = (sum(getattr(sums, name) for _l, sums in played) for name in ("acked", "lost", "doubled"))
    enough = PASS if acked >= IN_ALL else FAIL if strict else OPEN
    return [
        Line("in all: acknowledged writes", str(acked), f"{IN_ALL} in the full form", enough),
        Line("in all: LOST", str(lost), "0", FAIL if lost else PASS),
        Line("in all: DUP", str(doubled), "0", FAIL if doubled else PASS),
    ]


def main() -> None:
    options = parsed()
    chosen(options, "")
    signal.signal(signal.SIGTERM, lambda *_what: sys.exit(143))  # servers and disks are put away on every way out
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most > 0 else files, most))
    began, moment = time.monotonic(), datetime.now().astimezone()
    folder = Path(tempfile.mkdtemp(prefix="throughline-chaos-"))
    played = every_database(options, folder)
    ending = in_all(played, options.full and not options.only and not options.database)
    print(*ending, sep="\n")
    lines = [*(line for some, _sums in played for line in some), *ending]
    failed = [line for line in lines if line.verdict == FAIL]
    took = time.monotonic() - began
    print(f"{len(failed)} of {len(lines)} lines failed; {took:.0f} s, seed {options.seed}")
    if options.proof:
        proof.write(proof.table(lines, options, moment, took))
    if failed or options.keep:
        print(f"Servers' folders and logs: {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
