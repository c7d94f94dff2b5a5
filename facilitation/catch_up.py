"""The floor under everything: a cheap GET that says whether something is new, and if so all of it."""

import threading
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from facilitation import access
from facilitation.live import surfaces
from facilitation.live.hub import hub
from facilitation.live.wire import Frame
from workshops.models import Participant, Workshop
from workshops.policy import can

LONGEST = 19  # digits of a version; Python refuses to read a number of thousands


@require_GET
def version(request: HttpRequest, code: str, surface: str) -> HttpResponse:
    """204 when `v` is the newest version, else the whole frame of this surface for this person."""
    newest = access.newest_for(request, code) if surface == "phone" else None
    if newest is not None and request.GET.get("v") == str(newest):
        return _nothing_new(newest)
    workshop = access.workshop_by(code)
    participant = None
    if surface == "phone":
        participant = access.participant_in(request, workshop)
        if participant is None:
            raise Http404
    elif surface != "console" or not can(access.signed_in(request, workshop), "run", workshop):
        raise Http404
    return newer(request, workshop, surface, participant)


def newer(
    request: HttpRequest, workshop: Workshop, surface: str, participant: Participant | None = None
) -> HttpResponse:
    """Who asks with an older version has perhaps lost a hint, and then so has everybody: the hub hears of it, too."""
    seen = request.GET.get("v", "")
    if seen == str(workshop.version):
        return _nothing_new(workshop.version)
    hub.wake(workshop.pk, workshop.version)
    text = _pushed(workshop, seen, surface, participant) or _asked.frame(workshop, surface, participant).text
    return HttpResponse(text, content_type="application/json", headers={"X-Version": str(workshop.version)})


def _nothing_new(newest: int) -> HttpResponse:
    return HttpResponse(status=204, headers={"X-Version": str(newest)})


def _pushed(workshop: Workshop, seen: str, surface: str, participant: Participant | None) -> str | None:
    """What the sockets had last, if that is news here. In a burst it may be a version behind: the next poll has it."""
    beyond = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < LONGEST else workshop.version - 1
    return hub.current(workshop.pk, beyond, surface, participant and participant.pk)


@dataclass
class _Shelf:
    """One surface (and table) as it was last rendered for a GET; whoever asks meanwhile waits for that one render."""

    lock: threading.Lock
    frame: Frame | None = None


class Asked:
    """Frames rendered for those who have no socket: also once a surface (and table) and version."""

    MOST = 200  # surfaces and tables; the oldest goes

    def __init__(self) -> None:
        self._shelves: dict[tuple[str, str, int | None], _Shelf] = {}
        self._lock = threading.Lock()

    def frame(self, workshop: Workshop, surface: str, participant: Participant | None) -> Frame:
        table = surfaces.table_for(workshop, participant)
        shelf = self._shelf((workshop.code, surface, table and table.pk))
        with shelf.lock:
            ready = shelf.frame
            if ready is None or ready.version != workshop.version or not ready.tells_the_time:
                text = surfaces.frame(workshop, surfaces.zones_of(workshop, surface, table))
                hub.counters.saw(workshop.pk, (surface, table and table.pk), workshop.version)
                ready = shelf.frame = Frame(text, workshop.version)
            return ready

    def _shelf(self, place: tuple[str, str, int | None]) -> _Shelf:
        with self._lock:
            shelf = self._shelves.pop(place, None) or _Shelf(threading.Lock())
            self._shelves[place] = shelf
            if len(self._shelves) > self.MOST:
                del self._shelves[next(iter(self._shelves))]
            return shelf


_asked = Asked()
