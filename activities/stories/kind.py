"""Stories: each person tells one moment in their own words, and chooses how far it may travel."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.kind import Action, Kind, Move
from workshops.models import Card
from workshops.privacy import look

LIMIT = 1500


class Settings(forms.Form):
    limit = forms.IntegerField(label=_("Characters at most"), min_value=200, max_value=5000, initial=LIMIT)


class StoryFields(Action):
    text = forms.CharField(
        label=_("Your story"),
        max_length=LIMIT,
        strip=True,
        error_messages={"required": _("There are no words here yet. Write your story, then send it.")},
        widget=forms.Textarea(attrs={"data-draft": "", "data-limit": LIMIT, "data-privacy": "", "rows": 6}),
    )
    sharing = forms.ChoiceField(
        label=_("How may it be used?"),
        choices=Card.SHARING,
        initial=Card.THEMES_ONLY,
        widget=forms.RadioSelect,
        help_text=_("You can change this until the outputs are final."),
    )
    key_words = forms.CharField(
        label=_("Words to keep"),
        required=False,
        max_length=200,
        help_text=_("A phrase or two, separated by commas"),
    )

    def words(self):
        return [word.strip() for word in self.cleaned_data["key_words"].split(",") if word.strip()][:8]

    def screened(self, card: Card) -> Card:
        """Anything that could identify somebody waits for the facilitator's look (`domain.md` 5.2)."""
        flags = [flag for flag in look(card.text) if flag.action == "hold"]
        if flags and card.state != Card.HELD:
            card.hold([{"kind": flag.kind, "start": flag.start, "end": flag.end} for flag in flags])
        return card


class Send(StoryFields):
    def perform(self):
        card = self.activity.put_up(
            self.cleaned_data["text"],
            by=self.participant,
            late=self.late,
            sharing=self.cleaned_data["sharing"],
            fields={"key_words": self.words()},
            ref=self.given_ref,
        )
        return self.screened(card)


class OwnCard(Action):
    """An action on a card of one's own."""

    card = forms.ModelChoiceField(queryset=Card.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = self.activity.cards.standing().filter(participant=self.participant)


class Reword(OwnCard, StoryFields):
    def perform(self):
        card = self.cleaned_data["card"]
        card.reword(self.cleaned_data["text"], key_words=self.words())
        card.share(self.cleaned_data["sharing"])
        return self.screened(card)


class TakeBack(OwnCard):
    needs_open = False

    def perform(self):
        self.cleaned_data["card"].withdraw()
        return self.cleaned_data["card"]


class Share(OwnCard):
    """The teller may change the sharing level until the pack is locked."""

    needs_open = False
    sharing = forms.ChoiceField(choices=Card.SHARING)

    def perform(self):
        card = self.cleaned_data["card"]
        if self.activity.workshop.is_locked:
            raise ValidationError(_("The outputs are final: this can no longer be changed."))
        card.share(self.cleaned_data["sharing"])
        return card


class Stories(Kind):
    name = _("Stories")
    purpose = _("Begin with experience: a moment when the network was at its best, or should have been.")
    minutes = 30
    Settings = Settings
    actions = {"send": Send, "reword": Reword, "take_back": TakeBack, "share": Share}
    words_limit = LIMIT

    def screen(self, activity):
        return {"cards": list(activity.cards.quotable().select_related("participant").order_by("-pk")[:6])}

    def console(self, activity):
        return {"cards": list(activity.cards.standing().select_related("participant__organisation", "table"))}

    def mine(self, activity, participant):
        return {"cards": list(activity.cards.standing().of(participant))}

    def pack(self, activity):
        cards = activity.cards.quotable().select_related("participant").prefetch_related("themes")
        return {"cards": list(cards), "told": activity.cards.standing().count()}

    def line(self, activity):
        return _("%(count)d stories") % {"count": activity.cards.standing().count()}

    def script(self, activity, day):
        for story in day.get(activity.block, []):
            data = {"text": story["text"], "sharing": story["sharing"], "key_words": ", ".join(story["key_words"])}
            yield Move(story["author"], "send", data, ref=story["id"])


kind = Stories()
