"""What the facilitator writes down when the room decides about the long list, and where each person stands on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities import levels
from activities.kind import FACILITATOR, Action, cards_of_source
from workshops.models import Alignment, Card, Driver, Participant, Priority, Value

MOST = 6
SET = "set"


class Decide(Action):
    by = FACILITATOR
    needs_open = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workshop = self.activity.workshop
        querysets = {
            "cards": cards_of_source(self.activity),
            "card": cards_of_source(self.activity),
            "values": workshop.values.all(),
            "priority": workshop.priorities.all(),
            "driver": Driver.objects.filter(network=workshop.network_id),
            "keeper": workshop.participants.filter(removed_at=None).order_by("name"),
        }
        for name, queryset in querysets.items():
            if name in self.fields:
                self.fields[name].queryset = queryset


class Agree(Decide):
    """A priority grows from one theme or several; it answers at once to what they answered to."""

    cards = forms.ModelMultipleChoiceField(
        label=_("Themes that it grew from"),
        queryset=Card.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme that this priority grew from.")},
    )
    title = forms.CharField(label=_("Priority"), max_length=120)
    one_line = forms.CharField(label=_("In one line"), max_length=300, required=False)
    purpose_link = forms.CharField(label=_("Words of our purpose that it serves"), max_length=200, required=False)
    values = forms.ModelMultipleChoiceField(
        label=_("Values"), queryset=Value.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def perform(self):
        given, workshop = self.cleaned_data, self.activity.workshop
        agreed = workshop.priorities.filter(decision=Priority.AGREED)
        if agreed.count() >= MOST:
            raise ValidationError(_("There are six priorities already. Which one can wait, and who keeps it?"))
        priority = workshop.priorities.create(
            title=given["title"],
            one_line=given["one_line"],
            purpose_link=given["purpose_link"],
            position=workshop.priorities.count() + 1,
            ref=self.given_ref,
        )
        priority.cards.set(given["cards"])
        priority.values.set(given["values"])
        drivers = dict.fromkeys(pk for card in given["cards"] for pk in card.fields.get("drivers", []))
        known = Driver.objects.filter(pk__in=drivers).values_list("pk", flat=True)
        Alignment.objects.bulk_create(Alignment(priority=priority, driver_id=pk, strength=1) for pk in known)
        return priority


class SetAside(Decide):
    """A theme that is not among the priorities: held with a keeper, started at once, or not ours; with a reason."""

    card = forms.ModelChoiceField(label=_("Theme"), queryset=Card.objects.none())
    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[choice for choice in Priority.DECISIONS if choice[0] != Priority.AGREED],
    )
    why = forms.CharField(label=_("Why, or what will be done"), max_length=300, required=False)
    keeper = forms.ModelChoiceField(
        label=_("Who keeps or owns it"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    starts_on = forms.DateField(
        label=_("Starts on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def perform(self):
        given, workshop = self.cleaned_data, self.activity.workshop
        aside = workshop.priorities.create(
            title=given["card"].text[:120],
            decision=given["decision"],
            why=given["why"],
            keeper=given["keeper"],
            starts_on=given["starts_on"],
            position=workshop.priorities.count() + 1,
        )
        aside.cards.set([given["card"]])
        return aside


class OnPriority(Decide):
    priority = forms.ModelChoiceField(label=_("Priority"), queryset=Priority.objects.none())


class Reword(OnPriority):
    title = forms.CharField(label=_("Priority"), max_length=120)
    one_line = forms.CharField(label=_("In one line"), max_length=300, required=False)

    def perform(self):
        priority = self.cleaned_data["priority"]
        priority.reword(self.cleaned_data["title"], self.cleaned_data["one_line"])
        return priority


class Drop(OnPriority):
    def perform(self):
        self.cleaned_data["priority"].drop()


class Align(OnPriority):
    driver = forms.ModelChoiceField(label=_("National or local priority"), queryset=Driver.objects.none())
    strength = forms.TypedChoiceField(
        label=_("How far does it help?"),
        coerce=int,
        choices=[(0, _("0 not at all")), (1, _("1 helps")), (2, _("2 strongly helps"))],
        initial=1,
    )

    def perform(self):
        given = self.cleaned_data
        given["priority"].align(given["driver"], given["strength"])
        return given["priority"]


class Explain(Decide):
    note = forms.CharField(label=_("How the room decided"), max_length=800, required=False, widget=forms.Textarea)

    def perform(self):
        self.activity.note("decision", self.cleaned_data["note"])
        return self.activity


class Stand(levels.Stand):
    criterion = SET
