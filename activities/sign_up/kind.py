"""Sign up: people choose where they have energy, and groups are balanced (`domain.md` 1.22, 3.20)."""

from math import ceil

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action, Kind
from workshops.models import Participant, Plan, Priority
from workshops.problems import Conflict
from workshops.seating import Person, SeatingError, groups
from workshops.seating.interest import CAP, FLOOR

FIRST, SECOND = "first", "second"
WITHIN = "priority:"


class Choose(Action):
    """A first and a second choice; choosing again replaces them."""

    accepts_late = False
    first = forms.ModelChoiceField(
        label=_("First choice"),
        queryset=Priority.objects.none(),
        empty_label=_("Choose a priority"),
        error_messages={"required": _("Choose the priority that you would most like to help plan.")},
    )
    second = forms.ModelChoiceField(
        label=_("Second choice"), queryset=Priority.objects.none(), required=False, empty_label=_("No second choice")
    )
    offer = forms.CharField(
        label=_("What could you bring that others cannot?"), max_length=200, required=False, help_text=_("If you like")
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
    person = forms.ModelChoiceField(label=_("Who"), queryset=Participant.objects.none())
    group = forms.ModelChoiceField(label=_("goes to"), queryset=Priority.objects.none())

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
    return activity.marks.filter(criterion__startswith=WITHIN)


class SignUp(Kind):
    name = _("Sign up for groups")
    purpose = _("People choose which priority they want to help plan; closing makes balanced groups.")
    minutes = 13
    actions = {"choose": Choose, "place": Place}

    def close(self, activity):
        """Everybody gets a group, by choice as far as sizes allow; where nobody chose, an earlier seating stays."""
        super().close(activity)
        priorities = list(agreed(activity))
        if not priorities or not chosen(activity).exists():
            return
        people = list(activity.workshop.participants.present())
        names = [str(one.pk) for one in priorities]
        seats = [Person(one.pk, organisation=one.organisation_id, role_group=one.role_group) for one in people]
        each = len(people) / len(names)
        try:
            made = groups(self.choices(activity), seats, names, cap=max(CAP, ceil(each)), floor=min(FLOOR, int(each)))
            labels = {name: f"T{number}" for number, name in enumerate(names, 1)}
            groups_of = activity.seating or activity.begin_groups()
            groups_of.seat({labels[name]: made.tables.get(name, []) for name in names}, {}, by_activity=activity)
        except (SeatingError, Conflict) as problem:
            activity.note("problem", str(problem))
            return
        tables = {table.label: table for table in groups_of.tables.all()}
        for priority in priorities:
            plan = Plan.begin(priority)
            plan.table = tables[labels[str(priority.pk)]]
            plan.save(update_fields=["table"])
        activity.note("made", {"firsts": made.firsts, "seconds": made.seconds, "neither": made.neither})

    def choices(self, activity) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for person, criterion in chosen(activity).order_by("-value").values_list("participant_id", "criterion"):
            found.setdefault(person, []).append(criterion.removeprefix(WITHIN))
        return found

    def wanted(self, activity):
        """Each priority with how many chose it first and second, and who sits there once groups are made."""
        first, second = {}, {}
        for criterion, value in chosen(activity).values_list("criterion", "value"):
            counts = first if value == 2 else second
            counts[criterion.removeprefix(WITHIN)] = counts.get(criterion.removeprefix(WITHIN), 0) + 1
        rows = list(agreed(activity).select_related("plan__table").prefetch_related("plan__table__seats__participant"))
        for one in rows:
            one.firsts, one.seconds = first.get(str(one.pk), 0), second.get(str(one.pk), 0)
            table = one.plan.table if hasattr(one, "plan") else None
            one.table = table
            one.members = [seat.participant for seat in table.seats.all()] if table and activity.is_closed else []
        return rows

    def shared(self, activity):
        return {"count": chosen(activity).values("participant").distinct().count()}

    def screen(self, activity):
        return {"groups": self.wanted(activity)}

    def console(self, activity):
        return {
            "groups": self.wanted(activity),
            "made": activity.notes.get("made"),
            "problem": activity.notes.get("problem"),
        }

    def mine(self, activity, participant):
        marks = {mark.value: mark for mark in chosen(activity).filter(participant=participant)}
        start = {
            name: marks[value].criterion.removeprefix(WITHIN)
            for value, name in ((2, FIRST), (1, SECOND))
            if value in marks
        }
        if 2 in marks:
            start["offer"] = marks[2].note
        table = activity.table_of(participant) if activity.is_closed else None
        plan = Plan.objects.filter(table=table).select_related("priority").first() if table else None
        return {
            "start": Choose(activity=activity, participant=participant, initial=start),
            "chosen": bool(start),
            "group": plan,
            "any_priorities": agreed(activity).exists(),
        }

    def pack(self, activity):
        return {"groups": self.wanted(activity)}

    def line(self, activity):
        return _("%(count)d people chose") % {"count": chosen(activity).values("participant").distinct().count()}


kind = SignUp()
