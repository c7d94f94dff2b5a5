"""What each activity leaves on paper, asked of its kind; and what the main pages draw from that."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activities.kind import kind_of
from workshops.models import Activity, Card, Workshop
from workshops.voices import FEWEST

CHECK_IN, CHECK_OUT = "check_in", "check_out"
SAID = 4


@dataclass
class Face:
    """One activity that was opened. `seen` is what its kind gives its own paper face; `html` that face, filled in."""

    activity: Activity
    kind: Any
    seen: dict[str, Any]
    html: str = ""
    line: str = ""
    # Whether there is anything of its own to show: a break has nothing, and agreements have their own pages.
    speaks: bool = False

    @property
    def anchor(self) -> str:
        return f"activity-{self.activity.pk}"


@dataclass
class Standing:
    """Where the room stood on one wording, in levels of agreement or in fingers."""

    what: str
    bars: list[dict[str, Any]]
    verdict: str
    answers: int
    number: int = 0
    fingers: bool = False
    support: int = field(init=False)

    def __post_init__(self) -> None:
        sure = {3, 4, 5} if self.fingers else {1, 2, 3}
        self.support = sum(bar["people"] for bar in self.bars if bar["level"] in sure)


def faces(workshop: Workshop) -> list[Face]:
    """Every activity that was opened, in run-sheet order."""
    found = []
    for activity in workshop.activities.filter(skipped=False).select_related("seating", "draws_on"):
        if not activity.times_opened:
            continue
        activity.workshop = workshop
        kind = kind_of(activity)
        seen = kind.pack(activity)
        face = Face(activity, kind, seen)
        counted = activity.is_closed and activity.marks.exists()
        face.speaks = counted or activity.cards.filter(state=Card.CLEAR).exists() or activity.themes.exists()
        if face.speaks or kind.voices(activity):
            face.line = str(kind.line(activity))
        if face.speaks:
            face.html = render_to_string(kind.face("pack"), {"workshop": workshop, "activity": activity, **seen})
        found.append(face)
    return found


def standings(face: Face) -> list[Standing]:
    """Where the room stood in this activity, a wording at a time. Nothing for fewer than five answers."""
    seen, title = face.seen, face.activity.title
    rounds = [one for one in seen.get("rounds") or [] if one.get("shown")]
    found = [_standing(title, one["bars"], one["verdict"], number=one["number"]) for one in rounds]
    if seen.get("bars"):
        found.append(_standing(title, seen["bars"], seen["verdict"]))
    result = seen.get("result") or {}
    if result.get("fist"):
        passed = _("It passed.") if result["passes"] else _("It did not pass yet.")
        found.append(_standing(_("The plans as a whole"), result["fist"], passed, fingers=True))
    return [one for one in found if one.answers >= FEWEST]


def _standing(what: str, bars: list[dict[str, Any]], verdict: str, **more: Any) -> Standing:
    return Standing(what, bars, str(verdict), sum(bar["people"] for bar in bars), **more)


def about_purpose(face: Face) -> bool:
    return face.activity.settings.get("subject") == "purpose"


def how_sure(told: list[Face]) -> list[Standing]:
    """The last standing of each activity that asked, in words, for the page on how to use the pack."""
    return [found[-1] for found in map(standings, told) if found]


def mood(told: list[Face]) -> dict[str, Any]:
    """The same statements on arrival and at the end, and what people said about the day."""
    at = {face.activity.settings.get("when"): face for face in told}
    before, after = at.get(CHECK_IN), at.get(CHECK_OUT)
    earlier = {row["id"]: row for row in _rows(before)}
    rows = [
        {"text": row["text"], "arriving": earlier.get(row["id"], {}).get("mean"), "leaving": row["mean"], **moved(row)}
        for row in _rows(after) or _rows(before)
        if row["mean"] is not None
    ]
    if after is None or not _rows(after):
        rows = [{**row, "arriving": row["leaving"], "leaving": None} for row in rows]
    said = after.seen if after else {}
    return {
        "rows": [{**row, "figure": dumbbell(row["arriving"], row["leaving"])} for row in rows],
        "both": bool(earlier) and any(row["leaving"] is not None for row in rows),
        "best": said.get("best", [])[:SAID],
        "better": said.get("better", [])[:SAID],
        "faces": [face for face in (before, after) if face and face.speaks],
    }


def _rows(face: Face | None) -> list[dict[str, Any]]:
    return (face.seen.get("result") or {}).get("rows", []) if face else []


def moved(row: dict[str, Any]) -> dict[str, Any]:
    return {"change": row.get("change"), "matched": row.get("matched")}


def dumbbell(arriving: float | None, leaving: float | None) -> dict[str, Any]:
    """Where the two averages stand on a line from 1 to 5, in the figure's own units."""
    first, last = (None if mean is None else round(12 + (mean - 1) * 44, 1) for mean in (arriving, leaving))
    ends = sorted(one for one in (first, last) if one is not None)
    return {"first": first, "last": last, "from": ends[0], "length": round(ends[-1] - ends[0], 1)} if ends else {}
