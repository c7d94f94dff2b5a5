"""bin/manage welcome --port N: what bin/dev does and says before it serves; loads the sample day on the first start."""

import io
import socket
import sys
from datetime import time
from pathlib import Path

import segno
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from config.addresses import lan_address
from facilitation import accounts, passes
from workshops import one_server
from workshops.days import lay_out
from workshops.models import Membership, Network, Participant, Workshop
from workshops.write import keep

SAMPLE = Path(settings.BASE_DIR) / "workshops" / "sample" / "sample_event.yaml"
TEMPLATE = "four_stage_network_day"


class Command(BaseCommand):
    help = "Brings the database up to date and prints the three links; loads the sample day when there is no workshop."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--serving", action="store_true", help="first see whether a server can start here")

    def handle(self, *args, port: int, serving: bool, **options):
        if serving:
            look_before_serving(port)
        bring_up_to_date()
        if not Workshop.objects.exists():
            self.stderr.write("First start: loading the sample day …")
            call_command("import_workshop", str(SAMPLE), stdout=sys.stderr, stderr=sys.stderr)
            keep(a_day_to_try)
        workshop = to_run()
        own, lan = f"http://127.0.0.1:{port}", f"http://{lan_address()}:{port}"
        join = f"{lan}{reverse('join', args=[workshop.code])}"
        link = accounts.sign_in_link(Membership.FACILITATOR, Network.objects.all(), own)
        screen = reverse("screen", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)])
        self.stdout.write(f"\n  {workshop.title} · {workshop.network}\n")
        picture = io.StringIO()
        segno.make(join, error="m", micro=False).terminal(out=picture, border=2, compact=True)
        self.stdout.write(picture.getvalue(), ending="")
        self.stdout.write(
            f"\n  Console  {link}?next={reverse('console', args=[workshop.code])}\n"
            f"           signs you in once; for another link: bin/manage sign_in_link --role facilitator\n"
            f"  Phones   {join}   code {workshop.spoken_code}\n"
            f"  Screen   {own}{screen}\n"
            f"\n  Serving on port {port}. Stop with Ctrl-C.\n"
        )


def look_before_serving(port: int) -> None:
    """Before there are links that would lead to somebody else's server. Raises CommandError."""
    try:
        one_server.look()
    except one_server.Taken as problem:
        raise CommandError(str(problem)) from problem
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            free.bind(("", port))
        except OSError as problem:
            raise CommandError(
                f"Port {port} is in use by another program, or not to be had ({problem.strerror}). With another one:"
                f" PORT={port + 1} bin/dev"
            ) from problem


def bring_up_to_date() -> None:
    """Migrations, in this same process: at a second start there are none, and a process more would cost a second."""
    plan = MigrationExecutor(connection)
    if plan.migration_plan(plan.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def to_run() -> Workshop:
    """The newest workshop that is still to be run; or else the newest of all."""
    every = Workshop.objects.select_related("network").order_by("-pk")
    waiting = every.filter(rehearsal=False, state__in=[Workshop.DRAFT, Workshop.RUNNING])
    return waiting.first() or every.first()


def a_day_to_try() -> Workshop:
    """Beside the finished sample day, the same network's next one: laid out, people invited, nothing begun."""
    sample = Workshop.objects.select_related("network").first()
    today = Workshop.objects.create(
        network=sample.network,
        title="Try it: one network, shared purpose",
        date=timezone.localdate(),
        starts_at=time(8, 30),
        ends_at=time(16, 30),
        question=sample.question,
        template=TEMPLATE,
    )
    lay_out(today, TEMPLATE)
    Participant.objects.bulk_create(
        Participant(
            workshop=today,
            name=person.name,
            organisation_id=person.organisation_id,
            role=person.role,
            role_group=person.role_group,
        )
        for person in sample.participants.all()
    )
    return today
