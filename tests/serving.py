"""Real servers for tests: Daphne in a process of its own, on its own data folder and database."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Lays out a day in the server's own database and tells what the browsers need. Runs in a process of its own,
# because Playwright's loop and Django's database do not share a thread.
LAY_OUT = """
import json, sys
from facilitation import passes
from tests import factories
from workshops.models import Membership, Network, SignInLink

network = Network.objects.first() or factories.make_network()
ada = Membership.objects.filter(network=network).first()
ada = ada.user if ada else factories.make_user("Ada", network)
workshop = factories.make_workshop(network, template="" if KINDS else factories.FOUR_STAGES)
for kind, settings in KINDS:
    factories.make_activity(workshop, kind, settings=settings, title=kind.replace("_", " ").capitalize())
people = {}
for name, body in (("Ben", "Larkham"), ("Chi", "Thornbeck"), ("Dee", "Castlemoor")):
    person = factories.join(workshop, name, body)
    people[name] = passes.make_participant_pass(workshop.pk, person.pk, person.secret)
print(json.dumps({
    "code": workshop.code, "link": SignInLink.make_for(ada), "people": people,
    "cookie": passes.participant_cookie(workshop.code),
    "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
}))
"""


class Server:
    """One Daphne on one database, its own SQLite file unless told otherwise; stops and starts like a laptop."""

    def __init__(self, folder: Path, database: str = ""):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
        self.env = {**kept, "THROUGHLINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        if database:
            self.env["DATABASE_URL"] = database
        self.log = folder / "daphne.log"
        self.process: subprocess.Popen | None = None
        self.manage("migrate", "-v0")

    def manage(self, *args: str, given: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, input=given, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        endpoint = f"tcp:port={self.port}:interface=127.0.0.1"
        command = [sys.executable, "-m", "daphne", "-v0", "-e", endpoint, "config.asgi:application"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        assert self.process
        for _try in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(f"{self.url}/healthz/", timeout=5)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self, kill: bool = False) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait(20)

    def lay_out(self, *kinds: tuple[str, dict]) -> dict:
        """A fresh workshop: the four-stage day, or an activity for each of `kinds`. Returns codes, links and passes."""
        said = self.manage("shell", "-v0", "-c", LAY_OUT.replace("KINDS", repr(list(kinds))))
        return json.loads(said.strip().splitlines()[-1])
