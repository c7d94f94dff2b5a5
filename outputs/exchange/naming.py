"""Names for what a file has to call by name and nobody has named: numbered in the order in which they were made."""

from django.db.models import QuerySet
from django.utils.text import slugify

from outputs.exchange.run_sheet import usual_blocks
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
    the_run_sheet(workshop)
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


def the_run_sheet(workshop: Workshop) -> None:
    """An activity that was added by hand gets a name, and a block of its own for what people put up there."""
    activities = list(workshop.activities.all())
    taken, blocks = {activity.ref for activity in activities}, {activity.block for activity in activities}
    for activity in activities:
        if activity.ref:
            continue
        number = activity.position
        while (name := f"a{number:02d}") in taken:
            number += 1
        activity.ref = name
        taken.add(name)
        usual = usual_blocks().get(activity.kind, "")
        if (
            not activity.block
            and usual
            and (activity.cards.exists() or activity.themes.exists() or activity.marks.exists())
        ):
            activity.block = f"{usual}_{name}" if usual in blocks or usual.startswith("vote_") else usual
            blocks.add(activity.block)
        activity.save(update_fields=["ref", "block"])
