"""What a pulse comes to: counted for everybody together, never for fewer than five (`domain.md` 3.17)."""

from typing import Any

from django.utils.translation import gettext as _

from activities import levels
from activities.pulse.actions import BEST, BETTER, WORD
from activities.pulse.questions import check_in_of, questions, vote_on_plan, when
from activities.votes import turnout, votes_of
from workshops.models import Activity
from workshops.tallies.pulse import answers, matched_change, one_words

Given = dict[str, dict[int, int]]


def given_in(activity: Activity) -> Given:
    """question id -> {participant id: number}."""
    found: Given = {}
    for person, criterion, value in votes_of(activity, None).values_list("participant_id", "criterion", "value"):
        found.setdefault(criterion, {})[person] = int(value)
    return found


def count(activity: Activity) -> dict[str, Any]:
    """The figures as plain data, ready for JSON; None where fewer than five answered."""
    given, before = given_in(activity), check_in_of(activity)
    earlier = given_in(before) if before else {}
    rows = []
    for one in questions(activity):
        found = answers(given.get(one["id"], {}))
        change = matched_change(earlier.get(one["id"], {}), given.get(one["id"], {}))
        spread = [[number, people] for number, people in found.distribution.items()] if found.distribution else None
        rows.append(
            {
                "id": one["id"],
                "n": found.n,
                "mean": found.mean,
                "spread": spread,
                "change": change.mean,
                "matched": change.n,
                "both": one["id"] in earlier,
            }
        )
    vote = vote_on_plan(activity)
    fist = levels.told(activity, vote, method=levels.FIVE) if vote else None
    return {"rows": rows, "fist": fist, **turnout(activity, None)}


def told(activity: Activity) -> dict[str, Any]:
    """The result with its words, ready to show; {} until the pulse has closed."""
    result = activity.notes.get("result")
    if not result or not activity.is_closed:
        return {}
    texts = {one["id"]: one["text"] for one in questions(activity)}
    rows = [
        {**row, "text": texts.get(row["id"], ""), "average": f"{row['mean'] or 0:.2f}", "moved": moved(row["change"])}
        for row in result["rows"]
    ]
    fist = result["fist"]
    shown = fist and fist["answers"]
    return {
        **result,
        "rows": rows,
        "suppressed": all(row["n"] is None for row in rows),
        "fist": levels.bars(fist, levels.FIST) if shown else [],
        "passes": bool(shown and fist["good_enough"]),
        "fist_rule": levels.FIST_RULE,
    }


def moved(change: float | None) -> str:
    return "" if change is None else _("%(change)+.2f since arrival") % {"change": change}


def words(activity: Activity) -> dict[str, Any]:
    """Words of nobody that may be shown, by sort; the single words counted."""
    found: dict[str, list] = {WORD: [], BEST: [], BETTER: []}
    for card in activity.cards.clear():
        found.get(card.fields.get("sort"), []).append(card)
    return {
        "one_words": one_words(card.text for card in found[WORD]),
        "word_cards": found[WORD],
        "best": found[BEST],
        "better": found[BETTER],
    }


def expected(activity: Activity) -> dict[str, Any]:
    """In the shape of the exchange file's `expected_results`."""
    result = activity.notes.get("result")
    if not result or not activity.is_closed or not result["voted"]:
        return {}
    means = {when(activity): [row["mean"] for row in result["rows"]]}
    matched = [row["change"] for row in result["rows"] if row["both"]]
    if matched:
        means["matched_change"] = matched
    found: dict[str, Any] = {"pulse_means": means}
    if result["fist"] and result["fist"]["answers"]:
        found |= levels.results_of(result["fist"], vote_on_plan(activity), levels.FIVE)
    return found
