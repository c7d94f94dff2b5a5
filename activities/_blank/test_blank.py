"""Blank: what the room is for, as sentences that can be checked."""

import pytest

from activities.kind import kind_of
from tests.factories import act, close, make_activity, open_, phone_of


@pytest.fixture
def line(workshop):
    return open_(make_activity(workshop, "_blank"))


def test_a_line_is_kept_with_its_author(line, ben):
    assert act(phone_of(ben), line, "send", text="Pick up the phone first").status_code == 200
    assert [(card.text, card.participant) for card in line.cards.all()] == [("Pick up the phone first", ben)]


def test_nothing_is_written_without_words(line, ben):
    assert act(phone_of(ben), line, "send", text="").status_code == 422
    assert line.cards.count() == 0


def test_the_room_sees_lines_when_it_is_closed(line, ben):
    act(phone_of(ben), line, "send", text="Pick up the phone first")
    assert kind_of(line).screen(line)["cards"] == []
    closed = close(line)
    assert [card.text for card in kind_of(closed).screen(closed)["cards"]] == ["Pick up the phone first"]
