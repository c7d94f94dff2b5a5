"""What the crowd reads and says on the wire, against the library that the floor uses."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.streams import StreamReader

from tests.bench import wire

LENGTHS = (1, 125, 126, 65535, 65536)


def sent(text):
    return Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


@pytest.mark.parametrize("length", LENGTHS)
def test_a_frame_of_any_length_is_read_whole(length):
    text = "x" * length
    data = sent(text)
    assert wire.frames_in(data) == ([text.encode()], len(data))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_frame_cut_anywhere_waits_for_the_rest(length):
    data = sent("x" * length)
    assert [wire.frames_in(data[:end]) for end in (0, 1, 2, len(data) - 1)] == [([], 0)] * 4


def test_several_frames_and_half_of_one_are_read_as_several():
    data = sent("one") + sent("two")
    assert wire.frames_in(data + sent("three")[:3]) == ([b"one", b"two"], len(data))


@pytest.mark.parametrize(
    ("payload", "version"),
    [
        (b'{"v":0,"stage":"why"}', 0),
        (b'{"v":41,"stage":"why"}', 41),
        (b'{"v":41}', -1),
        (b'{"zones":{},"v":41}', -1),
        (b"", -1),
    ],
)
def test_a_frame_with_zones_has_a_version_and_a_heartbeat_has_none(payload, version):
    assert wire.version_of(payload) == version


def test_what_a_phone_answers_is_what_the_server_expects():
    reader = StreamReader()
    reader.feed_data(wire.told(1234))
    frame = read(Frame.parse(reader.read_exact, mask=True))
    assert (frame.opcode, frame.fin, frame.data) == (Opcode.TEXT, True, b"a:1234")


def test_the_handshake_is_one():
    reader = StreamReader()
    reader.feed_data(wire.handshake("127.0.0.1:8000", "/ws/w/K7QM2P/phone/", "tl-K7QM2P=1.2.x"))
    request = read(Request.parse(reader.read_line))
    named = {name: request.headers[name] for name in ("Host", "Origin", "Cookie", "Upgrade")}
    assert (request.path, named) == (
        "/ws/w/K7QM2P/phone/",
        {
            "Host": "127.0.0.1:8000",
            "Origin": "http://127.0.0.1:8000",
            "Cookie": "tl-K7QM2P=1.2.x",
            "Upgrade": "websocket",
        },
    )


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Version: 12\r\n\r\nyes", (200, 12, 56)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyesHTTP/1.1", (200, 0, 41)),
        (b"HTTP/1.1 204 No Content\r\nx-version: 7\r\n\r\n", (204, 7, 41)),
    ],
)
def test_an_answer_is_read_to_its_last_byte(data, answer):
    assert tuple(wire.answer_in(data)) == answer


@pytest.mark.parametrize("end", [0, 10, 40, 55])
def test_an_answer_cut_anywhere_waits_for_the_rest(end):
    assert wire.answer_in(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Version: 12\r\n\r\nyes"[:end]) is None


def read(parsing):
    """The end of one of the library's parsers, which wait for bytes that are already there."""
    with pytest.raises(StopIteration) as end:
        next(parsing)
    return end.value.value


def test_pings_are_found_among_other_frames():
    ping = bytes((0x89, 4)) + b"abcd"
    assert wire.pings_in(sent("one") + ping + sent("x" * 300) + ping[:3]) == [b"abcd"]
    assert wire.pings_in(sent("one") + sent("two")) == []
    assert wire.pong(b"abcd")[-4:] == b"abcd"
