"""What two people of a group change at once: their changes merge, and nobody's words are written over."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activities.cards import Several, Words
from activities.kind import Action

WAS = "was_"


def as_sent(value: Any) -> str:
    """As a form would send it; several things as "3,5"."""
    if value is None:
        return ""
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ",".join(as_sent(one) for one in value)
    return str(getattr(value, "pk", value))


class Merging(Action):
    """A form for what is there already. `was_…` is what the writer saw in a field when they began."""

    def remember(self, *names: str) -> None:
        """These fields merge; a page sends along what stood in them."""
        for name in names:
            self.fields[WAS + name] = Words(required=False, widget=forms.HiddenInput)
            self.initial.setdefault(WAS + name, as_sent(self.initial.get(name)))

    def seen(self) -> list[forms.BoundField]:
        """The hidden fields, for the page."""
        return [self[name] for name in self.fields if name.startswith(WAS)]

    def changes(self, there: Mapping[str, Any]) -> dict[str, Any]:
        """What the writer has changed of what is `there`. Raises ValidationError where somebody else has too.

        Both are shown then, and whoever sends again has read the other one. Of several things each is for itself:
        added, or taken out.
        """
        changed, clashes = {}, {}
        for name, now in there.items():
            said, was = self.cleaned_data[name], self.cleaned_data[WAS + name]
            if as_sent(said) == was or as_sent(said) == as_sent(now):
                continue
            if isinstance(self.fields[name], Several):
                changed[name] = merged(list(now), said, was.split(",") if was else [])
                continue
            if as_sent(now) != was:
                clashes[name] = self.both(name, now)
            changed[name] = said
        if clashes:
            self.data = self.data.copy()
            for name in clashes:
                self.data[WAS + name] = as_sent(there[name])
            raise ValidationError(clashes)
        return changed

    def both(self, name: str, now: Any) -> Any:
        if now in (None, ""):
            return _("Somebody in your group has just emptied this. Yours is kept below.")
        text = date_format(now, "j F Y") if isinstance(now, date) else now
        return _("Somebody in your group has just written here: “%(text)s”. Yours is kept below.") % {"text": text}


def merged(now: list[Any], said: list[Any], was: list[str]) -> list[Any]:
    """What is there now, without what the writer took out and with what they added."""
    if sorted(as_sent(one) for one in now) == sorted(was):
        return said
    kept = [one for one in now if one in said or as_sent(one) not in was]
    return kept + [one for one in said if one not in kept and as_sent(one) not in was]
