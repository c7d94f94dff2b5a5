"""Who everybody is, for every test that asks by name. How to make more of them is in tests/factories.py."""

import pytest
from django.test import Client

from tests import factories


@pytest.fixture
def network(db):
    return factories.make_network()


@pytest.fixture
def ada(network):
    """Facilitates the network's workshops."""
    return factories.make_user("Ada", network)


@pytest.fixture
def workshop(network):
    """The four-stage day, laid out, not begun, with nobody in it."""
    return factories.make_workshop(network)


@pytest.fixture
def ben(workshop):
    return factories.join(workshop, "Ben", "Larkham", "Therapeutic radiographer")


@pytest.fixture
def chi(workshop):
    return factories.join(workshop, "Chi", "Thornbeck", "Physicist")


@pytest.fixture
def dee(workshop):
    return factories.join(workshop, "Dee", "Castlemoor", "Patient partner")


@pytest.fixture
def eve():
    """A browser of somebody who has no seat and no account."""
    return Client()


@pytest.fixture
def console(ada):
    """Ada's browser, signed in."""
    return factories.console_of(ada)
