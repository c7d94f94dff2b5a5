"""Who sits where, as pure functions over people's facts (`domain.md` 3.20).

    mix          mixed tables for several rounds
    mend         later rounds, after somebody came or did not come
    groups       interest groups
    score        how good any plan is; in_words says it to a facilitator

Rounds are mappings of a table's label to the ids of the people at it. The search can take seconds: run it outside a
transaction.
"""

from workshops.seating.interest import Groups, groups
from workshops.seating.mend import Mended, mend
from workshops.seating.mixed import Plan, hosts, mix
from workshops.seating.people import Person, SeatingError, Weights, Wishes
from workshops.seating.score import Score, in_words, score

__all__ = [
    "Groups",
    "Mended",
    "Person",
    "Plan",
    "Score",
    "SeatingError",
    "Weights",
    "Wishes",
    "groups",
    "hosts",
    "in_words",
    "mend",
    "mix",
    "score",
]
