"""Making a pack beside the day: a process of its own, started on demand, one at a time; the room does not notice."""

import fcntl
import logging
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from outputs import pack, pdf
from workshops.models import Pack, Workshop
from workshops.policy import Actor
from workshops.write import keep

log = logging.getLogger(__name__)

WALL_SECONDS = 240


def ask(workshop: Workshop, by: Actor) -> Pack:
    """The pack that is under way for this workshop, or a new one that starts now."""

    def begin() -> tuple[Pack, bool]:
        under_way = workshop.packs.under_way().first()
        return (under_way, False) if under_way else (workshop.packs.create(asked_by=by.label), True)

    asked, new = keep(begin)
    if new:
        start(asked)
    return asked


def start(asked: Pack) -> None:
    """A child that outlives this request, and even this server, and says what happened in the pack's own row."""
    folder = Path(settings.PACKS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "making.log").open("ab") as said:
        subprocess.Popen(  # noqa: S603, our own command with a number
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_pack", str(asked.pk)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def make(asked: Pack) -> None:
    """Runs in the child. The row ends as ready or as failed, whatever happens short of a kill."""
    signal.alarm(WALL_SECONDS)
    pdf.limit_this_process()
    try:
        with one_at_a_time():
            keep(asked.begin)
            press = pdf.Press(pack.sheets(asked.workshop))
            html = pack.html(asked.workshop, press)
            name = f"{asked.workshop.code}-{asked.pk}.pdf"
            pages = press.write(html, Path(settings.PACKS_DIR) / name, Telling(asked))
        keep(lambda: asked.finish(name, pages))
    except MemoryError:
        keep(lambda: asked.fail(_("It was too large to lay out.")))
    except Exception:
        log.exception("Pack %s failed", asked.pk)
        keep(lambda: asked.fail(_("Something in it could not be laid out. The log in the data folder says more.")))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two packs never share the processor: the second waits."""
    with (Path(settings.PACKS_DIR) / ".making").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


class Telling:
    """Passes on progress in words, at most once a page and step."""

    PAGE = re.compile(r"Page (\d+)")

    def __init__(self, asked: Pack) -> None:
        self.asked, self.last = asked, ""

    def __call__(self, step: str) -> None:
        page = self.PAGE.search(step)
        words = _("Laying out page %(page)s") % {"page": page[1]} if page else self.in_words(step)
        if words and words != self.last:
            self.last = words
            keep(lambda: self.asked.tell(words))

    @staticmethod
    def in_words(step: str) -> str:
        if "Creating PDF" in step or "metadata" in step:
            return _("Writing the file")
        return _("Laying out the pages") if "layout" in step or "formatting" in step else ""
