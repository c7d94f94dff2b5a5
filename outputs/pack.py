"""The outputs pack: its chapters in order, as one HTML document for paper (`domain.md` 6.2)."""

from typing import Any, Protocol

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from activities.kind import kind_of
from outputs import fitting, letters
from outputs.chapters import after, agreed, faces, plans, room
from outputs.chapters.listing import listing
from outputs.chapters.rows import halves, in_rows
from outputs.chapters.wording import lines
from workshops.models import Purpose, Workshop
from workshops.stages import STAGES

# Tiles in a row of the plan on a page.
TILES = 6
# Letters of the purpose that a cover has room for.
COVER_WORDS = 420
# Where the chapters go into the page.
HERE = "<!-- chapters -->"
# Letters in a line of the cover's title, for titles of so many letters at most.
TITLE_LINES = ((70, 24, "large"), (110, 32, "medium"), (1000, 44, "small"))


class Paper(Protocol):
    """What a pack asks of the press: how long a part is, and which letters it cannot draw."""

    def length(self, body: str) -> float: ...
    def missing(self, letters: str) -> set[str]: ...


def sheets(workshop: Workshop) -> list[str]:
    """The style sheets, by the addresses that outputs/pdf.py serves."""
    return ["css/pack.css", "css/pack-figures.css"] + ([] if workshop.is_locked else ["css/pack-draft.css"])


def contents(workshop: Workshop) -> dict[str, Any]:
    """Everything the chapters need. Cleared words only; no open tally; no figure for a group under five."""
    told = faces.faces(workshop)
    chosen, made = agreed.priorities(workshop), plans.plans(workshop)
    agreed_purpose = agreed.purpose(workshop, told)
    found = {
        "workshop": workshop,
        "network": workshop.network,
        "version": settings.VERSION,
        "draft": not workshop.is_locked,
        "made_at": timezone.now(),
        "comments_until": workshop.date + after.COMMENTS,
        "cover": cover(workshop, agreed_purpose["purpose"]),
        "present": room.present(workshop),
        "why": room.themes(workshop),
        "purpose": agreed_purpose,
        "values": agreed.values(workshop),
        "priorities": chosen,
        "alignment": agreed.alignment(workshop, chosen["agreed"]),
        "plans": made,
        "commitments": list(
            workshop.commitments.filter(sharing="everyone", state="clear").select_related("participant")
        ),
        "heard": room.heard(workshop),
        "mood": faces.mood(told),
        "sure": faces.how_sure(told),
        "next": after.what_next(workshop, made),
        "faces": told,
        "line": line(workshop),
        "packs": list(workshop.packs.filter(state="ready")),
    }
    return {**found, **laid_out(found)}


def laid_out(found: dict[str, Any]) -> dict[str, Any]:
    """The same, in the rows and columns of the page."""
    entries = listing(found)
    speaking = [face for face in found["faces"] if face.speaks]
    return {
        "listing": [entry for entry in entries if entry.there],
        "to_come": [entry for entry in entries if not entry.there],
        "there": {entry.name for entry in entries if entry.there} | {"cover", "using"},
        "counts": {"actions": sum(len(plan.actions.all()) for plan in found["plans"])},
        "tiles": {
            "values": in_rows(found["values"], TILES),
            "plans": in_rows(found["plans"], TILES),
            "priorities": in_rows(found["priorities"]["agreed"], TILES),
        },
        "halves": halves(found["commitments"]),
        "year": halves(found["next"]["stretches"], lambda stretch: 2 * len(stretch.dates) + 1),
        "evidence": {stage.slug: [face for face in speaking if face.activity.stage == stage.slug] for stage in STAGES},
    }


def cover(workshop: Workshop, purpose: Purpose | None) -> dict[str, Any]:
    """The title in lines, large where it is short; and the purpose, unless it is too long for a cover."""
    length, size = next((row[1:] for row in TITLE_LINES if len(workshop.title) <= row[0]), TITLE_LINES[-1][1:])
    words = (purpose.short_form or purpose.text) if purpose else ""
    return {
        "lines": lines(workshop.title, length),
        "size": size,
        "words": words if len(words) <= COVER_WORDS else "",
        "long": len(words) > COVER_WORDS / 3,
    }


def line(workshop: Workshop) -> list[dict[str, Any]]:
    """The throughline of the cover: each stage with what it began from and what was agreed in it."""
    said: dict[str, str] = {}
    for activity in workshop.activities.filter(skipped=False).exclude(times_opened=0):
        activity.workshop = workshop
        if activity.stage not in said and activity.cards.standing().exists():
            said[activity.stage] = str(kind_of(activity).line(activity))
    return [{"stage": stage, "from": said.get(stage.slug, "")} for stage in STAGES]


def html(workshop: Workshop, paper: Paper) -> str:
    """The whole pack, each chapter fitted to its pages, in letters that can be drawn."""
    seen = contents(workshop)
    chapters = [letters.printable(part) for part in fitting.chapters(seen, paper)]
    lost = paper.missing(letters.unusual("".join(chapters)))
    notes = render_to_string("pack/notes.html", {**seen, "lost": letters.scripts(lost)})
    body = letters.directed(letters.without(lost, "".join([*chapters, notes])))
    return render_to_string("pack/pack.html", seen).replace(HERE, body)
