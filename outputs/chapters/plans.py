"""The chapter of each action plan: one page that people will recognise on Monday."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outputs.chapters import thread
from outputs.chapters.wording import quoted_from, without_references
from workshops.models import Card, Plan, Workshop

NEEDS = {
    "people": gettext_lazy("People"),
    "money": gettext_lazy("Money"),
    "time": gettext_lazy("Time"),
    "skills": gettext_lazy("Skills"),
    "data": gettext_lazy("Data"),
    "estate_or_digital": gettext_lazy("Estate or digital"),
}


def plans(workshop: Workshop) -> list[Plan]:
    votes = thread.votes_on(workshop)
    found: list[Any] = list(
        workshop.plans.select_related(
            "priority", "lead__organisation", "sponsor__organisation", "first_step_who", "table"
        ).prefetch_related(
            "actions__lead__organisation",
            "actions__deputy",
            "deputies__organisation",
            "team",
            "values",
            "drivers",
            "priority__cards",
            "table__seats",
        )
    )
    stories = {card: card.text for card in Card.objects.filter(activity__workshop=workshop, activity__stage="why")}
    titles = dict(workshop.priorities.values_list("pk", "title"))
    for plan in found:
        plan.thread = thread.of_plan(plan, votes)
        plan.words_of = len(plan.thread.people)
        plan.quotation = quotation(plan.why_it_matters, stories)
        plan.needs = [(NEEDS.get(name, name), said(text)) for name, text in plan.resources.items() if said(text)]
        plan.ways_wrong = [one for one in plan.risks if one.get("text")]
        plan.others = [{**one, "title": titles.get(one.get("priority"), "")} for one in plan.depends_on]
    return found


def said(what: Any) -> str:
    """A resource is a line of text; from a file it may say more: {"text", "secured", "ask_of"}."""
    return str(what.get("text", "") if isinstance(what, Mapping) else what or "")


def quotation(why: str, stories: Mapping[Card, str]) -> dict[str, str]:
    """Why it matters, with whose story it came from. Words of a story that may not be printed are not printed here."""
    story = quoted_from(why, stories) if why else None
    if not why or (story is not None and story not in quotable(stories)):
        return {}
    by = ""
    if story is not None:
        by = _("From a story: %(role)s") % {"role": story.signature} if story.signature else _("From a story")
    return {"text": without_references(why), "by": by}


def quotable(stories: Mapping[Card, str]) -> set[Card]:
    return {card for card in stories if card.state == Card.CLEAR and card.sharing in (Card.WITH_ROLE, Card.ANONYMOUS)}
