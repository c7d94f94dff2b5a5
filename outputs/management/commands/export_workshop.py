"""bin/manage export_workshop CODE [--out FILE]: a workshop as an exchange file (docs/exchange.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outputs.exchange.writing import export, to_yaml
from workshops.models import Workshop


class Command(BaseCommand):
    help = "Writes a workshop as an exchange file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--out", help="a file instead of standard output")
        parser.add_argument("--with-access-needs", action="store_true", help="personal: keep such a file to yourself")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            workshop = Workshop.objects.by_code(options["code"])
        except Workshop.DoesNotExist:
            raise CommandError(f"No workshop has the code {options['code']}.") from None
        text = to_yaml(export(workshop, access_needs=options["with_access_needs"]))
        if not options["out"]:
            self.stdout.write(text, ending="")
            return
        try:
            Path(options["out"]).write_text(text, encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{options['out']} cannot be written: {problem.strerror}.") from None
