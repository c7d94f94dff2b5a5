"""A file that cannot be read says so in words, with its line, and nothing worse happens."""

from datetime import date

import pytest

from outputs.exchange.problems import Unsound
from outputs.exchange.reading import read
from tests.exchange.conftest import SAMPLE


def refusal(raw):
    try:
        _data, _lines, problems = read(raw)
    except Unsound as unsound:
        problems = unsound.problems
    return "\n".join(str(problem) for problem in problems)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "This file is empty."),
        (b"# only a comment\n", "This file is empty."),
        (b"- one\n- two\n", "This file has no blocks: it should begin with “event:”. (line 1)"),
        (b"just words", "This file has no blocks: it should begin with “event:”. (line 1)"),
        (b"event:\n  title: caf\xe9\n", "This file is not UTF-8 text. Save it as UTF-8. (line 2)"),
        (b"\xff\xfee\x00v\x00", "This file is not UTF-8 text. Save it as UTF-8. (line 1)"),
        (b"a: &a [1]\nb: *a\n", "Aliases (*name) are not read: write it out. (line 2)"),
        (b"a: " + b"[" * 60 + b"]" * 60, "This is nested too deep. (line 1)"),
        (b"a: 1\nb: 2\na: 3\n", "a: this key is here twice (line 3)"),
        (b"a:\n  when: 2026-13-45\n", "a.when: “2026-13-45” cannot be read (line 2)"),
        (
            b"a: !!python/object:os.system {}\n",
            "a: “tag:yaml.org,2002:python/object:os.system” cannot be read (line 1)",
        ),
        (b"a: !!python/name:os.system x\n", "a: “x” cannot be read (line 1)"),
    ],
)
def test_what_cannot_be_read_is_said(raw, said):
    assert refusal(raw) == said


def test_what_is_not_yaml_names_the_line():
    said = refusal(b"event:\n  title: [open\nnetwork: x\n")
    assert said.startswith("This is not YAML:")
    assert said.endswith("(line 3)")


def test_more_than_five_megabytes_are_not_even_looked_at():
    assert refusal(b"a: " + b"x" * 5_000_000) == "This file is too large: at most 5 MB."


def test_a_mark_at_the_beginning_is_no_part_of_it():
    assert read("\ufeffa: ö".encode())[0] == {"a": "ö"}


def test_everything_in_the_sample_knows_its_line():
    text = SAMPLE.read_text(encoding="utf-8")
    data, lines, problems = read(text.encode())
    of_stories = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("  - id: s0")]
    assert [lines["stories", number] for number in range(9)] == of_stories
    assert (data["event"]["date"], problems) == (date(2026, 9, 24), [])
