"""Purpose drafts: one sentence from each table that says why this network exists (`domain.md` 3.11)."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import (
    FromFile,
    Spotlight,
    for_the_console,
    heard,
    in_the_light,
    screened,
    scribe_at,
    words_field,
)
from activities.kind import Action, Kind, Move
from workshops.models import Card
from workshops.wording import advice
from workshops.wording.purpose import purpose

LIMIT = 400


class Draft(Action):
    """The table's one draft. `seen` is the wording that the writer changed: two writers never overwrite each other."""

    text = words_field(
        _("Our draft"),
        LIMIT,
        rows=4,
        help_text=_("We exist so that … We do this by … So that … At most 35 words."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    liked = FromFile()
    questions = FromFile()

    def perform(self):
        text = self.cleaned_data["text"]
        card = own_draft(self.activity, self.participant)
        if card is None:
            return screened(self.first(text))
        if card.text != text:
            self.not_over_somebody(card)
            card.reword(
                text,
                late=self.late,
                earlier=[*card.fields.get("earlier", []), card.text],
                wordings=card.fields.get("wordings", 1) + 1,
                last=self.participant.pk,
            )
        return screened(card)

    def first(self, text):
        table = self.activity.table_of(self.participant)
        whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
        fields = {"wordings": 1, "last": self.participant and self.participant.pk}
        if self.activity.workshop.rehearsal:
            fields |= {name: self.cleaned_data[name] or [] for name in ("liked", "questions")}
        return self.activity.put_up(text, late=self.late, ref=self.given_ref, fields=fields, **whose)

    def not_over_somebody(self, card):
        """Both wordings are shown; whoever sends again has read the other one."""
        now = card.fields.get("wordings", 1)
        if self.cleaned_data["seen"] != now and card.fields.get("last") != self.participant.pk:
            self.data = self.data.copy()
            self.data["seen"] = str(now)
            words = _("Somebody at your table has just written: “%(text)s”. Your words are below: agree which to send.")
            raise ValidationError({"text": words % {"text": card.text}})


def own_draft(activity, participant) -> Card | None:
    """The draft of this person's table; or their own, where nobody sits at tables."""
    drafts = activity.cards.standing()
    if participant is None:
        return None
    table = activity.table_of(participant)
    if table:
        return drafts.filter(table=table, participant=None).first()
    return drafts.filter(participant=participant, table=None).first()


class PurposeDrafts(Kind):
    name = _("Purpose drafts")
    purpose = _("Each table writes one sentence that says why this network exists.")
    minutes = 22
    actions = {"draft": Draft, "spotlight": Spotlight}
    words_limit = LIMIT

    def shared(self, activity):
        """The drafts are for everybody once it is closed: then each table reads its own."""
        drafts = activity.cards.quotable().select_related("table") if activity.is_closed else Card.objects.none()
        return {"count": activity.cards.standing().count(), "drafts": list(drafts)}

    def screen(self, activity):
        return {"lit": in_the_light(activity) if activity.is_closed else None}

    def console(self, activity):
        cards = for_the_console(activity.cards.standing().select_related("table"))
        for card in cards:
            card.advice = advice(purpose(card.text))
        return {"cards": cards, "lit": in_the_light(activity)}

    def table(self, activity, table):
        draft = activity.cards.standing().filter(table=table, participant=None).first()
        return {"draft": draft, "advice": advice(purpose(draft.text)) if draft else []}

    def mine(self, activity, participant):
        draft = own_draft(activity, participant)
        start = {"text": draft.text, "seen": draft.fields.get("wordings", 1)} if draft else {}
        return {"draft": draft, "start": Draft(activity=activity, participant=participant, initial=start)}

    def pack(self, activity):
        return {"cards": list(activity.cards.quotable().select_related("table"))}

    def line(self, activity):
        count = activity.cards.standing().count()
        return ngettext("%(count)d draft", "%(count)d drafts", count) % {"count": count}

    def contributions(self, activity):
        return {}  # a table's draft counts for the table, not for its scribe (domain.md 4.1)

    def voices(self, activity):
        return heard(activity)

    def script(self, activity, day):
        for draft in day.get(activity.block, []) if activity.block else []:
            extra = {name: json.dumps(draft[name]) for name in ("liked", "questions") if name in draft}
            data = {"text": draft["text"], **extra}
            by = draft.get("author") or scribe_at(activity, draft.get("table", ""))
            yield Move(by, "draft", data, ref=draft["id"])

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for card in activity.cards.standing().select_related("table", "participant"):
            row = {"id": card.ref or f"pd{card.pk}", "table": card.table and card.table.label, "text": card.text}
            if card.participant:
                row["author"] = card.participant.ref or f"p{card.participant_id}"
            row |= {name: card.fields[name] for name in ("liked", "questions") if name in card.fields}
            rows.append(row)
        return {activity.block: rows}


kind = PurposeDrafts()
