"""The list of contents: what is in this pack, and where it begins."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Entry:
    anchor: str
    title: str
    stage: str = ""
    within: bool = False


def listing(seen: dict[str, Any]) -> list[Entry]:
    """Every chapter that this pack has."""
    entries = [
        Entry("plan-on-a-page", _("Our plan on a page")),
        Entry("present", _("Who was in the room")),
        Entry("why", _("Why we are here"), "why"),
        Entry("stories", _("Stories"), "why") if seen["why"]["stories"] else None,
        Entry("purpose", _("Our purpose"), "purpose"),
        Entry("values", _("Our values and behaviours"), "purpose"),
        Entry("priorities", _("From a long list to priorities"), "priorities"),
        Entry("long-list", _("The whole list"), "priorities") if seen["priorities"]["themes"] else None,
        Entry("alignment", _("What our priorities answer to"), "priorities"),
        *(Entry(f"plan-{plan.pk}", plan.priority.title, "actions", True) for plan in seen["plans"]),
        Entry("commitments", _("Our commitments"), "actions"),
        Entry("voices", _("How all voices contributed")),
        Entry("next", _("What happens next")),
        Entry("appendix", _("Appendix: the evidence")),
    ]
    return [entry for entry in entries if entry]
