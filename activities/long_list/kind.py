"""Long list: what could this network put its energy into for twelve months? Four or five themes from each table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import TakeBack, own_cards, screened, scribe_at, words_field
from activities.kind import FACILITATOR, Action, Kind, Move, Ref
from workshops.models import Card, Driver

TITLE, DESCRIPTION = 60, 240


class Propose(Action):
    text = words_field(
        _("Theme"),
        TITLE,
        rows=1,
        help_text=_("Up to six words, with a verb in it"),
        required_message=_("A theme needs a title of a few words."),
    )
    description = words_field(
        _("In twelve months"),
        DESCRIPTION,
        rows=2,
        help_text=_("What would be different, and for whom?"),
        required_message=_("Say in one line what would be different, and for whom."),
    )
    drivers = forms.ModelMultipleChoiceField(
        label=_("National and local priorities that it answers to"),
        queryset=Driver.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stories = forms.ModelMultipleChoiceField(
        label=_("Stories that it grew from"),
        queryset=Card.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workshop = self.activity.workshop
        self.fields["drivers"].queryset = Driver.objects.filter(network=workshop.network_id, hidden=False)
        self.fields["stories"].queryset = Card.objects.filter(
            activity__workshop=workshop, activity__stage="why"
        ).quotable()
        if workshop.rehearsal:  # the file may name a story whose words are not shown to others
            self.fields["stories"].queryset = Card.objects.filter(activity__workshop=workshop).standing()

    def perform(self):
        given, table = self.cleaned_data, self.activity.table_of(self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        fields = {
            "description": given["description"],
            "drivers": self.in_order("drivers"),
            "stories": self.in_order("stories"),
        }
        card = self.activity.put_up(given["text"], late=self.late, ref=self.given_ref, fields=fields, **whose)
        card.grew_from.set(given["stories"])
        return screened(card)

    def in_order(self, name: str) -> list[int]:
        """The pks of a field in the order in which they were sent."""
        chosen = {thing.pk for thing in self.cleaned_data[name]}
        return [pk for pk in map(int, self[name].data or []) if pk in chosen]


class Merge(Action):
    """Two themes are the same, and both tables say yes: one stays, and keeps its thread to the other."""

    by = FACILITATOR
    needs_open = False
    card = forms.ModelChoiceField(label=_("This theme"), queryset=Card.objects.none())
    into = forms.ModelChoiceField(label=_("becomes part of"), queryset=Card.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self.activity.cards.clear()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("card") and cleaned.get("card") == cleaned.get("into"):
            self.add_error("into", _("Choose two different themes."))
        return cleaned

    def perform(self):
        card, into = self.cleaned_data["card"], self.cleaned_data["into"]
        into.grew_from.add(card, *card.grew_from.all())
        drivers = dict.fromkeys([*into.fields.get("drivers", []), *card.fields.get("drivers", [])])
        into.reword(into.text, drivers=list(drivers))
        card.hide()
        return into


class LongList(Kind):
    name = _("Long list")
    purpose = _("Turn wants into themes that this network can act on within twelve months.")
    minutes = 16
    actions = {"propose": Propose, "take_back": TakeBack, "merge": Merge}
    words_limit = TITLE

    def themes(self, activity, cards):
        """Cards with the drivers that they answer to."""
        cards = list(cards.select_related("table"))
        every = {pk for card in cards for pk in card.fields.get("drivers", [])}
        drivers = Driver.objects.select_related("organisation").in_bulk(every)
        for card in cards:
            card.answers_to = [drivers[pk] for pk in card.fields.get("drivers", []) if pk in drivers]
        return cards

    def screen(self, activity):
        return {"cards": list(activity.cards.clear().select_related("table"))}

    def console(self, activity):
        return {"cards": self.themes(activity, activity.cards.standing())}

    def mine(self, activity, participant):
        return {"cards": list(own_cards(activity, participant))}

    def table(self, activity, table):
        return {"cards": list(activity.cards.standing().filter(table=table, participant=None))}

    def pack(self, activity):
        return {"cards": self.themes(activity, activity.cards.clear())}

    def line(self, activity):
        return _("%(count)d themes") % {"count": activity.cards.standing().count()}

    def contributions(self, activity):
        return {}  # tables' words count for the table (domain.md 4.1)

    def script(self, activity, day):
        for theme in day.get(activity.block, []) if activity.block else []:
            data = {
                "text": theme["title"],
                "description": theme.get("description", ""),
                "drivers": [Ref(name) for name in [*theme.get("national", []), *theme.get("local", [])]],
                "stories": [Ref(name) for name in theme.get("stories", [])],
            }
            yield Move(scribe_at(activity, theme.get("proposed_by", "")), "propose", data, ref=theme["id"])

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        cards = activity.cards.standing().prefetch_related("grew_from")
        for card in self.themes(activity, cards):
            order = {pk: place for place, pk in enumerate(card.fields.get("stories", []))}
            stories = sorted(card.grew_from.all(), key=lambda story: order.get(story.pk, len(order)))
            rows.append(
                {
                    "id": card.ref or f"t{card.pk}",
                    "title": card.text,
                    "description": card.fields.get("description", ""),
                    "proposed_by": card.table and card.table.label,
                    "national": [driver.ref or f"d{driver.pk}" for driver in card.answers_to if not driver.is_local],
                    "local": [driver.ref or f"d{driver.pk}" for driver in card.answers_to if driver.is_local],
                    "stories": [story.ref or f"s{story.pk}" for story in stories],
                }
            )
        return {activity.block: rows}


kind = LongList()
