"""Capture: one idea in each box, from everybody, in their own words. Key words, value ideas, topics."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import OwnCard, TakeBack, screened, scribe_at, words_field
from activities.kind import Action, Kind, Move
from workshops.models import Card

LIMIT = 80
PERSON, TABLE = "person", "table"


class Settings(forms.Form):
    label = forms.CharField(label=_("What one box is called"), max_length=60, required=False, initial=_("Your idea"))
    limit = forms.IntegerField(label=_("Characters at most"), min_value=20, max_value=1000, initial=LIMIT)
    whose = forms.ChoiceField(
        label=_("Whose words are they?"),
        choices=[(PERSON, _("Each person’s own")), (TABLE, _("The table’s, typed by one of them"))],
        initial=PERSON,
    )


class Idea(Action):
    text = words_field(
        _("Your idea"), LIMIT, rows=2, help_text=_("One idea in each box. A phrase is better than a word.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.activity.settings
        limit, rows = int(chosen.get("limit") or LIMIT), 2 if int(chosen.get("limit") or LIMIT) <= 160 else 5
        self.fields["text"] = words_field(
            chosen.get("label") or self.base_fields["text"].label,
            limit,
            rows=rows,
            help_text=self.base_fields["text"].help_text,
        )


class Send(Idea):
    def perform(self):
        text, ref = self.cleaned_data["text"], self.given_ref
        table = self.activity.table_of(self.participant) if self.activity.settings.get("whose") == TABLE else None
        if table:
            card = self.activity.put_up(text, table=table, scribe=self.participant, late=self.late, ref=ref)
        else:
            card = self.activity.put_up(text, by=self.participant, late=self.late, ref=ref)
        return screened(card)


class Reword(OwnCard, Idea):
    def perform(self):
        card = self.cleaned_data["card"]
        card.reword(self.cleaned_data["text"])
        return screened(card)


class Capture(Kind):
    name = _("Capture ideas")
    purpose = _("Everything that comes to mind: one idea in each box, hidden from the others until you close.")
    minutes = 15
    Settings = Settings
    actions = {"send": Send, "reword": Reword, "take_back": TakeBack}
    words_limit = LIMIT

    def screen(self, activity):
        # Ideas stay hidden while people write, so that nobody copies (domain.md 1.9).
        shown = activity.cards.clear().order_by("-pk")[:24] if activity.is_closed else Card.objects.none()
        return {"cards": list(shown)}

    def console(self, activity):
        return {"cards": list(activity.cards.standing().select_related("participant", "table").order_by("-pk"))}

    def mine(self, activity, participant):
        table = activity.table_of(participant)
        cards = activity.cards.standing().of(participant)
        if table and activity.settings.get("whose") == TABLE:
            cards = activity.cards.standing().filter(table=table, participant=None)
        return {"cards": list(cards), "for_table": activity.settings.get("whose") == TABLE}

    def pack(self, activity):
        cards = activity.cards.clear().prefetch_related("themes")
        return {"cards": list(cards)}

    def line(self, activity):
        return _("%(count)d ideas") % {"count": activity.cards.standing().count()}

    def script(self, activity, day):
        for idea in day.get(activity.block, []) if activity.block else []:
            by = idea.get("author") or scribe_at(activity, idea.get("table", ""))
            yield Move(by, "send", {"text": idea["text"]}, ref=idea["id"])

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for card in activity.cards.standing().select_related("participant", "table").prefetch_related("themes"):
            row = {
                "id": card.ref or f"v{card.pk}",
                "text": card.text,
                "author": card.participant and (card.participant.ref or f"p{card.participant_id}"),
                "table": card.table and card.table.label,
            }
            for theme in card.themes.all()[:1]:
                row["cluster"] = theme.ref or f"th{theme.pk}"
            rows.append(row)
        return {activity.block: rows}


kind = Capture()
