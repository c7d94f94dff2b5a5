"""Gallery: everyone sees and strengthens all plans, with four kinds of note (`domain.md` 3.15)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import CHOOSE_AGAIN, TakeBack, screened, words_field
from activities.kind import Action, Kind, Move, Ref
from workshops.models import Card, Plan

LIKE, ASK, OFFER, WORRY = "like", "question", "offer", "risk"
# Word and shape, never colour alone.
SORTS = {
    LIKE: ("♥", _("I like …")),
    ASK: ("?", _("I ask …")),
    OFFER: ("✋", _("I can offer …")),
    WORRY: ("▲", _("I worry that …")),
}
ENOUGH_NOTES, ENOUGH_ORGANISATIONS = 6, 3


class Note(Action):
    plan = forms.ModelChoiceField(
        queryset=Plan.objects.none(),
        label=_("Plan"),
        empty_label=_("Choose a plan"),
        error_messages={"required": _("Choose the plan that your note is about."), "invalid_choice": CHOOSE_AGAIN},
    )
    sort = forms.ChoiceField(
        label=_("What kind of note?"),
        choices=[(slug, f"{shape} {label}") for slug, (shape, label) in SORTS.items()],
        initial=LIKE,
        widget=forms.RadioSelect,
    )
    text = words_field(_("Your note"), 240, rows=2, help_text=_("Offers carry your name; other notes do not."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plans = Plan.objects.filter(workshop=self.activity.workshop_id).select_related("priority")
        self.fields["plan"].queryset = plans

    def perform(self):
        given = self.cleaned_data
        return screened(
            self.activity.put_up(
                given["text"],
                by=self.participant,
                late=self.late,
                ref=self.given_ref,
                fields={"plan": given["plan"].pk, "sort": given["sort"]},
            )
        )


class Gallery(Kind):
    name = _("Gallery")
    purpose = _("Everyone visits at least three plans and leaves notes: I like, I ask, I can offer, I worry.")
    minutes = 15
    actions = {"note": Note, "take_back": TakeBack}

    def notes(self, cards):
        """Notes by plan, with their shape and words; an offer carries its giver's name."""
        found: dict[int, list[Card]] = {}
        for card in cards.select_related("participant__organisation"):
            card.shape, card.label = SORTS.get(card.fields.get("sort"), ("", ""))
            card.giver = card.participant if card.fields.get("sort") == OFFER else None
            found.setdefault(card.fields.get("plan"), []).append(card)
        return found

    def plans(self, activity, cards):
        notes = self.notes(cards)
        plans = list(Plan.objects.filter(workshop=activity.workshop_id).select_related("priority", "lead"))
        for plan in plans:
            plan.notes = notes.get(plan.pk, [])
            plan.from_organisations = len({card.participant.organisation_id for card in plan.notes if card.participant})
            plan.enough = len(plan.notes) >= ENOUGH_NOTES and plan.from_organisations >= ENOUGH_ORGANISATIONS
        return plans

    def shared(self, activity):
        plans = Plan.objects.filter(workshop=activity.workshop_id).select_related("priority", "lead")
        return {
            "count": activity.cards.standing().count(),
            "gallery": list(plans.prefetch_related("actions__lead")),
        }

    def screen(self, activity):
        return {"plans": self.plans(activity, activity.cards.clear())}

    def console(self, activity):
        return {"plans": self.plans(activity, activity.cards.standing())}

    def mine(self, activity, participant):
        cards = list(activity.cards.standing().of(participant))
        for card in cards:
            card.shape, card.label = SORTS.get(card.fields.get("sort"), ("", ""))
        return {"cards": cards}

    def pack(self, activity):
        return {"plans": self.plans(activity, activity.cards.clear())}

    def line(self, activity):
        return _("%(count)d notes") % {"count": activity.cards.standing().count()}

    def script(self, activity, day):
        for note in day.get(activity.block, []) if activity.block else []:
            sent = {"plan": Ref(note["plan"]), "sort": note["kind"], "text": note["text"]}
            yield Move(note.get("by", ""), "note", sent)

    def record(self, activity):
        if not activity.block:
            return {}
        plans = Plan.objects.filter(workshop=activity.workshop_id).in_bulk()
        rows = []
        for card in activity.cards.standing().select_related("participant"):
            plan = plans.get(card.fields.get("plan"))
            rows.append(
                {
                    "plan": plan and (plan.ref or f"ap{plan.pk}"),
                    "kind": card.fields.get("sort"),
                    "by": card.participant and (card.participant.ref or f"p{card.participant_id}"),
                    "text": card.text,
                }
            )
        return {activity.block: rows}


kind = Gallery()
