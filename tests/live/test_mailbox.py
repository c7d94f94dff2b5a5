"""Slow phones, silent phones, people who have been removed, the end of the day: who is told what, and who is closed."""

import pytest

from facilitation.live import pump
from tests.live.conftest import join_to
from tests.live.listening import WORKSHOP, until

pytestmark = pytest.mark.asyncio


async def test_a_slow_phone_skips_to_the_newest_and_holds_nobody_up(hub, join, change):
    ben, chi = join("phone", 1, answers=False), join("phone", 2)
    await until(lambda: ben.versions == chi.versions == [1])
    for version in (2, 3, 4):
        change(version)
        await until(lambda version=version: chi.versions[-1] == version)
    assert (ben.versions, hub.counters.skipped) == ([1], 2)
    assert ben.mailbox.answered(1) is True
    await until(lambda: ben.versions == [1, 4])


async def test_an_answer_that_nobody_waits_for_is_noticed(join):
    ben = join("phone", 1, answers=False)
    await until(lambda: ben.versions == [1])
    assert [ben.mailbox.answered(version) for version in (0, 1, 1)] == [False, True, False]


async def test_a_newer_version_from_a_get_answers_too(join, change):
    ben = join("phone", 1, answers=False)
    await until(lambda: ben.versions == [1])
    assert ben.mailbox.answered(9) is True


async def test_a_frame_that_nobody_answers_may_be_lost_so_the_newest_goes_again(hub, join, change, monkeypatch):
    monkeypatch.setattr(pump, "A_SECOND", 0.01)
    ben = join("phone", 1, answers=False)
    await until(lambda: ben.versions == [1])
    change(2)
    await until(lambda: len(ben.versions) == 6)
    assert (set(ben.versions), ben.versions == sorted(ben.versions)) == ({1, 2}, True)
    assert ben.mailbox.answered(2) is True


async def test_large_frames_go_once(hub, join, monkeypatch):
    monkeypatch.setattr(pump, "A_SECOND", 0.01)
    console, ben = join("console", answers=False), join("phone", 1, answers=False)
    await until(lambda: len(ben.versions) == 6)
    assert console.versions == [1]


async def test_a_silent_phone_is_closed_and_the_others_stay(make_hub):
    hub = make_hub(heartbeat=0.02)
    ben, chi = join_to(hub, "phone", 1, answers=False), join_to(hub, "phone", 2)
    await until(lambda: ben.code)
    assert (ben.code, len(ben.beats)) == (4408, 3)
    beats = len(chi.beats)
    await until(lambda: len(chi.beats) > beats + 3)
    assert chi.code is None


async def test_everybody_hears_the_heartbeat_with_the_newest_version(make_hub, day):
    day.version = 12
    hub = make_hub(heartbeat=0.02)
    everyone = [join_to(hub, "phone", 1), join_to(hub, "console"), join_to(hub, "screen")]
    await until(lambda: all(one.beats[-2:] == [12, 12] for one in everyone))


async def test_the_heartbeat_tells_of_a_change_that_cannot_be_rendered_yet(make_hub, day):
    hub = make_hub(heartbeat=0.02)
    ben = join_to(hub, "phone", 1)
    await until(lambda: ben.versions == [1])
    day.failures = 10**6
    hub.wake(WORKSHOP, 2)
    await until(lambda: ben.beats[-1:] == [2])
    assert ben.versions == [1]


async def test_who_is_removed_is_closed_and_hears_nothing_more(day, join, change):
    ben, chi = join("phone", 1), join("phone", 2)
    await until(lambda: ben.versions == chi.versions == [1])
    day.removed = {1}
    change(2)
    await until(lambda: ben.code and chi.versions == [1, 2])
    assert (ben.code, ben.versions, chi.code) == (4401, [1], None)


async def test_who_was_removed_cannot_come_back(day, join):
    day.removed = {1}
    ben, chi = join("phone", 1), join("phone", 2)
    await until(lambda: ben.code and chi.versions)
    again = join("phone", 1)
    await until(lambda: again.code)
    assert [(one.code, one.heard) for one in (ben, again)] == [(4401, [])] * 2


async def test_a_pass_that_counts_no_more_hears_nothing_more(day, join, change):
    day.proofs = {"old"}
    screen = join("screen", proof="old")
    await until(lambda: screen.versions == [1])
    day.proofs = {"new"}
    change(2)
    await until(lambda: screen.code)
    again, fresh = join("screen", proof="old"), join("screen", proof="new")
    await until(lambda: again.code and fresh.versions == [2])
    assert (screen.code, screen.versions) == (again.code, [1]) == (4401, [1])
    assert (again.versions, fresh.code) == ([], None)


async def test_a_pass_younger_than_the_last_look_is_let_in(day, join):
    day.proofs = {"first"}
    first = join("phone", 1, proof="first")
    await until(lambda: first.versions == [1])
    day.proofs = {"first", "second"}  # joined through another process, whose hint is still on its way
    second = join("phone", 2, proof="second")
    await until(lambda: second.versions == [1])
    assert second.code is None


async def test_the_end_of_the_day_is_told_to_all_before_they_are_closed(hub, day, join, change):
    ben, chi, ada = join("phone", 1), join("phone", 2, answers=False), join("console")
    await until(lambda: ben.versions == chi.versions == ada.versions == [1])
    day.over = True
    change(2)
    await until(lambda: ben.code and chi.code and ada.code)
    assert [(one.code, one.versions) for one in (ben, chi, ada)] == [(4410, [1, 2])] * 3


async def test_who_comes_after_the_end_sees_it_and_is_closed(day, join):
    day.over = True
    ben = join("phone", 1)
    await until(lambda: ben.code)
    assert (ben.code, ben.versions) == (4410, [1])


async def test_a_workshop_that_is_deleted_lets_its_listeners_go(day, join, change):
    ben, ada = join("phone", 1), join("console")
    await until(lambda: ben.frames and ada.frames)
    day.gone = True
    change(2)
    await until(lambda: ben.code and ada.code)
    assert (ben.code, ada.code, ben.versions) == (4410, 4410, [1])


async def test_the_fifth_socket_of_one_person_closes_the_oldest(join):
    tabs = [join("phone", 1) for _tab in range(5)]
    chi = join("phone", 2)
    await until(lambda: tabs[0].code and chi.versions)
    assert [one.code for one in [*tabs, chi]] == [4429, None, None, None, None, None]
