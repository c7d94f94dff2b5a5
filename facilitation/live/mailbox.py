"""One socket's one-slot mailbox: the newest frame waits here until the phone has answered the one before."""

import logging
from collections import Counter
from dataclasses import dataclass, field

from facilitation.live.snapshot import Audience
from facilitation.live.wire import Frame, Line

AGAIN = (1, 2, 3, 4, 5, 8)  # seconds after which a frame that nobody has answered is sent once more

log = logging.getLogger(__name__)


@dataclass
class Counters:
    """What the live side has done since the process began, for tests and benches."""

    rendered: Counter[tuple[int, Audience, int]] = field(default_factory=Counter)
    renders: int = 0
    sent: int = 0
    skipped: int = 0

    def saw(self, workshop_id: int, audience: Audience, version: int) -> None:
        self.renders += 1
        self.rendered[workshop_id, audience, version] += 1
        if len(self.rendered) > 1000:
            del self.rendered[next(iter(self.rendered))]


class Mailbox:
    """Putting never waits and never fails. At most one frame is unanswered, and at most one waits behind it."""

    __slots__ = (
        "_beats",
        "_counters",
        "_line",
        "_newest",
        "_seconds",
        "_slot",
        "_unanswered",
        "participant",
        "proof",
        "surface",
        "workshop_id",
    )

    def __init__(
        self,
        line: Line,
        workshop_id: int,
        surface: str,
        participant: int | None,
        counters: Counters,
        proof: str = "",
    ) -> None:
        self._line = line
        self.workshop_id = workshop_id
        self.surface = surface
        self.participant = participant
        self.proof = proof
        self._counters = counters
        self._newest: Frame | None = None
        self._slot: Frame | None = None
        self._unanswered: Frame | None = None
        self._beats = 0
        self._seconds = 0

    def put(self, frame: Frame) -> None:
        if frame is self._newest:
            return
        self._newest = frame
        if self._unanswered is None:
            self._send(frame)
            return
        if self._slot is not None:
            self._counters.skipped += 1
        self._slot = frame

    def put_last(self, frame: Frame) -> None:
        """The day is over: what it ended with goes out, answered or not."""
        if frame is not self._newest or self._slot is frame:
            self._newest, self._slot = frame, None
            self._send(frame)

    def answered(self, version: int) -> bool:
        """The phone has this version (or a newer one, from a GET). False if nobody was waiting to hear it."""
        if self._unanswered is None or version < self._unanswered.version:
            return False
        self._unanswered = None
        waiting, self._slot = self._slot, None
        if waiting is not None:
            self._send(waiting)
        return True

    def again(self) -> None:
        """Called every second. A frame that stays unanswered may be lost: the newest goes out in its place."""
        if self._unanswered is None or self._newest is None:
            return
        self._seconds += 1
        if self._seconds in AGAIN:
            self._unanswered, self._slot = self._newest, None
            self._counters.sent += 1
            self._write(self._newest)

    def beat(self, heartbeat: Frame, patience: int) -> bool:
        """Send the heartbeat. False when a frame has stayed unanswered through more than `patience` of them.

        Counted in heartbeats, not seconds: a laptop that slept does not throw everybody out.
        """
        if self._unanswered is not None:
            self._beats += 1
            if self._beats > patience:
                return False
        self._write(heartbeat)
        return True

    def close(self, code: int) -> None:
        try:
            self._line.close(code)
        except Exception:
            log.exception("A socket of workshop %s could not be closed", self.workshop_id)

    def _send(self, frame: Frame) -> None:
        self._unanswered = frame
        self._beats = self._seconds = 0
        self._counters.sent += 1
        self._write(frame)

    def _write(self, frame: Frame) -> None:
        try:
            self._line.write(frame)
        except Exception:
            log.exception("A socket of workshop %s could not be written to", self.workshop_id)
