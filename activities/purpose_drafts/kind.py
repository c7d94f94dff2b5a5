"""Purpose drafts: one sentence from each table that says why this network exists (`domain.md` 3.11)."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import screened, scribe_at, words_field
from activities.kind import Action, Kind, Move
from workshops.models import Card
from workshops.problems import Conflict
from workshops.wording import advice
from workshops.wording.purpose import purpose

LIMIT, WORDS = 400, 35


class Draft(Action):
    """The table's one draft. `seen` is the wording that the writer changed: two writers never overwrite each other."""

    text = words_field(
        _("Our draft"),
        LIMIT,
        rows=4,
        help_text=_("We exist so that … We do this by … So that … At most 35 words."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    liked = forms.JSONField(required=False, widget=forms.HiddenInput)
    questions = forms.JSONField(required=False, widget=forms.HiddenInput)

    def perform(self):
        given, table = self.cleaned_data, self.activity.table_of(self.participant)
        card = own_draft(self.activity, self.participant, table)
        if card is None:
            whose = {"table": table, "scribe": self.participant} if table else {"by": self.participant}
            fields = {"wordings": 1}
            if self.activity.workshop.rehearsal:
                fields |= {"liked": given["liked"] or [], "questions": given["questions"] or []}
            return screened(
                self.activity.put_up(given["text"], late=self.late, ref=self.given_ref, fields=fields, **whose)
            )
        if given["seen"] is not None and given["seen"] != card.fields.get("wordings", 1):
            raise Conflict(
                _(
                    "Somebody at your table has just changed the draft to: “%(text)s”. Your words are kept: agree which to send."
                )
                % {"text": card.text}
            )
        if card.text != given["text"]:
            earlier = [*card.fields.get("earlier", []), card.text]
            card.reword(given["text"], earlier=earlier, wordings=card.fields.get("wordings", 1) + 1)
        return screened(card)


def own_draft(activity, participant, table) -> Card | None:
    """The draft of this person's table; or their own, where nobody sits at tables."""
    drafts = activity.cards.standing()
    if table:
        return drafts.filter(table=table, participant=None).first()
    return drafts.filter(participant=participant, table=None).first()


class PurposeDrafts(Kind):
    name = _("Purpose drafts")
    purpose = _("Each table writes one sentence that says why this network exists.")
    minutes = 22
    actions = {"draft": Draft}
    words_limit = LIMIT

    def screen(self, activity):
        drafts = activity.cards.clear().select_related("table") if activity.is_closed else Card.objects.none()
        return {"cards": list(drafts)}

    def shared(self, activity):
        drafts = activity.cards.clear().select_related("table") if activity.is_closed else Card.objects.none()
        return {"count": activity.cards.standing().count(), "drafts": list(drafts)}

    def console(self, activity):
        cards = list(activity.cards.standing().select_related("table"))
        for card in cards:
            card.advice = advice(purpose(card.text))
        return {"cards": cards}

    def table(self, activity, table):
        draft = activity.cards.standing().filter(table=table, participant=None).first()
        return {"draft": draft, "advice": advice(purpose(draft.text)) if draft else []}

    def mine(self, activity, participant):
        draft = own_draft(activity, participant, activity.table_of(participant))
        start = {"text": draft.text, "seen": draft.fields.get("wordings", 1)} if draft else {}
        return {"draft": draft, "start": Draft(activity=activity, participant=participant, initial=start)}

    def pack(self, activity):
        return {"cards": list(activity.cards.clear().select_related("table"))}

    def line(self, activity):
        return _("%(count)d drafts") % {"count": activity.cards.standing().count()}

    def contributions(self, activity):
        return {}  # a table's draft counts for the table, not for its scribe (domain.md 4.1)

    def voices(self, activity):
        """Everyone at a table that has a draft has been heard."""
        tables = set(activity.cards.standing().exclude(table=None).values_list("table_id", flat=True))
        alone = set(activity.cards.standing().exclude(participant=None).values_list("participant_id", flat=True))
        if not activity.seating:
            return alone
        return alone | set(activity.seating.seats.filter(table__in=tables).values_list("participant_id", flat=True))

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
