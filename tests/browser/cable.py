"""The way from phones to the server, as a cable that can be cut, pulled out or made slow: real TCP, all of it."""

import contextlib
import socket
import struct
import threading
import time

REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LINGER_NOTHING = struct.pack("ii", 1, 0)  # closing then sends a reset, as a lost network does


class Cable:
    """Listens on a port of its own; `url` is what a phone opens instead of the server's."""

    def __init__(self, port: int, host: str = "127.0.0.1"):
        self._to, self._pairs, self._lock = ("127.0.0.1", port), {}, threading.Lock()
        self.in_use = True
        self.refuses_sockets = False  # as a proxy that knows nothing of WebSockets
        self.slowness = 0.0  # seconds that every answer takes longer
        self._listener = socket.create_server((host, 0), backlog=256)
        self.url = f"http://{host}:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_sockets(self) -> int:
        """Every WebSocket that is open ends with a reset. Returns how many there were."""
        return self._cut(lambda is_socket: is_socket)

    @property
    def sockets(self) -> int:
        """WebSockets that are open now."""
        with self._lock:
            return sum(self._pairs.values())

    def pull_out(self) -> None:
        """Nothing goes through, and new connections are refused, until `plug_in`."""
        self.in_use = False
        self._cut(lambda is_socket: True)

    def plug_in(self) -> None:
        self.in_use = True

    def close(self) -> None:
        self._listener.close()
        self._cut(lambda is_socket: True)

    def _cut(self, which) -> int:
        with self._lock:
            doomed = [pair for pair, is_socket in self._pairs.items() if which(is_socket)]
        for pair in doomed:
            for end in pair:
                _reset(end)
        return len(doomed)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: the test is over
            while True:
                near, _address = self._listener.accept()
                if not self.in_use:
                    _reset(near)
                    continue
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._to, timeout=20)
        except OSError:  # the server is away, and the phone is told so
            _reset(near)
            return
        far.settimeout(None)
        with self._lock:
            self._pairs[near, far] = False
        threading.Thread(target=self._carry, args=(far, near, (near, far)), daemon=True).start()
        self._carry(near, far, (near, far))

    def _carry(self, source: socket.socket, target: socket.socket, pair: tuple[socket.socket, socket.socket]) -> None:
        with contextlib.suppress(OSError):  # either end has gone; the other is closed below
            while data := source.recv(65536):
                if source is pair[0] and b"upgrade: websocket" in data[:4096].lower():
                    if self.refuses_sockets:
                        source.sendall(REFUSED)
                        break
                    with self._lock:
                        self._pairs[pair] = True
                if source is pair[1] and self.slowness and not self._pairs.get(pair):
                    time.sleep(self.slowness)
                target.sendall(data)
        with self._lock:
            self._pairs.pop(pair, None)
        for end in pair:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOTHING)
        end.shutdown(socket.SHUT_RD)
    end.close()
