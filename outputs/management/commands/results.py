"""bin/manage results CODE [--json]: what the voices of a workshop come to."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outputs import results
from outputs.exchange.writing import to_yaml
from workshops.models import Workshop


class Command(BaseCommand):
    help = "Prints every tally of a workshop, in the shape of the exchange file's expected_results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--json", action="store_true", help="JSON instead of YAML")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            workshop = Workshop.objects.by_code(options["code"])
        except Workshop.DoesNotExist:
            raise CommandError(f"No workshop has the code {options['code']}.") from None
        found = results.of(workshop)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write(to_yaml(found), ending="")
