"""Mixed tables for a workshop: what seating may know of its people, and what it finds written into the rounds."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from workshops.models import AccessNeed, Participant, Round, Workshop
from workshops.seating import Person, Plan, SeatingError, Wishes, in_words, mend, mix, score

APART = "apart"


def persons(people: Iterable[Participant]) -> list[Person]:
    """Organisation, role group, and what access needs ask of a table. Nothing else about anybody is used."""
    people = list(people)
    asked: dict[int, dict] = {}
    for need in AccessNeed.objects.filter(participant__in=people):
        asked.setdefault(need.participant_id, {}).update(need.facts)
    return [
        Person(
            id=one.pk,
            organisation=one.organisation_id,
            role_group=one.role_group or one.role.casefold() or None,
            tables=frozenset(asked.get(one.pk, {}).get("pin_tables", [])),
            can_host=asked.get(one.pk, {}).get("scribe", True),
        )
        for one in people
    ]


def apart_pairs(workshop: Workshop) -> list[list[int]]:
    return workshop.facts.get(APART, [])


def wishes(workshop: Workshop) -> Wishes:
    return Wishes(apart=tuple((one, other) for one, other in apart_pairs(workshop)))


def keep_apart(workshop: Workshop, one: int, other: int, apart: bool = True) -> None:
    """Two people who never share a table (or may again)."""
    pair = sorted((one, other))
    pairs = [found for found in apart_pairs(workshop) if found != pair]
    workshop.facts = {**workshop.facts, APART: [*pairs, pair] if apart else pairs}
    workshop.save(update_fields=["facts"])


def seated(round_: Round) -> dict[str, list[int]]:
    """Table label -> ids of the people at it."""
    found: dict[str, list[int]] = {table.label: [] for table in round_.tables.all()}
    for label, person in round_.seats.values_list("table__label", "participant_id"):
        found[label].append(person)
    return found


def mixed_rounds(workshop: Workshop) -> list[Round]:
    return list(workshop.rounds.filter(by_interest=False))


def plan(workshop: Workshop, people: Iterable[Participant], size: int, seed: int = 0) -> Plan:
    """Tables of at most `size` for every round in which nobody has sat down. Takes seconds: not inside a transaction.

    Raises SeatingError, in words for the facilitator.
    """
    crowd = persons(people)
    labels = [f"T{number}" for number in range(1, max(1, -(-len(crowd) // size)) + 1)]
    rounds = mixed_rounds(workshop)
    earlier = [seated(one) for one in rounds if one.is_sat]
    return mix(crowd, labels, len(rounds) - len(earlier), wishes=wishes(workshop), earlier=earlier, seed=seed)


def mended(workshop: Workshop, people: Iterable[Participant]) -> Plan:
    """The tables as they are, fitted to these people by moving as few as can be. Raises SeatingError."""
    rounds = [(one, seated(one)) for one in mixed_rounds(workshop)]
    earlier = [tables for one, tables in rounds if one.is_sat]
    waiting = [tables for one, tables in rounds if not one.is_sat]
    if not all(waiting):
        raise SeatingError(_("There are no tables yet: make them first."))
    return mend(waiting, persons(people), wishes=wishes(workshop), earlier=earlier).plan


def take(workshop: Workshop, found: Plan) -> None:
    """Write a plan into the rounds in which nobody has sat down. Call inside write()."""
    waiting = [one for one in mixed_rounds(workshop) if not one.is_sat]
    for round_, tables, hosts in zip(waiting, found.rounds, found.hosts, strict=False):
        round_.seat(tables, hosts)


def words(workshop: Workshop) -> list[str]:
    """How good the tables are as they stand, in sentences; none where there are no tables."""
    rounds = [tables for one in mixed_rounds(workshop) if (tables := seated(one))]
    people = workshop.participants.filter(removed_at=None)
    return in_words(score(rounds, persons(people), wishes(workshop))) if rounds else []
