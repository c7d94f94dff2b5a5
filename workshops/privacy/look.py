"""The whole check."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workshops.privacy.dates import dates_of_birth, old_ages, places_and_times
from workshops.privacy.flags import HOLD, Flag
from workshops.privacy.names import names
from workshops.privacy.numbers import addresses, contacts, nhs_numbers, other_numbers
from workshops.privacy.rare import identifiable_roles, rare_combinations


def look(text: str, *, people: Iterable[str] = (), today: date | None = None) -> list[Flag]:
    """What in this text might identify a patient or a colleague, in reading order (`domain.md` 5.2).

    people: full names of the workshop's participants, with or without titles; those are colleagues. today: for
    telling a past date from a coming one, by default today in London. Where two checks meet on one stretch, one that
    holds wins over one that warns. The text is not changed; nothing is remembered; any text is accepted.
    """
    today = today or datetime.now(ZoneInfo("Europe/London")).date()
    certain = [
        *nhs_numbers(text),
        *other_numbers(text),
        *dates_of_birth(text, today),
        *addresses(text),
        *names(text, people),
        *contacts(text),
        *old_ages(text),
        *identifiable_roles(text),
    ]
    flags = [*certain, *places_and_times(text, certain), *rare_combinations(text, certain)]
    return sorted((flag for flag in flags if not _outdone(flag, flags)), key=lambda flag: (flag.start, flag.end))


def _outdone(flag: Flag, flags: list[Flag]) -> bool:
    """A phone number, a name or an age within a stretch that is held anyway would say the same thing twice."""
    return flag.kind in ("phone", "staff_name", "nhs_number") and any(
        other.action == HOLD and other is not flag and flag.action != HOLD and flag.overlaps(other) for other in flags
    )
