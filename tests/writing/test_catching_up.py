"""Asking for the version: cheap when nothing is new, the whole frame when something is, one render for all."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse

from facilitation import passes
from facilitation.live import wire
from facilitation.live.hub import hub
from tests import factories
from workshops.policy import NOBODY
from workshops.write import write

pytestmark = pytest.mark.django_db(transaction=True)


def ask(browser, workshop, seen, surface="phone"):
    return browser.get(reverse("version", args=[workshop.code, surface]), {"v": seen})


def change(workshop):
    return write(workshop.pk, by=NOBODY, verb="test.change", change=lambda locked: None).version


def all_at_once(count, do):
    """What `do(number)` came to on so many threads that begin in the same moment."""
    begin = threading.Barrier(count)

    def one(number):
        begin.wait(20)
        try:
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def rendered(workshop, version, surface="phone", table=None):
    return hub.counters.rendered[workshop.pk, (surface, table), version]


def test_who_has_the_newest_version_hears_nothing(workshop, ben):
    answer = ask(factories.phone_of(ben), workshop, workshop.version)
    assert (answer.status_code, answer.content, answer["X-Version"]) == (204, b"", str(workshop.version))


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "None", "999999", "٣", "9" * 5000])
def test_whatever_else_was_asked_the_whole_frame_comes(workshop, ben, seen):
    version = change(workshop)
    frame = json.loads(ask(factories.phone_of(ben), workshop, seen).content)
    assert (frame["v"], sorted(frame["zones"])) == (version, ["shared", "table"])


def test_thirty_phones_without_a_socket_cost_one_render(workshop):
    phones = [factories.phone_of(factories.join(workshop, f"Person {number}")) for number in range(30)]
    version = change(workshop)
    answers = all_at_once(30, lambda number: ask(phones[number], workshop, version - 1))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert (json.loads(answers[0].content)["v"], rendered(workshop, version)) == (version, 1)


def test_the_next_version_is_rendered_again(workshop, ben, chi):
    for phone in (factories.phone_of(ben), factories.phone_of(chi)):
        version = change(workshop)
        assert json.loads(ask(phone, workshop, version - 1).content)["v"] == version


def test_each_table_hears_its_own_and_costs_one_render(workshop, ben, chi, dee):
    round_ = workshop.rounds.create(number=9)
    rose, oak = factories.seat(round_, "Rose", ben, chi), factories.seat(round_, "Oak", dee)
    themes = factories.open_(factories.make_activity(workshop, "long_list", seating=round_))
    themes.put_up("Same-day advice", table=rose, scribe=ben)
    version = change(workshop)
    seen = [
        json.loads(ask(factories.phone_of(person), workshop, 0).content)["zones"]["table"] for person in (ben, chi, dee)
    ]
    assert ["Same-day advice" in html for html in seen] == [True, True, False]
    assert [rendered(workshop, version, table=table.pk) for table in (rose, oak)] == [1, 1]


def test_the_console_and_the_screen_ask_in_the_same_way(workshop, console):
    screen = reverse("screen-version", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)])
    version = change(workshop)
    for _again in range(2):
        answers = [ask(console, workshop, 0, "console"), console.get(screen, {"v": 0})]
        assert [json.loads(answer.content)["v"] for answer in answers] == [version, version]
    assert [rendered(workshop, version, surface) for surface in ("console", "screen")] == [1, 1]


def test_what_was_rendered_a_while_ago_no_longer_tells_the_time(workshop, ben, monkeypatch):
    factories.open_(factories.activity(workshop, "s1a"))
    monkeypatch.setattr(wire, "TELLS_THE_TIME", 0.0)
    left = [ask(factories.phone_of(ben), workshop, 99).json()["zones"]["shared"] for _again in range(2)]
    assert left[0] != left[1]


def test_a_stranger_hears_nothing(workshop, eve):
    places = [(surface, seen) for surface in ("phone", "console", "screen") for seen in ("0", "None", workshop.version)]
    assert [ask(eve, workshop, seen, surface).status_code for surface, seen in places] == [404] * 9
