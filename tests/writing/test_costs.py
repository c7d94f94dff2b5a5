"""What one request costs the database: little, and the same whatever is there already."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories


@pytest.fixture
def story(workshop, ben):
    return factories.open_(factories.activity(workshop, "s1a"))


def asked(do):
    """How often something went to the database while `do()` ran; a savepoint, which tests add, does not count."""
    with CaptureQueriesContext(connection) as queries:
        do()
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def tell(ben, story, words="Fenbridge took eleven patients"):
    return factories.act(factories.phone_of(ben), story, "send", text=words, sharing="report_anonymous")


def test_sending_a_story_goes_seven_times_to_postgresql_and_asks_sqlite_thirteen_things(story, ben):
    assert asked(lambda: tell(ben, story)) == (7 if connection.vendor == "postgresql" else 13)


def test_sending_costs_the_same_however_much_was_said_before(story, ben, chi):
    first = asked(lambda: tell(ben, story))
    for number in range(7):
        tell(ben, story, f"A story with the number {number}")
        factories.make_card(story, chi)
    assert asked(lambda: tell(ben, story)) == first


def test_ones_own_zone_costs_the_same_however_much_one_has_said(story, ben):
    phone, url = factories.phone_of(ben), reverse("mine", args=[story.workshop.code])
    tell(ben, story)
    first = asked(lambda: phone.get(url))
    for number in range(7):
        tell(ben, story, f"A story with the number {number}")
    assert (first, asked(lambda: phone.get(url))) == ((3, 3) if connection.vendor == "postgresql" else (4, 4))


def test_hearing_that_nothing_is_new_is_one_question(story, ben):
    phone, url = factories.phone_of(ben), reverse("version", args=[story.workshop.code, "phone"])
    assert asked(lambda: phone.get(url, {"v": story.workshop.version})) == 1
