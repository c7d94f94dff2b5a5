"""What closing a ranking settles: three ways of counting, told so that a person can decide (`domain.md` 3.8)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.ranking.ballot import limit
from activities.votes import Option, ballot_paper, named, turnout, votes_of
from workshops.models import Activity
from workshops.tallies.ranked import approval_of_top, borda, first_preferences
from workshops.tallies.recount import votes_and_exhausted
from workshops.tallies.runoff import instant_runoff
from workshops.tallies.schulze import schulze

# What the exchange file calls the results of a vote, where it is not ranked_<name>.
CALLED = {"vote_purpose_draft_ranked": "ranked_purpose_drafts"}
TOP = 5


def box(activity: Activity) -> tuple[list[str], dict[int, list[int]]]:
    """The ballot paper's targets, and each person's ranking as numbers on that paper."""
    paper = [option.target for option in ballot_paper(activity)]
    ranked: dict[int, dict[float, int]] = {}
    for person, target, rank in votes_of(activity).values_list("participant_id", "target", "value"):
        if target in paper:
            ranked.setdefault(person, {})[rank] = paper.index(target)
    return paper, {person: [given[rank] for rank in sorted(given)] for person, given in ranked.items()}


def count(activity: Activity) -> dict[str, Any]:
    """The tallies as plain data, ready for JSON: numbers on the ballot paper, and no words."""
    paper, ballots = box(activity)
    options = list(range(len(paper)))
    if not options:
        return {"paper": [], **turnout(activity)}
    seed = f"{activity.workshop_id}:{activity.pk}:{activity.opened_at:%Y%m%d%H%M%S}" if activity.opened_at else ""
    runoff, order = instant_runoff(ballots, options, seed=seed), schulze(ballots, options)
    points, zero = borda(ballots, options), borda(ballots, options, unranked="zero")
    return {
        "paper": paper,
        "first": in_paper_order(first_preferences(ballots, options), options),
        "top": in_paper_order(approval_of_top(ballots, options, TOP), options),
        "average": in_paper_order(points, options),
        "zero": in_paper_order(zero, options),
        "by_points": list(points),
        "beats": in_paper_order(order.beats, options),
        "by_pairs": order.order,
        "winner": runoff.winner,
        "rounds": [
            {"votes": [[option, votes] for option, votes in step.votes.items()], "exhausted": step.exhausted}
            for step in runoff.rounds
        ],
        "out": list(runoff.eliminated),
        "lots": [[number, list(tied), out] for number, tied, out in runoff.lots],
        "seed": seed,
        **turnout(activity),
    }


def in_paper_order(numbers: Mapping[int, Any], options: Sequence[int]) -> list[Any]:
    return [numbers[option] for option in options]


def told(activity: Activity) -> dict[str, Any]:
    """The result with names, ready to show; {} until the ranking has closed."""
    result = activity.notes.get("result")
    if not result or not activity.is_closed or not result["paper"]:
        return {}
    options = named(activity)
    by_number = {number: options[target] for number, target in enumerate(result["paper"]) if target in options}
    first_by = {
        "points": result["by_points"][0] if any(result["average"]) else None,
        "runoff": result["winner"],
        "pairs": result["by_pairs"][0] if result["voted"] else None,
    }
    rows = [
        {
            "option": by_number[number],
            "label": label(by_number[number]),
            **{name: result[name][number] for name in ("first", "average", "zero", "beats")},
            "wins": number == result["winner"],
        }
        for number in result["by_points"]
        if number in by_number
    ]
    return {
        "rows": rows,
        "most": max([*result["average"], 1]),
        "steps": steps(result, by_number),
        "same": len(set(first_by.values())) == 1,
        "leads": {name: by_number[number] for name, number in first_by.items() if number in by_number},
        "voted": result["voted"],
        "eligible": result["eligible"],
    }


def label(option: Option) -> str:
    return f"{option.letter}. {Truncator(option.name).chars(48)}"


def steps(result: Mapping[str, Any], options: Mapping[int, Option]) -> list[str]:
    """The instant run-off, round by round, as one would say it aloud."""
    if result["winner"] is None or len(options) < len(result["paper"]):
        return []
    told = []
    lots = {number: tied for number, tied, _out in result["lots"]}
    for number, step in enumerate(result["rounds"], start=1):
        votes = dict(step["votes"])
        words = ", ".join(f"{options[one].letter} {votes[one]}" for one in sorted(votes, key=lambda one: -votes[one]))
        line = _("Round %(number)d: %(votes)s.") % {"number": number, "votes": words}
        if number <= len(result["out"]):
            out = result["out"][number - 1]
            because = _("lowest") if number not in lots else _("by lot among %(count)d") % {"count": len(lots[number])}
            line += " " + _("%(letter)s goes out (%(because)s).") % {"letter": options[out].letter, "because": because}
        else:
            facts = {"letter": options[result["winner"]].letter, "total": sum(votes.values())}
            line += " " + _("%(letter)s has more than half of %(total)d.") % facts
        if step["exhausted"]:
            line += " " + ngettext(
                "%(count)d ballot names none of these.", "%(count)d ballots name none of these.", step["exhausted"]
            ) % {"count": step["exhausted"]}
        told.append(line)
    return told


def expected(activity: Activity) -> dict[str, Any]:
    """In the shape of the exchange file's `expected_results`."""
    result, name = activity.notes.get("result"), activity.block
    if not result or not activity.is_closed or not name or not result["paper"]:
        return {}
    options = named(activity)
    refs = [options[target].ref if target in options else target for target in result["paper"]]

    def by_ref(numbers: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(refs, numbers, strict=True))

    winner = result["winner"]
    found = {
        "borda_average": by_ref(result["average"]),
        "instant_runoff_winner": None if winner is None else refs[winner],
        "instant_runoff_rounds": [
            votes_and_exhausted({refs[option]: votes for option, votes in step["votes"]}, step["exhausted"])
            for step in result["rounds"]
        ],
        "schulze_order": [refs[option] for option in result["by_pairs"]],
    }
    if not limit(activity):  # everything was ranked: the fuller report
        found |= {
            "first_preferences": by_ref(result["first"]),
            "approval_top5": by_ref(result["top"]),
            "borda_zero": by_ref(result["zero"]),
            "borda_average_order": [refs[option] for option in result["by_points"]],
            "schulze_beats": by_ref(result["beats"]),
        }
    return {CALLED.get(name, f"ranked_{name.removeprefix('vote_').removesuffix('_ranked')}"): found}
