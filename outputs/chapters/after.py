"""What happens next: everything with a date, in four stretches of the year that follows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Plan, Workshop

COMMENTS = timedelta(days=14)
# How far each stretch reaches; the last one to the same day a year on.
STRETCHES = (
    (gettext_lazy("The first two weeks"), timedelta(days=14)),
    (gettext_lazy("Up to twelve weeks"), timedelta(weeks=12)),
    (gettext_lazy("Up to six months"), timedelta(weeks=26)),
    (gettext_lazy("Up to twelve months"), None),
)


@dataclass
class Date:
    """One thing that somebody does by a day."""

    on: date
    what: str
    who: str = ""
    about: str = ""
    review: bool = False


@dataclass
class Stretch:
    name: str
    until: date
    dates: list[Date] = field(default_factory=list)


def what_next(workshop: Workshop, made: list[Plan]) -> dict[str, Any]:
    reviews = list(workshop.review_dates.all())
    stretches = [
        Stretch(str(name), workshop.date + length if length else a_year_on(workshop.date)) for name, length in STRETCHES
    ]
    later = Stretch(_("Later"), date.max)
    for one in sorted(dates(workshop, made), key=lambda found: (found.on, not found.review)):
        next((stretch for stretch in stretches if one.on <= stretch.until), later).dates.append(one)
    return {
        "reviews": reviews,
        "stretches": [*stretches, later] if later.dates else stretches,
        "any": any(stretch.dates for stretch in stretches) or bool(later.dates),
        "undated": [plan for plan in made if plan.first_step and not plan.first_step_by],
        "questions": list(workshop.open_questions.select_related("owner")),
        "comments_until": workshop.date + COMMENTS,
    }


def a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day + timedelta(days=365)


def dates(workshop: Workshop, made: list[Plan]) -> list[Date]:
    """First steps, actions, what starts at once, and reviews."""
    found = [Date(one.on, one.what, about=one.format, review=True) for one in workshop.review_dates.all()]
    for plan in made:
        if plan.first_step and plan.first_step_by:
            found.append(Date(plan.first_step_by, plan.first_step, _name(plan.first_step_who)))
        for action in plan.actions.all():
            if action.by:
                found.append(Date(action.by, action.output or action.text, _name(action.lead)))
    for one in workshop.priorities.filter(decision="quick_win").select_related("keeper"):
        if one.starts_on:
            found.append(Date(one.starts_on, one.title, _name(one.keeper), _("starts at once")))
    return found


def _name(person: Any) -> str:
    return person.name if person else ""
