"""Objections: a reason why a wording would harm the purpose, and what was done about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.agreement import rounds
from activities.agreement.actions import Desk
from workshops.models import Activity, Objection, Participant
from workshops.problems import Conflict

LONGEST = 5000


class NoteObjection(Desk):
    """A reason why this would harm the purpose: not a preference."""

    text = forms.CharField(
        label=_("Objection"),
        max_length=LONGEST,
        help_text=_("Why would this wording harm the purpose? In the person’s own words."),
        error_messages={"required": _("Write the objection in the person’s own words.")},
        widget=forms.Textarea(attrs={"rows": 2, "data-draft": ""}),
    )
    resolved_by = forms.CharField(label=_("What was done about it"), max_length=LONGEST, required=False)
    person = forms.ModelChoiceField(
        label=_("Said by"),
        queryset=Participant.objects.none(),
        empty_label=_("Not written down"),
        required=False,
        help_text=_("Optional, and shown to nobody"),
        error_messages={"invalid_choice": _("This person is not on the list any more.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "objection_%s", **kwargs})
        people = self.activity.workshop.participants.filter(removed_at=None)
        self.fields["person"].queryset = people.order_by("name")

    def perform(self):
        given, purpose = self.cleaned_data, rounds.working_purpose(self.activity)
        if purpose:
            return purpose.object(given["text"], by=given["person"], resolved_by=given["resolved_by"])
        if not rounds.number(self.activity):
            raise Conflict(_("Put a wording to the room first."))
        return self.activity.put_up(given["text"], fields={"resolved_by": given["resolved_by"]})


class Resolve(Desk):
    """What was done about an objection, written down later."""

    objection = forms.IntegerField(widget=forms.HiddenInput)
    resolved_by = forms.CharField(
        label=_("What was done about it"),
        max_length=LONGEST,
        error_messages={"required": _("Write what was changed, or why nothing was.")},
    )

    def perform(self):
        pk, words = self.cleaned_data["objection"], self.cleaned_data["resolved_by"]
        objection = Objection.objects.filter(pk=pk, purpose__workshop=self.activity.workshop).first()
        card = self.activity.cards.filter(pk=pk).first()
        if rounds.subject_of(self.activity) == rounds.PURPOSE and objection:
            objection.resolve(words)
            return objection
        if rounds.subject_of(self.activity) != rounds.PURPOSE and card:
            card.reword(card.text, resolved_by=words)
            return card
        raise Conflict(_("This objection is not here any more."))


def objections(activity: Activity, purposes: list[int]) -> list[dict[str, Any]]:
    """What was objected and what was done about it; never who said it."""
    if rounds.subject_of(activity) == rounds.PURPOSE:
        found = Objection.objects.filter(purpose__in=purposes)
        return [
            {"pk": one.pk, "text": one.text, "resolved_by": one.resolved_by, "purpose": one.purpose_id} for one in found
        ]
    cards = activity.cards.clear()
    return [{"pk": one.pk, "text": one.text, "resolved_by": one.fields.get("resolved_by", "")} for one in cards]
