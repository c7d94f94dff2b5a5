"""Blank: one line from everybody. Made by bin/new-kind; say here in a sentence what this room is for."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import TakeBack, own_cards, screened, words_field
from activities.kind import Action, Kind

LIMIT = 200


class Settings(forms.Form):
    """How it is set up before it opens; kept in activity.settings."""

    label = forms.CharField(label=_("What the box is called"), max_length=60, required=False, initial=_("Your line"))


class Send(Action):
    """One thing that may be sent to this room: a form, and what it does."""

    text = words_field(_("Your line"), LIMIT, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.activity.settings.get("label") or self.fields["text"].label

    def perform(self):
        card = self.activity.put_up(self.cleaned_data["text"], by=self.participant, late=self.late, ref=self.given_ref)
        return screened(card)


class Blank(Kind):
    name = _("Blank")
    purpose = _("Say what it does for the room, in one sentence.")
    minutes = 10
    Settings = Settings
    actions = {"send": Send, "take_back": TakeBack}
    words_limit = LIMIT

    def screen(self, activity):
        return {"cards": list(activity.cards.quotable().order_by("-pk")[:12]) if activity.is_closed else []}

    def console(self, activity):
        return {"cards": list(activity.cards.standing().order_by("-pk"))}

    def mine(self, activity, participant):
        return {"cards": list(own_cards(activity, participant))}

    def pack(self, activity):
        return {"cards": list(activity.cards.quotable())}

    def line(self, activity):
        count = activity.cards.standing().count()
        return ngettext("%(count)d line", "%(count)d lines", count) % {"count": count}


kind = Blank()
