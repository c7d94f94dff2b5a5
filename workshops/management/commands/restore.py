"""bin/manage restore [FOLDER|FILE]: says which copies there are, or puts one in the place of the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.timesince import timesince

from workshops import copies, one_server
from workshops.restoring import Refused, restore


class Command(BaseCommand):
    help = "Lists the copies in THROUGHLINE_COPIES; with a folder or file, puts that copy in the place of the database."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", nargs="?", type=Path, help="one copy, or a folder: then its newest sound copy")

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path | None = options["place"]
        if place is None:
            return self.tell_what_is_there(settings.COPIES_DIR)
        now = timezone.now()
        try:
            copy = self.chosen(place.resolve())
            done = restore(copy, now)
        except (Refused, copies.Spoilt, one_server.Taken) as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem
        except OSError as problem:
            raise CommandError(
                f"{problem}. Nothing is deleted: if the database is not in its place any more, it is in the newest"
                f" folder before-restore-… in {settings.DATA_DIR}."
            ) from problem
        self.stdout.write(f"Restored {copy.path}, made {age(copy)} ago ({told(copy)}).")
        for workshop in done.workshops:
            self.stdout.write(f"  {workshop}")
        if done.kept:
            self.stdout.write(f"The database that was here is kept in {done.kept}.")
        self.stdout.write(
            "The signing key is in place: phones come back into their seats, and send again by themselves what they"
            " still hold and this copy does not. Whoever joined after the copy was made is asked to join once more."
            if done.with_key
            else "There was no signing key beside the copy, so everybody has to join again with a recovery code. If it"
            " was in THROUGHLINE_SECRET_KEY, set the same before you start."
        )
        self.stdout.write(
            "What was decided after the copy is undone: look whether somebody was removed from a workshop since, or"
            " given a new phone; their earlier phone counts again until you do it once more."
        )
        self.stdout.write(
            "Now give this computer the address that the old one had in the network (the phones look for it there),"
            " and start it: bin/dev"
        )
        return None

    def tell_what_is_there(self, place: Path) -> None:
        if not copies.houses(place):
            self.stdout.write(f"There are no copies in {place}. Elsewhere: bin/manage restore FOLDER")
        for folder in copies.houses(place):
            self.stdout.write(f"{folder}")
            for copy in reversed(copies.listing(folder)):
                self.stdout.write(f"  {copy.path.name}  {told(copy)}, {age(copy)} ago, {self.state(copy)}")

    def state(self, copy: copies.Copy) -> str:
        try:
            copies.check(copy)
        except copies.Spoilt as problem:
            return str(problem)
        return "sound"

    def chosen(self, place: Path) -> copies.Copy:
        """The copy that is meant. Of a folder, the newest that is sound. Raises CommandError."""
        if place.is_file():
            for copy in copies.listing(place.parent):
                if copy.path == place:
                    return copy
            raise CommandError(f"{place} is not a copy made by Throughline.")
        if not place.exists():
            raise CommandError(f"There is no folder {place}. Is the stick in?")
        folders = copies.houses(place)
        if not folders:
            raise CommandError(f"There are no copies in {place}.")
        if len(folders) > 1:
            which = "".join(f"\n  bin/manage restore {one}\n      {newest_in(one)}" for one in folders)
            raise CommandError(f"There are copies of several laptops in {place}. Say which:{which}")
        for copy in reversed(copies.listing(folders[0])):
            if (state := self.state(copy)) == "sound":
                return copy
            self.stderr.write(f"Passed over: {state}")
        raise CommandError(f"None of the copies in {folders[0]} is sound.")


def newest_in(folder: Path) -> str:
    copy = copies.listing(folder)[-1]
    return f"{age(copy)} ago ({told(copy)}): {', '.join(copies.titles(copy)) or 'no workshop'}"


def age(copy: copies.Copy) -> str:
    return timesince(copy.made_at)


def told(copy: copies.Copy) -> str:
    return f"{timezone.localtime(copy.made_at):%d %B %Y, %H:%M}"
