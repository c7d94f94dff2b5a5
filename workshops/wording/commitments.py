"""A commitment somebody can keep (`domain.md` 3.16): "I will [verb] [what] by [date]"."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from workshops.wording.checks import Check, quoted

MOST_CHARACTERS = 140
USUAL = timedelta(weeks=6)

I_WILL = re.compile(r"\bI(?: will|['’]ll)\b", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:support(?:ing|s)?|be aware of|continue(?: to)?|continuing)\b", re.IGNORECASE)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
WHEN = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b|\b{MONTH} \d{{1,4}}\b|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b(?:by|before|on|in|until|from|this|next|every|each) (?:the )?(?:end of )?(?:next |this )?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|{MONTH}|week|month|year|day|christmas|easter|spring|summer|autumn"
    r"|winter)\b"
    r"|\b(?:today|tonight|tomorrow)\b"
    r"|\b(?:with)?in (?:\d+|a|one|two|three|four|five|six|seven|eight) (?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)


def commitment(text: str, by: date | None = None) -> list[Check]:
    """The checks of a commitment. by: the date if it was given apart from the text."""
    vague = VAGUE.findall(text)
    return [
        Check.of("i_will", bool(I_WILL.search(text)), _("Begin with “I will”.")),
        Check.of("date", by is not None or bool(WHEN.search(text)), _("By when?")),
        Check.of(
            "length",
            len(text) <= MOST_CHARACTERS,
            _("%(count)s characters; a postcard has room for %(most)s.")
            % {"count": len(text), "most": MOST_CHARACTERS},
        ),
        Check.of(
            "vague", not vague, _("What would somebody see you do, in place of %(words)s?") % {"words": quoted(vague)}
        ),
    ]


def usual_date(workshop: date) -> date:
    """The date to offer: six weeks after the workshop."""
    return workshop + USUAL
