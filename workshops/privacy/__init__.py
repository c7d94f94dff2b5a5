"""Text that must not be shown before a person has looked at it (`domain.md` 5.2 and 5.3).

    look(text)      what might identify a patient or a colleague, and what to do about it
    redact(text)    the text with the middle digits of flagged numbers masked, for a facilitator to judge
    strongest       the one action that the flags ask for together

Software cannot find everything: under every automatic check there is a person who reads.
"""

from workshops.privacy.flags import HOLD, WARN, Flag, redact, strongest
from workshops.privacy.look import look

__all__ = ["HOLD", "WARN", "Flag", "look", "redact", "strongest"]
