"""A workshop with `many` of everything, whatever the kind: for the tests that hold every kind to its contract."""

from datetime import date

from tests import factories
from workshops.models import Commitment, Driver, Plan, Priority, Purpose, Value


def workshop_with(many: int, kind: str, network):
    """An activity of `kind` in a workshop that has `many` people, cards, themes and marks, and what was agreed.

    Returns (activity, participant); the participant is at a table and has a card of their own.
    """
    workshop = factories.make_workshop(network, template="")
    people = [factories.join(workshop, f"Person {n}", f"Organisation {n % 3}") for n in range(max(many, 1))]
    round_ = workshop.rounds.create(number=1, label="Round 1", by_interest=True)
    for number, person in enumerate(people):
        factories.seat(round_, f"T{number // 7 + 1}", person)
    source = factories.make_activity(workshop, "capture", seating=round_, ref="source")
    cards = [
        source.put_up(f"Idea {n} of the room", by=people[n % len(people)], fields={"description": "In a year"})
        for n in range(many)
    ]
    for number in range(min(many, 9)):
        theme = source.themes.create(name=f"Theme {number}", gist="One line", position=number)
        theme.cards.add(*cards[number::9])
    this = factories.make_activity(workshop, kind, seating=round_, draws_on=source)
    agreed(workshop, many, people, cards, round_)
    this = factories.open_(this)
    for number in range(many):
        this.put_up(f"Card {number}", by=people[number], sharing="report_with_role", fields={"key_words": ["journey"]})
        this.cast(number % 4 + 1, by=people[number], card=cards[number % len(cards)])
        Commitment.objects.create(
            workshop=workshop, activity=this, participant=people[number], text="I will ring", by=date(2026, 10, 8)
        )
    return this, people[0]


def agreed(workshop, many, people, cards, round_):
    """Fewer than the most of each, so that every form is there however many."""
    for number in range(many):
        Driver.objects.create(network=workshop.network, title=f"Driver {number}", status="to_check")
    for number in range(min(many, 3)):
        value = Value.objects.create(workshop=workshop, name=f"Value {number}", position=number)
        value.add("Pick up the phone", will=True)
    for number in range(min(many, 3)):
        priority = Priority.objects.create(workshop=workshop, title=f"Priority {number}", position=number)
        priority.cards.add(cards[number])
        plan = Plan.begin(priority, round_.tables.first())
        plan.fill_in(ambition="By September all five", measures=[{"name": "Waits", "target": "96%"}])
        plan.actions.create(text="Agree a dictionary", lead=people[0], by=date(2026, 11, 30))
    if many:
        Purpose.objects.create(workshop=workshop, number=1, text="We exist so that nobody waits.", status="working")
