"""How marks become a result: pure functions from ballots to numbers. No database, no clock, no chance without a seed.

    dots        dot voting, its flags and its natural break          domain.md 3.7
    ranked      approval and Borda                                   domain.md 3.8
    runoff      instant run-off                                      domain.md 3.8
    schulze     Schulze                                              domain.md 3.8
    agreement   gradients of agreement, fist to five                 domain.md 3.13
    criteria    criteria scoring, impact and effort                  domain.md 3.9
    pulse       the statements asked on arrival and at the end       domain.md 3.17
    recount     one vote in a file, counted again

A ballot box is a mapping of a voter's id to that voter's ballot. Ids are strings or numbers, all of one sort within a
vote. Every function leaves its input as it was. A ballot that breaks its vote's rules raises `BallotError`, whose text
can be shown to the voter.
"""

from workshops.tallies.ballots import BallotError

__all__ = ["BallotError"]
