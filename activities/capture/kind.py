"""Capture: one idea in each box, from everybody, in their own words. Key words, value ideas, topics."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import (
    OwnCard,
    TakeBack,
    at_a_glance,
    for_the_console,
    heard,
    own_cards,
    screened,
    scribe_at,
    words_field,
)
from activities.kind import Action, Kind, Move
from workshops.models import Card

LIMIT, SHORT = 80, 160
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
        chosen, usual = self.activity.settings, self.fields["text"]
        limit = int(chosen.get("limit") or LIMIT)
        self.fields["text"] = words_field(
            chosen.get("label") or usual.label, limit, rows=2 if limit <= SHORT else 5, help_text=usual.help_text
        )


class Send(Idea):
    def perform(self):
        table = table_that_writes(self.activity, self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        card = self.activity.put_up(self.cleaned_data["text"], late=self.late, ref=self.given_ref, **whose)
        return screened(card)


class Reword(OwnCard, Idea):
    def perform(self):
        card = self.cleaned_data["card"]
        card.reword(self.cleaned_data["text"], late=self.late)
        return screened(card)


def table_that_writes(activity, participant):
    """The table whose words these are, where tables write together and this person sits at one."""
    by_tables = activity.settings.get("whose") == TABLE
    return activity.table_of(participant) if by_tables and participant else None


class Capture(Kind):
    name = _("Capture ideas")
    purpose = _("Everything that comes to mind: one idea in each box, hidden from the others until you close.")
    minutes = 15
    Settings = Settings
    actions = {"send": Send, "reword": Reword, "take_back": TakeBack}
    words_limit = LIMIT

    def screen(self, activity):
        # Ideas stay hidden while people write, so that nobody copies (domain.md 1.9).
        shown = activity.cards.quotable().order_by("-pk")[:12] if activity.is_closed else Card.objects.none()
        return {"cards": at_a_glance(shown)}

    def console(self, activity):
        return {"cards": for_the_console(activity.cards.standing().select_related("table").order_by("-pk"))}

    def table(self, activity, table):
        """Where tables write together, everybody there sees what their scribe has sent."""
        by_tables = activity.settings.get("whose") == TABLE
        return {"cards": list(activity.cards.standing().filter(table=table, participant=None))} if by_tables else None

    def mine(self, activity, participant):
        cards = list(own_cards(activity, participant))
        for card in cards:
            start = {"card": card.pk, "text": card.text}
            card.form = Reword(activity=activity, participant=participant, initial=start)
        return {"cards": cards, "for_table": table_that_writes(activity, participant) is not None}

    def pack(self, activity):
        return {"cards": list(activity.cards.quotable())}

    def line(self, activity):
        count = activity.cards.standing().count()
        return ngettext("%(count)d idea", "%(count)d ideas", count) % {"count": count}

    def voices(self, activity):
        return heard(activity)

    def script(self, activity, day):
        for idea in day.get(activity.block, []) if activity.block else []:
            by = idea.get("author") or scribe_at(activity, idea.get("table", ""))
            yield Move(by, "send", {"text": idea["text"]}, ref=idea["id"])

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        cards = activity.cards.standing().exclude(sharing=Card.TABLE_ONLY)
        for card in cards.select_related("participant", "table").prefetch_related("themes"):
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
