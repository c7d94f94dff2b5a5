"""The chapters of what was agreed in the first three stages: purpose, values, priorities and what they answer to."""

from typing import Any

from django.utils.translation import gettext as _

from outputs.chapters import thread
from outputs.chapters.faces import Face, about_purpose, standings
from outputs.chapters.rows import in_rows
from outputs.chapters.wording import pieces, without_references
from workshops.models import Alignment, Card, Plan, Priority, Workshop

# The bars of themes that became priorities, and of the others. Also said in words beside them.
TAKEN_UP, LEFT = "#00638d", "#a4afb8"
# Priorities side by side in one matrix; more of them make a second one below.
ABREAST = 6
ASIDE = (Priority.QUICK_WIN, Priority.HELD, Priority.NOT_OURS)


def purpose(workshop: Workshop, told: list[Face]) -> dict[str, Any]:
    """The working purpose, with the words in it that stand in the drafts, and where the room stood on each version."""
    versions = list(workshop.purposes.prefetch_related("objections", "sources__table__seats", "made_by"))
    working = versions[-1] if versions else None
    # never sources.clear(): on a many-to-many that takes the links away
    woven = {card.pk: card for version in versions for card in version.sources.all()}
    drafts: list[Any] = [card for card in woven.values() if card.state == Card.CLEAR]
    asked = [face for face in told if about_purpose(face)]
    said = [draft.text for draft in drafts]
    for draft in drafts:
        draft.pieces = pieces(draft.text, [working.text]) if working else []
    return {
        "purpose": working,
        "pieces": pieces(working.text, said) if working else [],
        "versions": versions,
        "drafts": drafts,
        "drafters": len(thread.authors(drafts)),
        "weavers": len({person.pk for version in versions for person in version.made_by.all()}),
        "objections": [objection for version in versions for objection in version.objections.all()],
        "rows": in_rows(drafts, 2),
        "levels": side_by_side([standing for face in asked for standing in standings(face)]),
        "behind": [face for face in told if face.speaks and (face in asked or _held(face, drafts))],
    }


def _held(face: Face, cards: list[Any]) -> bool:
    return face.activity.pk in {card.activity_id for card in cards}


def side_by_side(asked: list[Any]) -> dict[str, Any]:
    """Levels down the side, each wording in a column: {} where nobody was asked, or fewer than five answered."""
    if not asked:
        return {}
    asked = asked[-3:]
    most = max(bar["people"] for one in asked for bar in one.bars) or 1
    by_level = [{bar["level"]: bar["people"] for bar in one.bars} for one in asked]
    rows = [
        {"name": bar["name"], "people": [found.get(bar["level"], 0) for found in by_level]} for bar in asked[-1].bars
    ]
    return {"asked": asked, "rows": rows, "most": most, "last": asked[-1]}


def values(workshop: Workshop) -> list[Any]:
    found: list[Any] = list(workshop.values.select_related("theme").prefetch_related("behaviours"))
    for value in found:
        lines = list(value.behaviours.all())
        value.we_will = [line for line in lines if line.will]
        value.we_will_not = [line for line in lines if not line.will]
        value.thread = thread.of_value(value)
    return found


def priorities(workshop: Workshop) -> dict[str, Any]:
    """The set that was agreed, and the whole long list, strongest first, with what became of each theme."""
    every: list[Any] = list(workshop.priorities.select_related("keeper").prefetch_related("cards__activity", "values"))
    votes = thread.votes_on(workshop)
    names = {one.ref: one.title for one in every if one.ref}
    became: dict[int, Any] = {}
    for one in every:
        one.why = without_references(one.why, names)
        one.themes = list(one.cards.all())
        one.votes = thread.together(votes[card.pk] for card in one.themes if card.pk in votes)
        became |= {card.pk: one for card in one.themes}
    sources = {card.activity for one in every for card in one.themes}
    themes = [card for source in sources for card in source.cards.clear().select_related("table")]
    for card in themes:
        card.votes, card.became = votes.get(card.pk, thread.Votes()), became.get(card.pk)
        card.fill = TAKEN_UP if card.became and card.became.decision == Priority.AGREED else LEFT
    themes.sort(key=lambda card: (-card.votes.dots, -card.votes.supporters, card.pk))
    agreed = [one for one in every if one.decision == Priority.AGREED]
    return {
        "agreed": agreed,
        "others": [one for decision in ASIDE for one in every if one.decision == decision],
        "themes": themes,
        "taken_up": len({card.pk for one in agreed for card in one.themes}),
        "voted": bool(votes),
        "most": max((card.votes.dots for card in themes), default=0) or 1,
        "notes": [
            without_references(one.notes["decision"], names)
            for one in workshop.activities.filter(stage="priorities")
            if one.notes.get("decision")
        ],
    }


def alignment(workshop: Workshop, agreed: list[Priority]) -> dict[str, Any]:
    """Rows are words of the purpose and drivers, columns priorities; and what is not covered (`domain.md` 3.10)."""
    cells = Alignment.objects.filter(priority__in=agreed).select_related("driver__organisation")
    strength = {(cell.priority_id, cell.driver_id): cell.strength for cell in cells}
    plans = {plan.priority_id: plan for plan in Plan.objects.filter(priority__in=agreed).prefetch_related("values")}
    for plan in plans.values():
        for driver in plan.drivers.all():
            strength.setdefault((plan.priority_id, driver.pk), 1)
    drivers = list(workshop.network.drivers.filter(hidden=False).select_related("organisation"))
    used = {driver for _priority, driver in strength}
    rows: list[dict[str, Any]] = [
        {"driver": driver, "cells": [strength.get((one.pk, driver.pk), 0) for one in agreed]}
        for driver in drivers
        if driver.pk in used
    ]
    groups = [
        (_("National"), [row for row in rows if not row["driver"].is_local]),
        (_("From our organisations"), [row for row in rows if row["driver"].is_local]),
    ]
    return {
        "groups": [(title, found) for title, found in groups if found],
        "blocks": blocks(agreed, [_served(one, plans.get(one.pk)) for one in agreed], groups),
        "not_covered": [driver for driver in drivers if driver.pk not in used],
        "cards": [driver for driver in drivers if driver.pk in used],
    }


def blocks(agreed: list[Priority], served: list[dict[str, Any]], groups: list[Any]) -> list[dict[str, Any]]:
    """The matrix, in parts that are no wider than a page."""
    found = []
    for start in range(0, len(agreed), ABREAST):
        part = slice(start, start + ABREAST)
        found.append(
            {
                "agreed": agreed[part],
                "served": served[part],
                "words": any(one["words"] or one["values"] for one in served[part]),
                "groups": [(title, kept) for title, rows in groups if (kept := _part_of(rows, part))],
                "width": len(agreed[part]) + 1,
            }
        )
    return found


def _part_of(rows: list[dict[str, Any]], part: slice) -> list[dict[str, Any]]:
    """The rows that say something about these priorities."""
    return [{**row, "cells": row["cells"][part]} for row in rows if any(row["cells"][part])]


def _served(priority: Priority, plan: Plan | None) -> dict[str, Any]:
    """The words of the purpose and the values that a priority says it serves."""
    own = [value.name for value in priority.values.all()]
    return {
        "words": priority.purpose_link or (plan.purpose_link if plan else ""),
        "values": own or ([value.name for value in plan.values.all()] if plan else []),
    }
