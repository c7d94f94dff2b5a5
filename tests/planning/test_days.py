"""The run sheets that come with the house."""

import pytest

from activities.kind import rooms
from tests.factories import activity
from workshops.days import templates
from workshops.stages import BY_SLUG

EVERY = [pytest.param(one, id=one["id"]) for day in templates().values() for one in day["activities"]]


def test_six_run_sheets_come_with_the_house():
    assert list(templates()) == [
        "four_stage_network_day",
        "paired_conference",
        "national_network_meeting",
        "team_session_one",
        "team_session_two",
        "review_and_reset",
    ]


@pytest.mark.parametrize("one", EVERY)
def test_an_activity_names_a_stage_and_a_kind_that_exist(one):
    assert one["stage"] in BY_SLUG
    assert one["kind"] in rooms()


@pytest.mark.parametrize("one", EVERY)
def test_an_activity_is_set_up_as_its_kind_allows(one):
    form = rooms()[one["kind"]].Settings(initial=one.get("settings", {}))
    given = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    filled = type(form)({name: value for name, value in given.items() if value not in (None, False)})
    assert filled.errors == {}


@pytest.mark.parametrize("day", templates().values(), ids=list(templates()))
def test_times_follow_one_another_from_start_to_finish(day):
    def minutes(clock):
        hours, rest = clock.split(":")
        return int(hours) * 60 + int(rest)

    ends = [minutes(one["at"]) + one["minutes"] for one in day["activities"]]
    begins = [minutes(one["at"]) for one in day["activities"]]
    assert begins[0] == minutes(day["start"])
    assert begins[1:] == ends[:-1]
    assert ends[-1] == minutes(day["finish"])


@pytest.mark.parametrize("one", EVERY)
def test_every_activity_has_words_to_say_and_can_be_shortened(one):
    assert one["say"] != []
    assert one["shortest"] <= one["minutes"]


def test_the_four_stage_day_is_laid_out_in_order_with_what_each_activity_draws_on(workshop):
    assert workshop.activities.count() == 27
    assert [one.position for one in workshop.activities.all()] == list(range(1, 28))
    assert activity(workshop, "s2c").draws_on == activity(workshop, "s2b")
    assert activity(workshop, "s1a").seating.number == 1


def test_laying_out_a_day_asks_the_database_little(network, django_assert_max_num_queries):
    from tests.factories import make_workshop

    with django_assert_max_num_queries(30):
        make_workshop(network)
