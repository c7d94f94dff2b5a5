"""Key words (`domain.md` 3.21): kept as typed, counted by what they have in common, never reworded.

A cloud of words needs the list behind it: every phrase leads back to the cards it came from.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workshops.wording.checks import LISTS, words

STOP_WORDS = LISTS["stop_words"]
ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""))


@dataclass(frozen=True)
class Phrase:
    """text: the form typed most often, the first typed of equals. count: how many times in any form. sources: where
    from, in the order they came, each once."""

    text: str
    count: int
    sources: tuple[Any, ...]


def phrases(typed: Iterable[tuple[Any, str]]) -> list[Phrase]:
    """Counts phrases. typed: (source, phrase) pairs; a source is the id of a card. Most frequent first, then as typed.

    Phrases are the same when they have the same words, whatever the case, order, endings and small words.
    """
    forms: dict[tuple[str, ...], Counter[str]] = {}
    sources: dict[tuple[str, ...], dict[Any, None]] = {}
    for source, phrase in typed:
        text = " ".join(phrase.split())
        if words(text):
            key = normalised(text)
            forms.setdefault(key, Counter())[text] += 1
            sources.setdefault(key, {})[source] = None
    found = [Phrase(counts.most_common(1)[0][0], counts.total(), tuple(sources[key])) for key, counts in forms.items()]
    return sorted(found, key=lambda phrase: -phrase.count)


def normalised(phrase: str) -> tuple[str, ...]:
    """What two forms of one phrase have in common: stems in alphabetical order, without small words."""
    small = [word.casefold().replace("’", "'") for word in words(phrase)]
    return tuple(sorted(stem(word) for word in small if word not in STOP_WORDS)) or tuple(small)


def stem(word: str) -> str:
    """A word without its usual English endings: "journeys", "waited" and "caring" meet "journey", "wait", "care"."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 3 else word
