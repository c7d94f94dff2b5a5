"""The people of the tests are known in every folder that has tests."""

from tests.conftest import *  # noqa: F403

collect_ignore = ["activities/_blank"]  # not a room: what bin/new-kind copies
