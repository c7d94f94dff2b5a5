"""What a pulse asks: the same statements in and out, and at the end whether each voice was heard (`domain.md` 3.17)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Activity

CHECK_IN, CHECK_OUT = "check_in", "check_out"
SCALE = {
    1: gettext_lazy("Strongly disagree"),
    2: gettext_lazy("Disagree"),
    3: gettext_lazy("Neither"),
    4: gettext_lazy("Agree"),
    5: gettext_lazy("Strongly agree"),
}
STATEMENTS = (
    gettext_lazy("I know what this network is for."),
    gettext_lazy("I feel connected to colleagues in the other organisations."),
    gettext_lazy("I am confident that today will lead to action."),
)


def when(activity: Activity) -> str:
    return activity.settings.get("when") or CHECK_IN


def vote_on_plan(activity: Activity) -> str:
    """The name of the vote on the plan as a whole; "" where there is none."""
    return activity.settings.get("vote") or "" if when(activity) == CHECK_OUT else ""


def check_in_of(activity: Activity) -> Activity | None:
    """The arrival pulse that this one is compared with."""
    if when(activity) == CHECK_IN:
        return None
    earlier = activity.workshop.activities.filter(kind=activity.kind, position__lt=activity.position)
    return next((one for one in earlier.order_by("-position") if when(one) == CHECK_IN), None)


def questions(activity: Activity) -> list[dict[str, str]]:
    """[{"id": "q1", "text": …}]: as fixed at opening, or as set up."""
    if "questions" in activity.notes:
        return [one for one in activity.notes["questions"] if when(activity) in one.get("when", [when(activity)])]
    lines = [line.strip() for line in (activity.settings.get("statements") or "").splitlines() if line.strip()]
    if when(activity) == CHECK_IN:
        return _numbered(lines or [str(text) for text in STATEMENTS])
    before = check_in_of(activity)
    asked = (
        _numbered(lines) if lines else questions(before) if before else _numbered([str(text) for text in STATEMENTS])
    )
    return [*asked, {"id": f"q{len(asked) + 1}", "text": _("My voice was heard today.")}]


def _numbered(lines: list[str]) -> list[dict[str, str]]:
    return [{"id": f"q{number}", "text": text} for number, text in enumerate(lines, start=1)]


def settle_questions(activity: Activity) -> None:
    """The statements are fixed from the first answer on."""
    if "file" not in activity.notes and not activity.marks.exists():
        activity.notes.pop("questions", None)
        activity.note("questions", questions(activity))


def filed_questions(activity: Activity) -> dict[str, Any]:
    """Scale and questions as the exchange file has them."""
    if "file" in activity.notes:
        kept = activity.notes["file"]
        scale = {int(level): words for level, words in kept.get("scale", {}).items()}
        return ({"scale": scale} if scale else {}) | {"questions": kept["questions"]}
    before = check_in_of(activity)
    earlier = {one["id"] for one in questions(before)} if before else set()
    rows = [
        {
            "id": one["id"],
            "text": one["text"],
            "when": [*([CHECK_IN] if one["id"] in earlier else []), when(activity)],
        }
        for one in questions(activity)
    ]
    return {"scale": {level: str(words) for level, words in SCALE.items()}, "questions": rows}
