"""The four chapters of a workshop, and the three quiet ones around them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stage:
    """A chapter: `slug` is its hue in CSS; `number` is 1 to 4, or None for arriving, breaks and closing."""

    slug: str
    name: str | Promise
    short: str | Promise
    question: str | Promise
    number: int | None = None


STAGES = (
    Stage("why", _("Why"), _("Why"), _("Why does this network matter?"), 1),
    Stage("purpose", _("Values and purpose"), _("Purpose"), _("What do we stand for, and what are we for?"), 2),
    Stage("priorities", _("Priorities"), _("Priorities"), _("What will we put our energy into?"), 3),
    Stage("actions", _("Action plans"), _("Actions"), _("Who will do what, and by when?"), 4),
)
QUIET = (
    Stage("arrive", _("Arrive"), _("Arrive"), _("Who is here?")),
    Stage("break", _("Break"), _("Break"), ""),
    Stage("close", _("Close"), _("Close"), _("What did we decide, and what happens next?")),
)
BY_SLUG = {stage.slug: stage for stage in (*STAGES, *QUIET)}
CHOICES = [(stage.slug, stage.name) for stage in BY_SLUG.values()]
