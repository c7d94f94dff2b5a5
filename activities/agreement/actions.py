"""What may be sent to an agreement: where one stands; a wording; showing the answers; objections."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.agreement import rounds
from activities.cards import Several, words_field
from activities.kind import FACILITATOR, Action
from activities.levels import RULE_CHOICES, OnPaper, Stand
from workshops.models import Card, Participant, Purpose
from workshops.problems import Conflict

LONGEST, SHORT = 1000, 200


class Settings(forms.Form):
    subject = forms.ChoiceField(
        label=_("What the room agrees on"),
        choices=[
            (rounds.PURPOSE, _("The working purpose")),
            (rounds.PRIORITIES, _("The set of priorities")),
            (rounds.TEXT, _("A wording of your own")),
        ],
    )
    text = forms.CharField(label=_("The wording"), max_length=LONGEST, required=False, widget=forms.Textarea)
    rule = forms.ChoiceField(
        label=_("Good enough means"),
        choices=RULE_CHOICES,
        required=False,
        help_text=_("Chosen before the vote, and shown beside its result."),
    )


class StandHere(Stand):
    """Where a person stands on the wording that is in front of the room now."""

    round = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @property
    def criterion(self):
        return str(rounds.number(self.activity))

    def perform(self):
        if self.cleaned_data["round"] != rounds.number(self.activity):
            raise Conflict(_("The wording has changed. Read the new one, then say where you stand."))
        if rounds.is_shown(self.activity):
            raise Conflict(_("The answers have been shown, so this round is over."))
        return super().perform()


class PaperStand(OnPaper, StandHere):
    """A card with a level from 1 to 8, typed in for somebody."""


class Desk(Action):
    by = FACILITATOR
    needs_open = False


class Put(Desk):
    """A wording for the room: for the purpose, a new version of it. Each begins a new round."""

    text = words_field(
        _("The wording"), LONGEST, rows=4, required_message=_("Write the wording that the room should look at.")
    )
    short_form = forms.CharField(
        label=_("Short form"), max_length=SHORT, required=False, help_text=_("One sentence that people can remember")
    )
    sources = Several(
        label=_("Drafts whose words are in it"),
        queryset=Card.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    made_by = Several(
        label=_("Weavers"), queryset=Participant.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    made_at = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    status = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workshop, source = self.activity.workshop, self.activity.draws_on
        self.subject = rounds.subject_of(self.activity)
        self.fields["made_by"].queryset = workshop.participants.filter(removed_at=None).order_by("name")
        self.fields["sources"].queryset = source.cards.clear() if source else Card.objects.none()
        if self.subject == rounds.PRIORITIES:
            self.fields["text"].required = False
        if not self.is_bound:
            self.initial |= self.last()

    def last(self):
        """The form begins with the version before, because the next one is mostly the same."""
        if self.subject != rounds.PURPOSE:
            return {
                "text": (rounds.rounds(self.activity) or [{"text": self.activity.settings.get("text", "")}])[-1]["text"]
            }
        purpose = rounds.working_purpose(self.activity)
        if purpose is None:
            return {}
        makers, sources = purpose.made_by.values_list("pk", flat=True), purpose.sources.values_list("pk", flat=True)
        return {
            "text": purpose.text,
            "short_form": purpose.short_form,
            "made_by": list(makers),
            "sources": list(sources),
        }

    def perform(self):
        given, purpose = self.cleaned_data, None
        if self.subject == rounds.PURPOSE:
            told = self.activity.workshop.rehearsal
            purpose = Purpose.put(
                self.activity.workshop,
                given["text"],
                short_form=given["short_form"],
                sources=given["sources"],
                made_by=given["made_by"],
                made_at=given["made_at"] if told else f"{timezone.localtime():%H:%M}",
                status=given["status"] if told else "",
                ref=self.given_ref,
            )
        rounds.begin(self.activity, text="" if purpose else given["text"], purpose=purpose)
        if self.activity.is_open:
            self.activity.ask_again()
        return purpose


class Reveal(Desk):
    """Everybody's answers at once, as bars."""

    def perform(self):
        if not rounds.number(self.activity) or rounds.is_shown(self.activity):
            raise Conflict(_("There is nothing to show, or it is shown already."))
        rounds.show(self.activity)
        if self.activity.is_open:
            self.activity.ask_again()


class Heard(Desk):
    def perform(self):
        rounds.hear(self.activity)
