"""The first start: the sample day is there, a day to try beside it, and three links that open."""

import io
import re

from django.core.management import call_command
from django.test import Client

from workshops.models import Workshop


def welcome():
    said = io.StringIO()
    call_command("welcome", port=8000, stdout=said)
    return said.getvalue()


def path_in(said, name):
    return re.search(rf"{name}\s+http://[^/\s]+(/\S+)", said)[1]


def test_the_first_start_loads_the_sample_day_and_a_day_to_try(db):
    said = welcome()
    assert [workshop.title for workshop in Workshop.objects.order_by("pk")] == [
        "One network, shared purpose: engagement day",
        "Try it: one network, shared purpose",
    ]
    today = Workshop.objects.latest("pk")
    assert today.participants.expected().count() == 36
    assert f"code {today.spoken_code}" in said
    facilitator = Client()
    assert facilitator.post(path_in(said, "Console")).url == f"/w/{today.code}/console/"
    assert facilitator.get(f"/w/{today.code}/console/").status_code == 200
    assert Client().get(path_in(said, "Phones")).status_code == 200
    assert Client().get(path_in(said, "Screen")).status_code == 200


def test_a_second_start_loads_nothing_and_makes_a_fresh_link(db):
    first, second = welcome(), welcome()
    assert Workshop.objects.count() == 2
    assert path_in(first, "Console") != path_in(second, "Console")
