"""Small facts that together point to one person, and roles that only one person has."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from workshops.privacy import words
from workshops.privacy.dates import MONTH, ages
from workshops.privacy.flags import HOLD, WARN, Flag

# "May" and "March" need something beside them that makes them months.
A_MONTH = re.compile(
    rf"\b(?:(?i:last|this|in|since|during|early|late|mid|of|until|before|after)|\d{{1,2}}(?:st|nd|rd|th)?) {MONTH}"
    rf"|\b{MONTH} (?:19|20)\d\d\b"
)
FACTS = {
    "condition": re.compile(rf"\b(?:{words.RARE_CONDITIONS})", re.IGNORECASE),
    "place": re.compile(rf"\b(?:{words.SMALL_PLACES})\b", re.IGNORECASE),
    "month": A_MONTH,
    "job or event": re.compile(rf"\b(?:{words.JOBS}|{words.EVENTS})\b", re.IGNORECASE),
}
ROLE = re.compile(
    rf"\b(?:{words.JOBS}|{words.LEADERS})['’]s (?:{words.RELATIVES})\b"
    rf"|\b(?:{words.RELATIVES}) of (?:the|our|a) (?:{words.JOBS}|{words.LEADERS})\b",
    re.IGNORECASE,
)


def rare_combinations(text: str, taken: list[Flag]) -> Iterator[Flag]:
    """Two or more of: exact age, small place, rare condition, month, unusual job or event (`domain.md` 5.2).

    One flag for the text, from the first fact to the last. Facts within a stretch already flagged do not count.
    """
    spans = {"age": [(start, end) for start, end, years in ages(text) if years is not None]}
    spans |= {fact: [found.span() for found in pattern.finditer(text)] for fact, pattern in FACTS.items()}
    free = [
        [span for span in found if not any(flag.start <= span[0] < flag.end for flag in taken)]
        for found in spans.values()
    ]
    facts = [found[0] for found in free if found]
    if len(facts) >= 2:
        why = _("Together these details could point to one person.")
        yield Flag(
            "rare_combination", HOLD, min(start for start, _end in facts), max(end for _start, end in facts), why
        )


def identifiable_roles(text: str) -> Iterator[Flag]:
    for found in ROLE.finditer(text):
        why = _("Only one person may have this role, so people will know who is meant.")
        yield Flag("identifiable_role", WARN, found.start(), found.end(), why)
