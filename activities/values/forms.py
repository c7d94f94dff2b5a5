"""What the facilitator writes down when the room has agreed a value, and the lines that tables propose under it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import OnThing, line_field, screened, words_field
from activities.kind import FACILITATOR, Action
from workshops.models import Behaviour, Card, Theme, Value
from workshops.problems import Conflict

MOST = 5
WILL, WILL_NOT, NOTICE = "will", "will_not", "notice"
SORTS = [(WILL, _("We will …")), (WILL_NOT, _("We will not …")), (NOTICE, _("We will know because …"))]


class Agreed(Action):
    """What only the facilitator writes down, when the room has agreed it."""

    by = FACILITATOR
    needs_open = False


class Worded(Agreed):
    name = line_field(_("Value"), 60, required_message=_("A value needs a name of one to three words."))
    statement = line_field(_("In one sentence"), 300)
    notice = line_field(_("How we will notice"), 300)


class Agree(Worded):
    theme = forms.ModelChoiceField(
        label=_("It grew from"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("None of the groups"),
        error_messages={"invalid_choice": _("This group is not here any more.")},
    )
    field_order = ["theme", "name", "statement", "notice"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.activity.draws_on
        if source:
            self.fields["theme"].queryset = source.themes.all()

    def perform(self):
        given, values = self.cleaned_data, self.activity.workshop.values
        if values.count() >= MOST:
            raise ValidationError(_("There are five values already. Which two are the same promise?"))
        return values.create(
            theme=given["theme"],
            name=given["name"],
            statement=given["statement"],
            how_we_will_notice=given["notice"],
            position=values.count() + 1,
            ref=self.given_ref,
        )


class OnValue(OnThing):
    thing = "value"
    value = forms.ModelChoiceField(
        queryset=Value.objects.none(),
        label=_("Value"),
        error_messages={
            "invalid_choice": _("This value is not on the list any more."),
            "required": _("Choose a value first."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].queryset = self.activity.workshop.values.all()


class Change(OnValue, Worded):
    def perform(self):
        given = self.cleaned_data
        given["value"].reword(given["name"], given["statement"], given["notice"])
        return given["value"]


class Drop(OnValue, Agreed):
    def perform(self):
        self.cleaned_data["value"].drop()


class Worked(OnValue):
    """One line under a value."""

    sort = forms.ChoiceField(label=_("Which kind of line?"), choices=SORTS, initial=WILL, widget=forms.RadioSelect)
    text = words_field(_("Your line"), 240, rows=2, help_text=_("Begin with a verb. Could a camera see it?"))


class Line(Worked):
    """A line from a table: a card, until the room takes it up."""

    def perform(self):
        given = self.cleaned_data
        table = self.activity.table_of(self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        fields = {"value": given["value"].pk, "sort": given["sort"]}
        card = self.activity.put_up(given["text"], late=self.late, ref=self.given_ref, fields=fields, **whose)
        return screened(card)


class Behave(Worked, Agreed):
    """A line that the room has agreed aloud."""

    def perform(self):
        return put_under(self.cleaned_data["value"], self.cleaned_data["sort"], self.cleaned_data["text"])


class TakeUp(Agreed):
    """The room agrees a line as it stands; it keeps its thread to the card."""

    card = forms.ModelChoiceField(
        queryset=Card.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("This line is not here any more.")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = self.activity.cards.clear()

    def perform(self):
        card = self.cleaned_data["card"]
        value = self.activity.workshop.values.filter(pk=card.fields.get("value")).first()
        if value is None:
            raise ValidationError(_("The value of this line is not on the list any more."))
        if card.behaviours.exists():
            raise Conflict(_("This line has been agreed already."))
        return put_under(value, card.fields.get("sort"), card.text, card=card)


def put_under(value, sort: str, text: str, card=None):
    """A line becomes part of the value: a behaviour, or how we will notice."""
    if sort != NOTICE:
        return value.add(text, will=sort == WILL, card=card)
    value.reword(value.name, value.statement, text)
    return value


class StrikeOut(Agreed):
    behaviour = forms.ModelChoiceField(
        queryset=Behaviour.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("This line is not here any more.")),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["behaviour"].queryset = Behaviour.objects.filter(value__workshop=self.activity.workshop)

    def perform(self):
        self.cleaned_data["behaviour"].delete()


class Explain(Agreed):
    note = words_field(_("How the room decided: a note for the outputs"), 600, rows=2, required=False)

    def perform(self):
        self.activity.note("decision", self.cleaned_data["note"])
        return self.activity
