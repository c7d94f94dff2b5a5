"""Drivers: national and local priorities side by side, sorted in the light of the purpose (`domain.md` 1.17, 7)."""

from collections import Counter

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import TakeBack, for_the_console, screened, words_field
from activities.kind import Action, Kind
from activities.votes import votes_of
from workshops.models import Driver

ANSWERS = [("2", _("A lot")), ("1", _("A little")), ("0", _("Not ours to lead"))]
WITHIN = "driver:"
ON_SCREEN = 3  # of each sort: what a room can read


def in_play(activity):
    """The driver cards of this network that are not hidden, local ones first: they are read first."""
    cards = Driver.objects.filter(network=activity.workshop.network_id, hidden=False).select_related("organisation")
    return sorted(cards, key=lambda card: (not card.is_local, card.position, card.pk))


def answers_of(activity):
    return votes_of(activity, None).filter(criterion__startswith=WITHIN)


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
        given = {f"{WITHIN}{card.pk}": self.cleaned_data[f"d-{card.pk}"] for card in self.cards}
        answers = {criterion: int(answer) for criterion, answer in given.items() if answer != ""}
        self.activity.cast_answers(answers, by=self.participant, notes={})
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
    actions = {"sort": Sort, "remark": Remark, "take_back": TakeBack}

    def picture(self, activity):
        """Each card with how many said a lot, a little, not ours."""
        counts: dict[str, Counter[int]] = {}
        for criterion, value in answers_of(activity).values_list("criterion", "value"):
            counts.setdefault(criterion, Counter())[int(value)] += 1
        cards = in_play(activity)
        for card in cards:
            said = counts.get(f"{WITHIN}{card.pk}", Counter())
            card.a_lot, card.a_little, card.not_ours = said[2], said[1], said[0]
            card.answers = sum(said.values())
        return cards

    def people(self, activity):
        return answers_of(activity).values("participant").distinct().count()

    def shared(self, activity):
        return {"count": self.people(activity)}

    def screen(self, activity):
        if not activity.is_closed:
            return {"local": [], "national": []}
        both = self.by_sort(sorted(self.picture(activity), key=lambda card: -card.a_lot))
        return {sort: cards[:ON_SCREEN] for sort, cards in both.items()}

    def by_sort(self, cards):
        return {
            "local": [card for card in cards if card.is_local],
            "national": [card for card in cards if not card.is_local],
        }

    def console(self, activity):
        cards = self.picture(activity)
        return {
            **self.by_sort(cards),
            "remarks": for_the_console(activity.cards.standing().select_related("table")),
            "to_check": sum(card.needs_a_check for card in cards),
        }

    def mine(self, activity, participant):
        given = answers_of(activity).filter(participant=participant).values_list("criterion", "value")
        start = {f"d-{criterion.removeprefix(WITHIN)}": str(int(value)) for criterion, value in given}
        form = Sort(activity=activity, participant=participant, initial=start)
        said = dict(ANSWERS)
        rows = [(card, form[f"d-{card.pk}"], said.get(start.get(f"d-{card.pk}"), "")) for card in form.cards]
        return {
            "local": [row for row in rows if row[0].is_local],
            "national": [row for row in rows if not row[0].is_local],
            "cards": list(activity.cards.standing().of(participant)),
        }

    def pack(self, activity):
        remarks = list(activity.cards.quotable())
        return {**self.by_sort(self.picture(activity)), "remarks": remarks, "count": self.people(activity)}

    def line(self, activity):
        count = self.people(activity)
        return ngettext("sorted by %(count)d person", "sorted by %(count)d people", count) % {"count": count}


kind = Drivers()
