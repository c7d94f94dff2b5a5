"""The life of a server process of our own: copies while it runs, and an end that cuts nobody short.

Daphne on SIGTERM cancels every request, says nothing to its sockets, and then waits as long as any view's thread does.
Here, on SIGTERM or Ctrl-C:

1. no new connections;
2. sockets are closed with 1012 ("the service restarts"), so that phones begin to look for it at once;
3. requests under way are answered, for up to GRACE seconds; Daphne cancels what is left;
4. a last copy, and at LIMIT the process ends whatever still holds it: what is committed is on the disk, what is not
   was never acknowledged.

Imported only where Daphne runs; installed by config/daphne_request.py.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor, tcp

from workshops import copying

RESTARTS = 1012
FAREWELL, GRACE, LIMIT = 1.0, 5.0, 9.0
LAST_COPY = 2.0

log = logging.getLogger(__name__)
_run, _kill_all_applications = Server.run, Server.kill_all_applications


def run(server: Server) -> None:
    """What `python -m daphne` does. A server that handles no signals is part of another process: a test's."""
    if not server.signal_handlers:
        return _run(server)
    copier = copying.start()
    try:
        return _run(server)
    finally:
        if copier is not None:
            copier.stop(LAST_COPY)


def end(server: Server) -> defer.Deferred:
    """Daphne calls this before the reactor stops, and waits for it."""
    if server.signal_handlers:
        last_resort = threading.Timer(LIMIT, _give_up)
        last_resort.daemon = True
        last_resort.start()
    return defer.Deferred.fromFuture(asyncio.ensure_future(_end(server), loop=reactor._asyncioEventloop))


async def _end(server: Server) -> None:
    for reader in reactor.getReaders():
        if isinstance(reader, tcp.Port):
            reader.stopListening()
    for socket in _open_sockets(server):
        socket.sendCloseFrame(code=RESTARTS)
    await _while(_open_sockets, server, FAREWELL)
    left = await _while(_requests, server, GRACE)
    if left:
        log.warning("%s requests had no answer within %s seconds of the end", len(left), GRACE)
    await asyncio.sleep(0.1)  # the last answers leave
    for protocol, details in tuple(server.connections.items()):
        if "application_instance" not in details:
            del server.connections[protocol]  # Daphne's own end would stumble over it
    await _kill_all_applications(server).asFuture(asyncio.get_running_loop())


async def _while(some: Callable[[Server], list[Any]], server: Server, patience: float) -> list[Any]:
    """Wait until there are none, or patience is at its end; what is left then."""
    until = reactor.seconds() + patience
    while (left := some(server)) and reactor.seconds() < until:  # noqa: ASYNC110, Daphne has no event for it
        await asyncio.sleep(0.05)
    return left


def _open_sockets(server: Server) -> list[WebSocketProtocol]:
    ours = [one for one in server.connections if isinstance(one, WebSocketProtocol)]
    return [one for one in ours if one.state in (one.STATE_OPEN, one.STATE_CLOSING)]


def _requests(server: Server) -> list[WebRequest]:
    """Those that the application has and has not answered."""
    waiting = [one for one, details in server.connections.items() if not details.get("disconnected")]
    return [one for one in waiting if isinstance(one, WebRequest) and one.application_queue is not None]


def _give_up() -> None:
    log.error("Ended after %s seconds with something still running.", LIMIT)
    os._exit(1)


def install() -> None:
    Server.run, Server.kill_all_applications = run, end
