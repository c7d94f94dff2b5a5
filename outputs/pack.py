"""The outputs pack: its chapters in order, as one HTML document for paper."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from activities.kind import kind_of
from outputs.chapters import agreed, room
from workshops.models import Workshop
from workshops.stages import STAGES


def contents(workshop: Workshop) -> dict[str, Any]:
    """Everything the chapters need. Cleared words only; no open tally; no figure for a group under five."""
    chosen, told = agreed.priorities(workshop), agreed.faces(workshop)
    made = agreed.plans(workshop)
    return {
        "workshop": workshop,
        "network": workshop.network,
        "draft": not workshop.is_locked,
        "made_at": timezone.now(),
        "comments_until": workshop.date + timedelta(days=14),
        "present": room.present(workshop),
        "why": room.themes(workshop),
        "purpose": agreed.purpose(workshop, told),
        "values": agreed.values(workshop),
        "priorities": chosen,
        "alignment": agreed.alignment(workshop, chosen["agreed"]),
        "plans": made,
        "commitments": list(
            workshop.commitments.filter(sharing="everyone", state="clear").select_related("participant")
        ),
        "heard": room.heard(workshop),
        "next": agreed.what_next(workshop, made),
        "faces": told,
        "line": line(workshop),
    }


def line(workshop: Workshop) -> list[dict[str, Any]]:
    """The throughline of the cover: each stage with what it began from and what was agreed in it."""
    said: dict[str, str] = {}
    for activity in workshop.activities.filter(skipped=False).exclude(times_opened=0):
        activity.workshop = workshop
        if activity.stage not in said and activity.cards.standing().exists():
            said[activity.stage] = str(kind_of(activity).line(activity))
    return [{"stage": stage, "from": said.get(stage.slug, "")} for stage in STAGES]


def html(workshop: Workshop) -> str:
    """The whole pack. Its style sheet and fonts are named by addresses that only outputs/pdf.py can open."""
    sheets = ["css/pack.css"] if workshop.is_locked else ["css/pack.css", "css/pack-draft.css"]
    return render_to_string("pack/pack.html", {**contents(workshop), "sheets": sheets, "version": settings.VERSION})
