"""Dates, ages, and a place with a time."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from workshops.privacy.flags import HOLD, WARN, Flag

OLDEST_RECENT = 15  # years: an earlier full date is taken for a date of birth
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
YEAR = r"(?:\d{4}|['’]?\d{2})"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
FULL_DATE = re.compile(
    rf"(?<![\d/.-])(?:"
    rf"{DAY_NUMBER} ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?P<numeric>{YEAR})"
    rf"|(?P<iso>\d{{4}})[-/](?:0[1-9]|1[0-2])[-/]{DAY_NUMBER}"
    rf"|{DAY_NUMBER}(?:st|nd|rd|th)?[ -](?:of )?{MONTH},?[ -](?P<words>{YEAR})"
    rf"|{MONTH} {DAY_NUMBER}(?:st|nd|rd|th)?,? (?P<american>{YEAR})"
    rf")(?!\d)",
    re.IGNORECASE,
)
BIRTH = re.compile(r"\b(?:DOB|D\.O\.B\.?|date of birth|birth ?date|birthday|born)\b[^\d\n]{0,20}$", re.IGNORECASE)

UNITS = (
    r"(?! ?(?:%|per\b|miles|metres|minutes|hours|days|weeks|months|kg|cm|mm|gray|Gy|patients|people|of\b|out\b"
    r"|in (?:all|total)\b|percent|points|slots|staff|st\b|nd\b|rd\b|th\b))(?![\d.,:/]*\d)"
)
PERSON = r"(?:he|she|they|I|who|mum|mother|dad|father|nan|gran|grandma|grandad|wife|husband|patient|lady|man|woman)"
IS = r"(?: is| was| were| am| are| turned|['’]s|['’]m)(?: just turned| now| nearly| almost| only)?"
AGE = re.compile(
    rf"\b(\d{{1,3}})[- ]?(?:years?|yrs?)[- ]?(?:old|of age)\b|\b(\d{{1,3}}) ?y/?o\b"
    rf"|\baged?:? (?:of )?(\d{{1,3}})\b{UNITS}|\b{PERSON}{IS} (\d{{1,3}})\b{UNITS}",
    re.IGNORECASE,
)
NINETIES = re.compile(
    r"\bin (?:his|her|their|my) (?:late |early |mid[- ])?nineties\b"
    r"|\bninety(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?[- ]year|\bcentenarian\b",
    re.IGNORECASE,
)

PLACE = re.compile(
    r"\b(?:ward|bed|bay|cubicle|side room|theatre|clinic)\b(?! (?:nurse|sister|clerk|manager|staff))", re.IGNORECASE
)
DAY = re.compile(
    r"(?<!every )(?<!each )(?<!first )(?<!second )(?<!third )(?<!fourth )"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(?:yesterday|last night|last week|this morning)\b"
    rf"|\b{DAY_NUMBER}(?:st|nd|rd|th)?(?: of)? {MONTH}"
    r"|(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])",
    re.IGNORECASE,
)


def dates_of_birth(text: str, today: date) -> Iterator[Flag]:
    """A date after DOB or born, and any full date more than fifteen years back."""
    for found in FULL_DATE.finditer(text):
        year = next(group for group in found.groups() if group)
        long_ago = len(year) == 4 and int(year) < today.year - OLDEST_RECENT
        said = BIRTH.search(text, max(0, found.start() - 40), found.start())
        if said or long_ago:
            start = said.start() if said else found.start()
            yield Flag("date_of_birth", HOLD, start, found.end(), _("This looks like a date of birth."))


def ages(text: str) -> list[tuple[int, int, int | None]]:
    """Exact ages of people as (start, end, years); years is None for "in her nineties"."""
    found: list[tuple[int, int, int | None]] = [(match.start(), match.end(), None) for match in NINETIES.finditer(text)]
    for match in AGE.finditer(text):
        years = int(next(group for group in match.groups() if group))
        if years < 120:
            found.append((match.start(), match.end(), years))
    return found


def old_ages(text: str) -> Iterator[Flag]:
    for start, end, years in ages(text):
        if years is None or years > 89:
            yield Flag(
                "age_over_89", WARN, start, end, _("Few people are over 89, so an age can identify one of them.")
            )


def places_and_times(text: str, taken: list[Flag]) -> Iterator[Flag]:
    """A ward, bed or clinic and a day in one sentence. Dates that are already flagged do not count again."""
    for start, end in sentences(text):
        place = PLACE.search(text, start, end)
        day = next(
            (
                found
                for found in DAY.finditer(text, start, end)
                if not any(flag.start <= found.start() < flag.end for flag in taken)
            ),
            None,
        )
        if place and day:
            first, last = min(place.start(), day.start()), max(place.end(), day.end())
            yield Flag("place_and_time", WARN, first, last, _("A place and a day together can identify a patient."))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends; a line's end ends a sentence too."""
    ends = [found.end() for found in re.finditer(r"[.!?]+(?=\s)|\n+", text)]
    starts = [0, *ends]
    return list(zip(starts, [*ends, len(text)], strict=True))
