"""One question put to a text, and what the software would say about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workshops.word_lists import word_lists

LISTS = word_lists(Path(__file__).parent / "words.yaml")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Check:
    """name: short and stable, for code. passed: whether there is nothing to say. advice: one sentence, "" if passed."""

    name: str
    passed: bool
    advice: str = ""

    @classmethod
    def of(cls, name: str, passed: bool, advice: str) -> "Check":
        return cls(name, passed, "" if passed else advice)


def advice(checks: Iterable[Check]) -> list[str]:
    """The sentences of the checks that did not pass."""
    return [check.advice for check in checks if not check.passed]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[.!?]+(?:\s+|$)", text) if words(part)]


def quoted(found: Iterable[str]) -> str:
    """ "these", "words", each once and as first written."""
    seen: dict[str, str] = {}
    for word in found:
        seen.setdefault(word.casefold(), word)
    return ", ".join(f"“{word}”" for word in seen.values())
