"""The chapters of what was agreed: plan on a page, purpose, values, priorities, alignment, plans, what happens next."""

from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from activities.kind import kind_of
from outputs.chapters import thread
from workshops.models import Alignment, Plan, Priority, Workshop

ASIDE = (Priority.QUICK_WIN, Priority.HELD, Priority.NOT_OURS)


def purpose(workshop: Workshop, told: list[dict[str, Any]]) -> dict[str, Any]:
    versions = list(workshop.purposes.prefetch_related("objections", "sources__table__seats", "made_by"))
    working = versions[-1] if versions else None
    drafts = list(thread.with_tables(working.sources.all())) if working else []
    if not drafts and versions:
        drafts = [card for version in versions for card in version.sources.all()]
    return {
        "purpose": working,
        "versions": versions,
        "drafts": drafts,
        "drafters": len(thread.authors(drafts)),
        "objections": [objection for version in versions for objection in version.objections.all()],
        "asked": [one for one in told if one["activity"].settings.get("subject") == "purpose"],
    }


def values(workshop: Workshop) -> list[Any]:
    found = list(workshop.values.select_related("theme").prefetch_related("behaviours"))
    for value in found:
        lines = list(value.behaviours.all())
        value.we_will = [line for line in lines if line.will]
        value.we_will_not = [line for line in lines if not line.will]
        value.thread = thread.of_value(value)
    return found


def priorities(workshop: Workshop) -> dict[str, Any]:
    """The set that was agreed, and the whole long list, strongest first, with what became of each theme."""
    every = list(workshop.priorities.select_related("keeper").prefetch_related("cards__activity", "values"))
    votes = thread.votes_on(workshop)
    became = {card.pk: one for one in every for card in one.cards.all()}
    sources = {card.activity for one in every for card in one.cards.all()}
    themes = [card for source in sources for card in source.cards.clear().select_related("table")]
    for card in themes:
        card.votes, card.became = votes.get(card.pk, thread.Votes()), became.get(card.pk)
    themes.sort(key=lambda card: (-card.votes.dots, -card.votes.supporters, card.pk))
    return {
        "agreed": [one for one in every if one.decision == Priority.AGREED],
        "held": [one for one in every if one.decision == Priority.HELD],
        "quick_wins": [one for one in every if one.decision == Priority.QUICK_WIN],
        "not_ours": [one for one in every if one.decision == Priority.NOT_OURS],
        "others": [[one for one in every if one.decision == decision] for decision in ASIDE],
        "themes": themes,
        "voted": bool(votes),
        "most": max((card.votes.dots for card in themes), default=0) or 1,
        "notes": [
            one.notes["decision"] for one in workshop.activities.filter(stage="priorities") if one.notes.get("decision")
        ],
    }


def alignment(workshop: Workshop, agreed: list[Priority]) -> dict[str, Any]:
    """Rows are priorities; columns the drivers that any of them answers to; and what is not covered (3.10)."""
    cells = Alignment.objects.filter(priority__in=agreed).select_related("driver__organisation")
    strength = {(cell.priority_id, cell.driver_id): cell.strength for cell in cells}
    for plan in Plan.objects.filter(priority__in=agreed).prefetch_related("drivers__organisation"):
        for driver in plan.drivers.all():
            strength.setdefault((plan.priority_id, driver.pk), 1)
    drivers = list(workshop.network.drivers.filter(hidden=False).select_related("organisation"))
    used = {driver for _priority, driver in strength}
    rows = [
        {"driver": driver, "cells": [strength.get((one.pk, driver.pk), 0) for one in agreed]}
        for driver in drivers
        if driver.pk in used
    ]
    return {
        "groups": [
            ([row for row in rows if not row["driver"].is_local], _("National")),
            ([row for row in rows if row["driver"].is_local], _("From our organisations")),
        ],
        "not_covered": [driver for driver in drivers if driver.pk not in used],
    }


def plans(workshop: Workshop) -> list[Plan]:
    votes = thread.votes_on(workshop)
    found = list(
        workshop.plans.select_related(
            "priority", "lead__organisation", "sponsor__organisation", "first_step_who", "table"
        ).prefetch_related(
            "actions__lead",
            "actions__deputy",
            "deputies",
            "team",
            "values",
            "drivers",
            "priority__cards",
            "table__seats",
        )
    )
    titles = dict(workshop.priorities.values_list("pk", "title"))
    labels = {
        "people": _("People"),
        "money": _("Money"),
        "time": _("Time"),
        "skills": _("Skills"),
        "data": _("Data"),
        "estate_or_digital": _("Estate or digital"),
    }
    for plan in found:
        plan.thread = thread.of_plan(plan, votes)
        plan.words_of = len(plan.thread.people)
        plan.needs = [(labels.get(name, name), text) for name, text in plan.resources.items()]
        plan.others = [{**one, "title": titles.get(one.get("priority"), "")} for one in plan.depends_on]
    return found


def what_next(workshop: Workshop, made: list[Plan]) -> dict[str, Any]:
    steps = [plan for plan in made if plan.first_step]
    return {
        "steps": sorted(steps, key=lambda plan: plan.first_step_by or workshop.date),
        "reviews": list(workshop.review_dates.all()),
        "questions": list(workshop.open_questions.select_related("owner")),
        "comments_until": workshop.date + timedelta(days=14),
    }


def faces(workshop: Workshop) -> list[dict[str, Any]]:
    """Each activity that was opened, with its own paper face, in run-sheet order."""
    found = []
    for activity in workshop.activities.filter(skipped=False).select_related("seating", "draws_on"):
        if not activity.times_opened:
            continue
        activity.workshop = workshop
        kind = kind_of(activity)
        seen = {"workshop": workshop, "activity": activity, **kind.pack(activity)}
        found.append({"activity": activity, "kind": kind.name, "html": render_to_string(kind.face("pack"), seen)})
    return found
