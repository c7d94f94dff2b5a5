"""bin/manage import_workshop FILE: a workshop from an exchange file (docs/exchange.md), all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outputs.exchange.problems import Unsound
from outputs.exchange.taking_in import take_in


class Command(BaseCommand):
    help = "Makes a workshop from an exchange file and prints its code on the last line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the YAML file")
        parser.add_argument("--rehearsal", action="store_true", help="set the day up and play nothing of it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            raw = Path(options["file"]).read_bytes()
        except OSError as problem:
            raise CommandError(f"{options['file']} cannot be read: {problem.strerror}.") from None
        try:
            taken = take_in(raw, rehearsal=options["rehearsal"])
        except Unsound as unsound:
            count = len(unsound.problems)
            heading = f"{options['file']}: nothing was imported. {count} problem{'s' if count > 1 else ''}:"
            raise CommandError("\n".join([heading, *(f"  {problem}" for problem in unsound.problems)])) from None
        for place in taken.differing:
            self.stderr.write(f"expected_results.{place} is not what the file's own ballots come to.")
        workshop = taken.workshop
        self.stdout.write(f"{workshop.title}, {workshop.network.name}: {workshop.participants.count()} people.")
        self.stdout.write(workshop.code)
