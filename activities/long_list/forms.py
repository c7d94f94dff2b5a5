"""What a table proposes for the long list, changes, and what the room finds to be the same."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import OwnCard, Several, screened, words_field
from activities.kind import FACILITATOR, Action
from workshops.models import Card, Driver
from workshops.problems import Conflict

TITLE, DESCRIPTION = 60, 240


class Theme(Action):
    """The words of a theme, new or changed."""

    text = words_field(
        _("Theme"),
        TITLE,
        rows=1,
        help_text=_("Up to six words, with a verb in it"),
        required_message=_("A theme needs a title of a few words."),
    )
    description = words_field(
        _("In twelve months"),
        DESCRIPTION,
        rows=2,
        help_text=_("What would be different, and for whom?"),
        required_message=_("Say in one line what would be different, and for whom."),
    )


class Propose(Theme):
    drivers = Several(
        label=_("National and local priorities that it answers to"),
        queryset=Driver.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stories = Several(
        label=_("Stories that it grew from"),
        queryset=Card.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workshop = self.activity.workshop
        self.fields["drivers"].queryset = Driver.objects.filter(network=workshop.network_id, hidden=False)
        stories = Card.objects.filter(activity__workshop=workshop)
        # A file may name a story whose words are not shown to others.
        shown = stories.standing() if workshop.rehearsal else stories.filter(activity__stage="why").quotable()
        self.fields["stories"].queryset = shown
        if workshop.rehearsal:  # and a theme without its line
            self.fields["description"].required = False

    def perform(self):
        given, table = self.cleaned_data, self.activity.table_of(self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        fields = {name: [thing.pk for thing in given[name]] for name in ("drivers", "stories")}
        fields["description"] = given["description"]
        card = self.activity.put_up(given["text"], late=self.late, ref=self.given_ref, fields=fields, **whose)
        card.grew_from.set(given["stories"])
        return screened(card)


class Reword(OwnCard, Theme):
    def perform(self):
        given = self.cleaned_data
        given["card"].reword(given["text"], late=self.late, description=given["description"])
        return screened(given["card"])


class Merge(Action):
    """Two themes are the same, and both tables say yes: one stays, and keeps its thread to the other."""

    by = FACILITATOR
    needs_open = False
    card = forms.ModelChoiceField(label=_("This theme"), queryset=Card.objects.none())
    into = forms.ModelChoiceField(label=_("becomes part of"), queryset=Card.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("card", "into"):
            self.fields[name].queryset = self.activity.cards.clear()
            gone = _("This theme is not here any more.")
            self.fields[name].error_messages |= {"required": _("Choose a theme first."), "invalid_choice": gone}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("card") and cleaned.get("card") == cleaned.get("into"):
            self.add_error("into", _("Choose two different themes."))
        return cleaned

    def perform(self):
        card, into = self.cleaned_data["card"], self.cleaned_data["into"]
        if card.marks.exists():
            raise Conflict(_("People have voted on “%(theme)s”: it stays as it is.") % {"theme": card.text})
        into.grew_from.add(card, *card.grew_from.all())
        both = {
            name: list(dict.fromkeys([*into.fields.get(name, []), *card.fields.get(name, [])]))
            for name in ("drivers", "stories")
        }
        into.reword(into.text, **both)
        card.hide()
        return into
