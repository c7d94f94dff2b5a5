"""Taking apart what a phone answers: only what is exactly one short answer goes the short way."""

import pytest

from facilitation.live.wire import short_text

MASK = bytes((7, 130, 0, 255))


def framed(payload: bytes, first: int = 0x81) -> bytes:
    """A frame as a browser sends it: masked (RFC 6455, 5.2)."""
    masked = bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))
    return bytes((first, 0x80 | len(payload))) + MASK + masked


@pytest.mark.parametrize("said", ["a:1", "a:123456789012", "", "x" * 125])
def test_one_short_frame_is_read(said):
    assert short_text(framed(said.encode())) == said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x81",
        framed(b"a:12")[:-1],
        framed(b"a:12") + b"\x81",
        framed(b"a:1") * 2,
        framed(b"a:1", first=0x01),
        framed(b"a:1", first=0x82),
        framed(b"", first=0x89),
        framed("ü".encode()),
        framed(b"\xff\xfe"),
        bytes((0x81, 3)) + b"a:1",
        bytes((0x81, 0x80 | 126, 0, 3)) + MASK + b"abc",
    ],
    ids="nothing cut short longer two first-of-several binary ping umlaut not-utf-8 unmasked extended".split(),
)
def test_everything_else_is_left_to_the_server(data):
    assert short_text(data) is None
