"""The server round the application: large bodies are refused before they are taken in, views share a few threads."""

import socket
import threading
import time
import urllib.error
import urllib.request

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from config.limits import LIMIT, PHONE_LIMIT, BodyLimit
from config.threads import RESTED, FewThreads

ACT = "/w/K7QM2P/a/41/send/"


def is_too_large(server, path, size):
    """Whether a POST of this many bytes is refused for its size alone."""
    request = urllib.request.Request(f"http://{server}{path}", data=b"x" * size, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status == 413
    except urllib.error.HTTPError as answer:
        return answer.code == 413


def begin(server, headers, *bodies):
    """Begin a POST and read the answer while the body is still on its way."""
    host, _, port = server.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as link:
        head = f"POST {ACT} HTTP/1.1\r\nHost: {server}\r\n{headers}\r\n\r\n"
        link.sendall(head.encode())
        for body in bodies:
            link.sendall(body)
        return link.recv(64).split(b"\r\n")[0]


def test_a_phone_may_send_sixty_four_kilobytes(server):
    assert [is_too_large(server, ACT, size) for size in (PHONE_LIMIT, PHONE_LIMIT + 1)] == [False, True]


def test_a_facilitator_may_send_two_megabytes(server):
    sizes = (PHONE_LIMIT + 1, LIMIT, LIMIT + 1)
    assert [is_too_large(server, "/workshops/new/", size) for size in sizes] == [False, False, True]


def test_a_huge_body_is_refused_before_it_is_sent(server):
    assert begin(server, "Content-Length: 400000000") == b"HTTP/1.1 413 Content Too Large"


def test_a_huge_body_of_unknown_length_is_refused_once_it_is_too_much(server):
    megabyte = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    assert begin(server, "Transfer-Encoding: chunked", *[megabyte] * 3) == b"HTTP/1.1 413 Content Too Large"


def test_the_server_goes_on_after_a_refusal(server):
    begin(server, "Content-Length: 400000000")
    assert is_too_large(server, ACT, 10) is False


@pytest.mark.parametrize(("path", "size"), [(ACT, PHONE_LIMIT + 1), ("/workshops/new/", LIMIT + 1)])
async def test_a_body_that_lies_about_its_length_is_stopped_while_it_is_read(path, size):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"x" * size, "more_body": True}

    async def send(message):
        sent.append(message)

    async def reader(scope, receive, send):
        while (await receive())["more_body"]:
            pass

    await BodyLimit(reader)({"type": "http", "path": path, "headers": [(b"content-length", b"1")]}, receive, send)
    assert sent[0]["status"] == 413


async def test_a_request_stays_on_one_thread_and_a_busy_thread_is_passed_over():
    names, inner = [], []

    async def app(scope, receive, send):
        def name():
            return threading.current_thread().name

        first = await sync_to_async(name)()
        if scope["nested"]:
            await views({**scope, "nested": False}, receive, send)
        names.append((first, await sync_to_async(name)()))

    views = FewThreads(app, count=2)
    for _request in range(3):
        await views({"method": "GET", "path": "/", "nested": True}, inner, inner)
    assert names == [("views-1_0", "views-1_0"), ("views-0_0", "views-0_0")] * 3
    assert views.busy == [0, 0]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no server that could be restarted")
@pytest.mark.parametrize(("rest", "statuses"), [(RESTED + 0.2, [200, 200]), (0, [503, 200])])
def test_a_connection_that_rested_is_looked_at_before_it_is_used(server, workshop, rest, statuses):
    """PostgreSQL may have been started again in the night; the first page of the morning has to come."""
    address = f"http://{server}/j/{workshop.code}/"
    assert status(address) == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    time.sleep(rest)
    assert [status(address), status(address)] == statuses


def status(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
