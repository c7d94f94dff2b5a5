"""The exchange file: versions of the purpose, with their objections, and one vote a round."""

from collections.abc import Iterator
from typing import Any

from activities import levels
from activities.agreement import rounds
from activities.kind import FACILITATOR, Move, Ref
from activities.votes import ref_of
from workshops.models import Activity, Purpose

SUBJECT_IN_FILE = {rounds.PRIORITIES: "priorities_final"}


def vote_name(activity: Activity, at: int, purpose: Purpose | None) -> str:
    """What the exchange file calls the vote of a round: as it came, as set up, or a name of our own."""
    for name, vote in activity.notes.get("filed", {}).items():
        if purpose and vote.get("subject") == purpose.ref:
            return name
    votes = activity.settings.get("votes") or []
    return votes[at - 1] if at <= len(votes) else f"vote_{activity.ref or activity.pk}"[:36] + f"_v{at}"


def results(activity: Activity) -> dict[str, Any]:
    found = {}
    for one, kept in zip(rounds.told(activity), rounds.rounds(activity), strict=True):
        if kept["result"] and kept["result"]["answers"]:
            name = vote_name(activity, one["number"], one["purpose"])
            found |= levels.results_of(kept["result"], name)["gradients"]
    return {"gradients": found} if found else {}


def script(activity: Activity, day: dict[str, Any]) -> Iterator[Move]:
    if not activity.block:
        return
    votes = {vote.get("subject"): vote for vote in day.get("votes", []) if vote["method"] == levels.EIGHT}
    for at, version in enumerate(day.get(activity.block, []), start=1):
        data = {name: version.get(name, "") for name in ("text", "short_form", "made_at", "status")}
        data |= {name: [Ref(one) for one in version.get(name, [])] for name in ("sources", "made_by")}
        yield Move(FACILITATOR, "put", data, ref=version["id"])
        vote = votes.get(version["id"], {})
        yield from levels.moves_of(vote, "stand", round=at)
        if vote:
            yield Move(FACILITATOR, "reveal")
        for one in version.get("objections", []):
            said = {"text": one["text"], "resolved_by": one.get("resolved_by", "")}
            person = {"person": Ref(one["by"])} if one.get("by") else {}
            yield Move(FACILITATOR, "note_objection", {**said, **person})


def record(activity: Activity) -> dict[str, Any]:
    if not activity.is_closed:
        return {}  # while it is open, nobody takes ballots out
    told, votes = rounds.told(activity), []
    for one, kept in zip(told, rounds.rounds(activity), strict=True):
        if kept["result"] and kept["result"]["answers"]:
            subject = SUBJECT_IN_FILE.get(rounds.subject_of(activity), one["text"][:300])
            if one["purpose"]:
                subject = one["purpose"].ref or f"pv{one['purpose'].pk}"
            name = vote_name(activity, one["number"], one["purpose"])
            votes.append(levels.entry_of(activity, name, str(one["number"]), subject=subject))
    purposes = [one["purpose"] for one in told if one["purpose"]]
    rows = [version(purpose) for purpose in purposes]
    return {"votes": votes} | ({activity.block: rows} if activity.block and rows else {})


def version(purpose: Purpose) -> dict[str, Any]:
    """A version of the purpose as the exchange file has it; what is empty is left out."""
    sources = purpose.sources.through.objects.filter(purpose=purpose).select_related("card").order_by("pk")
    makers = purpose.made_by.through.objects.filter(purpose=purpose).select_related("participant").order_by("pk")
    said = [
        {
            **({"by": ref_of(one.by)} if one.by else {}),
            "text": one.text,
            **({"resolved_by": one.resolved_by} if one.resolved_by else {}),
        }
        for one in purpose.objections.select_related("by")
    ]
    row = {
        "id": purpose.ref or f"pv{purpose.pk}",
        "made_by": [ref_of(one.participant) for one in makers],
        "made_at": purpose.made_at,
        "sources": [one.card.ref or f"c{one.card_id}" for one in sources],
        "text": purpose.text,
        "short_form": purpose.short_form,
        "status": purpose.status,
        "objections": said,
    }
    return {name: value for name, value in row.items() if value}
