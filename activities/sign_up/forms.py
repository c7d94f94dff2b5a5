"""What people choose, and how the facilitator moves one of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import line_field
from activities.kind import FACILITATOR, Action
from activities.votes import votes_of
from workshops.models import Participant, Plan, Priority

FIRST, SECOND = "first", "second"
WITHIN = "priority:"


class Choose(Action):
    """A first and a second choice; choosing again replaces them."""

    accepts_late = False
    first = forms.ModelChoiceField(
        label=_("First choice"),
        queryset=Priority.objects.none(),
        empty_label=_("Choose a priority"),
        error_messages={
            "required": _("Choose the priority that you would most like to help plan."),
            "invalid_choice": _("This priority is not on the list any more."),
        },
    )
    second = forms.ModelChoiceField(
        label=_("Second choice"),
        queryset=Priority.objects.none(),
        required=False,
        empty_label=_("No second choice"),
        error_messages={"invalid_choice": _("This priority is not on the list any more.")},
    )
    offer = line_field(
        _("What could you bring that others cannot?"),
        200,
        help_text=_("If you like. The facilitator and your group see it with your name."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in (FIRST, SECOND):
            self.fields[name].queryset = agreed(self.activity)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(FIRST) and cleaned.get(FIRST) == cleaned.get(SECOND):
            self.add_error(SECOND, _("Choose a different priority as your second choice."))
        return cleaned

    def perform(self):
        given = self.cleaned_data
        self.activity.marks.filter(participant=self.participant).delete()
        for value, name in ((2, FIRST), (1, SECOND)):
            if given[name]:
                note = given["offer"] if name == FIRST else ""
                self.activity.cast(value, by=self.participant, criterion=f"{WITHIN}{given[name].pk}", note=note)
        return self.activity


class Place(Action):
    """The facilitator moves one person into another group."""

    by = FACILITATOR
    needs_open = False
    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Participant.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose a person."), "invalid_choice": _("This person is not here.")},
    )
    group = forms.ModelChoiceField(
        label=_("goes to"),
        queryset=Priority.objects.none(),
        empty_label=_("Choose a group"),
        error_messages={
            "required": _("Choose a group."),
            "invalid_choice": _("This priority is not on the list any more."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = self.activity.workshop.participants.present().order_by("name")
        self.fields["group"].queryset = agreed(self.activity)

    def perform(self):
        plan = Plan.objects.filter(priority=self.cleaned_data["group"]).select_related("table").first()
        if plan is None or plan.table is None or self.activity.seating is None:
            raise ValidationError(_("There are no groups yet: close the sign-up first."))
        self.activity.seating.move(self.cleaned_data["person"], plan.table)
        return self.cleaned_data["person"]


def agreed(activity):
    return activity.workshop.priorities.filter(decision=Priority.AGREED)


def chosen(activity):
    return votes_of(activity, None).filter(criterion__startswith=WITHIN)
