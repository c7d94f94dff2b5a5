"""One change, told to everybody: rendered once, newest only, to each audience its own frame."""

import asyncio
import contextvars
import json
import threading

import pytest

from facilitation.live import wire
from facilitation.live.wire import AsgiLine
from tests.live.conftest import join_to
from tests.live.listening import WORKSHOP, Phone, until

pytestmark = pytest.mark.asyncio


async def test_a_change_is_rendered_once_for_each_surface_however_many_listen(hub, join, change):
    phones = [join("phone", number) for number in range(1, 151)]
    others = [join("console"), join("console"), join("screen")]
    await until(lambda: all(one.versions == [1] for one in phones + others))
    change(2)
    await until(lambda: all(one.versions == [1, 2] for one in phones + others))
    assert hub.counters.rendered == {
        (WORKSHOP, (surface, None), version): 1 for surface in ("phone", "console", "screen") for version in (1, 2)
    }


async def test_each_surface_hears_its_own_frame(join):
    ben, ada = join("phone", 1), join("console")
    await until(lambda: ben.frames and ada.frames)
    assert (ben.shown, ada.shown) == ("phone at 1", "console at 1")


async def test_many_changes_at_once_come_as_the_newest_alone(hub, day, join, change):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.may_render.clear()
    change(2)
    await until(lambda: len(day.calls) == 2)
    for version in range(3, 60):
        change(version)
    day.may_render.set()
    await until(lambda: ben.versions[-1] == 59)
    assert ben.versions == [1, 2, 59]


async def test_a_hall_that_never_stops_writing_is_rendered_at_the_hubs_pace(make_hub, day):
    hub, loop = make_hub(gap=0.05), asyncio.get_running_loop()
    ben, began = join_to(hub, "phone", 1), loop.time()
    for version in range(2, 400):
        day.version = version
        hub.wake(WORKSHOP, version)
        await asyncio.sleep(0.001)
    await until(lambda: ben.versions and ben.versions[-1] == 399)
    assert len(day.calls) <= 5 + (loop.time() - began) / 0.05


async def test_an_old_hint_changes_nothing(hub, day, join, change):
    ben = join("phone", 1)
    change(5)
    await until(lambda: ben.versions[-1:] == [5])
    calls = len(day.calls)
    hub.wake(WORKSHOP, 4)
    hub.wake(WORKSHOP, 5)
    change(6)
    await until(lambda: ben.versions[-1] == 6)
    assert len(day.calls) == calls + 1


async def test_hints_that_may_have_been_lost_make_the_hub_look_again(hub, day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.version = 4
    hub.wake(0, 0)
    await until(lambda: ben.versions == [1, 4])


async def test_a_hint_that_comes_while_its_change_is_rendered_already_costs_no_second_render(hub, day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.may_render.clear()
    day.version = 3
    hub.wake(WORKSHOP, 2)
    await until(lambda: len(day.calls) == 2)
    hub.wake(WORKSHOP, 3)
    await asyncio.sleep(0.02)
    day.may_render.set()
    await until(lambda: ben.versions == [1, 3])
    await asyncio.sleep(0.1)  # ten times the hub's pace
    assert len(day.calls) == 2


async def test_looking_again_at_what_has_not_changed_sends_nothing(hub, day, join, change):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    hub.wake(WORKSHOP, 0)
    await until(lambda: len(day.calls) == 2)
    change(2)
    await until(lambda: ben.versions[-1] == 2)
    assert ben.versions == [1, 2]


async def test_who_comes_later_gets_the_frame_that_is_there(day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    chi = join("phone", 2)
    await until(lambda: chi.versions == [1])
    assert day.calls == [{("phone", None)}]


async def test_the_first_screen_asks_for_the_screen_only(day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    screen = join("screen")
    await until(lambda: screen.versions == [1])
    assert day.calls == [{("phone", None)}, {("screen", None)}]


async def test_a_table_that_was_rendered_for_a_newcomer_takes_the_others_along(day, join):
    day.table_of = {1: 31, 2: 32}
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.version = 2  # written, but its hint is lost
    chi = join("phone", 2)
    await until(lambda: chi.versions == ben.versions[1:] == [2])
    assert (ben.shown, chi.shown) == ("table 31 at 2", "table 32 at 2")


async def test_a_fault_on_one_surface_leaves_the_others_at_work(day, join, change):
    ben, ada = join("phone", 1), join("console")
    await until(lambda: ben.versions == ada.versions == [1])
    day.faulty = "console"
    for version in (2, 3):
        change(version)
        await until(lambda version=version: ben.versions[-1] == version)
    day.faulty = None
    await until(lambda: ada.versions == [1, 3])


async def test_each_table_hears_its_own_frame_and_who_has_none_the_shared_one(day, join):
    day.table_of = {1: 31, 2: 32, 3: 31}
    ben, chi, dee, late = (join("phone", number) for number in (1, 2, 3, 4))
    await until(lambda: all(one.frames for one in (ben, chi, dee, late)))
    assert [one.shown for one in (ben, chi, dee, late)] == [
        "table 31 at 1",
        "table 32 at 1",
        "table 31 at 1",
        "phone at 1",
    ]
    assert [one.versions for one in (ben, chi, dee, late)] == [[1]] * 4


async def test_a_new_seating_moves_people_to_their_new_tables_frame(day, join, change):
    day.table_of = {1: 31, 2: 31}
    ben, chi = join("phone", 1), join("phone", 2)
    await until(lambda: ben.frames and chi.frames)
    day.table_of = {1: 31, 2: 45}
    change(2)
    await until(lambda: ben.shown == "table 31 at 2" and chi.shown == "table 45 at 2")
    assert chi.versions == [1, 2]


async def test_nothing_is_lost_when_a_render_fails(day, join, change, caplog):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.failures = 2
    change(2)
    await until(lambda: ben.versions == [1, 2])
    assert [one.levelname for one in caplog.records if one.name == "facilitation.live.pump"] == ["ERROR", "ERROR"]
    change(3)
    await until(lambda: ben.versions == [1, 2, 3])


async def test_a_socket_that_breaks_does_not_keep_the_news_from_the_others(hub, join, change):
    class BrokenLine(AsgiLine):
        def write(self, frame):
            raise BrokenPipeError

    hub.join(BrokenLine(Phone().send), WORKSHOP, "phone", 1)
    chi = join("phone", 2)
    change(2)
    await until(lambda: chi.versions[-1:] == [2])


async def test_a_workshop_that_nobody_hears_is_forgotten(hub, day, join, change):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    hub.leave(ben.mailbox)
    hub.leave(ben.mailbox)
    change(2)
    assert hub.connected(WORKSHOP) == {"console": 0, "screen": 0, "phone": 0}
    chi = join("phone", 2)
    await until(lambda: chi.versions == [2])
    assert len(day.calls) == 2


async def test_one_workshop_never_hears_of_another(hub, day, join, change):
    ben, stranger = join("phone", 1), join("phone", 1, workshop=8)
    await until(lambda: ben.versions == stranger.versions == [1])
    change(2)
    await until(lambda: ben.versions == [1, 2])
    assert stranger.versions == [1]


async def test_a_hint_may_come_from_any_thread(hub, day, join):
    ben = join("phone", 1)
    await until(lambda: ben.versions == [1])
    day.version = 2
    writer = threading.Thread(target=hub.wake, args=(WORKSHOP, 2))
    writer.start()
    await until(lambda: ben.versions == [1, 2])
    writer.join()


async def test_the_console_sees_how_many_listen(hub, join):
    for participant in (1, 1, 2, 3):
        join("phone", participant)
    join("console")
    assert hub.connected(WORKSHOP) == {"console": 1, "screen": 0, "phone": 3}


async def test_a_get_may_have_the_frame_that_was_pushed_if_it_is_news_to_it(hub, day, join, change):
    day.table_of = {1: 31}
    ben, chi = join("phone", 1), join("phone", 2)
    await until(lambda: ben.frames and chi.frames)
    shown = [hub.current(WORKSHOP, 0, "phone", participant) for participant in (1, 2)]
    assert [json.loads(text) for text in shown] == [ben.frames[-1], chi.frames[-1]]
    assert [
        hub.current(WORKSHOP, 1, "phone", 1),
        hub.current(WORKSHOP, 0, "screen"),
        hub.current(8, 0, "phone", 1),
    ] == [None] * 3


async def test_who_comes_much_later_gets_a_frame_that_knows_how_much_time_is_left(hub, day, join, monkeypatch):
    ben = join("phone", 1)
    await until(lambda: ben.frames)
    monkeypatch.setattr(wire, "TELLS_THE_TIME", 0.0)
    assert hub.current(WORKSHOP, 0, "phone", 1) is None
    chi = join("phone", 2)
    await until(lambda: chi.frames)
    assert (len(day.calls), ben.versions, chi.versions) == (2, [1], [1])


async def test_nothing_of_the_request_that_came_first_clings_to_the_pump(hub, day, change):
    request = contextvars.ContextVar("request", default=None)
    request.set("of the first phone")
    seen, phone = [], Phone()

    async def send(message):
        seen.append(request.get())
        await phone.send(message)

    phone.mailbox = hub.join(AsgiLine(send), WORKSHOP, "phone", 1)
    await until(lambda: seen)
    assert seen == [None]
