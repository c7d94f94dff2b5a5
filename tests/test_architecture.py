"""The walls of the house: who may import whom, and that no kind is named outside its own folder."""

import ast
import re
from pathlib import Path

import pytest

from activities.kind import rooms

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("workshops", "activities", "facilitation", "outputs", "config")
# Each package, and what of ours it may import. config/ holds the settings that others read through Django,
# and two plain modules without imports of ours.
MAY_IMPORT = {
    "workshops": {"workshops"},
    "activities": {"workshops", "activities"},
    "facilitation": {"workshops", "activities", "facilitation"},
    "outputs": {"workshops", "activities", "outputs"},
    "config": set(PACKAGES),
}
PLAIN = {"config.addresses"}


def sources(package: str) -> list[Path]:
    """The package's own code, without tests and migrations."""
    found = (ROOT / package).rglob("*.py")
    return [path for path in found if "migrations" not in path.parts and not path.name.startswith("test_")]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def ours(path: Path) -> set[str]:
    return {name for name in imported(path) if name.split(".")[0] in PACKAGES and not plain(name)}


def plain(name: str) -> bool:
    return name == "config" or any(name == one or name.startswith(f"{one}.") for one in PLAIN)


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_run_one_way(package):
    wrong = {
        str(path.relative_to(ROOT)): sorted(
            name for name in ours(path) if name.split(".")[0] not in MAY_IMPORT[package]
        )
        for path in sources(package)
    }
    assert {path: names for path, names in wrong.items() if names} == {}


def test_a_room_never_imports_a_room():
    wrong = []
    for kind in rooms():
        for path in (ROOT / "activities" / kind).rglob("*.py"):
            for name in imported(path):
                parts = name.split(".")
                if parts[0] == "activities" and len(parts) > 1 and parts[1] in rooms() and parts[1] != kind:
                    wrong.append((str(path.relative_to(ROOT)), name))
    assert wrong == []


def test_only_one_module_imports_weasyprint():
    users = [path for package in PACKAGES for path in sources(package) if "weasyprint" in imported(path)]
    assert [str(path.relative_to(ROOT)) for path in users] == ["outputs/pdf.py"]


def test_no_kind_is_named_outside_its_own_folder():
    # A word that is also an ordinary one counts only where it is quoted alone, as a kind's name would be.
    quoted = re.compile("|".join(rf"""["']{kind}["']""" for kind in rooms()))
    compared = re.compile(
        r"""(activity|this|fresh|current)\.kind\s*(==|!=|in\b)|\bif kind\s*(==|!=|in\b)\s*["'][a-z_]{4,}"""
    )
    wrong = []
    for package in PACKAGES:
        for path in [*sources(package), *(ROOT / package).rglob("*.html")]:
            name = str(path.relative_to(ROOT))
            if path.is_relative_to(ROOT / "activities") and path.parent.name in rooms():
                continue
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if compared.search(line) or (quoted.search(line) and "kind" in line):
                    wrong.append(f"{name}:{number}: {line.strip()}")
    assert wrong == []


def test_no_file_has_grown_past_a_hand():
    long = {
        str(path.relative_to(ROOT)): lines
        for package in PACKAGES
        for path in sources(package)
        if (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_nothing_but_the_write_door_makes_a_transaction():
    allowed = {"workshops/write.py", "workshops/writer.py", "workshops/hints.py"}
    users = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sources(package)
        if re.search(r"transaction\.(atomic|on_commit)|\batomic\(", path.read_text())
    }
    assert users - allowed == set()


def test_no_template_carries_a_style_or_a_script_of_its_own():
    wrong = []
    for folder in ("templates", "activities"):
        for path in (ROOT / folder).rglob("*.html"):
            if path.is_relative_to(ROOT / "templates" / "pack"):
                continue
            text = path.read_text()
            if re.search(r"\sstyle=|<style|\son(click|change|input|submit|load|error)=|<script(?![^>]*\ssrc=)", text):
                wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
