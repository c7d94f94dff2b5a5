"""Values: three to five that the room agrees to live by, each with behaviours that a camera could see (`domain.md` 3.12)."""

from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import TakeBack, screened, words_field
from activities.kind import FACILITATOR, Action, Kind, Move, Ref
from workshops.models import Behaviour, Card, Theme, Value

MOST = 5
WILL, WILL_NOT, NOTICE = "will", "will_not", "notice"
SORTS = [(WILL, _("We will …")), (WILL_NOT, _("We will not …")), (NOTICE, _("We will know because …"))]


class Agreed(Action):
    """What only the facilitator writes down, when the room has agreed it."""

    by = FACILITATOR
    needs_open = False


class Worded(Agreed):
    name = forms.CharField(
        label=_("Value"), max_length=60, error_messages={"required": _("A value needs a name of one to three words.")}
    )
    statement = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    notice = forms.CharField(label=_("How we will notice"), max_length=300, required=False)


class Agree(Worded):
    theme = forms.ModelChoiceField(
        label=_("It grew from"), queryset=Theme.objects.none(), required=False, empty_label=_("None of the groups")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.activity.draws_on
        if source:
            self.fields["theme"].queryset = source.themes.all()
        self.order_fields(["theme", "name", "statement", "notice"])

    def perform(self):
        values = self.activity.workshop.values
        if values.count() >= MOST:
            raise ValidationError(_("There are five values already. Which two are the same promise?"))
        given = self.cleaned_data
        return values.create(
            theme=given["theme"],
            name=given["name"],
            statement=given["statement"],
            how_we_will_notice=given["notice"],
            position=values.count() + 1,
            ref=self.given_ref,
        )


class ValueField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            queryset=Value.objects.none(),
            label=_("Value"),
            error_messages={
                "invalid_choice": _("This value is not on the list any more."),
                "required": _("Choose a value first."),
            },
            **kwargs,
        )


class OnValue(Action):
    value = ValueField()

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
        self.cleaned_data["value"].delete()


class Line(OnValue):
    """A line from a table: a card, until the room takes it up."""

    sort = forms.ChoiceField(label=_("Which kind of line?"), choices=SORTS, initial=WILL, widget=forms.RadioSelect)
    text = words_field(_("Your line"), 240, rows=2, help_text=_("Begin with a verb. Could a camera see it?"))

    def perform(self):
        given = self.cleaned_data
        table = self.activity.table_of(self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        fields = {"value": given["value"].pk, "sort": given["sort"]}
        card = self.activity.put_up(given["text"], late=self.late, ref=self.given_ref, fields=fields, **whose)
        return screened(card)


class TakeUp(Agreed):
    """The room agrees a line as it stands; it keeps its thread to the card."""

    card = forms.ModelChoiceField(queryset=Card.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = self.activity.cards.clear()

    def perform(self):
        card = self.cleaned_data["card"]
        value = self.activity.workshop.values.filter(pk=card.fields.get("value")).first()
        if value is None:
            raise ValidationError(_("The value of this line is not on the list any more."))
        if card.fields.get("sort") == NOTICE:
            value.reword(value.name, value.statement, card.text)
            return value
        return value.add(card.text, will=card.fields.get("sort") == WILL, card=card)


class Behave(OnValue, Agreed):
    will = forms.BooleanField(label=_("We will (not ticked: we will not)"), required=False, initial=True)
    text = forms.CharField(label=_("Line"), max_length=240)

    def perform(self):
        return self.cleaned_data["value"].add(self.cleaned_data["text"], will=self.cleaned_data["will"])


class StrikeOut(Agreed):
    behaviour = forms.ModelChoiceField(queryset=Behaviour.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["behaviour"].queryset = Behaviour.objects.filter(value__workshop=self.activity.workshop)

    def perform(self):
        self.cleaned_data["behaviour"].delete()


class Explain(Agreed):
    note = forms.CharField(label=_("How the room decided"), max_length=600, required=False, widget=forms.Textarea)

    def perform(self):
        self.activity.note("decision", self.cleaned_data["note"])
        return self.activity


class Values(Kind):
    name = _("Values and behaviours")
    purpose = _("Agree three to five values, and say what each looks like on a bad Friday.")
    minutes = 20
    actions = {
        "agree": Agree,
        "change": Change,
        "drop": Drop,
        "line": Line,
        "take_back": TakeBack,
        "take_up": TakeUp,
        "behave": Behave,
        "strike_out": StrikeOut,
        "explain": Explain,
    }

    def shared(self, activity):
        values = list(activity.workshop.values.prefetch_related("behaviours"))
        return {"values": values, "count": activity.cards.standing().count()}

    def console(self, activity):
        taken = set(Behaviour.objects.filter(card__activity=activity).values_list("card_id", flat=True))
        lines = defaultdict(list)
        for card in activity.cards.standing().select_related("table"):
            if card.pk not in taken:
                card.sort_label = dict(SORTS).get(card.fields.get("sort"), "")
                lines[card.fields.get("value")].append(card)
        values = list(activity.workshop.values.prefetch_related("behaviours"))
        for value in values:
            value.lines = lines[value.pk]
        return {"values": values}

    def desk(self, activity):
        return {"full": activity.workshop.values.count() >= MOST, "note": activity.notes.get("decision", "")}

    def mine(self, activity, participant):
        table = activity.table_of(participant)
        lines = activity.cards.standing()
        lines = lines.filter(table=table, participant=None) if table else lines.of(participant)
        labels = dict(SORTS)
        cards = list(lines)
        for card in cards:
            card.sort_label = labels.get(card.fields.get("sort"), "")
        return {"cards": cards, "any_values": activity.workshop.values.exists()}

    def pack(self, activity):
        return {
            "values": list(activity.workshop.values.prefetch_related("behaviours")),
            "note": activity.notes.get("decision", ""),
        }

    def line(self, activity):
        return _("%(count)d values") % {"count": activity.workshop.values.count()}

    def script(self, activity, day):
        for value in day.get(activity.block, []) if activity.block else []:
            data = {"name": value["name"], "statement": value["statement"], "notice": value["how_we_will_notice"]}
            if value.get("cluster"):
                data["theme"] = Ref(value["cluster"])
            yield Move(FACILITATOR, "agree", data, ref=value["id"])
            for key, will in (("we_will", "on"), ("we_will_not", "")):
                for text in value.get(key, []):
                    yield Move(FACILITATOR, "behave", {"value": Ref(value["id"]), "will": will, "text": text})
        if activity.block and day.get("values_decision_note"):
            yield Move(FACILITATOR, "explain", {"note": day["values_decision_note"]})

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for value in activity.workshop.values.select_related("theme").prefetch_related("behaviours"):
            lines = list(value.behaviours.all())
            row = {"id": value.ref or f"val{value.pk}", "name": value.name, "statement": value.statement}
            if value.theme:
                row["cluster"] = value.theme.ref or f"th{value.theme_id}"
            row["we_will"] = [line.text for line in lines if line.will]
            row["we_will_not"] = [line.text for line in lines if not line.will]
            row["how_we_will_notice"] = value.how_we_will_notice
            rows.append(row)
        note = activity.notes.get("decision")
        return {activity.block: rows, **({"values_decision_note": note} if note else {})}


kind = Values()
