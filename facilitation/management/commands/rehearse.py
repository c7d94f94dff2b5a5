"""bin/manage rehearse FILE: plays a day as real phones and a facilitator, through the doors of a running server.

The database is touched only before the day (the day is set up, a one-time link is made) and after it (the ledger is
compared). Everything between goes over HTTP and WebSocket, as from the room.

--pace fast: each move as soon as the one before is acknowledged.
--pace real: a minute of the run sheet takes a second, and its moves are spread over it.
"""

import asyncio
import json
import random
import resource
import time
from http import HTTPStatus
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import yaml
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from facilitation.accounts import own_address, sign_in_link
from facilitation.rehearse import report
from facilitation.rehearse.day import FAST, REAL, Day
from facilitation.rehearse.doors import Room, TurnedAway
from facilitation.rehearse.ledger import Ledger
from facilitation.rehearse.pushes import Pushes
from workshops.models import Membership, Participant, Workshop
from workshops.write import keep


class Command(BaseCommand):
    help = (
        "Plays a file as so many phones against a running server, and reports what was lost and how long things took."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--base-url", default="", help="the running server (default: http://127.0.0.1:$PORT)")
        parser.add_argument("--phones", type=int, help="default: everybody in the file; more than that only listen")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--pace", choices=[FAST, REAL], default=FAST)
        parser.add_argument("--report", metavar="OUT.json")

    def handle(self, *args: Any, **options: Any) -> None:
        base_url = (options["base_url"] or own_address()).rstrip("/")
        self.look_at(base_url)
        workshop = self.set_up(options["file"])
        file = yaml.safe_load(Path(options["file"]).read_text(encoding="utf-8-sig"))
        people = list(workshop.participants.order_by("pk"))
        count = len(people) if options["phones"] is None else max(0, options["phones"])
        cast, listeners = people[:count], keep(lambda: self.listeners(workshop, count - len(people)))
        began = time.monotonic()
        day, failure = self.play(workshop, file, cast, listeners, base_url, options)
        told = {
            "code": workshop.code,
            "phones": count,
            "seed": options["seed"],
            "pace": options["pace"],
            "seconds": round(time.monotonic() - began, 1),
            "joined": len(day.phones),
            **self.findings(day, workshop, file, compare=count >= len(people)),
        }
        if failure:
            told["failed"] += 1
            told["failures"] = [failure, *told["failures"]]
        if options["report"]:
            Path(options["report"]).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(summary(told))
        if any(told[name] for name in ("lost", "duplicated", "misattributed", "server_errors", "failed")):
            raise CommandError("The rehearsal was not clean.")

    def look_at(self, base_url: str) -> None:
        """A server answers, and a link made here opens its door: it uses this database. Raises CommandError."""
        link = sign_in_link(Membership.FACILITATOR, [], base_url)
        try:
            with urlopen(link, timeout=20):  # noqa: S310, the address is the operator's own
                return
        except HTTPError as problem:
            why = "another database" if problem.code == HTTPStatus.NOT_FOUND else f"trouble: it answers {problem.code}"
            raise CommandError(f"The server at {base_url} has {why}.") from None
        except (OSError, ValueError) as problem:
            raise CommandError(f"No server answers at {base_url}: {problem}") from None

    def set_up(self, path: str) -> Workshop:
        told = StringIO()
        call_command("import_workshop", path, "--rehearsal", stdout=told)
        return Workshop.objects.by_code(told.getvalue().split()[-1])

    def listeners(self, workshop: Workshop, more: int) -> list[Participant]:
        """Invited like the others, but nobody has written lines for them."""
        body = workshop.network.organisations.order_by("pk").first()
        return [
            Participant.objects.create(
                workshop=workshop,
                name=f"Guest {number}",
                organisation=body,
                role="Listening only",
                channel=Participant.LISTENING,
            )
            for number in range(1, more + 1)
        ]

    def play(
        self,
        workshop: Workshop,
        file: dict[str, Any],
        cast: list[Participant],
        listeners: list[Participant],
        base_url: str,
        options: dict[str, Any],
    ) -> tuple[Day, str]:
        """The day, and why it ended early if it did."""
        files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most if most > 0 else files, most))
        room = Room(base_url, Ledger(), Pushes(), random.Random(options["seed"]))  # noqa: S311, it shuffles people, not secrets
        told = self.stderr.write if options["verbosity"] > 1 else (lambda line: None)
        link = sign_in_link(Membership.FACILITATOR, [workshop.network], base_url)
        numbers = {person.ref: person.pk for person in cast}
        day = Day(room, workshop, file, numbers, [one.pk for one in listeners], options["pace"], told)
        try:
            asyncio.run(day.play(link))
        except TurnedAway as problem:
            return day, f"The facilitator could not go on: {problem}"
        return day, ""

    def findings(self, day: Day, workshop: Workshop, file: dict[str, Any], *, compare: bool) -> dict[str, Any]:
        found = report.compared(day.room.ledger, workshop)
        told = report.numbers(day.room.ledger, found, day.room.pushes.seconds())
        wanted = file.get("expected_results") if compare else None
        if wanted is None:
            return {**told, "results_compared": False, "results_differ": [], "not_yet": []}
        return {**told, "results_compared": True, **report.against_the_file(workshop, wanted)}


def summary(told: dict[str, Any]) -> str:
    ack, push = (" / ".join(str(told[name][part]) for part in ("p50", "p95", "max")) for name in ("ack_ms", "push_ms"))
    results = "not compared: the file expects none, or not everybody in it had a phone"
    if told["results_compared"]:
        results = f"{len(told['results_differ'])} differ" if told["results_differ"] else "as in the file"
    lines = [
        f"Workshop {told['code']}: {told['joined']} of {told['phones']} phones joined; {told['seconds']} seconds.",
        f"Sent {told['sent']}, acknowledged {told['acknowledged']}, stored {told['stored']}; "
        f"lost {told['lost']}, duplicated {told['duplicated']}, misattributed {told['misattributed']}.",
        f"Server errors {told['server_errors']}, failed {told['failed']}, sent again {told['retries']} times.",
        f"Acknowledged in {ack} ms, on every phone in {push} ms (half, 95%, longest).",
        f"Results: {results}.",
        *(f"  {line}" for line in [*told["results_differ"][:10], *told["failures"][:10]]),
    ]
    return "\n".join(lines)
