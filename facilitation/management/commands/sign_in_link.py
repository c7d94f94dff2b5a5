"""bin/manage sign_in_link --role facilitator|manager: a fresh one-time link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from facilitation.accounts import sign_in_link
from workshops.models import Membership, Network


class Command(BaseCommand):
    help = "Prints a link that signs a facilitator or a network manager in, once, within 24 hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", choices=dict(Membership.ROLES), default=Membership.FACILITATOR)
        parser.add_argument("--network", help="only this network: its name, short name or id in a file (default: all)")
        parser.add_argument("--base-url", default="", help="default: http://127.0.0.1:$PORT")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(sign_in_link(options["role"], self.networks(options["network"]), options["base_url"]))

    def networks(self, wanted: str | None) -> list[Network]:
        found = list(Network.objects.all())
        if wanted is None:
            return found
        found = [one for one in found if wanted in (one.ref, one.name, one.short_name)]
        if not found:
            raise CommandError(f"There is no network “{wanted}”.")
        return found
