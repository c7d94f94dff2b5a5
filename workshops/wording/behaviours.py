"""From values to behaviours (`domain.md` 3.12): what a camera could see."""

import re

from django.utils.translation import gettext as _

from workshops.wording.checks import LISTS, Check, quoted, words

PREFIX = re.compile(r"^\s*we\s+(?:will|['’]ll)\s+(?:not\s+|never\s+)?|^\s*we\s+won['’]t\s+", re.IGNORECASE)
NOT_VERBS = LISTS["not_verbs"]
NOT_VERB_ENDING = re.compile(r"(?:ing|ness|tion|sion|ity|ship|ful|less|ous|ly|ance|ency|ism)$")
VERBS_ALL_THE_SAME = LISTS["verbs_all_the_same"]
UNSEEN = re.compile(
    r"\b(?:be (?:aware|committed|mindful|open|respectful|supportive|positive|inclusive|kind|honest|transparent|proud)"
    r"|understand|believe|feel|think|appreciate|embrace|respect|value|care about|consider|recognise|be|have|foster"
    r"|promote|ensure|strive|aim|try)\b",
    re.IGNORECASE,
)
ABOUT_PEOPLE = re.compile(
    r"\bbe an? \w+|\b(?:bull(?:y|ies)|blockers?|moaners?|cynics?|dinosaurs?|troublemakers?|lazy|difficult people"
    r"|bad apples?|hero(?:es)?|egos?)\b",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(["a", "an", "the", "be", "to", "and", "or", "as", "in", "of", "always", "is", "are"])


def behaviour(line: str, value: str = "", *, will_not: bool = False) -> list[Check]:
    """The checks of one "we will" or "we will not" line, with or without those words. value: the value's name."""
    line = PREFIX.sub("", line.strip())
    found = words(line)
    first = found[0].lower() if found else ""
    unseen = UNSEEN.match(line)
    checks = [
        Check.of("verb", _could_be_verb(first), _("Begin with a verb: what would somebody do?")),
        Check.of(
            "camera",
            unseen is None,
            _("A camera could not see %(words)s. What would it see?")
            % {"words": quoted([unseen.group()] if unseen else [])},
        ),
        Check.of("one", not re.search(r";|\n|[.!?] +\S", line), _("One behaviour on each line.")),
        Check.of("value", not _repeats(found, value), _("This repeats the value. How would you notice it?")),
    ]
    if will_not:
        checks.append(
            Check.of("people", not ABOUT_PEOPLE.search(line), _("Describe what is done, not what somebody is."))
        )
    return checks


def _could_be_verb(word: str) -> bool:
    if word in VERBS_ALL_THE_SAME:
        return True
    return bool(word) and word not in NOT_VERBS and not NOT_VERB_ENDING.search(word)


def _repeats(found: list[str], value: str) -> bool:
    """Whether the line is little more than the value's own words."""
    name = {word.lower() for word in words(value)} - SMALL_WORDS
    said = {word.lower() for word in found} - SMALL_WORDS
    return bool(name) and name <= said and len(said - name) <= 1
