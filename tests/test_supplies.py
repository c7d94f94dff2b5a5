"""What the project brings along from elsewhere: pinned packages and vendored browser files."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pinned(file: str) -> dict[str, str]:
    text = (ROOT / "requirements" / file).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ]+)", text, re.MULTILINE))


def not_pinned(wanted: list[str], pins: dict[str, str]) -> list[str]:
    named = [Requirement(text) for text in wanted]
    return [str(one) for one in named if one.name.lower() not in pins or pins[one.name.lower()] not in one.specifier]


def test_every_dependency_is_pinned_at_a_version_it_allows():
    assert not_pinned(PROJECT["project"]["dependencies"], pinned("base.txt")) == []
    assert not_pinned(PROJECT["dependency-groups"]["dev"], pinned("dev.txt")) == []


def test_developers_have_the_same_versions_as_everybody_else():
    base, dev = pinned("base.txt"), pinned("dev.txt")
    assert {name: dev.get(name) for name in base} == base


def test_lock_files_name_no_registry():
    for file in ["requirements/base.txt", "requirements/dev.txt"]:
        assert re.findall(r"\S+://\S+|--(?:index|extra-index|find-links)\S*", (ROOT / file).read_text()) == []
    assert '"resolved"' not in (ROOT / "vendor/package-lock.json").read_text()


def test_vendored_files_are_those_of_the_manifest():
    manifest = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text())
    found = {path: hashlib.sha256((ROOT / "static" / path).read_bytes()).hexdigest() for path in manifest["sha256"]}
    assert found == manifest["sha256"]


def test_no_vendored_file_is_missing_from_the_manifest():
    manifest = json.loads((ROOT / "static/vendor/MANIFEST.json").read_text())
    folders = [ROOT / "static/vendor", ROOT / "static/fonts"]
    there = {str(path.relative_to(ROOT / "static")) for folder in folders for path in folder.iterdir()}
    assert there == {*manifest["sha256"], "vendor/MANIFEST.json"}
