"""What stands before the day begins: the network, its people, who sits where, and the run sheet."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from outputs.exchange.run_sheet import lay_out_sheet
from workshops.days import lay_out
from workshops.library import load_national, national
from workshops.models import (
    AccessNeed,
    Driver,
    Network,
    OpenQuestion,
    Organisation,
    Participant,
    ReviewDate,
    Round,
    Seat,
    Table,
    Workshop,
)

Row = Mapping[str, Any]

STATES = {
    "draft": Workshop.DRAFT,
    "open": Workshop.DRAFT,
    "running": Workshop.RUNNING,
    "closed": Workshop.CLOSED,
    "completed": Workshop.CLOSED,
    "locked": Workshop.LOCKED,
    "cleaned": Workshop.LOCKED,
}
# What has a column of its own; all other keys of these blocks stand in `facts`.
EVENT_COLUMNS = ("id", "title", "network", "template", "date", "start", "end", "question_for_the_day")
NETWORK_COLUMNS = ("id", "name", "short_name", "about")
ORGANISATION_COLUMNS = ("id", "name", "short", "type")


def known_names(day: Row) -> dict[str, Iterable[str]]:
    """Names that a file may use although they stand elsewhere: in the library, or in the network as it is here."""
    block = day.get("network")
    network = network_called(str(block.get("id", "")) if isinstance(block, dict) else "")
    drivers = list(network.drivers.exclude(ref="")) if network else []
    return {
        "national_priority": {card["id"] for card in national()["cards"]}
        | {one.ref for one in drivers if not one.is_local},
        "local_priority": {one.ref for one in drivers if one.is_local},
    }


def network_called(ref: str) -> Network | None:
    return Network.objects.filter(ref=ref).order_by("pk").first() if ref else None


def set_up(day: Row, *, rehearsal: bool = False) -> Workshop:
    """A new workshop with everything that is known before it begins. Call inside keep()."""
    network = the_network(day)
    bodies = the_organisations(network, day["organisations"])
    the_drivers(network, bodies, day)
    workshop = the_workshop(network, day["event"], rehearsal)
    here = None if rehearsal or workshop.state == Workshop.DRAFT else doors(day["event"])
    people = the_people(workshop, bodies, day["participants"], here)
    for need in day.get("access_needs", []):
        more = without(need, ("participant", "need"))
        AccessNeed.objects.create(participant=people[need["participant"]], need=need["need"], facts=more)
    the_seating(workshop, people, day)
    if "run_sheet" in day:
        lay_out_sheet(workshop, day["run_sheet"])
    else:
        lay_out(workshop, workshop.template)
    for question in day.get("parking_lot", []):
        owner, by = people.get(question.get("owner", "")), question.get("answer_by")
        OpenQuestion.objects.create(workshop=workshop, text=question["text"], owner=owner, answer_by=by)
    for review in day.get("review_dates", []):
        format_ = review.get("format", "")
        ReviewDate.objects.create(workshop=workshop, on=review["date"], what=review["what"], format=format_)
    return workshop


def without(row: Row, keys: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def doors(event: Row) -> datetime:
    at = time.fromisoformat(event.get("doors_open") or event["start"])
    return timezone.make_aware(datetime.combine(event["date"], at))


def the_network(day: Row) -> Network:
    """The network of that name here, as it is; or a new one with the national library."""
    block = day["network"]
    network = network_called(block["id"])
    if network is None:
        network = Network.objects.create(
            ref=block["id"],
            name=block["name"],
            short_name=block.get("short_name", ""),
            about=block.get("about", ""),
            facts=without(block, NETWORK_COLUMNS),
        )
        load_national(network)
    return network


def the_organisations(network: Network, blocks: Iterable[Row]) -> dict[str, Organisation]:
    """ref -> organisation: those that the network has, by ref or else by name, and new ones."""
    has = list(network.organisations.all())
    by_ref, by_name = {one.ref: one for one in has if one.ref}, {one.name: one for one in has}
    found = {}
    for block in blocks:
        found[block["id"]] = (
            by_ref.get(block["id"])
            or by_name.get(block["name"])
            or Organisation.objects.create(
                network=network,
                ref=block["id"],
                name=block["name"],
                short=block.get("short", ""),
                type=block.get("type", ""),
                facts=without(block, ORGANISATION_COLUMNS),
            )
        )
    return found


def the_drivers(network: Network, bodies: Mapping[str, Organisation], day: Row) -> None:
    """National and local priorities that the network does not have yet."""
    has = set(network.drivers.exclude(ref="").values_list("ref", flat=True))
    if any(name not in has for name in national_in(day)):
        load_national(network)
    for position, card in enumerate(day.get("national_priorities", []), start=1):
        if card["id"] not in has:
            more = without(card, ("id",))
            Driver.objects.create(network=network, ref=card["id"], position=position, **more)
    for position, one in enumerate(day.get("local_priorities", []), start=1):
        if one["id"] not in has:
            body = bodies[one["org"]]
            Driver.objects.create(
                network=network, ref=one["id"], organisation=body, title=one["text"], position=position
            )


def national_in(day: Row) -> set[str]:
    own = {card["id"] for card in day.get("national_priorities", [])}
    rows = [*day.get("priority_themes", []), *day.get("action_plans", [])]
    return {name for row in rows for name in row.get("national", [])} - own


def the_workshop(network: Network, event: Row, rehearsal: bool) -> Workshop:
    columns = (*EVENT_COLUMNS, "venue")
    venue = event.get("venue", {})
    more = without(event, columns) | ({"venue": without(venue, ["name"])} if venue else {})
    return Workshop.objects.create(
        network=network,
        ref=event["id"],
        title=event["title"],
        template=event.get("template", ""),
        date=event["date"],
        starts_at=time.fromisoformat(event["start"]),
        ends_at=time.fromisoformat(event["end"]) if "end" in event else None,
        question=event.get("question_for_the_day", ""),
        venue=venue.get("name", ""),
        facts={"event": more},
        state=Workshop.DRAFT if rehearsal else STATES[event.get("status", "draft")],
        rehearsal=rehearsal,
    )


def the_people(
    workshop: Workshop, bodies: Mapping[str, Organisation], blocks: Iterable[Row], here: datetime | None
) -> dict[str, Participant]:
    made = Participant.objects.bulk_create(
        Participant(
            workshop=workshop,
            ref=block["id"],
            name=block["name"],
            organisation=bodies[block["org"]],
            role=block.get("role", ""),
            role_group=block.get("role_group", ""),
            channel=block.get("channel", Participant.PHONE),
            facts={"years": block["years"]} if "years" in block else {},
            joined_at=here,
        )
        for block in blocks
    )
    return {person.ref: person for person in made}


def the_seating(workshop: Workshop, people: Mapping[str, Participant], day: Row) -> None:
    hosts = {one["round"]: one for one in day.get("table_hosts", [])}
    for block in day.get("seating", []):
        number, by_interest = block["round"], block.get("by") == "interest"
        round_ = Round.objects.create(
            workshop=workshop, number=number, label=block.get("stage", ""), by_interest=by_interest
        )
        for label, seated in block["tables"].items():
            host = people.get(hosts.get(number, {}).get(label, ""))
            table = Table.objects.create(round=round_, label=label, host=host)
            Seat.objects.bulk_create(Seat(round=round_, table=table, participant=people[ref]) for ref in seated)
