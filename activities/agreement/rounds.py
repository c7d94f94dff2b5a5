"""Rounds of an agreement: each wording put to the room is one, with its own marks and its own result.

They stand in the activity's notes as {"purpose": pk or None, "text", "heard", "result": what was shown, or None}.
"""

from typing import Any

from django.utils.translation import gettext as _

from activities import levels
from workshops.models import Activity, Purpose
from workshops.problems import Conflict

PURPOSE, PRIORITIES, TEXT = "purpose", "priorities", "text"


def subject_of(activity: Activity) -> str:
    return activity.settings.get("subject") or PURPOSE


def rule_of(activity: Activity) -> str:
    """The rule as it stood at the first opening: chosen before the vote."""
    default = "everyday" if subject_of(activity) == TEXT else "high_stakes"
    return activity.notes.get("rule") or activity.settings.get("rule") or default


def rounds(activity: Activity) -> list[dict[str, Any]]:
    return [dict(one) for one in activity.notes.get("rounds", [])]


def number(activity: Activity) -> int:
    """The round that is open to answers or was last; 0 before the first."""
    return len(activity.notes.get("rounds", []))


def is_shown(activity: Activity) -> bool:
    found = rounds(activity)
    return bool(found) and found[-1]["result"] is not None


def begin(activity: Activity, *, text: str = "", purpose: Purpose | None = None) -> None:
    """A new wording is in front of the room; what came before is shown and stays as it was."""
    if number(activity) and not is_shown(activity):
        show(activity)
    following = {"purpose": purpose and purpose.pk, "text": text, "heard": False, "result": None}
    activity.note("rounds", [*rounds(activity), following])


def show(activity: Activity) -> None:
    """The answers of this round are in front of everybody from now on; nobody can change theirs."""
    found = rounds(activity)
    found[-1]["result"] = levels.told(activity, str(len(found)), rule=rule_of(activity), heard=found[-1]["heard"])
    activity.note("rounds", found)


def hide_again(activity: Activity) -> None:
    """Opened again: people may still answer this round."""
    found = rounds(activity)
    found[-1]["result"] = None
    activity.note("rounds", found)


def hear(activity: Activity) -> None:
    """The room has heard everyone at 8. Raises Conflict when nothing has been shown."""
    found = rounds(activity)
    if not is_shown(activity):
        raise Conflict(_("Show the answers first."))
    found[-1]["heard"] = True
    activity.note("rounds", found)
    show(activity)


def working_purpose(activity: Activity) -> Purpose | None:
    found = rounds(activity)
    return Purpose.objects.filter(pk=found[-1]["purpose"]).first() if found and found[-1]["purpose"] else None


def told(activity: Activity) -> list[dict[str, Any]]:
    """Each round for the templates: its wording, and its bars and verdict where they have been shown."""
    found = rounds(activity)
    purposes = Purpose.objects.in_bulk([one["purpose"] for one in found if one["purpose"]])
    return [_one(at, one, purposes.get(one["purpose"])) for at, one in enumerate(found, start=1)]


def _one(at: int, one: dict[str, Any], purpose: Purpose | None) -> dict[str, Any]:
    shape = one["result"]
    seen = {
        "number": at,
        "text": purpose.text if purpose else one["text"],
        "purpose": purpose,
        "shown": shape is not None,
    }
    if shape is None:
        return seen
    return seen | {
        "bars": levels.bars(shape),
        "verdict": levels.verdict(shape),
        "good": shape["good_enough"],
        "unheard": shape["unheard"],
        "support": levels.support(shape),
        **{name: shape[name] for name in ("answers", "eligible")},
    }
