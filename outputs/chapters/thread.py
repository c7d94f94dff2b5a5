"""The unbroken line: from what was agreed back to the words it grew from, and how many people said them."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum

from activities.kind import kind_of
from workshops.models import Card, Plan, Priority, Value, Workshop


@dataclass
class Thread:
    """What one plan, or one value, grew from. `people` are ids, for counting only."""

    stories: int = 0
    values: list[str] = field(default_factory=list)
    themes: int = 0
    dots: int = 0
    voters: int = 0
    organisations: int = 0
    actions: int = 0
    people: set[int] = field(default_factory=set)


def authors(cards) -> set[int]:
    """Whose words these cards are: their authors; for a card of a table, everybody who sat there."""
    cards = list(cards)
    found = {card.participant_id for card in cards if card.participant_id}
    tables = {card.table_id for card in cards if card.table_id and not card.participant_id}
    return found | {seat.participant_id for card in cards if card.table_id in tables for seat in card.table.seats.all()}


def with_tables(cards):
    return cards.select_related("table").prefetch_related("table__seats")


def of_value(value: Value) -> Thread:
    """The ideas in the group that the value grew from, and the dots that the group was given."""
    if value.theme is None:
        return Thread()
    cards = list(with_tables(value.theme.cards.standing()))
    given = value.theme.marks.filter(activity__state="closed").aggregate(
        dots=Sum("value"), voters=Count("participant", distinct=True)
    )
    return Thread(themes=len(cards), dots=int(given["dots"] or 0), voters=given["voters"], people=authors(cards))


def of_plan(plan: Plan, votes: dict[int, "Votes"]) -> Thread:
    """Stories, values, themes and dots behind one plan."""
    themes = list(with_tables(plan.priority.cards.all()).prefetch_related("grew_from"))
    stories = {story.pk: story for theme in themes for story in theme.grew_from.all()}
    found = Thread(
        stories=len(stories),
        values=[value.name for value in plan.values.all()],
        themes=len(themes),
        actions=len(plan.actions.all()),
        people=authors(themes) | authors(with_tables(Card.objects.filter(pk__in=stories))),
    )
    given = together(votes[theme.pk] for theme in themes if theme.pk in votes)
    found.dots, found.voters, found.organisations = given.dots, given.supporters, given.spread
    seats = plan.table.seats.all() if plan.table else []
    found.people |= {seat.participant_id for seat in seats}
    return found


@dataclass
class Votes:
    """What one theme of the long list was given, once the vote was closed."""

    dots: int = 0
    people: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)

    @property
    def supporters(self) -> int:
        return len(self.people)

    @property
    def spread(self) -> int:
        return len(self.organisations)


def together(given) -> Votes:
    """What several themes that became one priority were given."""
    found = Votes()
    for one in given:
        found.dots += one.dots
        found.people |= one.people
        found.organisations |= one.organisations
    return found


def votes_on(workshop: Workshop) -> dict[int, Votes]:
    """card pk -> what it was given in the first closed vote on the long list; open tallies are never told."""
    found: dict[int, Votes] = {}
    closed = workshop.activities.filter(state="closed", stage="priorities").exclude(draws_on=None).order_by("position")
    for activity in closed:
        if not kind_of(activity).votes:
            continue
        marks = activity.marks.filter(value__gt=0).exclude(card=None)
        facts = ("card_id", "value", "participant_id", "participant__organisation_id")
        for card, dots, person, organisation in marks.values_list(*facts):
            given = found.setdefault(card, Votes())
            given.dots += int(dots)
            given.people.add(person)
            given.organisations.add(organisation)
        break
    return found


def words_in_agreements(workshop: Workshop) -> int:
    """How many people's words are in what was agreed, through every thread (`domain.md` 4.1)."""
    cards = with_tables(
        Card.objects.filter(activity__workshop=workshop).filter(
            pk__in={
                *Card.objects.filter(themes__values__workshop=workshop).values_list("pk", flat=True),
                *Card.objects.filter(purposes__workshop=workshop).values_list("pk", flat=True),
                *Card.objects.filter(priorities__workshop=workshop, priorities__decision=Priority.AGREED).values_list(
                    "pk", flat=True
                ),
                *Card.objects.filter(
                    grew_into__priorities__workshop=workshop, grew_into__priorities__decision=Priority.AGREED
                ).values_list("pk", flat=True),
                *Card.objects.filter(behaviours__value__workshop=workshop).values_list("pk", flat=True),
            }
        )
    )
    return len(authors(cards))
