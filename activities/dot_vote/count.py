"""What closing a dot vote settles, and how it is told afterwards."""

from itertools import pairwise
from typing import Any

from activities.dot_vote.ballot import rules
from activities.votes import ballot_paper, named, votes_of
from workshops.models import Activity
from workshops.tallies.dots import BREAK_TO, tally

ON_PHONES, ON_SCREEN = 5, 10


def count(activity: Activity) -> dict[str, Any]:
    """The tally as plain data, ready for JSON: numbers only, no words."""
    paper = {option.target: option for option in ballot_paper(activity)}
    numbers = {target: option.number for target, option in paper.items()}
    targets = {option.number: target for target, option in paper.items()}
    ballots, organisation_of = {}, {}
    marks = votes_of(activity).values_list(
        "participant_id", "target", "value", "participant__organisation__ref", "participant__organisation__name"
    )
    for person, target, dots, ref, name in marks:
        ballots.setdefault(person, {})
        if target in numbers:
            ballots[person][numbers[target]] = int(dots)
        organisation_of[person] = ref or name
    each, most = rules(activity, len(paper))
    found = tally(
        ballots,
        list(targets),
        organisation_of,
        dots_each=each,
        max_per_option=most,
        not_voted=set(activity.workshop.participants.present().values_list("pk", flat=True)) - set(ballots),
        protected=[option.number for option in paper.values() if option.protected],
    )
    rows = [
        {
            "target": targets[option.option],
            "dots": option.dots,
            "supporters": option.supporters,
            "spread": option.spread,
            "each": round(option.per_supporter, 1),
            "rank": option.rank,
            "narrow": option.narrow,
            "intense": option.intense,
            "protected": option.protected,
            "largest": option.named_largest,
            "largest_dots": option.largest_dots,
        }
        for option in found.options
    ]
    return {
        "rows": rows,
        "voted": found.voted,
        "eligible": found.eligible,
        "dots": found.dots,
        "possible": found.dots_possible,
        "breaks": list(found.natural_break.after),
    }


def ranking(activity: Activity) -> dict[str, Any]:
    """The result with names, ready to show; {} until the vote has closed."""
    result = activity.notes.get("result")
    if not result or not activity.is_closed:
        return {}
    options = named(activity)
    ranks = [row["rank"] for row in result["rows"]]
    rows = [
        {
            **row,
            "option": options[row["target"]],
            "shared": ranks.count(row["rank"]) > 1,
            "line": place in result["breaks"],
        }
        for place, row in enumerate(result["rows"], start=1)
        if row["target"] in options
    ]
    for row, following in pairwise(rows):
        row["next_dots"] = following["dots"]
    most = max((row["dots"] for row in rows), default=0)
    return {
        **result,
        "rows": rows,
        "most": max(most, 1),
        "on_phones": rows[:ON_PHONES],
        "on_screen": rows[:ON_SCREEN],
    }


def expected(activity: Activity) -> dict[str, Any]:
    """In the shape of the exchange file's `expected_results`."""
    result, name = activity.notes.get("result"), activity.block or f"vote_{activity.pk}"
    if not result or not activity.is_closed:
        return {}
    options = named(activity)
    rows = [(options[row["target"]].ref, row) for row in result["rows"] if row["target"] in options]
    many = len(rows) > BREAK_TO  # a long list is told in full: who is behind it, and where the line falls
    parts = ("dots", "supporters", "spread") + (("largest", "largest_dots") if many else ())
    turnout = {part: result[part] for part in ("voted", "eligible", "dots")}
    if result["possible"] != result["dots"]:
        turnout["dots_possible"] = result["possible"]
    told = {name: {ref: [row[part] for part in parts] for ref, row in rows}, f"{name}_turnout": turnout}
    if many:
        told[f"{name}_rank_rule"] = "dots, then supporters, then option id"
        told[f"{name}_shortlist"] = [ref for ref, _row in rows][: max(result["breaks"], default=0)]
        narrow = [ref for ref, row in rows if row["narrow"]]
        told[f"{name}_flags"] = {"single_organisation_over_60_percent": narrow}
    return told
