"""Real sockets to a real Daphne: who gets in, what arrives after a write, and what a socket may say."""

import json
import os
import threading
from contextlib import ExitStack, suppress

import pytest
from django.urls import reverse
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from facilitation import passes
from facilitation.live.hub import hub
from facilitation.live.wire import Frame
from tests import factories
from workshops.models import Workshop
from workshops.policy import NOBODY
from workshops.write import write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listen(server):
    """listen(path, cookie): the open socket; closed when the test ends."""
    with ExitStack() as opened:

        def open_(path, cookie="", origin=f"http://{server}"):
            headers = {"Cookie": cookie} if cookie else {}
            url = f"ws://{server}{path}"
            return opened.enter_context(connect(url, origin=origin, additional_headers=headers, max_size=None))

        yield open_


@pytest.fixture
def phone(listen, workshop):
    """phone(ben): Ben's socket."""
    return lambda person: listen(f"/ws/w/{person.workshop.code}/phone/", participant_cookie(person))


def participant_cookie(person):
    made = passes.make_participant_pass(person.workshop_id, person.pk, person.secret)
    return f"{passes.participant_cookie(person.workshop.code)}={made}"


def change(workshop, how=lambda locked: None):
    return write(workshop.pk, by=NOBODY, verb="test.change", change=how).version


def frame(socket):
    """The next frame, answered as a phone answers it."""
    while True:
        heard = json.loads(socket.recv(timeout=10))
        if "zones" in heard:
            socket.send(f"a:{heard['v']}")
            return heard


def closed(socket):
    """The code with which the server closes this socket, whatever still comes before."""
    try:
        while True:
            socket.recv(timeout=10)
    except ConnectionClosed as ended:
        return ended.rcvd.code


def refused(listen, *call, **how):
    with pytest.raises(InvalidStatus) as answer:
        listen(*call, **how)
    return answer.value.response.status_code


def test_a_phone_gets_the_whole_frame_at_once_and_again_after_a_change(phone, workshop, ben):
    socket = phone(ben)
    first = frame(socket)
    assert (first["v"], sorted(first), sorted(first["zones"])) == (
        workshop.version,
        ["mine", "stage", "v", "zones"],
        ["shared", "table"],
    )
    version = change(workshop)
    assert frame(socket)["v"] == version


def test_console_phone_and_screen_hear_the_same_version_each_in_its_own_words(listen, phone, workshop, ben, ada):
    console = listen(
        f"/ws/w/{workshop.code}/console/",
        f"{passes.console_cookie(workshop.code)}={passes.make_console_pass(workshop.pk, ada.pk)}",
    )
    screen = listen(f"/ws/screen/{passes.make_screen_pass(workshop.pk, workshop.screen_nonce)}/")
    everyone = [console, screen, phone(ben)]
    assert len({frame(one)["zones"]["shared"] for one in everyone}) == 3
    version = change(workshop)
    assert [frame(one)["v"] for one in everyone] == [version] * 3


def test_thirty_phones_cost_one_render(phone, workshop):
    people = [factories.join(workshop, f"Person {number}") for number in range(30)]
    sockets = [phone(person) for person in people]
    for socket in sockets:
        frame(socket)
    version = change(workshop)
    assert [frame(socket)["v"] for socket in sockets] == [version] * 30
    assert hub.counters.rendered[workshop.pk, ("phone", None), version] == 1
    assert hub.connected(workshop.pk)["phone"] == 30


def test_a_change_that_nobody_was_told_of_heals_for_everybody_once_somebody_asks(phone, workshop, ben, chi):
    socket = phone(ben)
    version = frame(socket)["v"] + 1
    Workshop.objects.filter(pk=workshop.pk).update(version=version)  # as by a command in another process
    url = reverse("version", args=[workshop.code, "phone"])
    asked = factories.phone_of(chi).get(url, {"v": version - 1}, SERVER_NAME="127.0.0.1")
    assert (asked.json()["v"], frame(socket)["v"]) == (version, version)


def test_a_frame_larger_than_any_buffer_arrives_whole(listen, workshop):
    """More than a socket takes at once: the rest must follow in order, through Twisted's own buffers."""
    screen = listen(f"/ws/screen/{passes.make_screen_pass(workshop.pk, workshop.screen_nonce)}/")
    frame(screen)
    line = next(iter(hub._pumps[workshop.pk]["screen"].sockets))._line
    sent = [json.dumps({"zones": letter * 3_000_000, "v": 0}) for letter in "abc"]

    def write_all():
        for text in sent:
            line.write(Frame(text, 0))

    hub._loop.call_soon_threadsafe(write_all)
    assert [screen.recv(timeout=20) for _text in sent] == sent


def test_a_stranger_gets_no_socket(listen, workshop, server):
    other = f"{passes.participant_cookie('ABCDEF')}={passes.make_participant_pass(workshop.pk + 1, 1, 's')}"
    code = workshop.code
    assert [
        refused(listen, f"/ws/w/{code}/phone/"),
        refused(listen, f"/ws/w/{code}/phone/", other),
        refused(listen, f"/ws/w/{code}/console/", other),
        refused(listen, "/ws/screen/made-up/"),
        refused(listen, "/ws/elsewhere/"),
    ] == [403] * 5


def test_another_origin_gets_no_socket(listen, workshop, ben, server):
    path, cookie = f"/ws/w/{workshop.code}/phone/", participant_cookie(ben)
    origins = ["http://evil.example", f"https://{server}", "http://127.0.0.1", "null", None]
    assert [refused(listen, path, cookie, origin=origin) for origin in origins] == [403] * 5


def test_who_is_removed_is_closed(phone, workshop, ben, chi):
    bens, chis = phone(ben), phone(chi)
    frame(bens), frame(chis)
    version = change(workshop, lambda locked: locked.participants.get(pk=ben.pk).remove())
    assert (closed(bens), frame(chis)["v"]) == (4401, version)
    assert closed(phone(ben)) == 4401


def test_nonsense_is_forgiven_twice(phone, ben):
    socket = phone(ben)
    frame(socket)
    for said in ("a:", "b:1", "a:1 "):
        socket.send(said)
    assert closed(socket) == 1008


def test_bytes_are_nonsense_too(phone, ben):
    socket = phone(ben)
    frame(socket)
    for _time in range(3):
        socket.send(b"a:1")
    assert closed(socket) == 1008


def test_a_flood_of_answers_nobody_waits_for_is_closed(phone, ben):
    socket = phone(ben)
    frame(socket)
    with suppress(ConnectionClosed):
        for _time in range(60):
            socket.send("a:1")
    assert closed(socket) == 1008


def test_a_long_message_is_refused_by_its_length(phone, ben):
    socket = phone(ben)
    frame(socket)
    socket.send("a:" + "1" * 2000)
    assert closed(socket) == 1009


def test_a_long_message_in_pieces_is_refused_too(phone, ben):
    socket = phone(ben)
    frame(socket)
    socket.send(["1" * 1000] * 3)
    assert closed(socket) == 1009


def test_a_flood_of_pings_is_closed(phone, ben):
    socket = phone(ben)
    frame(socket)
    with suppress(ConnectionClosed):
        for _time in range(400):
            socket.ping(os.urandom(125))
    assert closed(socket) == 1008


def test_a_message_of_empty_pieces_without_end_is_closed(phone, ben):
    socket = phone(ben)
    frame(socket)
    with suppress(ConnectionClosed):
        socket.send(["a:1", *[""] * 20_000])
    assert closed(socket) == 1008


def test_pings_of_an_honest_phone_are_answered(phone, ben):
    socket = phone(ben)
    version = frame(socket)["v"]
    assert [socket.ping().wait(10) for _time in range(20)] == [True] * 20
    assert change(ben.workshop) == version + 1
    assert frame(socket)["v"] == version + 1


def test_a_fifth_tab_closes_the_first(phone, ben):
    tabs = [phone(ben) for _tab in range(5)]
    assert closed(tabs[0]) == 4429
    assert [frame(tab)["v"] for tab in tabs[1:]] == [ben.workshop.version] * 4


def test_many_writers_end_in_one_version_everywhere(phone, workshop, ben, chi):
    bens, chis = phone(ben), phone(chi)
    writers = [threading.Thread(target=lambda: [change(workshop) for _n in range(10)]) for _writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    last = Workshop.objects.get(pk=workshop.pk).version
    assert last == workshop.version + 40
    for socket in (bens, chis):
        seen = [frame(socket)["v"]]
        while seen[-1] < last:
            seen.append(frame(socket)["v"])
        assert (seen[-1], seen) == (last, sorted(set(seen)))
