"""The least of RFC 6455 and HTTP/1.1 that a crowd needs: lengths, versions and status lines, nothing else."""

from typing import NamedTuple


class Answer(NamedTuple):
    """One HTTP answer: its status, its X-Version (0 without one) and where its last byte stands."""

    status: int
    version: int
    end: int


def frames_in(buffer: bytes) -> tuple[list[bytes], int]:
    """The payloads of the whole frames in `buffer` (as a server sends them: unmasked), and how many bytes they took."""
    payloads, at = [], 0
    while len(buffer) - at >= 2:
        length, start = buffer[at + 1] & 127, at + 2
        if length == 126:
            length, start = int.from_bytes(buffer[at + 2 : at + 4], "big"), at + 4
        elif length == 127:
            length, start = int.from_bytes(buffer[at + 2 : at + 10], "big"), at + 10
        if len(buffer) < start + length:
            break
        payloads.append(buffer[start : start + length])
        at = start + length
    return payloads, at


def pings_in(buffer: bytes) -> list[bytes]:
    """The payloads of the pings among the whole frames in `buffer`; whoever does not echo them is dropped."""
    if b"\x89" not in buffer:
        return []
    found, at = [], 0
    while frames := frames_in(buffer[at : at + 2 + 8 + (1 << 20)])[0][:1]:
        size = len(frames[0])
        if buffer[at] == 0x89:
            found.append(frames[0])
        at += size + (2 if size < 126 else 4 if size < 1 << 16 else 10)
    return found


def pong(payload: bytes) -> bytes:
    return bytes((0x8A, 0x80 | len(payload), 0, 0, 0, 0)) + payload


def version_of(payload: bytes) -> int:
    """The version of a frame with zones; -1 for a heartbeat, which has the version alone, and for anything else."""
    if not payload.startswith(b'{"v":'):
        return -1
    number, comma, _rest = payload[5:].partition(b",")
    return int(number) if comma and number.isdigit() else -1


def told(version: int) -> bytes:
    """What a phone says when it has shown a frame: masked, as a client must, with a mask that changes nothing."""
    text = b"a:%d" % version
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text


def handshake(host: str, path: str, cookie: str) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        f"Cookie: {cookie}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def request(method: str, host: str, path: str, cookie: str = "", body: str = "") -> bytes:
    """What the page's script sends, on a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", "X-Throughline: 1"]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return ("\r\n".join([*lines, "", ""]) + body).encode()


def answer_in(buffer: bytes) -> Answer | None:
    """The first whole answer in `buffer`. It must say its length, or be one that has no body."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    lines = buffer[:end].split(b"\r\n")
    headers = {name.strip().lower(): value.strip() for name, _colon, value in (one.partition(b":") for one in lines)}
    status = int(lines[0].split()[1])
    length = 0 if status in (101, 204, 304) else int(headers[b"content-length"])
    whole = end + 4 + length
    return Answer(status, int(headers.get(b"x-version", 0)), whole) if len(buffer) >= whole else None
