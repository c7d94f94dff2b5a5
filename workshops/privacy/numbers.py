"""Numbers and addresses that stand for one person: patterns, and the NHS number's check digit."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from workshops.privacy.flags import HOLD, WARN, Flag

GAP = r"[ \u00a0\u2009\u2010-\u2013-]?"  # a space or a hyphen of any width, or nothing
NHS = re.compile(rf"(?<!\d)\d{{3}}{GAP}\d{{3}}{GAP}\d{{4}}(?!\d)")
HOSPITAL = re.compile(
    r"\b(?:MRN|hosp(?:ital)?\.? ?(?:number|num|no)\b|unit ?(?:number|no)\b)[^\d\n]{0,12}(?<!\d)\d{5,9}(?!\d)",
    re.IGNORECASE,
)
INSURANCE = re.compile(
    r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b[a-z]{2}\d{6}[a-d]\b",
)
PHONE = re.compile(r"(?<![\d+])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)(?:[ ()-]{0,2}\d){9,10}(?!\d)")
EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX "
    "FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN "
    "NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB "
    "W WA WC WD WF WN WR WS WV YO ZE ZZ"
)
POSTCODE = re.compile(rf"\b(?:{'|'.join(AREAS.split())})\d[A-Z\d]? ?\d[A-Z]{{2}}\b", re.IGNORECASE)
# "b12 5mg" and "ward e2 3rd bay" are not postcodes; in capitals they might be.
UNIT = re.compile(r"\d(?:st|nd|rd|th|am|pm|mg|ml|mm|cm|km|kg|hr)$")
STREET = re.compile(
    r"\b\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'’-]*,? ){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Close|Avenue|Ave|Drive|Crescent|Terrace|Gardens|Grove|Court|Way|Place|Row|Hill)\b"
)
# Typed without capitals only the unmistakable words count, and "5 miles down the road" is no address.
NO_STREET = "the|a|an|of|in|on|down|up|by|per|miles?|minutes?|more|to|and|for|from|new"
SMALL_STREET = re.compile(
    rf"\b\d{{1,4}}[a-z]?,? (?:(?!(?:{NO_STREET})\b)[a-z'’-]+ ){{1,2}}(?:street|road|lane|avenue)\b",
    re.IGNORECASE,
)


def nhs_check_digit(nine: str) -> int | None:
    """The tenth digit for the first nine by modulus 11, or None where no valid number exists (`domain.md` 5.3)."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = 11 - total % 11
    return None if check == 10 else check % 11


def is_nhs_number(text: str) -> bool:
    """Whether the ten digits in this text, spaces and hyphens aside, pass modulus 11."""
    digits = [letter for letter in text if letter.isdecimal()]
    return len(digits) == 10 and nhs_check_digit("".join(digits[:9])) == int(digits[9])


def nhs_numbers(text: str) -> Iterator[Flag]:
    for found in NHS.finditer(text):
        if not is_nhs_number(found.group()):
            continue
        if len({letter for letter in found.group() if letter.isdecimal()}) == 1:
            # ten equal digits always pass: a weak match
            yield _flag("nhs_number", WARN, found, _("This could be an NHS number."))
        else:
            yield _flag("nhs_number", HOLD, found, _("This looks like an NHS number."))


def other_numbers(text: str) -> Iterator[Flag]:
    for found in HOSPITAL.finditer(text):
        yield _flag("hospital_number", HOLD, found, _("This looks like a hospital number."))
    for found in INSURANCE.finditer(text):
        why = _("This looks like a National Insurance number.")
        yield _flag("national_insurance_number", HOLD, found, why)


def addresses(text: str) -> Iterator[Flag]:
    for found in POSTCODE.finditer(text):
        if not UNIT.search(found.group()):
            yield _flag("postcode", HOLD, found, _("This looks like a postcode."))
    places = [*STREET.finditer(text), *SMALL_STREET.finditer(text)]
    ends: set[int] = set()
    for found in places:
        if found.end() not in ends:
            ends.add(found.end())
            yield _flag("address", HOLD, found, _("This looks like somebody’s address."))


def contacts(text: str) -> Iterator[Flag]:
    for found in PHONE.finditer(text):
        yield _flag("phone", WARN, found, _("This looks like a phone number."))
    for found in EMAIL.finditer(text):
        yield _flag("email", WARN, found, _("This looks like an email address."))


def _flag(kind: str, action: str, found: re.Match[str], why: str) -> Flag:
    return Flag(kind, HOLD if action == HOLD else WARN, found.start(), found.end(), why)
