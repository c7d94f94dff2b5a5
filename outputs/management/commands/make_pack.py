"""Makes one pack that was asked for on the outputs page. Started by outputs/printing.py; nobody types it."""

from django.core.management.base import BaseCommand

from outputs import printing
from workshops.models import Pack


class Command(BaseCommand):
    help = "Makes one pack that was asked for (started by the outputs page)."

    def add_arguments(self, parser):
        parser.add_argument("pack", type=int)

    def handle(self, *args, pack: int, **options):
        printing.make(Pack.objects.select_related("workshop__network").get(pk=pack))
