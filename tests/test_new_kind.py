"""bin/new-kind makes a room that keeps the contract, in a copy of the house."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("activities", "bin", "config", "facilitation", "outputs", "static", "templates", "tests", "workshops")


@pytest.fixture
def house(tmp_path):
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("conftest.py", "manage.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def new_kind(house: Path, name: str) -> subprocess.CompletedProcess:
    return subprocess.run([house / "bin/new-kind", name], capture_output=True, text=True)


def test_a_new_room_works_at_once(house, monkeypatch):
    assert new_kind(house, "brain_wave").returncode == 0
    room = house / "activities/brain_wave"
    left = [path.name for path in room.iterdir() if "blank" in (path.name + path.read_text()).lower()]
    assert (sorted(path.name for path in room.glob("*.py")), left) == (
        ["__init__.py", "kind.py", "test_brain_wave.py"],
        [],
    )
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("THROUGHLINE_DATA", str(house / "data"))
    tests = ["activities/brain_wave", "tests/test_every_kind.py", "tests/test_architecture.py"]
    chosen = ["-k", "brain_wave or house or named or imports"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, *chosen],
        cwd=house,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["Brainwave", "brain-wave", "_wave", "", "dot_vote"])
def test_a_name_that_will_not_do_is_refused(house, name):
    assert new_kind(house, name).returncode != 0
