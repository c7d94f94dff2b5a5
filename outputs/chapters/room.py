"""The chapters about the people: who was in the room, why they came, their stories, how all voices contributed."""

from collections import Counter
from itertools import combinations
from typing import Any

from activities.kind import kind_of
from outputs.chapters import thread
from workshops.models import Card, Participant, Theme, Workshop
from workshops.voices import FEWEST, Coverage, Share, balance, coverage

FEATURED = 8
# Longer ones are printed in the appendix alone.
TOO_LONG = 900


def present(workshop: Workshop) -> dict[str, Any]:
    people = list(workshop.participants.present().select_related("organisation"))
    survey = workshop.facts.get("pre_event_survey") or {}
    labels = {one["id"]: one["label"] for one in workshop.facts.get("role_groups") or [] if "label" in one}
    channels = dict(Participant.CHANNELS)
    return {
        "people": len(people),
        "bodies": sorted({person.organisation.short or person.organisation.name for person in people}),
        "organisations": groups({person.pk: person.organisation.name for person in people}),
        "roles": groups({p.pk: labels.get(p.role_group, p.role_group) for p in people if p.role_group}),
        "channels": groups({person.pk: str(channels.get(person.channel, person.channel)) for person in people}),
        "invited": survey.get("invited"),
        "expected": workshop.participants.expected().count(),
        "mixing": mixing(workshop),
        "starting_points": (workshop.network.facts or {}).get("starting_points") or [],
    }


def groups(group_of: dict[int, str]) -> dict[str, Any]:
    """Head counts of groups of five or more; the smaller ones together, named and not counted (`domain.md` 4.1).

    What is merged comes from the same rule as the balance of voices, so that no count can be found by subtraction.
    """
    shares = balance(dict.fromkeys(group_of, 1), group_of)
    shown = [{"name": share.group, "people": share.people} for share in shares if not share.merged]
    small = sorted({name for share in shares for name in share.merged} if shares else set(group_of.values()))
    return {
        "shown": sorted(shown, key=lambda row: (-row["people"], row["name"])),
        "small": small,
        "together": sum(share.people for share in shares if share.merged),
        "scale": max([*(row["people"] for row in shown), 1]),
    }


def mixing(workshop: Workshop) -> dict[str, int]:
    """How the mixed tables that people sat at mixed the room; {} where there were none."""
    opened = workshop.activities.exclude(times_opened=0).values("seating")
    here = set(workshop.participants.present().values_list("pk", flat=True))
    met: Counter[frozenset[int]] = Counter()
    rounds = list(workshop.rounds.filter(by_interest=False, pk__in=opened).prefetch_related("tables__seats"))
    for round_ in rounds:
        for table in round_.tables.all():
            seated = {seat.participant_id for seat in table.seats.all()} & here
            met.update(frozenset(pair) for pair in combinations(seated, 2))
    return {"rounds": len(rounds), "pairs": len(met), "again": sum(times > 1 for times in met.values())} if met else {}


def themes(workshop: Workshop) -> dict[str, Any]:
    """Themes of the first stage with their key words; and stories whose tellers let their words be used."""
    kept = Theme.objects.filter(activity__workshop=workshop, activity__stage="why", parked=False)
    found: list[Any] = list(kept.prefetch_related("cards"))
    for theme in found:
        theme.told = len([card for card in theme.cards.all() if card.state == Card.CLEAR])
    stories = Card.objects.filter(activity__workshop=workshop, activity__stage="why").quotable()
    if found:
        stories = stories.filter(themes__in=found).distinct()
    stories = list(stories.select_related("participant").prefetch_related("themes"))
    return {
        "themes": found,
        "most": max((theme.told for theme in found), default=1) or 1,
        "stories": spread([one for one in stories if len(one.text) <= TOO_LONG], found)[:FEATURED],
        "quotable": len(stories),
    }


def spread(stories: list[Card], found: list[Theme]) -> list[Card]:
    """Stories in turn from each theme, so that no theme is silent."""
    waiting = {theme.pk: [one for one in stories if theme in one.themes.all()] for theme in found}
    chosen: list[Card] = []
    while any(waiting.values()):
        for queue in waiting.values():
            while queue:
                story = queue.pop(0)
                if story not in chosen:
                    chosen.append(story)
                    break
    return chosen or stories


def heard(workshop: Workshop) -> dict[str, Any]:
    """Coverage of each activity that asked for words or marks, and balance by organisation (`domain.md` 4.1)."""
    people = dict(workshop.participants.present().values_list("pk", "organisation__short"))
    rows: list[dict[str, Any]] = []
    total = Counter(dict.fromkeys(people, 0))
    for activity in workshop.activities.filter(skipped=False).select_related("seating", "draws_on"):
        activity.workshop = workshop
        kind = kind_of(activity)
        voices = kind.voices(activity) if activity.times_opened else set()
        if voices:
            rows.append({"title": activity.title, "coverage": coverage(voices, people.keys())})
        if not kind.votes:
            total.update({person: n for person, n in kind.contributions(activity).items() if person in people})
    shares = [_weighed(share) for share in balance(total, people)]
    return {
        "rows": [row for row in rows if row["coverage"].share is not None],
        "balance": shares if len(shares) > 1 else [],
        "contributed": _contributed(total),
        "in_outputs": thread.words_in_agreements(workshop),
    }


def _weighed(share: Share) -> dict[str, Any]:
    """One row of the balance; `at` is where the ratio stands on a line from 0.5 to 1.5, in the figure's own units."""
    return {
        "group": share.group,
        "merged": bool(share.merged),
        "ratio": share.ratio,
        "at": round(5 + 260 * (min(max(share.ratio, 0.5), 1.5) - 0.5), 1),
    }


def _contributed(total: Counter[int]) -> Coverage | None:
    """How many put something in their own words; None where so few are present that it would point at somebody."""
    if len(total) < FEWEST:
        return None
    return coverage([person for person, count in total.items() if count], total.keys())
