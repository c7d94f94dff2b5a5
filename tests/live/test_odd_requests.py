"""Requests that no browser sends, to a real Daphne: each has its answer, and none of them is a fault of ours."""

import socket

import pytest

CROOKED = "multipart/form-data; boundary=x"
LETTERS = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
SIGNED = f"Cookie: csrftoken={LETTERS}\r\nX-CSRFToken: {LETTERS}\r\n"


@pytest.fixture
def say(server):
    """say("GET / HTTP/1.1", "Name: value"): the status of the answer to exactly these bytes."""

    def say(line: str, headers: str = "", body: bytes = b"") -> int:
        host, _, port = server.partition(":")
        head = (
            f"{line}\r\nHost: {server}\r\nConnection: close\r\n{SIGNED}Content-Length: {len(body)}\r\n{headers}\r\n\r\n"
        )
        with socket.create_connection((host, int(port)), timeout=20) as link:
            link.sendall(head.encode("latin-1") + body)
            return int(link.makefile("rb").readline().split(b" ")[1])

    return say


def part(name: str, value: bytes) -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n--x--\r\n"


# charsets

FOREIGN = """hex base64 rot13 zlib bz2 uu quopri idna punycode undefined utf-7 utf-16 unicode_escape
             raw_unicode_escape cp037 latin-1 us-ascii nonsense utf8""".split()


@pytest.mark.parametrize("charset", FOREIGN)
def test_a_form_in_any_charset_but_utf8_is_refused(say, charset):
    sent = part("code", b"-aaaa")
    assert [
        say("POST / HTTP/1.1", f"Content-Type: {CROOKED}; charset={charset}", sent),
        say("POST / HTTP/1.1", f"Content-Type: application/x-www-form-urlencoded; charset={charset}", b"code=x"),
        say("GET /?code=x HTTP/1.1", f"Content-Type: text/plain; charset={charset}"),
    ] == [415, 415, 415]


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_a_form_in_utf8_is_read_however_it_says_so(say, charset):
    assert [
        say("POST / HTTP/1.1", f"Content-Type: {CROOKED}; charset={charset}", part("code", b"x")),
        say("POST / HTTP/1.1", f"Content-Type: application/x-www-form-urlencoded; charset={charset}", b"code=x"),
    ] == [422, 422]


CONTENT_TYPES = {
    "text/plain; charset*=utf-8''a%00b": 415,
    "text/plain; charset*=utf-8''%ED%A0%80": 415,
    "text/plain; charset*=utf-8''utf-8": 200,
    "text/plain; charset*=hex''aa": 415,
    "text/plain; charset*=a%00''b": 400,
    "text/plain; charset*=undefined''b": 400,
    "text/plain; charset*=nonsense''b": 400,
    "text/plain; charset*0=utf; charset*1=-16": 415,
    "text/plain\r\nContent-Type: text/html; charset=hex": 415,
    "text/plain; x=" + "y" * 500: 400,
    "text/plain" + ";" * 4000: 400,
    "; ; ;": 200,
    "\xff": 200,
    "text/plain; \xff=\xff": 200,
    "": 200,
}


@pytest.mark.parametrize("content_type", CONTENT_TYPES)
def test_a_content_type_is_read_or_refused_but_never_stumbled_over(say, content_type):
    assert say("GET / HTTP/1.1", f"Content-Type: {content_type}") == CONTENT_TYPES[content_type]


# what is not a form

FORM = "application/x-www-form-urlencoded"


def test_a_form_that_cannot_be_read_is_refused(say):
    assert [
        say("POST / HTTP/1.1", f"Content-Type: {FORM}", b"code=x&" * 2001),
        say("POST / HTTP/1.1", "Content-Type: multipart/form-data", b"code=x"),
        say("POST / HTTP/1.1", "Content-Type: multipart/form-data; boundary=\xff", b"code=x"),
        say("POST / HTTP/1.1", f"Content-Type: multipart/form-data; boundary={'y' * 300}", b"code=x"),
        say("POST / HTTP/1.1", f"Content-Type: {FORM}", b"code=%ff%fe%&&=%ED%A0%80"),
        say("POST / HTTP/1.1", "Content-Type: application/json", b"[" * 60_000),
    ] == [400, 400, 400, 400, 422, 200]


# headers

HANDSHAKE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Version": "13",
    "Origin": "http://127.0.0.1",
}


@pytest.mark.parametrize("odd", ["/\xff", "/%ff", "/healthz", "//evil.example"])
def test_nobody_tells_us_from_outside_where_we_are_mounted(say, odd):
    """Daphne takes Daphne-Root-Path from whoever sends it, and stumbles over letters in it."""
    assert [
        say("GET /healthz/ HTTP/1.1", f"Daphne-Root-Path: {odd}"),
        say("GET /healthz/healthz/ HTTP/1.1", f"daphne-root-path: {odd}"),
        say("POST / HTTP/1.1", f"Daphne-Root-Path: {odd}"),
        say("GET /static/css/base.css HTTP/1.1", f"Daphne-Root-Path: {odd}"),
    ] == [200, 404, 200, 200]


@pytest.mark.parametrize("name", ["Daphne-Root-Path", "Sec-WebSocket-Protocol", "Cookie", "User-Agent"])
@pytest.mark.parametrize("odd", ["\xff", "%ff", "/", "a, b;c=d", "9" * 5000])
def test_a_strangers_socket_is_refused_whatever_else_it_says(say, name, odd):
    headers = "\r\n".join(f"{one}: {value}" for one, value in {**HANDSHAKE, name: odd}.items())
    assert say("GET /ws/w/K7QM2P/phone/ HTTP/1.1", headers) == 403


@pytest.mark.parametrize("name", ["Origin", "Sec-WebSocket-Key", "Sec-WebSocket-Version"])
def test_a_malformed_handshake_is_refused(say, name):
    headers = "\r\n".join(f"{one}: {value}" for one, value in {**HANDSHAKE, name: "\xff"}.items())
    assert say("GET /ws/w/K7QM2P/phone/ HTTP/1.1", headers) == 400


NAMES = """Accept Accept-Language Accept-Encoding Authorization Content-Encoding Cookie Expect Forwarded HX-Current-URL
           HX-Request HX-Target HX-Trigger If-Modified-Since If-None-Match Range Referer User-Agent X-Forwarded-For
           X-Forwarded-Host X-Forwarded-Proto X-Throughline""".split()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_comes_whatever_a_header_says(say, name):
    odd = ["\xff", "%ff", "\x01", '"', "\\000", "a,b;c=d", "-1", "9" * 5000]
    assert [say("GET / HTTP/1.1", f"{name}: {one}") for one in odd] == [200] * len(odd)


# lines

LINES = {
    "G\xe9T / HTTP/1.1": 400,
    "FOO / HTTP/1.1": 405,
    "TRACE / HTTP/1.1": 405,
    "GET / HTTP/\xff": 400,
    "GET / HTTP/9.9": 400,
    "GET / HTTP/1.1 x": 400,
    "GET / HTTP/1.0": 200,
    "GET /\xff HTTP/1.1": 400,
    "GET /%ff HTTP/1.1": 404,
    "GET /% HTTP/1.1": 404,
    "GET /?a=\xff HTTP/1.1": 400,
    "GET /?a=%ff%00 HTTP/1.1": 200,
    "GET foo HTTP/1.1": 404,
    "GET ?x HTTP/1.1": 301,
    "OPTIONS * HTTP/1.1": 404,
    "CONNECT x:1 HTTP/1.1": 404,
    "GET http://evil.example/ HTTP/1.1": 404,
    "GET //evil.example/ HTTP/1.1": 404,
    "GET /ws/x HTTP/1.1": 404,
    "GET /static/%00 HTTP/1.1": 404,
    "GET /static/%ED%A0%80 HTTP/1.1": 404,
    "GET /static/..%2f..%2fconfig%2fsettings.py HTTP/1.1": 404,
    f"GET /static/{'a/' * 5000} HTTP/1.1": 404,
    f"GET /screen/{'a' * 9000}/ HTTP/1.1": 404,
    "GET /j/%00/ HTTP/1.1": 404,
    "GET /sign-in/%00/ HTTP/1.1": 404,
    "GET /sign-in/?next=%ED%A0%80 HTTP/1.1": 200,
    f"GET /w/K7QM2P/version/phone/?v={'9' * 5000} HTTP/1.1": 404,
}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:40])
def test_a_line_is_answered(say, line):
    assert say(line) == LINES[line]
