"""bin/manage tally METHOD --ballots FILE: one vote in a JSON file, counted again by whoever wants to check."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from workshops.tallies import BallotError
from workshops.tallies.recount import METHODS, recount


class Command(BaseCommand):
    help = "Counts one vote: its options and ballots are read from a JSON file, the result is printed as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("method", help=", ".join(METHODS))
        parser.add_argument("--ballots", required=True, metavar="FILE", help="the JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        vote = self.read(options["ballots"])
        if options["method"] not in METHODS:
            raise CommandError(f"There is no method “{options['method']}”: choose from {', '.join(METHODS)}.")
        try:
            found = recount(options["method"], vote)
        except KeyError as missing:
            raise CommandError(f"The vote has no {missing}.") from None
        except (BallotError, TypeError, ValueError, AttributeError) as problem:
            raise CommandError(f"This vote cannot be counted: {problem}") from None
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))

    def read(self, path: str) -> dict[str, Any]:
        try:
            vote = json.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
            raise CommandError(f"{path} is not JSON: {problem}") from None
        if not isinstance(vote, dict):
            raise CommandError(f"{path} holds no vote: it should begin with “{{”.")
        return vote
