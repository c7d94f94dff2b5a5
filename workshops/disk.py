"""How much room is left where the database lives, and what to say about it."""

import shutil

from django.conf import settings

from workshops import hints

LOW, VERY_LOW = "low", "very_low"
LOW_BYTES, VERY_LOW_BYTES = 1_000_000_000, 200_000_000

_last = ""


def shortage() -> str:
    """Empty while there is room, else LOW or VERY_LOW."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return VERY_LOW if free < VERY_LOW_BYTES else LOW if free < LOW_BYTES else ""


def watch() -> None:
    """Called now and then: when the answer is another than last time, every surface looks again."""
    global _last
    before, _last = _last, shortage()
    if before != _last:
        hints.hint(hints.EVERY_WORKSHOP, hints.LOOK_AGAIN)
