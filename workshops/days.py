"""Run sheets to start from: reads `templates_of_days/*.yaml` and lays one out as a workshop's activities."""

from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from workshops.models import Activity, Round, Workshop

FOLDER = Path(__file__).parent / "templates_of_days"
NOTES = ("why", "method", "credit", "captured", "ends_with", "goes_wrong", "paper")
MODES = {"interest_group": "interest group", "open_floor": "open floor"}


@cache
def templates() -> dict[str, dict[str, Any]]:
    """template id -> the whole file, longest day first."""
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    found.sort(key=lambda day: -sum(one["minutes"] for one in day["activities"]))
    return {day["id"]: day for day in found}


def lay_out(workshop: Workshop, template_id: str) -> list[Activity]:
    """Make the activities and seating rounds of a template in `workshop`. Call inside write() or keep()."""
    day = templates()[template_id]
    rounds = {
        one["number"]: Round.objects.get_or_create(
            workshop=workshop, number=one["number"], defaults={"by_interest": one["by_interest"]}
        )[0]
        for one in day.get("rounds", [])
    }
    made = Activity.objects.bulk_create(
        _activity(workshop, position, one, rounds) for position, one in enumerate(day["activities"], start=1)
    )
    by_ref = {activity.ref: activity for activity in made}
    drawing = []
    for one in day["activities"]:
        if one.get("draws_on"):
            activity = by_ref[one["id"]]
            activity.draws_on = by_ref[one["draws_on"]]
            drawing.append(activity)
    Activity.objects.bulk_update(drawing, ["draws_on"])
    return made


def _activity(workshop: Workshop, position: int, one: dict[str, Any], rounds: dict[int, Round]) -> Activity:
    return Activity(
        workshop=workshop,
        position=position,
        kind=one["kind"],
        ref=one["id"],
        block=one.get("block", ""),
        stage=one["stage"],
        title=one["title"],
        prompt=one.get("prompt", ""),
        say=one.get("say", []),
        grouping=in_words(one["grouping"]),
        minutes=one["minutes"],
        shortest=one["shortest"],
        planned_at=time.fromisoformat(one["at"]),
        settings=dict(one.get("settings", {})),
        notes={"may_skip": one.get("skip", False), **{name: one[name] for name in NOTES if one.get(name)}},
        seating=rounds.get(one.get("seating", 0)),
    )


def in_words(grouping: dict[str, Any]) -> str:
    """How people sit, as one line: "table of 6; different organisations"."""
    mode = grouping["mode"]
    words = MODES.get(mode, mode)
    if "size" in grouping:
        words += f" of {grouping['size']}"
    if "then" in grouping:
        words += f", then {grouping['then']}"
    if "rounds" in grouping:
        words += f", {grouping['rounds']} rounds of {grouping['minutes_each']} minutes"
    parts = [words, *(grouping[name] for name in ("pattern", "rule", "helpers") if name in grouping)]
    return "; ".join(parts)[:200]
