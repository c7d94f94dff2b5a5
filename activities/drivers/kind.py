"""Drivers: national and local priorities side by side, sorted in the light of the purpose (`domain.md` 1.17, 7)."""

from collections import Counter

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import TakeBack, screened, words_field
from activities.kind import Action, Kind
from workshops.models import Driver

ANSWERS = [("2", _("A lot")), ("1", _("A little")), ("0", _("Not ours to lead"))]
WITHIN = "driver:"


class Settings(forms.Form):
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)


def in_play(activity):
    """The driver cards of this network that are not hidden, local ones first: they are read first."""
    cards = Driver.objects.filter(network=activity.workshop.network_id, hidden=False).select_related("organisation")
    return sorted(cards, key=lambda card: (not card.is_local, card.position, card.pk))


class Sort(Action):
    """One person's sorting so far: any number of cards, each a lot, a little, or not ours."""

    accepts_late = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cards = in_play(self.activity)
        for card in self.cards:
            self.fields[f"d-{card.pk}"] = forms.ChoiceField(
                label=card.title, choices=ANSWERS, required=False, widget=forms.RadioSelect
            )

    def perform(self):
        for card in self.cards:
            answer = self.cleaned_data[f"d-{card.pk}"]
            if answer != "":
                self.activity.cast(int(answer), by=self.participant, criterion=f"{WITHIN}{card.pk}")
        return self.activity


class Remark(Action):
    text = words_field(
        _("What surprised you, or is wrong or out of date on a card?"), 240, rows=2, help_text=_("One line")
    )

    def perform(self):
        return screened(self.activity.put_up(self.cleaned_data["text"], by=self.participant, late=self.late))


class Drivers(Kind):
    name = _("National and local priorities")
    purpose = _("Sort what we are asked to do, and what we need, in the light of our purpose.")
    minutes = 16
    Settings = Settings
    actions = {"sort": Sort, "remark": Remark, "take_back": TakeBack}

    def picture(self, activity):
        """Each card with how many said a lot, a little, not ours."""
        counts: dict[str, Counter[int]] = {}
        for criterion, value in activity.marks.values_list("criterion", "value"):
            counts.setdefault(criterion, Counter())[int(value)] += 1
        cards = in_play(activity)
        for card in cards:
            said = counts.get(f"{WITHIN}{card.pk}", Counter())
            card.a_lot, card.a_little, card.not_ours = said[2], said[1], said[0]
            card.answers = sum(said.values())
        return cards

    def shared(self, activity):
        people = activity.marks.values("participant").distinct().count()
        return {"count": people}

    def screen(self, activity):
        if not activity.is_closed:
            return {"local": [], "national": []}
        cards = sorted(self.picture(activity), key=lambda card: -card.a_lot)
        return {
            "local": [card for card in cards if card.is_local][:6],
            "national": [card for card in cards if not card.is_local][:6],
        }

    def console(self, activity):
        cards = self.picture(activity)
        return {
            "local": [card for card in cards if card.is_local],
            "national": [card for card in cards if not card.is_local],
            "remarks": list(activity.cards.standing()),
            "to_check": sum(card.needs_a_check for card in cards),
        }

    def mine(self, activity, participant):
        given = {
            mark.criterion.removeprefix(WITHIN): str(int(mark.value))
            for mark in activity.marks.filter(participant=participant)
        }
        start = {f"d-{pk}": answer for pk, answer in given.items()}
        form = Sort(activity=activity, participant=participant, initial=start)
        rows = [(card, form[f"d-{card.pk}"]) for card in form.cards]
        return {
            "local": [row for row in rows if row[0].is_local],
            "national": [row for row in rows if not row[0].is_local],
            "cards": list(activity.cards.standing().of(participant)),
        }

    def pack(self, activity):
        cards = self.picture(activity)
        return {
            "local": [card for card in cards if card.is_local],
            "national": [card for card in cards if not card.is_local],
            "remarks": list(activity.cards.clear()),
        }

    def line(self, activity):
        return _("sorted by %(count)d people") % {"count": activity.marks.values("participant").distinct().count()}


kind = Drivers()
