"""The sample day and its expected results, read once."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import settings

from workshops.seating import Person

# A slow machine is not a broken rule.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def sample():
    return yaml.safe_load((DATA / "sample_event.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def expected(sample):
    return sample["expected_results"]


@pytest.fixture(scope="session")
def votes(sample):
    return {vote["id"]: vote for vote in sample["votes"]}


@pytest.fixture(scope="session")
def organisation_of(sample):
    return {person["id"]: person["org"] for person in sample["participants"]}


@pytest.fixture(scope="session")
def tally_examples():
    return json.loads((DATA / "tally_examples.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def people(sample):
    """The sample's people, as seating knows them."""
    pins = {need["participant"]: need["pin_tables"] for need in sample["access_needs"] if "pin_tables" in need}
    no_scribes = {need["participant"] for need in sample["access_needs"] if need.get("scribe") is False}
    return [
        Person(
            person["id"],
            person["org"],
            person["role_group"],
            tables=frozenset(pins.get(person["id"], ())),
            can_host=person["id"] not in no_scribes,
        )
        for person in sample["participants"]
    ]
