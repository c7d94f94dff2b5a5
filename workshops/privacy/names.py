"""Names of patients and of colleagues."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workshops.privacy import words
from workshops.privacy.dates import sentences
from workshops.privacy.flags import HOLD, WARN, Flag

WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


@dataclass(frozen=True)
class Word:
    """One word of a text. `key` is how it is compared: no accents, no capitals, no possessive."""

    text: str
    start: int
    end: int
    first: bool
    key: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def acronym(self) -> bool:
        return self.text.isupper()

    @property
    def could_be_name(self) -> bool:
        return self.capital and len(self.key) > 1 and self.key not in words.NOT_NAMES


def plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'"))
    key = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
    return key.removesuffix("'s")


def split(text: str) -> list[Word]:
    found = []
    for start, end in sentences(text):
        for position, match in enumerate(WORD.finditer(text, start, end)):
            word = match.group()
            length = len(word) - 2 if word.endswith(("'s", "’s")) else len(word)
            found.append(Word(word, match.start(), match.start() + length, position == 0, plain(word)))
    return found


def names(text: str, people: Iterable[str] = ()) -> list[Flag]:
    """Flags names. people: full names of the participants, with or without titles."""
    found = split(text)
    flags = [*titled(text, found), *patients(text, found)]
    for flag in first_names(found, people):
        if not any(flag.overlaps(other) for other in flags):
            flags.append(flag)
    return flags


def titled(text: str, found: list[Word]) -> Iterator[Flag]:
    """A title and a name: "Mrs Quillfeather". Without capitals, only after mr and mrs."""
    for place, word in enumerate(found):
        if word.key not in words.TITLES:
            continue
        at = place + 1
        while at < len(found) - 1 and len(found[at].key) == 1 and found[at].capital:
            at += 1  # initials
        if at == len(found) or not _touch(text, found[at - 1], found[at]):
            continue
        small = word.key in ("mr", "mrs") and found[at].key not in words.NOT_NAMES and len(found[at].key) > 1
        if small or (word.capital and found[at].could_be_name):
            last = _end_of_name(text, found, at)
            yield Flag("person_name", HOLD, word.start, last.end, _("This looks like somebody’s name."))


def patients(text: str, found: list[Word]) -> Iterator[Flag]:
    """ "Patient Bartholomew", "a man called Bartholomew", "her name was Bartholomew"."""
    for place, word in enumerate(found):
        before = [other.key for other in found[max(0, place - 2) : place]]
        if not word.could_be_name or word.acronym or not before or not _touch(text, found[place - 1], word):
            continue
        patient = before[-1] in words.PATIENT
        called = before[-1] in words.CALLED and (len(before) == 1 or before[0] in words.PERSON)
        name_was = before in (["name", "was"], ["name", "is"])
        if patient or called or name_was:
            last = _end_of_name(text, found, place)
            yield Flag("person_name", WARN, word.start, last.end, _("This looks like a patient’s name."))


def first_names(found: list[Word], people: Iterable[str]) -> Iterator[Flag]:
    """Participants' names, and common first names that nobody here has."""
    here = {part for name in people for part in _parts(name)}
    ends = -1
    for place, word in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        known, common = word.key in here, word.key in words.FIRST_NAMES
        if word.start < ends or not word.capital or not (known or common) or _only_a_word(word, place, found):
            continue
        last = word
        if following and (following.key in here or (following.could_be_name and not following.first)):
            last = following if following.start <= word.end + 1 and following.capital else word
        ends = last.end
        if known or _at_work(found, place):
            yield Flag("staff_name", WARN, word.start, last.end, _("This names a colleague."))
        else:
            yield Flag("person_name", WARN, word.start, last.end, _("This could be somebody’s name."))


def _parts(name: str) -> list[str]:
    """The first name and the surname of a full name, as keys; hyphenated names count whole."""
    parts = [plain(part) for part in name.replace(".", " ").split()]
    parts = [part for part in parts if part not in words.TITLES and len(part) > 1]
    return [parts[0], parts[-1]] if parts else []


def _only_a_word(word: Word, place: int, found: list[Word]) -> bool:
    """Not a name after all: a word with a capital because it begins a sentence, a month, a saint or a building."""
    following = found[place + 1].key if place + 1 < len(found) else ""
    before = found[place - 1].key if place else ""
    if word.key in words.ALSO_WORDS and (word.first or word.key in words.MONTHS):
        return True
    return before in ("st", "saint") or following in words.BUILDINGS


def _at_work(found: list[Word], place: int) -> bool:
    """ "Gareth in physics": a department follows."""
    following = [word.key for word in found[place + 1 : place + 4]]
    return following[:1] in (["in"], ["from"]) and any(word in words.DEPARTMENTS for word in following[1:])


def _touch(text: str, one: Word, other: Word) -> bool:
    """Whether nothing but a space, a full stop or a comma stands between two words."""
    return text[one.end : other.start] in (" ", ". ", ", ", "\u00a0")


def _end_of_name(text: str, found: list[Word], place: int) -> Word:
    """The last word of a name that starts at this place: up to two more capitals in a row."""
    last = found[place]
    for word in found[place + 1 : place + 3]:
        if not word.could_be_name or text[last.end : word.start] not in (" ", ". ", "\u00a0"):
            break
        last = word
    return last
