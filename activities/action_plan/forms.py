"""What a group may send: the page's fields, people, links, measures, risks, actions, and the lead's yes."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.action_plan.merging import Merging
from activities.cards import CHOOSE_AGAIN, Several, Words
from activities.kind import Action
from workshops.models import Driver, Participant, Plan, Priority, Value

RESOURCES = {
    "people": _("People"),
    "money": _("Money"),
    "time": _("Time"),
    "skills": _("Skills"),
    "data": _("Data"),
    "estate_or_digital": _("Estate or digital"),
}
TEXTS = ("ambition", "why_it_matters", "purpose_link", "stop_doing", "first_step")
OWN = (*TEXTS, "first_step_by", "first_step_who", "confidence")
NEEDS = "needs_"


def area(label, limit, help_text="", rows=2):
    widget = forms.Textarea(attrs={"rows": rows, "data-limit": limit, "data-draft": "", "data-privacy": ""})
    return Words(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


def date(label, help_text=""):
    widget = forms.DateInput(attrs={"type": "date", "data-draft": ""}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def plans_of(activity, participant):
    """The plans that this person may work on: their group's, or else those that no group has taken.

    All of them where nobody sits in groups.
    """
    plans = Plan.objects.filter(workshop=activity.workshop_id).select_related("priority", "table", "lead")
    if activity.seating_id is None:
        return plans
    table = activity.table_of(participant) if participant else None
    own = plans.filter(table=table)
    return own if table and own.exists() else plans.filter(table=None)


class OnPlan(Action):
    """An action on a plan of one's own group."""

    plan = forms.ModelChoiceField(
        queryset=Plan.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Your group is not working on this plan.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:  # a page holds one such form for each action, and none of them asks for it
            self.fields["plan"].queryset = plans_of(self.activity, self.participant)
        present = Participant.objects.filter(workshop=self.activity.workshop_id, removed_at=None)
        for field in self.fields.values():
            if isinstance(field, (PersonField, PeopleField)):
                field.queryset = present.select_related("organisation").order_by("name")


class PersonField(forms.ModelChoiceField):
    def __init__(self, label, **kwargs):
        super().__init__(
            queryset=Participant.objects.none(),
            label=label,
            required=False,
            empty_label=_("Nobody yet"),
            error_messages={"invalid_choice": _("This person is not on the list any more.")},
            **kwargs,
        )

    def label_from_instance(self, person):
        return f"{person.name}, {person.organisation}"


class PeopleField(Several):
    def __init__(self, label, **kwargs):
        super().__init__(queryset=Participant.objects.none(), label=label, required=False, **kwargs)


class Take(Action):
    """A group takes up the plan of a priority."""

    priority = forms.ModelChoiceField(
        queryset=Priority.objects.none(), label=_("Priority"), error_messages={"invalid_choice": CHOOSE_AGAIN}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agreed = self.activity.workshop.priorities.filter(decision=Priority.AGREED)
        self.fields["priority"].queryset = agreed

    def perform(self):
        """Whoever takes a plan up sits with its group from then on; where nobody has groups yet, they begin here."""
        own = self.activity.table_of(self.participant)
        plan = Plan.begin(self.cleaned_data["priority"], own)
        if own is None:
            groups = self.activity.seating or self.activity.begin_groups()
            if plan.table is None or plan.table.round_id != groups.pk:
                plan.table = groups.tables.create(label=f"T{groups.tables.count() + 1}")
                plan.save(update_fields=["table"])
            groups.move(self.participant, plan.table)
        if self.given_ref and not plan.ref:
            plan.ref = self.given_ref
            plan.save(update_fields=["ref"])
        return plan


class Save(Merging, OnPlan):
    """The page's own fields."""

    ambition = area(_("In twelve months …"), 350, _("What will be true, for whom, by when? A number if you can."), 3)
    why_it_matters = area(_("Why it matters"), 200)
    purpose_link = area(_("Words of our purpose that it serves"), 200, rows=1)
    first_step = area(_("First step in the next two weeks"), 240)
    stop_doing = area(_("We will stop"), 240, rows=1)
    first_step_by = date(_("First step by"))
    first_step_who = PersonField(_("Who takes the first step"))
    confidence = forms.TypedChoiceField(
        label=_("How confident are we, 0 to 5?"),
        choices=[("", _("Not said")), *((str(n), str(n)) for n in range(6))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in RESOURCES.items():
            self.fields[f"{NEEDS}{name}"] = area(label, 200, rows=1)
        self.remember(*OWN, *(f"{NEEDS}{name}" for name in RESOURCES))

    def clean_first_step_by(self):
        by, day = self.cleaned_data["first_step_by"], self.activity.workshop.date
        if by and not day <= by <= day + timedelta(days=31):
            raise ValidationError(_("A first step is taken within two weeks of the day, four at the most."))
        return by

    def perform(self):
        plan = self.cleaned_data["plan"]
        there = {name: getattr(plan, name) for name in OWN}
        changed = self.changes(there | {f"{NEEDS}{name}": plan.resources.get(name, "") for name in RESOURCES})
        needs = {name: changed.pop(f"{NEEDS}{name}") for name in RESOURCES if f"{NEEDS}{name}" in changed}
        resources = {**plan.resources, **needs}
        plan.fill_in(**changed, resources={name: text for name, text in resources.items() if text})
        return plan


class People(Merging, OnPlan):
    lead = PersonField(_("Lead"), help_text=_("One person, who says yes on their own phone"))
    lead_to_ask = forms.CharField(
        label=_("Or: lead still to be asked"),
        max_length=160,
        required=False,
        help_text=_("Who, and who asks them by when"),
    )
    deputies = PeopleField(_("Deputies"), help_text=_("One or two, from another organisation if possible"))
    sponsor = PersonField(_("Sponsor"))
    team = PeopleField(_("Team"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember("lead", "lead_to_ask", "sponsor", "deputies", "team")

    def perform(self):
        plan = self.cleaned_data["plan"]
        there = {name: getattr(plan, name) for name in ("lead", "lead_to_ask", "sponsor")}
        changed = self.changes(there | {name: getattr(plan, name).all() for name in ("deputies", "team")})
        plan.name_lead(changed.get("lead", plan.lead), changed.get("lead_to_ask", plan.lead_to_ask))
        plan.sponsor = changed.get("sponsor", plan.sponsor)
        plan.save(update_fields=["sponsor"])
        for name in ("deputies", "team"):
            if name in changed:
                keep_order(getattr(plan, name), changed[name])
        return plan


class Links(Merging, OnPlan):
    values = Several(
        label=_("Values"), queryset=Value.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    drivers = Several(
        label=_("National and local priorities"),
        queryset=Driver.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["values"].queryset = self.activity.workshop.values.all()
        self.fields["drivers"].queryset = Driver.objects.filter(network=self.activity.workshop.network_id, hidden=False)
        self.remember("values", "drivers")

    def perform(self):
        plan = self.cleaned_data["plan"]
        for name, chosen in self.changes({"values": plan.values.all(), "drivers": plan.drivers.all()}).items():
            keep_order(getattr(plan, name), chosen)
        return plan


def keep_order(related, chosen) -> None:
    """Set a many-to-many in the order in which it was sent."""
    related.clear()
    for thing in chosen:
        related.add(thing)


class Accept(Action):
    """The lead's yes, from the lead's own device, wherever they sit."""

    needs_open = False
    plan = forms.ModelChoiceField(
        queryset=Plan.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Only the named lead can accept this plan.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(workshop=self.activity.workshop_id, lead=self.participant)

    def perform(self):
        self.cleaned_data["plan"].accept()
        return self.cleaned_data["plan"]


class Ready(OnPlan):
    def perform(self):
        plan = self.cleaned_data["plan"]
        missing = plan.missing()
        if missing:
            raise ValidationError(_("Not ready yet. Still needed: %(missing)s.") % {"missing": "; ".join(missing)})
        plan.mark_ready()
        return plan
