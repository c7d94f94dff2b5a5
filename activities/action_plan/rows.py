"""The small tables of a plan, a row at a time: measures, risks, what it depends on, and the actions themselves."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.action_plan.forms import OnPlan, PersonField, area, date
from activities.action_plan.merging import Merging
from activities.cards import OnThing
from workshops.models import Action as PlannedAction
from workshops.problems import Conflict

MOST_ACTIONS = 4
OF_ACTION = ("text", "lead", "deputy", "start", "by", "output")


class Row(OnPlan):
    """A row of a small table on the page; `drop` is the row to take out instead, as it was seen (`in_words`)."""

    table: str = ""
    drop = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        first = next(name for name in self.fields if name not in ("plan", "drop", "ref"))
        if not cleaned.get("drop") and not cleaned.get(first):
            self.add_error(first, _("There are no words here yet."))
        return cleaned

    def perform(self):
        plan = self.cleaned_data["plan"]
        rows = list(getattr(plan, self.table))
        drop = self.cleaned_data["drop"]
        if drop:
            seen = [in_words(row) for row in rows]
            if drop not in seen:
                raise Conflict(_("Somebody in your group has just changed this row or taken it out."))
            del rows[seen.index(drop)]
        else:
            names = [name for name in self.fields if name not in ("plan", "drop", "ref")]
            said = {name: self.cleaned_data[name] for name in names}
            rows.append({name: value for name, value in said.items() if value not in ("", None)})
        plan.fill_in(**{self.table: rows})
        return plan


def in_words(row: dict[str, Any]) -> str:
    """A row, so that it can be named: by what is in it, because its place changes with the rows above."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False)


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


class ActionField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        gone = _("This action is not in your group’s plan any more.")
        super().__init__(
            queryset=PlannedAction.objects.none(),
            widget=forms.HiddenInput,
            error_messages=dict.fromkeys(("required", "invalid_choice"), gone),
            **kwargs,
        )


class PlanAction(Merging, OnPlan, OnThing):
    """One of two or three actions: new, or (with `action`) changed."""

    thing = "action"
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
        self.remember(*OF_ACTION)
        self.fields["action"].queryset = PlannedAction.objects.filter(plan__in=self.fields["plan"].queryset)

    def clean_by(self):
        by, day = self.cleaned_data["by"], self.activity.workshop.date
        if by and by > day + timedelta(days=396):
            raise ValidationError(_("An action is done within twelve months."))
        return by

    def clean(self):
        cleaned = super().clean()
        action, plan = cleaned.get("action"), cleaned.get("plan")
        if action and plan and action.plan_id != plan.pk:
            self.add_error("action", self.fields["action"].error_messages["invalid_choice"])
        return cleaned

    def perform(self):
        given, plan = self.cleaned_data, self.cleaned_data["plan"]
        action = given["action"]
        if action is None:
            if plan.actions.count() >= MOST_ACTIONS:
                raise ValidationError(_("A plan has two or three actions, four at the most. Which one can go?"))
            action = PlannedAction(plan=plan, position=plan.actions.count() + 1, ref=self.given_ref)
            changed = {name: given[name] for name in OF_ACTION}
        else:
            changed = self.changes({name: getattr(action, name) for name in OF_ACTION})
        for name, value in changed.items():
            setattr(action, name, value)
        action.save()
        return action


class DropAction(OnPlan):
    action = ActionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = PlannedAction.objects.filter(plan__in=self.fields["plan"].queryset)

    def perform(self):
        self.cleaned_data["action"].delete()
        return self.cleaned_data["plan"]
