"""What the facilitator writes down when the room decides about the long list, and where each person stands on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import CHOOSE_AGAIN, OnThing, Several, date_field, line_field, words_field
from activities.kind import FACILITATOR, Action, cards_of_source
from workshops.models import Card, Driver, Participant, Priority, Value

MOST = 6
OWN, JOIN = "own", "join:"
GONE = _("This theme is not here any more.")


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

    def agreed(self):
        return self.activity.workshop.priorities.filter(decision=Priority.AGREED)

    def new(self, title: str, *cards, **more) -> Priority:
        """One more row of what was decided. Raises ValidationError at the seventh priority."""
        if "decision" not in more and self.agreed().count() >= MOST:
            raise ValidationError(_("There are six priorities already. Which one can wait, and who keeps it?"))
        rows = self.activity.workshop.priorities
        made = rows.create(title=title, position=rows.count() + 1, ref=self.given_ref, **more)
        if made.decision == Priority.AGREED:
            made.take_in(*cards)
        else:
            made.cards.set(cards)
        return made


class Agree(Decide):
    """A priority grows from one theme or several; it answers at once to what they answered to."""

    cards = Several(
        label=_("Themes that it grew from"),
        queryset=Card.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme that this priority grew from.")},
    )
    title = line_field(_("Priority"), 120, required_message=_("A priority needs a title."))
    one_line = line_field(_("In one line"), 300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A file may name a priority and not what it grew from.
        self.fields["cards"].required = not self.activity.workshop.rehearsal

    def perform(self):
        given = self.cleaned_data
        return self.new(given["title"], *given["cards"], one_line=given["one_line"])


class OnTheme(Decide):
    card = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Card.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"required": GONE, "invalid_choice": GONE},
    )

    def aside(self, card) -> Priority | None:
        """What was decided about this theme, when it is not among the priorities."""
        rows = self.activity.workshop.priorities.exclude(decision=Priority.AGREED)
        return rows.filter(cards=card).first()


class Become(OnTheme):
    """What a theme becomes, in one step: a priority of its own, part of one, something else, or nothing yet."""

    becomes = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("This priority is not on the list any more.")}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = [choice for choice in Priority.DECISIONS if choice[0] != Priority.AGREED]
        joins = [(f"{JOIN}{one.pk}", one.title) for one in self.agreed()]
        self.fields["becomes"].choices = [("", ""), *joins, (OWN, ""), *others]

    def perform(self):
        card, wanted = self.cleaned_data["card"], self.cleaned_data["becomes"]
        for row in card.priorities.filter(workshop=self.activity.workshop):
            if wanted != f"{JOIN}{row.pk}":
                row.let_go(card)
        if wanted.startswith(JOIN):
            priority = self.agreed().get(pk=wanted.removeprefix(JOIN))
            priority.take_in(card)
            return priority
        if wanted == OWN:
            return self.new(card.text[:120], card)
        return self.new(card.text[:120], card, decision=wanted) if wanted else None


class SetAside(OnTheme, OnThing):
    """A theme that is not among the priorities: held with a keeper, started at once, or not ours; with a reason."""

    decision = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[choice for choice in Priority.DECISIONS if choice[0] != Priority.AGREED],
    )
    why = line_field(_("Why, or what will be done"), 300)
    keeper = forms.ModelChoiceField(
        label=_("Who keeps or owns it"),
        queryset=Participant.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        error_messages={"invalid_choice": _("This person is not on the list any more.")},
    )
    starts_on = date_field(_("Starts on"))

    def perform(self):
        """Deciding again about the same theme takes the place of what was decided before."""
        given, card = self.cleaned_data, self.cleaned_data["card"]
        agreed = self.agreed().filter(cards=card).first()
        if agreed:
            raise ValidationError(
                {"decision": _("This theme is part of the priority “%(title)s”.") % {"title": agreed.title}}
            )
        aside = self.aside(card) or self.new(card.text[:120], card, decision=given["decision"])
        aside.decide(given["decision"], why=given["why"], keeper=given["keeper"], starts_on=given["starts_on"])
        return aside


class OnPriority(Decide, OnThing):
    thing = "priority"
    priority = forms.ModelChoiceField(
        label=_("Priority"),
        queryset=Priority.objects.none(),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("This priority is not on the list any more.")),
    )


class Reword(OnPriority):
    title = line_field(_("Priority"), 120, required_message=_("A priority needs a title."))
    one_line = line_field(_("In one line"), 300)
    purpose_link = line_field(_("Words of our purpose that it serves"), 200)
    values = Several(
        label=_("Values"), queryset=Value.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def perform(self):
        given = self.cleaned_data
        given["priority"].reword(given["title"], given["one_line"])
        given["priority"].serve(given["purpose_link"], given["values"])
        return given["priority"]


class Drop(OnPriority):
    def perform(self):
        self.cleaned_data["priority"].drop()


class Align(OnPriority):
    driver = forms.ModelChoiceField(
        label=_("National or local priority"),
        queryset=Driver.objects.none(),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose a national or local priority."), "invalid_choice": CHOOSE_AGAIN},
    )
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
    note = words_field(_("How the room decided: a note for the outputs"), 800, rows=2, required=False)

    def perform(self):
        self.activity.note("decision", self.cleaned_data["note"])
        return self.activity
