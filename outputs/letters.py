"""What people typed, made fit for paper: which way it runs, and letters that no font here can draw."""

import re
import unicodedata

from django.utils.html import escape

AUTO = re.compile(r'(<[a-z0-9]+[^<>]*?) dir="auto"((?:[^<>]*)>)((?:\s|<[^<>]*>)*)([^<]*)')
TAG = re.compile(r"<[^>]*>")
TAG_OR_TEXT = re.compile(r"(<[^>]*>)|[^<]+")
# The shipped fonts draw Latin letters with their accents (Western, Central and Northern Europe, Turkish, Welsh,
# Vietnamese in part) and common signs. Beyond U+024F what can be drawn depends on the fonts of this computer.
ORDINARY = 0x250
SIGNS = frozenset("–—‘’‚“”„†‡•…‰‹›€™−")
# Joiners and marks of direction are never drawn; marks on letters go with their letter.
INVISIBLE = frozenset("Cf Cc Cs".split())
MARKS = frozenset("Mn Me Mc".split())
# Control characters have no shape; overrides of direction would turn the words of others around.
UNPRINTABLE = dict.fromkeys(
    [code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\n\t"]
    + [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    + [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def printable(html: str) -> str:
    return html.translate(UNPRINTABLE)


def directed(html: str) -> str:
    """`dir="auto"`, which browsers understand and the press does not, said outright from the first strong letter."""
    return AUTO.sub(lambda found: f'{found[1]} dir="{direction(found[4])}"{found[2]}{found[3]}{found[4]}', html)


def direction(text: str) -> str:
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def unusual(html: str) -> str:
    """Every letter in the text of `html` that the shipped fonts may not have, once."""
    return "".join(
        sorted(
            letter
            for letter in set(TAG.sub("", html))
            if ord(letter) >= ORDINARY and letter not in SIGNS and unicodedata.category(letter) not in INVISIBLE
        )
    )


def without(lost: set[str], html: str) -> str:
    """`html` without these letters. A picture (an emoji) becomes its name in brackets, which can be read aloud;
    a stretch of letters becomes the name of its script: [Hangul]."""
    if not lost:
        return html
    word = f"[{re.escape(''.join(sorted(lost)))}]+"
    words = re.compile(rf"{word}(?:\s+{word})*")
    return TAG_OR_TEXT.sub(lambda found: found[0] if found[1] else words.sub(stand_in, found[0]), html)


def stand_in(run: re.Match[str]) -> str:
    drawn = [letter for letter in run[0] if not letter.isspace() and unicodedata.category(letter) not in MARKS]
    names = [unicodedata.name(letter, "sign").lower() if is_picture(letter) else script(letter) for letter in drawn]
    return "".join(f"[{escape(name)}]" for name in dict.fromkeys(names))


def is_picture(letter: str) -> bool:
    return unicodedata.category(letter).startswith("S")


def script(letter: str) -> str:
    """As Unicode names it: "Hangul", "Devanagari", "CJK"."""
    return (
        unicodedata.name(letter, "sign")
        .split(" ")[0]
        .removesuffix("-")
        .title()
        .replace("Cjk", "CJK")
        .replace("Ideographic", "CJK")
    )


def scripts(letters: set[str]) -> list[str]:
    """The scripts of these letters, for a note at the end of the pack."""
    found = {script(one) for one in letters if not is_picture(one) and unicodedata.category(one) not in MARKS}
    return [*sorted(found), *(["emoji"] if any(map(is_picture, letters)) else [])]
