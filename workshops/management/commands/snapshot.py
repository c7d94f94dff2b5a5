"""bin/manage snapshot: a copy of the database now, into the folder for copies; beside a running server, too."""

import sqlite3
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from workshops import copies, one_server
from workshops.copying import NoPlace, make_one


class Command(BaseCommand):
    help = "Makes a copy of the database and its key in the folder THROUGHLINE_COPIES (default: copies in the data)."

    def handle(self, *args: Any, **options: Any) -> None:
        if one_server.place() is None:
            raise CommandError("Copies are of SQLite databases. For PostgreSQL see docs/hosting.md.")
        try:
            copy = make_one()
        except (OSError, sqlite3.Error, DatabaseError, copies.Spoilt, NoPlace) as problem:
            raise CommandError(f"No copy could be made: {problem}") from problem
        self.stdout.write(str(copy.path))
