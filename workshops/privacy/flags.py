"""What a check says about a stretch of text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

HOLD: Literal["hold"] = "hold"
WARN: Literal["warn"] = "warn"
Action = Literal["hold", "warn"]


@dataclass(frozen=True)
class Flag:
    """text[start:end] might identify somebody.

    kind: nhs_number, hospital_number, national_insurance_number, date_of_birth, postcode, address, person_name,
    staff_name, phone, email, age_over_89, place_and_time, rare_combination or identifiable_role.
    action: "hold" keeps the text from the big screen and the report until a facilitator has decided; "warn" asks the
    writer. why: one sentence for the reader.
    """

    kind: str
    action: Action
    start: int
    end: int
    why: str

    def overlaps(self, other: "Flag") -> bool:
        return self.start < other.end and other.start < self.end


def strongest(flags: Iterable[Flag]) -> Action | None:
    """ "hold" if any flag holds, "warn" if any warns, None for text without flags."""
    actions = {flag.action for flag in flags}
    if HOLD in actions:
        return HOLD
    return WARN if actions else None


IDENTIFIERS = frozenset(
    ["nhs_number", "hospital_number", "national_insurance_number", "date_of_birth", "postcode", "phone"]
)


def redact(text: str, flags: Iterable[Flag]) -> str:
    """The text with the middle digits of flagged numbers and dates masked: "999 000 0018" becomes "99• ••• ••18".

    The first two and last two digits stay, so that a facilitator can find the paper; of four digits or fewer only the
    first stays. Words and ages stay, for they have to be judged; the text keeps its length.
    """
    letters = list(text)
    for flag in flags:
        if flag.kind not in IDENTIFIERS:
            continue
        digits = [place for place in range(flag.start, flag.end) if letters[place].isdigit()]
        hidden = digits[2:-2] if len(digits) > 4 else digits[1:]
        for place in hidden:
            letters[place] = "•"
    return "".join(letters)
