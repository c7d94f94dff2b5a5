"""The browser's scripts are small modules that run on plain http under a strict policy, as they are written."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).resolve().parent.parent / "static/js").glob("*.js"))
# What a browser refuses on plain http at a LAN address, or under script-src 'self'.
ABSENT = ("eval(", "new Function", "randomUUID", "navigator.locks", "serviceWorker", "document.write", "onclick")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_it_is_a_module_that_parses(script):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine: browsers will say")
    done = subprocess.run([node, "--check", "--input-type=module", "-"], input=script.read_bytes(), capture_output=True)
    assert done.stderr.decode() == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_it_imports_only_what_is_there(script):
    missing = []
    for names, source in re.findall(r'import (?:\{([^}]*)\} from |\* as \w+ from )?"\./([\w.]+)"', script.read_text()):
        other = (script.parent / source).read_text()
        exported = set(re.findall(r"^export (?:async )?(?:const|let|function) (\w+)", other, re.MULTILINE))
        missing += sorted({name.strip() for name in names.split(",") if name.strip()} - exported)
    assert missing == []


def test_none_uses_what_plain_http_or_the_policy_refuses():
    found = {script.name: [word for word in ABSENT if word in _code(script)] for script in SCRIPTS}
    assert {name: words for name, words in found.items() if words} == {}


def test_none_is_longer_than_a_duty():
    assert [script.name for script in SCRIPTS if len(script.read_text().splitlines()) > 200] == []


def _code(script: Path) -> str:
    return re.sub(r"//.*", "", script.read_text())
