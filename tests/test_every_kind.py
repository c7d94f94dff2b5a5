"""Every kind keeps its contract: four faces, with nothing, one and forty; no more queries for thirty than for three."""

import re

import pytest
from django import forms
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.kind import Kind, kind_of, rooms
from facilitation.live import surfaces
from tests import factories
from tests import rooms as rooms_of_tests
from tests.every_kind import workshop_with

KINDS = sorted(rooms())
HOW_MANY = pytest.mark.parametrize("many", [0, 1, 40], ids=["empty", "one", "forty"])
CLOSED = pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])


def faces(activity, person):
    """Every face of an activity, as people get it: face -> HTML."""
    kind, workshop = kind_of(activity), activity.workshop
    workshop.refresh_from_db()
    ada = workshop.network.memberships.get(role="facilitator").user
    phone, console = factories.phone_of(person), factories.console_of(ada)
    seen = {surface: surfaces.shared(workshop, surface) for surface in ("phone", "console", "screen")}
    seen["mine"] = phone.get(reverse("mine", args=[workshop.code])).content.decode()
    seen["desk"] = console.get(reverse("desk", args=[workshop.code])).content.decode()
    seen["table"] = surfaces.table_zone(workshop, activity, activity.table_of(person))
    seen["pack"] = render_to_string(
        kind.face("pack"), {"workshop": workshop, "activity": activity, **kind.pack(activity)}
    )
    return seen


@pytest.mark.parametrize("kind", KINDS)
@HOW_MANY
@CLOSED
def test_it_shows_on_every_surface(kind, many, closed, network, ada):
    activity, person = workshop_with(many, kind, network)
    if closed:
        factories.close(activity)
        activity = fresh(activity)
    seen = faces(activity, person)
    # A variable that is missing shows as nothing; a tag that is left open shows as this.
    broken = {face: html for face, html in seen.items() if "{%" in html or "{{" in html}
    assert broken == {}
    assert {
        face for face, html in seen.items() if html.strip() == "" and face in {"phone", "console", "screen"}
    } == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_that_is_gone_is_refused_in_words_of_our_own(kind, network):
    activity, person = workshop_with(3, kind, network)
    fields = [forms.ModelChoiceField, forms.ModelMultipleChoiceField]
    from_django = {field.default_error_messages["invalid_choice"] for field in fields}
    said = {
        (name, field)
        for name, action in kind_of(activity).actions.items()
        for field, asked in action({}, activity=activity, participant=person).fields.items()
        if isinstance(asked, forms.ModelChoiceField) and asked.error_messages["invalid_choice"] in from_django
    }
    assert said == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_of_twenty_five_digits_is_nobodys_and_breaks_nothing(kind, network):
    activity, person = workshop_with(3, kind, network)
    assert rooms_of_tests.too_long_for(activity, person) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_it_asks_the_database_no_more_for_thirty_than_for_three(kind, network, ada):
    counts = []
    for many in (3, 30):
        activity, person = workshop_with(many, kind, network)
        factories.close(activity)
        activity = fresh(activity)
        faces(activity, person)  # what Django keeps after a first time is not counted
        with CaptureQueriesContext(connection) as queries:
            faces(activity, person)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_pushed_holds_no_form_to_type_in(kind, network, ada):
    activity, person = workshop_with(5, kind, network)
    seen = faces(activity, person)
    typed = re.compile(r"<textarea|<input(?![^>]*type=\"hidden\")|csrfmiddlewaretoken")
    assert {face for face in ("phone", "screen", "table") if typed.search(seen[face])} == set()
    assert "csrfmiddlewaretoken" not in seen["console"]


@pytest.mark.parametrize("kind", KINDS)
def test_held_words_reach_neither_phone_nor_screen_nor_pack(kind, network, ada):
    activity, _person = workshop_with(3, kind, network)
    for card in [*activity.cards.all(), *activity.draws_on.cards.all()]:
        card.reword("CANARY 943 476 5919")
        card.hold([])
    factories.close(activity)
    seen = faces(fresh(activity), factories.join(activity.workshop, "Flo"))
    assert {face for face in ("phone", "screen", "pack", "table", "mine") if "CANARY" in seen[face]} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_what_it_is_for(kind):
    room = rooms()[kind]
    assert isinstance(room, Kind)
    assert room.slug == kind
    assert str(room.name)
    assert str(room.purpose).endswith(".")


def fresh(activity):
    return type(activity).objects.select_related("workshop__network", "seating", "draws_on").get(pk=activity.pk)
