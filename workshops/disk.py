"""How much room is left where the database lives, and what to say about it."""

import shutil

from django.conf import settings

from workshops import hints

LOW, VERY_LOW = 1_000_000_000, 200_000_000

_last = ""


def shortage() -> str:
    """ "" while there is room, else "low" or "very_low"."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return "very_low" if free < VERY_LOW else "low" if free < LOW else ""


def watch() -> None:
    """Called now and then: when the answer is another than last time, every surface looks again."""
    global _last
    before, _last = _last, shortage()
    if before != _last:
        hints.hint(hints.EVERY_WORKSHOP, hints.LOOK_AGAIN)
