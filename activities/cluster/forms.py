"""What the person at the board does: make, name, fill, join, set aside and keep groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import OnThing, line_field
from activities.kind import FACILITATOR, Action, cards_of_source
from workshops.models import Card, Theme


class Sort(Action):
    """What only the person at the board does; the wall stays open to them after closing."""

    by = FACILITATOR
    needs_open = False


class ThemeField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            queryset=Theme.objects.none(),
            error_messages={
                "invalid_choice": _("This group is not here any more."),
                "required": _("Choose a group first."),
            },
            **kwargs,
        )


class OnBoard(Sort, OnThing):
    """An action on a theme of this board."""

    thing = "theme"
    theme = ThemeField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ThemeField):
                field.queryset = self.activity.themes.all()


class Named(Action):
    name = line_field(
        _("Name of the group"),
        80,
        help_text=_("A phrase that a new colleague would understand, in somebody’s own words"),
        required_message=_("A group needs a name."),
    )
    gist = line_field(_("In one line"), 300)


class Make(Sort, Named):
    key_words = line_field(_("Words to keep"), 300)

    def perform(self):
        given = self.cleaned_data
        return self.activity.themes.create(
            name=given["name"],
            gist=given["gist"],
            key_words=[word.strip() for word in given["key_words"].split(";") if word.strip()],
            position=self.activity.themes.count() + 1,
            ref=self.given_ref,
        )


class Rename(OnBoard, Named):
    def perform(self):
        theme = self.cleaned_data["theme"]
        theme.rename(self.cleaned_data["name"], self.cleaned_data["gist"])
        return theme


class Place(Sort):
    """Move a card into a group (`theme`), out of every group (none), or copy it into one more (`copy`)."""

    card = forms.ModelChoiceField(
        queryset=Card.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("This card is not here any more.")),
    )
    theme = ThemeField(required=False)
    copy = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = cards_of_source(self.activity)
        self.fields["theme"].queryset = self.activity.themes.all()

    def perform(self):
        card, theme = self.cleaned_data["card"], self.cleaned_data["theme"]
        if not self.cleaned_data["copy"]:
            for held in card.themes.filter(activity=self.activity):
                held.let_go(card)
        if theme:
            theme.take_in(card)
        return card


class Park(OnBoard):
    parked = forms.BooleanField(required=False)

    def perform(self):
        self.cleaned_data["theme"].park(self.cleaned_data["parked"])
        return self.cleaned_data["theme"]


class Keep(OnBoard):
    """One person asks that this group is carried forward, however few stand behind it."""

    protected = forms.BooleanField(required=False)

    def perform(self):
        self.cleaned_data["theme"].protect(self.cleaned_data["protected"])
        return self.cleaned_data["theme"]


class Merge(OnBoard):
    """Two groups that mean the same become one; every card comes along."""

    theme = ThemeField(label=_("This group"))
    into = ThemeField(label=_("becomes part of"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("theme") and cleaned.get("theme") == cleaned.get("into"):
            self.add_error("into", _("Choose two different groups."))
        return cleaned

    def perform(self):
        self.cleaned_data["theme"].merge_into(self.cleaned_data["into"])
        return self.cleaned_data["into"]
