"""Two files: the sample day that the product ships with, and a small day that is easy to break on purpose."""

from pathlib import Path

import pytest
import yaml

from outputs.exchange.taking_in import day_in, take_in

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "workshops" / "sample" / "sample_event.yaml"
SMALL = ROOT / "tests" / "data" / "small_day.yaml"


@pytest.fixture(scope="session")
def sample():
    """The sample day as plain data."""
    return yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))


@pytest.fixture
def small():
    """A small day as plain data, to be changed."""
    return yaml.safe_load(SMALL.read_text(encoding="utf-8"))


def as_bytes(day):
    return yaml.safe_dump(day, allow_unicode=True, sort_keys=False).encode()


@pytest.fixture
def taken_in(db):
    """taken_in(day): the workshop that comes of it."""
    return lambda day: take_in(as_bytes(day)).workshop


@pytest.fixture
def checked(db):
    """checked(day): the day as it would be taken in, or Unsound."""
    return lambda day: day_in(as_bytes(day))
