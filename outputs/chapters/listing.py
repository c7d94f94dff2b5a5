"""The list of contents: what is in this pack, where it begins, and what is still to come."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Entry:
    """One chapter, or one plan. `there` is false while the workshop has nothing to put in it."""

    name: str
    title: str
    stage: str = ""
    there: bool = True
    anchor: str = ""

    @property
    def target(self) -> str:
        return self.anchor or self.name.replace("_", "-")


def listing(seen: dict[str, Any]) -> list[Entry]:
    """Every chapter that a pack can have, in order."""
    agreed, priorities, after = seen["priorities"]["agreed"], seen["priorities"], seen["next"]
    purpose, values, plans = seen["purpose"]["purpose"], seen["values"], seen["plans"]
    return [
        Entry("plan_on_a_page", _("Our plan on a page"), there=bool(purpose or values or agreed)),
        Entry("present", _("Who was in the room"), there=bool(seen["present"]["people"])),
        Entry("why", _("Why we are here"), "why", bool(seen["why"]["themes"])),
        Entry("stories", _("Stories"), "why", bool(seen["why"]["stories"])),
        Entry("purpose", _("Our purpose"), "purpose", bool(purpose)),
        Entry("values", _("Our values and behaviours"), "purpose", bool(values)),
        Entry("priorities", _("From a long list to priorities"), "priorities", bool(agreed or priorities["others"])),
        Entry("long_list", _("The whole list"), "priorities", bool(priorities["themes"])),
        Entry("alignment", _("What our priorities answer to"), "priorities", bool(agreed)),
        *(
            Entry("plan", _("Action plan: %s") % plan.priority.title, "actions", anchor=f"plan-{plan.pk}")
            for plan in plans
        ),
        *([] if plans else [Entry("plan", _("Action plans"), "actions", there=False)]),
        Entry("commitments", _("Our commitments"), "actions", bool(seen["commitments"])),
        Entry("voices", _("How all voices contributed"), there=bool(seen["heard"]["rows"] or seen["mood"]["rows"])),
        Entry("next", _("What happens next"), there=bool(after["any"] or after["questions"] or after["undated"])),
        Entry("appendix", _("Appendix: the evidence"), there=bool(seen["faces"])),
    ]
