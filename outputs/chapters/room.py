"""The chapters about the people: who was in the room, why they came, their stories, how all voices contributed."""

from collections import Counter
from typing import Any

from activities.kind import kind_of
from outputs.chapters import thread
from workshops.models import Card, Theme, Workshop
from workshops.voices import FEWEST, balance, coverage

FEATURED = 8


def present(workshop: Workshop) -> dict[str, Any]:
    people = list(workshop.participants.present().select_related("organisation"))
    by_body = Counter(person.organisation for person in people)
    groups = Counter(person.role_group for person in people if person.role_group)
    return {
        "people": len(people),
        "organisations": [
            {"name": body.name, "people": count} for body, count in sorted(by_body.items(), key=lambda row: -row[1])
        ],
        "bodies": len(by_body),
        # a role in a group of fewer than five would be a name (domain.md 4.2)
        "roles": [{"name": name, "people": count} for name, count in groups.most_common() if count >= FEWEST],
        "expected": workshop.participants.expected().count(),
    }


def themes(workshop: Workshop) -> dict[str, Any]:
    """Themes of the first stage with their key words; and stories whose tellers let their words be used."""
    kept = Theme.objects.filter(activity__workshop=workshop, activity__stage="why", parked=False)
    found = list(kept.prefetch_related("cards"))
    for theme in found:
        theme.told = len([card for card in theme.cards.all() if card.state == Card.CLEAR])
    stories = Card.objects.filter(activity__workshop=workshop, activity__stage="why").quotable()
    if found:
        stories = stories.filter(themes__in=found).distinct()
    stories = list(stories.select_related("participant").prefetch_related("themes"))
    return {"themes": found, "stories": spread(stories, found)[:FEATURED], "quotable": len(stories)}


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
    rows, total = [], Counter(dict.fromkeys(people, 0))
    for activity in workshop.activities.filter(skipped=False).select_related("seating", "draws_on"):
        activity.workshop = workshop
        kind = kind_of(activity)
        voices = kind.voices(activity) if activity.times_opened else set()
        if voices:
            rows.append({"title": activity.title, "coverage": coverage(voices, people.keys())})
        if not kind.votes:
            total.update({person: n for person, n in kind.contributions(activity).items() if person in people})
    return {
        "rows": [row for row in rows if row["coverage"].share is not None],
        "balance": balance(total, people),
        "contributed": sum(1 for count in total.values() if count),
        "present": len(people),
        "in_outputs": thread.words_in_agreements(workshop),
    }
