"""Packs that are dear to print are printed once, from days that have never happened afterwards."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from outputs.exchange.taking_in import take_in
from tests import factories
from tests.pack import days
from tests.pack.reading import Printed, print_pack
from workshops.models import AccessNeed
from workshops.write import taken_back

SAMPLE = Path(__file__).resolve().parents[2] / "workshops" / "sample" / "sample_event.yaml"


@dataclass
class Day:
    """A printed day, and what tests compare it with."""

    printed: Printed
    title: str
    network: str
    names: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    priorities: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    small_bodies: list[tuple[str, int]] = field(default_factory=list)


def keep_facts(workshop, printed) -> Day:
    people = workshop.participants.present()
    bodies = {str(person.organisation.name): person.organisation for person in people.select_related("organisation")}
    counts = {name: people.filter(organisation=body).count() for name, body in bodies.items()}
    return Day(
        printed=printed,
        title=workshop.title,
        network=workshop.network.name,
        names=[person.name for person in people],
        leads=[plan.lead.name for plan in workshop.plans.select_related("lead") if plan.lead],
        priorities=[one.title for one in workshop.priorities.filter(decision="agreed")],
        needs=list(AccessNeed.objects.filter(participant__workshop=workshop).values_list("need", flat=True)),
        small_bodies=[(name, count) for name, count in counts.items() if count < 5],
    )


@pytest.fixture(scope="session")
def sample(django_db_setup, django_db_blocker, tmp_path_factory) -> Day:
    """The sample day as a draft, whole."""
    with django_db_blocker.unblock(), taken_back():
        workshop = take_in(SAMPLE.read_bytes()).workshop
        return keep_facts(workshop, print_pack(workshop, tmp_path_factory.mktemp("sample") / "pack.pdf"))


@pytest.fixture(scope="session")
def hostile(django_db_setup, django_db_blocker, tmp_path_factory) -> Printed:
    """A day on which people typed what people type."""
    with django_db_blocker.unblock(), taken_back():
        workshop = factories.make_workshop(factories.make_network("Net"), title="Title " + "x" * 150)
        days.fill(workshop, len(days.HOSTILE), lambda at: days.HOSTILE[at % len(days.HOSTILE)])
        return print_pack(workshop, tmp_path_factory.mktemp("hostile") / "pack.pdf")


@pytest.fixture(scope="session")
def final(django_db_setup, django_db_blocker, tmp_path_factory) -> Printed:
    """A small day, locked, with words in it that must never leave the room (see days.with_secrets)."""
    with django_db_blocker.unblock(), taken_back():
        workshop = factories.make_workshop(factories.make_network("Quiet network"), title="A quiet day")
        days.with_secrets(workshop)
        workshop.lock()
        return print_pack(workshop, tmp_path_factory.mktemp("final") / "pack.pdf")
