"""How good a plan of rounds is, in numbers and in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops.seating.people import HARD, Id, Person, Tables, Wishes


@dataclass(frozen=True)
class Score:
    """What a plan does. Pairs are counted once a round, repeated pairs once.

    Hard: apart_pairs (together though they should not be), misplaced (people not at a table they need), hostless
    (tables where nobody can host), uneven (a round's tables differ by more than one person). role_tables: tables
    where at least two people share a role group. separated: pairs who asked to sit together and do not, once a round.
    cost: all that is unmet, by the weights.
    """

    distinct_pairs: int = 0
    repeat_pairs: int = 0
    same_organisation_pairs: int = 0
    same_role_group_pairs: int = 0
    role_tables: int = 0
    manager_pairs: int = 0
    lonely_new_voices: int = 0
    separated: int = 0
    apart_pairs: int = 0
    misplaced: int = 0
    hostless: int = 0
    uneven: int = 0
    cost: int = 0

    @property
    def keeps_hard_rules(self) -> bool:
        return not (self.apart_pairs or self.misplaced or self.hostless or self.uneven)


def score(
    rounds: Sequence[Tables], people: Sequence[Person], wishes: Wishes | None = None, earlier: Iterable[Tables] = ()
) -> Score:
    """Scores rounds that anybody made. Ids in a round that are not on the list of people are passed over.

    earlier: rounds already sat; meeting again counts as a repeat, and nothing else of them counts.
    """
    wishes = wishes or Wishes()
    by_id = {person.id: person for person in people}
    before, met = _meetings(earlier, by_id.keys()), _meetings(rounds, by_id.keys())
    together = {frozenset(pair) for pair in wishes.together}
    again = {pair: (before[pair], before[pair] + times) for pair, times in met.items() if pair not in together}
    counts: Counter[str] = Counter(
        distinct_pairs=len(met),
        repeat_pairs=sum(after > 1 for _before, after in again.values()),
        apart_pairs=sum(met[frozenset(pair)] for pair in wishes.apart),
    )
    for tables in rounds:
        for label, ids in tables.items():
            counts.update(_table(label, [by_id[person] for person in ids if person in by_id]))
        sizes = [len(ids) for ids in tables.values()]
        counts["uneven"] += max(sizes, default=0) - min(sizes, default=0) > 1
        at = {person: label for label, ids in tables.items() for person in ids if person in by_id}
        counts["separated"] += sum(len({at[person] for person in pair}) > 1 for pair in together if pair <= at.keys())
    repeats = sum(comb(after, 2) - comb(earlier_times, 2) for earlier_times, after in again.values())
    return Score(**counts, cost=wishes.weights.repeat * repeats + _cost(counts, wishes))


def _meetings(rounds: Iterable[Tables], known: Iterable[Id]) -> Counter[frozenset[Id]]:
    """How often each two of the known people shared a table."""
    here = set(known)
    return Counter(
        frozenset(pair)
        for tables in rounds
        for ids in tables.values()
        for pair in combinations([person for person in ids if person in here], 2)
    )


def _table(label: str, present: Sequence[Person]) -> dict[str, int]:
    """What one table in one round adds to the counts."""
    pairs = list(combinations(present, 2))
    roles = sum(one.role_group is not None and one.role_group == other.role_group for one, other in pairs)
    new = [person for person in present if person.new_voice]
    return {
        "same_organisation_pairs": sum(
            one.organisation is not None and one.organisation == other.organisation for one, other in pairs
        ),
        "same_role_group_pairs": roles,
        "role_tables": int(roles > 0),
        "manager_pairs": sum(one.id == other.manager or other.id == one.manager for one, other in pairs),
        "lonely_new_voices": int(len(new) == 1 and not any(person.briefed for person in present)),
        "misplaced": sum(bool(person.tables) and label not in person.tables for person in present),
        "hostless": int(bool(present) and not any(person.can_host for person in present)),
    }


def _cost(counts: Counter[str], wishes: Wishes) -> int:
    weights = wishes.weights
    return (
        HARD * (counts["apart_pairs"] + counts["misplaced"] + counts["hostless"] + counts["uneven"])
        + weights.organisation * counts["same_organisation_pairs"]
        + weights.role_group * counts["same_role_group_pairs"]
        + weights.manager * counts["manager_pairs"]
        + weights.new_voice * counts["lonely_new_voices"]
        + weights.together * counts["separated"]
    )


def in_words(score: Score) -> list[str]:
    """The score as sentences for a facilitator: a broken hard rule first, then how well people are mixed."""
    sentences = [text % {"n": number} for number, text in _hard(score) if number]
    sentences.append(_meeting_again(score.repeat_pairs))
    if not score.same_organisation_pairs:
        sentences.append(_("No table has two people from one organisation."))
    return [*sentences, *(text % {"n": number} for number, text in _soft(score) if number)]


def _hard(score: Score) -> list[tuple[int, str]]:
    place, apart, host, size = score.misplaced, score.apart_pairs, score.hostless, score.uneven
    return [
        (place, ngettext("%(n)s seat is not at a table that the person needs.",
                         "%(n)s seats are not at a table that the person needs.", place)),
        (apart, ngettext("%(n)s pair who should be apart shares a table.",
                         "%(n)s pairs who should be apart share a table.", apart)),
        (host, ngettext("%(n)s table has nobody who can host.", "%(n)s tables have nobody who can host.", host)),
        (size, ngettext("In %(n)s round the tables differ by more than one person.",
                        "In %(n)s rounds the tables differ by more than one person.", size)),
    ]  # fmt: skip


def _meeting_again(pairs: int) -> str:
    if not pairs:
        return _("Nobody meets twice.")
    return ngettext("%(n)s pair meets more than once.", "%(n)s pairs meet more than once.", pairs) % {"n": pairs}


def _soft(score: Score) -> list[tuple[int, str]]:
    organisation, manager, role = score.same_organisation_pairs, score.manager_pairs, score.role_tables
    lonely, separated = score.lonely_new_voices, score.separated
    return [
        (organisation, ngettext("%(n)s pair from one organisation shares a table.",
                                "%(n)s pairs from one organisation share a table.", organisation)),
        (manager, ngettext("%(n)s person sits with their manager.", "%(n)s people sit with their manager.", manager)),
        (role, ngettext("%(n)s table has people with the same role.",
                        "%(n)s tables have people with the same role.", role)),
        (lonely, ngettext("At %(n)s table a patient or carer partner has no briefed neighbour.",
                          "At %(n)s tables a patient or carer partner has no briefed neighbour.", lonely)),
        (separated, ngettext("%(n)s pair who asked to sit together does not.",
                             "%(n)s pairs who asked to sit together do not.", separated)),
    ]  # fmt: skip
