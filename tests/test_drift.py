"""How far the day is behind or ahead of its run sheet, counted from when it really began."""

from datetime import timedelta

from django.utils import timezone

from facilitation.live import surfaces
from tests.factories import activity, make_card, open_
from workshops.timetable import drift, drift_in_words


def opened(workshop, ref, minutes):
    this = open_(activity(workshop, ref))
    type(this).objects.filter(pk=this.pk).update(opened_at=timezone.now() + timedelta(minutes=minutes))
    workshop.refresh_from_db()
    return this


def test_a_day_that_began_late_but_keeps_its_pace_is_on_time(workshop):
    opened(workshop, "a01", 0)
    opened(workshop, "a03", 45)
    assert drift(workshop) == 0
    assert drift_in_words(workshop) == ""


def test_ten_minutes_lost_are_ten_minutes_behind(workshop):
    opened(workshop, "a01", 0)
    opened(workshop, "a03", 55)
    assert drift_in_words(workshop) == "10 min behind"


def test_a_day_that_has_not_begun_is_neither(workshop):
    assert drift(workshop) is None


def test_the_held_tray_masks_what_was_found(workshop, ben):
    stories = opened(workshop, "s1a", 0)
    make_card(stories, ben, "The patient, 943 476 5919, waited").hold([])
    assert [card.masked for card in surfaces.held(workshop)] == ["The patient, 94• ••• ••19, waited"]
