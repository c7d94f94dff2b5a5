"""Names for what a file has to call by name and nobody has named: numbered in the order in which they were made."""

from django.db.models import QuerySet
from django.utils.text import slugify

from workshops.models import Action, Card, Theme, Workshop


def give_names(workshop: Workshop) -> None:
    """Every ref that is empty gets one that nothing else here has. An export does this and takes it back afterwards."""
    network = workshop.network
    if not network.ref:
        network.ref = slugify(network.short_name or network.name)[:40].strip("-") or "network"
        network.save(update_fields=["ref"])
    if not workshop.ref:
        workshop.ref = f"ws-{workshop.date.isoformat()}-{network.ref}"[:40]
        workshop.save(update_fields=["ref"])
    cards = Card.objects.filter(activity__workshop=workshop)
    themes = Theme.objects.filter(activity__workshop=workshop)
    actions = Action.objects.filter(plan__workshop=workshop)
    things: list[tuple[QuerySet, str]] = [
        (network.organisations.all(), "org"),
        (network.drivers.filter(organisation=None), "np"),
        (network.drivers.exclude(organisation=None), "lp"),
        (workshop.participants.all(), "p"),
        (cards, "c"),
        (themes, "th"),
        (workshop.values.all(), "val"),
        (workshop.purposes.all(), "pv"),
        (workshop.priorities.all(), "pr"),
        (workshop.plans.all(), "ap"),
        (actions, "act"),
    ]
    taken = {ref for things_of_a_sort, _prefix in things for ref in things_of_a_sort.values_list("ref", flat=True)}
    for things_of_a_sort, prefix in things:
        _number(things_of_a_sort, prefix, taken)


def _number(things: QuerySet, prefix: str, taken: set[str]) -> None:
    number = 0
    for thing in things.order_by("pk"):
        number += 1
        if thing.ref:
            continue
        while (name := f"{prefix}{number:02d}") in taken:
            number += 1
        thing.ref = name
        taken.add(name)
        thing.save(update_fields=["ref"])
