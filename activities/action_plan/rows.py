"""The small tables of a plan, a row at a time: measures, risks, what it depends on, and the actions themselves."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.action_plan.forms import OnPlan, PersonField, area, date, plans_of
from workshops.models import Action as PlannedAction

MOST_ACTIONS = 4


class Row(OnPlan):
    """A row of a small table on the page; `drop` is the number of the row to take out instead."""

    table: str = ""
    drop = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        first = next(name for name in self.fields if name not in ("plan", "drop", "ref"))
        if cleaned.get("drop") is None and not cleaned.get(first):
            self.add_error(first, _("There are no words here yet."))
        return cleaned

    def perform(self):
        plan = self.cleaned_data["plan"]
        rows = list(getattr(plan, self.table))
        if self.cleaned_data["drop"] is not None:
            rows = [row for number, row in enumerate(rows) if number != self.cleaned_data["drop"]]
        else:
            names = [name for name in self.fields if name not in ("plan", "drop", "ref")]
            said = {name: self.cleaned_data[name] for name in names}
            rows.append({name: value for name, value in said.items() if value not in ("", None)})
        plan.fill_in(**{self.table: rows})
        return plan


class Measure(Row):
    table = "measures"
    name = forms.CharField(label=_("How we will know"), max_length=160, required=False)
    baseline = forms.CharField(label=_("Now"), max_length=120, required=False)
    target = forms.CharField(label=_("Target"), max_length=120, required=False)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)
    frequency = forms.CharField(label=_("How often"), max_length=60, required=False)


class Risk(Row):
    table = "risks"
    text = forms.CharField(label=_("What could go wrong"), max_length=200, required=False)
    likelihood = forms.IntegerField(label=_("Likelihood, 1 to 5"), min_value=1, max_value=5, required=False)
    impact = forms.IntegerField(label=_("Impact, 1 to 5"), min_value=1, max_value=5, required=False)
    response = forms.CharField(label=_("What we will do about it"), max_length=200, required=False)


class Depends(Row):
    table = "depends_on"
    text = forms.CharField(label=_("What it depends on"), max_length=200, required=False)
    priority = forms.IntegerField(required=False)


def actions_of(activity, participant):
    """The actions that this person may change: those of the plans that they may work on."""
    return PlannedAction.objects.filter(plan__in=plans_of(activity, participant))


class ActionField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        gone = _("This action is not in your group’s plan any more.")
        super().__init__(
            queryset=PlannedAction.objects.none(),
            widget=forms.HiddenInput,
            error_messages=dict.fromkeys(("required", "invalid_choice"), gone),
            **kwargs,
        )


class PlanAction(OnPlan):
    """One of two or three actions: new, or (with `action`) changed."""

    action = ActionField(required=False)
    text = area(_("Action"), 240, _("Begin with a verb."))
    lead = PersonField(_("Who leads it"))
    deputy = PersonField(_("Who steps in"))
    start = date(_("Start"))
    by = date(_("By"))
    output = forms.CharField(label=_("What there will be to see"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Write the action: it begins with a verb.")
        self.fields["action"].queryset = actions_of(self.activity, self.participant)

    def clean_by(self):
        by, day = self.cleaned_data["by"], self.activity.workshop.date
        if by and by > day + timedelta(days=396):
            raise ValidationError(_("An action is done within twelve months."))
        return by

    def perform(self):
        given, plan = self.cleaned_data, self.cleaned_data["plan"]
        action = given["action"]
        if action is None or action.plan_id != plan.pk:
            if plan.actions.count() >= MOST_ACTIONS:
                raise ValidationError(_("A plan has two or three actions, four at the most. Which one can go?"))
            action = PlannedAction(plan=plan, position=plan.actions.count() + 1, ref=self.given_ref)
        for name in ("text", "lead", "deputy", "start", "by", "output"):
            setattr(action, name, given[name])
        action.save()
        return action


class DropAction(OnPlan):
    action = ActionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = actions_of(self.activity, self.participant)

    def perform(self):
        self.cleaned_data["action"].delete()
        return self.cleaned_data["plan"]
