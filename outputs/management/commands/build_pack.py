"""bin/manage build_pack CODE --out DIR: the outputs pack as a PDF."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from outputs import pack, pdf
from workshops.models import Workshop


class Command(BaseCommand):
    help = "Writes pack.pdf, the outputs pack of one workshop, into a folder."

    def add_arguments(self, parser):
        parser.add_argument("code", help="the code of the workshop")
        parser.add_argument("--out", default=".", help="the folder for pack.pdf")

    def handle(self, *args, code: str, out: str, **options):
        try:
            workshop = Workshop.objects.by_code(code)
        except Workshop.DoesNotExist:
            raise CommandError(f"No workshop has the code {code}.") from None
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        pdf.limit_this_process()
        press = pdf.Press(pack.sheets(workshop))
        pages = press.write(pack.html(workshop, press), folder / "pack.pdf", lambda step: self.stderr.write(step))
        self.stderr.write(f"{pages} pages")
        self.stdout.write(str(folder / "pack.pdf"))
