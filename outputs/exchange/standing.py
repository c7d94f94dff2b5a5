"""The blocks that stand in models of their own: the day, the network, its people, who sits where, what stays open."""

from typing import Any

from django.utils.text import slugify

from outputs.exchange.keeping import from_json
from outputs.exchange.run_sheet import sheet_of
from outputs.exchange.setting_up import STATES
from workshops.library import national
from workshops.models import Workshop

STATUSES = {
    Workshop.DRAFT: "draft",
    Workshop.RUNNING: "running",
    Workshop.CLOSED: "completed",
    Workshop.LOCKED: "locked",
}


def standing(workshop: Workshop, access_needs: bool) -> dict[str, Any]:
    """Everything here has a ref (`naming.give_names`)."""
    network = workshop.network
    people = list(workshop.participants.filter(removed_at=None).select_related("organisation"))
    return {
        "event": event(workshop),
        "network": {
            "id": network.ref,
            "name": network.name,
            "short_name": network.short_name,
            "about": network.about,
            **from_json(network.facts),
        },
        "organisations": [
            {"id": body.ref, "name": body.name, "short": body.short, "type": body.type, **from_json(body.facts)}
            for body in network.organisations.all()
        ],
        **the_people(workshop, people),
        "access_needs": [
            {"participant": person.ref, "need": need.need, **from_json(need.facts)}
            for person in people
            for need in person.access_needs.all()
        ]
        if access_needs
        else [],
        "national_priorities": national_priorities(workshop),
        "local_priorities": [
            {"id": one.ref, "org": one.organisation.ref, "text": one.title}
            for one in network.drivers.exclude(organisation=None).select_related("organisation").order_by("pk")
        ],
        "run_sheet": sheet_of(workshop),
        **seating(workshop),
        "parking_lot": [
            {"text": one.text, "owner": one.owner and one.owner.ref, "answer_by": one.answer_by}
            for one in workshop.open_questions.select_related("owner")
        ],
        "review_dates": [
            {"date": one.on, "what": one.what, "format": one.format} for one in workshop.review_dates.all()
        ],
    }


def event(workshop: Workshop) -> dict[str, Any]:
    facts = from_json(workshop.facts.get("event", {}))
    venue = facts.pop("venue", {})
    said = facts.pop("status", "")
    return {
        "id": workshop.ref,
        "title": workshop.title,
        "network": workshop.network.ref,
        "template": workshop.template,
        "date": workshop.date,
        "start": f"{workshop.starts_at:%H:%M}",
        "end": f"{workshop.ends_at:%H:%M}" if workshop.ends_at else None,
        "venue": {"name": workshop.venue, **venue} if workshop.venue else None,
        "question_for_the_day": workshop.question,
        **facts,
        "status": said if STATES.get(said) == workshop.state else STATUSES[workshop.state],
    }


def the_people(workshop: Workshop, people: list) -> dict[str, Any]:
    """Participants, and the role groups that a file did not bring along."""
    labels = {row["id"] for row in workshop.facts.get("role_groups", [])}
    new = sorted({person.role_group for person in people if person.role_group} - labels)
    called = {label: slugify(label)[:40].strip("-") or f"group-{number}" for number, label in enumerate(new)}
    rows = [
        {
            "id": person.ref,
            "name": person.name,
            "org": person.organisation.ref,
            "role": person.role,
            "role_group": called.get(person.role_group, person.role_group),
            "years": person.facts.get("years"),
            "channel": person.channel if person.channel != person.PHONE else None,
        }
        for person in people
    ]
    return {"role_groups": [{"id": called[label], "label": label} for label in new], "participants": rows}


def national_priorities(workshop: Workshop) -> list[dict[str, Any]]:
    """Cards that the network wrote itself; those of the library come with the product."""
    shipped = {card["id"] for card in national()["cards"]}
    own = workshop.network.drivers.filter(organisation=None).exclude(ref__in=shipped)
    columns = ("title", "group", "summary", "prompt", "tags", "sources", "status", "note", "checked_by", "checked_on")
    return [{"id": one.ref, **{name: getattr(one, name) or None for name in columns}} for one in own]


def seating(workshop: Workshop) -> dict[str, Any]:
    rounds, hosts = [], []
    for round_ in workshop.rounds.prefetch_related("tables__seats__participant", "tables__host"):
        tables = {
            table.label: [seat.participant.ref for seat in table.seats.all() if not seat.participant.removed_at]
            for table in round_.tables.all()
        }
        if not tables:
            continue
        by = {"by": "interest"} if round_.by_interest else {}
        rounds.append({"round": round_.number, "stage": round_.label, **by, "tables": tables})
        hosted = {table.label: table.host.ref for table in round_.tables.all() if table.host}
        if hosted:
            hosts.append({"round": round_.number, **hosted})
    return {"seating": rounds, "table_hosts": hosts}
