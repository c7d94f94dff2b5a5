"""Servers on data folders of their own: the laptop of the day, and others."""

import pytest

from tests.serving import Server


@pytest.fixture
def laptop(tmp_path):
    """laptop("first"): a server with its own data folder, not started; its copies go to one stick for all of them."""
    made = []
    stick = tmp_path / "stick"
    stick.mkdir()

    def make(name: str, **environment: str) -> Server:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        one = Server(folder)
        one.env |= {"THROUGHLINE_COPIES": str(stick), **environment}
        one.stick = stick
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop(kill=True)
