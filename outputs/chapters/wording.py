"""Words that stand in more than one text, and how a long title is broken: for the pack's chapters."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

WORD = re.compile(r"\w+(?:['’]\w+)*")
REFERENCE = re.compile(r"\s*\((?:(?:story|idea|card) )?[a-z]{1,3}\d+\)")
# Looking for shared phrases costs time with the square of the length; longer texts are left as they are.
LONGEST = 3000
Thing = TypeVar("Thing")


class Piece(NamedTuple):
    """A stretch of a text, and in how many of its sources these very words stand."""

    text: str
    sources: int = 0


def words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def phrase(found: Sequence[str]) -> str:
    """Words as one string in which only whole words can be found."""
    return f" {' '.join(found)} "


def pieces(text: str, sources: Iterable[str], least: int = 3) -> list[Piece]:
    """`text` cut where phrases of `least` words or more begin and end that stand in a source word for word."""
    held = [phrase(words(source)) for source in sources if len(source) <= LONGEST]
    spans = list(WORD.finditer(text)) if held and len(text) <= LONGEST else []
    said = [span[0].casefold() for span in spans]
    cut: list[Piece] = []
    done = at = 0
    while at < len(said):
        end = at
        while end < len(said) and any(phrase(said[at : end + 1]) in one for one in held):
            end += 1
        if end - at < least or not any(len(word) > 3 for word in said[at:end]):
            at += 1
            continue
        shared = phrase(said[at:end])
        cut.append(Piece(text[done : spans[at].start()]))
        cut.append(Piece(text[spans[at].start() : spans[end - 1].end()], sum(shared in one for one in held)))
        done, at = spans[end - 1].end(), end
    cut.append(Piece(text[done:]))
    return [piece for piece in cut if piece.text]


def quoted_from(text: str, sources: Mapping[Thing, str], least: int = 6) -> Thing | None:
    """The source with which `text` shares its longest phrase of `least` words or more."""
    longest = {
        source: max((len(words(piece.text)) for piece in pieces(text, [said], least) if piece.sources), default=0)
        for source, said in sources.items()
    }
    best = max(longest, key=lambda source: longest[source], default=None)
    return best if best is not None and longest[best] else None


def without_references(text: str, names: Mapping[str, str] | None = None) -> str:
    """As people said it: without “(story s08)” or “(t07)”, with titles in place of a file's own names."""
    text = REFERENCE.sub("", text)
    for ref, title in (names or {}).items():
        text = re.sub(rf"\b{re.escape(ref)}\b", f"“{title}”", text)
    return text


def lines(title: str, longest: int) -> list[str]:
    """A title in lines of about equal length, broken after punctuation where it can be. Drops nothing."""
    parts = title.split()
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    count = max(1, -(-len(" ".join(parts)) // longest))
    ideal = len(title) / count
    for end in range(1, len(parts) + 1):
        tries = []
        for start in range(max(0, end - longest), end):
            line = " ".join(parts[start:end])
            if len(line) > longest and start < end - 1:
                continue
            cost = (len(line) - ideal) ** 2 - (120 if line[-1] in ",:;–—" else 0) + 40
            tries.append((best[start][0] + cost, [*best[start][1], line]))
        best[end] = min(tries, key=lambda one: one[0])
    return best[len(parts)][1]
