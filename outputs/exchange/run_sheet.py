"""The run sheet in a file: only where it is no longer the one of its template."""

from collections.abc import Iterable, Mapping
from datetime import time
from functools import cache
from typing import Any

from activities.kind import rooms
from outputs.exchange.keeping import from_json, to_json
from outputs.exchange.named import New, Use
from outputs.exchange.shapes import Anything, Clock, Flag, Maybe, OneOf, Row, Rows, Shape, Text, Whole
from workshops.days import lay_out, templates
from workshops.models import Activity, Network, Round, Workshop
from workshops.stages import BY_SLUG
from workshops.write import taken_back

# What people can change and a file has to carry; the rest of a line follows from these.
SHEET = Rows(
    Row(
        {
            "id": New("activity"),
            "kind": OneOf(tuple(rooms())),
            "block": Maybe(Text(60)),
            "stage": OneOf(tuple(BY_SLUG)),
            "title": Text(120),
            "prompt": Maybe(Text(2000)),
            "say": Maybe(Rows(Text(2000))),
            "grouping": Maybe(Text(200)),
            "minutes": Whole(1, 1440),
            "shortest": Whole(1, 1440),
            "at": Maybe(Clock()),
            "skipped": Maybe(Flag()),
            "settings": Maybe(Anything()),
            "notes": Maybe(Anything()),
            "draws_on": Maybe(Use(("activity",))),
            "seating": Maybe(Whole(1, 40)),
        }
    )
)
# Of an activity's notes only what its template said; what happened stands in the blocks.
PLANNED = ("may_skip", "why", "method", "credit", "captured", "ends_with", "goes_wrong", "paper")


@cache
def usual_blocks() -> dict[str, str]:
    """kind -> the block that it fills in the first template that uses it."""
    lines = [line for day in templates().values() for line in day["activities"] if line.get("block")]
    return {line["kind"]: line["block"] for line in reversed(lines)}


def own_blocks(sheet: Any, known: Mapping[str, Shape], ideas: Shape) -> dict[str, Shape]:
    """The blocks that the lines of a run sheet name, each shaped like the usual block of its kind."""
    found = {}
    for line in sheet if isinstance(sheet, list) else ():
        block, kind = (line.get("block"), line.get("kind")) if isinstance(line, dict) else (None, None)
        if isinstance(block, str) and isinstance(kind, str) and block not in known and not block.startswith("vote_"):
            found[block] = known.get(usual_blocks().get(kind, ""), ideas)
    return found


def sheet_of(workshop: Workshop) -> list[dict[str, Any]]:
    """The run sheet, or nothing where it is still that of the template."""
    lines = [_line(activity) for activity in workshop.activities.select_related("seating", "draws_on")]
    return [] if lines == _of_template(workshop.template) else lines


def _line(activity: Activity) -> dict[str, Any]:
    notes = {name: value for name, value in activity.notes.items() if name in PLANNED}
    return {
        "id": activity.ref,
        "kind": activity.kind,
        "block": activity.block,
        "stage": activity.stage,
        "title": activity.title,
        "prompt": activity.prompt,
        "say": activity.say,
        "grouping": activity.grouping,
        "minutes": activity.minutes,
        "shortest": activity.shortest,
        "at": f"{activity.planned_at:%H:%M}" if activity.planned_at else None,
        "skipped": activity.skipped or None,
        "settings": from_json(activity.settings) or None,
        "notes": from_json(notes) or None,
        "draws_on": activity.draws_on.ref if activity.draws_on else None,
        "seating": activity.seating.number if activity.seating else None,
    }


@cache
def _of_template(template: str) -> list[dict[str, Any]]:
    """What the template makes, seen in the same way: laid out in a workshop that never was."""
    if template not in templates():
        return []
    with taken_back():
        network = Network.objects.create(name=template)
        day = Workshop.objects.create(
            network=network, title=template, date="2026-01-01", starts_at=time(9), ends_at=None
        )
        lay_out(day, template)
        return [_line(activity) for activity in day.activities.select_related("seating", "draws_on")]


def lay_out_sheet(workshop: Workshop, sheet: Iterable[Mapping[str, Any]]) -> None:
    """The activities that a file brings along. Rounds that its seating does not have are made empty."""
    made: dict[str, Activity] = {}
    for position, line in enumerate(sheet, start=1):
        number = line.get("seating")
        round_ = Round.objects.get_or_create(workshop=workshop, number=number)[0] if number else None
        made[line["id"]] = Activity.objects.create(
            workshop=workshop,
            position=position,
            ref=line["id"],
            kind=line["kind"],
            block=line.get("block", ""),
            stage=line["stage"],
            title=line["title"],
            prompt=line.get("prompt", ""),
            say=line.get("say", []),
            grouping=line.get("grouping", ""),
            minutes=line["minutes"],
            shortest=line["shortest"],
            planned_at=time.fromisoformat(line["at"]) if "at" in line else None,
            skipped=line.get("skipped", False),
            settings=to_json(line.get("settings", {})),
            notes=to_json(line.get("notes", {})),
            seating=round_,
        )
    for line in sheet:
        if "draws_on" in line:
            activity = made[line["id"]]
            activity.draws_on = made[line["draws_on"]]
            activity.save(update_fields=["draws_on"])
