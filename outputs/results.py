"""What a workshop's voices come to, in the shape of the exchange file's `expected_results`."""

from collections import Counter
from typing import Any

from activities.kind import kind_of
from outputs.exchange.keeping import from_json, merged
from workshops import voices
from workshops.models import Workshop
from workshops.seating.people import Person
from workshops.seating.score import score
from workshops.tallies import criteria
from workshops.tallies.ranked import approval_of_top, borda, first_preferences
from workshops.tallies.recount import votes_and_exhausted
from workshops.tallies.runoff import instant_runoff
from workshops.tallies.schulze import schulze


def of(workshop: Workshop) -> dict[str, Any]:
    """The rooms' own tallies, then what is counted over the whole day."""
    found: dict[str, Any] = {}
    for activity in workshop.activities.select_related("seating", "draws_on"):
        activity.workshop = workshop
        found = merged(found, kind_of(activity).results(activity))
    for part in (of_kept_votes(workshop), of_criteria(workshop), participation(workshop), of_seating(workshop)):
        found = merged(found, part)
    return found


def of_kept_votes(workshop: Workshop) -> dict[str, Any]:
    """Ranked votes that a file brought along and no activity holds."""
    kept = [vote for vote in from_json(workshop.facts.get("votes", [])) if vote["method"] == "ranked"]
    return {_called(vote["id"]): ranked(vote["ballots"], vote["options"]) for vote in kept}


def _called(vote: str) -> str:
    """vote_shortlist_ranked is told as ranked_shortlist."""
    return f"ranked_{vote.removeprefix('vote_').removesuffix('_ranked')}"


def ranked(ballots: dict[str, list[str]], options: list[str]) -> dict[str, Any]:
    points, order, runoff = borda(ballots, options), schulze(ballots, options), instant_runoff(ballots, options)
    return {
        "first_preferences": first_preferences(ballots, options),
        "approval_top5": approval_of_top(ballots, options, 5),
        "borda_average": {option: points[option] for option in options},
        "borda_zero": borda(ballots, options, unranked="zero"),
        "borda_average_order": list(points),
        "instant_runoff_winner": runoff.winner,
        "instant_runoff_rounds": [votes_and_exhausted(step.votes, step.exhausted) for step in runoff.rounds],
        "schulze_order": order.order,
        "schulze_beats": {option: order.beats[option] for option in options},
    }


def of_criteria(workshop: Workshop) -> dict[str, Any]:
    """Scores that tables agreed on paper."""
    sheet = from_json(workshop.facts.get("criteria_scoring", {}))
    if not sheet:
        return {}
    names = [one["id"] for one in sheet["criteria"]]
    scores = {
        table: {theme: dict(zip(names, row, strict=True)) for theme, row in themes.items()}
        for table, themes in sheet["scores"].items()
    }
    themes = sorted({theme for row in scores.values() for theme in row})
    found = criteria.weighted(scores, {one["id"]: one["weight"] for one in sheet["criteria"]}, themes)
    means = {one.theme: round(one.score, 3) for one in found if one.score is not None}
    return {"criteria_weighted_mean": means} if means else {}


def participation(workshop: Workshop) -> dict[str, Any]:
    """Coverage of each activity that counts towards it; evenness and balance of the written words (`domain.md` 4.1)."""
    people = {person.pk: person for person in workshop.participants.present().select_related("organisation")}
    counts, coverage = Counter(dict.fromkeys(people, 0)), {}
    for activity in workshop.activities.exclude(times_opened=0):
        line = activity.settings.get("voice")
        if not line:
            continue
        kind = kind_of(activity)
        heard = voices.coverage(kind.voices(activity), people)
        coverage[line] = {"people": heard.people, "share": heard.share and round(heard.share, 3)}
        if not kind.votes:
            counts.update({pk: number for pk, number in kind.contributions(activity).items() if pk in people})
    even = voices.gini(list(counts.values()))
    if even is None:
        return {}
    organisation_of = {pk: person.organisation.ref or str(person.organisation) for pk, person in people.items()}
    group_of = {pk: person.role_group or None for pk, person in people.items()}
    return {
        "participation": {
            "total": sum(counts.values()),
            "gini": round(even.g, 4),
            "gini_small_sample": round(even.small_sample, 4),
            "coverage": coverage,
            "by_organisation": _shares(counts, organisation_of),
            "by_role_group": _shares(counts, group_of),
        }
    }


def _shares(counts: Counter[int], group_of: dict[int, Any]) -> dict[str, Any]:
    """Every group however small: these are for checking arithmetic. What people see comes from `voices.balance`."""
    return {
        group: {"people": share.people, "contributions": share.contributions, "ratio": round(share.ratio, 2)}
        for group, share in voices.shares(counts, group_of).items()
        if group is not None
    }


def of_seating(workshop: Workshop) -> dict[str, Any]:
    """How well the mixed rounds mixed the room."""
    people = [
        Person(person.pk, person.organisation_id, person.role_group or None)
        for person in workshop.participants.filter(removed_at=None)
    ]
    rounds = [
        {table.label: [seat.participant_id for seat in table.seats.all()] for table in round_.tables.all()}
        for round_ in workshop.rounds.filter(by_interest=False).prefetch_related("tables__seats")
    ]
    if not any(rounds):
        return {}
    found = score(rounds, people)
    return {
        "seating": {
            "repeat_pairs": found.repeat_pairs,
            "distinct_pairs": found.distinct_pairs,
            "same_organisation_pairs": found.same_organisation_pairs,
            "same_role_group_pairs": found.same_role_group_pairs,
        }
    }
