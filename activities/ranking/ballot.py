"""The ballot of a ranking: one choice a rank, best first, as few or as many as a person wants."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from activities.votes import Cast, OnPaper, Option, ballot_paper
from workshops.models import Activity
from workshops.tallies.ballots import order_for

BEFORE = "rank-"


class Settings(forms.Form):
    ranks = forms.IntegerField(
        label=_("How many to rank"),
        min_value=1,
        max_value=30,
        required=False,
        initial=3,
        help_text=_("Leave empty to rank them all."),
    )


def limit(activity: Activity) -> int | None:
    """The most that a person ranks; None for all."""
    return activity.notes["ranks"] if "ranks" in activity.notes else activity.settings.get("ranks")


def ranks_of(activity: Activity, options: int) -> int:
    return min(limit(activity) or options, options)


class Rank(Cast):
    """Fields rank-1, rank-2 …, each with the number of an option, or empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = ballot_paper(self.activity)
        self.ranks = ranks_of(self.activity, len(self.options))
        chosen = {}
        if self.participant is not None and not self.is_bound:
            marks = self.activity.marks.filter(participant=self.participant).ballots().get(self.participant.pk, {})
            chosen = {int(rank): target.partition(":")[2] for target, rank in marks.items()}
        choices = [("", _("No choice")), *((str(one.pk), self.label(one)) for one in self.in_own_order())]
        for rank in range(1, self.ranks + 1):
            self.fields[f"{BEFORE}{rank}"] = forms.ChoiceField(
                label=_("Choice %(rank)d") % {"rank": rank} if rank > 1 else _("First choice"),
                required=False,
                choices=choices,
                initial=chosen.get(rank, ""),
                error_messages={"invalid_choice": _("This is no longer on the ballot. Choose another.")},
            )

    def label(self, option: Option) -> str:
        return f"{option.letter}. {Truncator(option.name).chars(60)}"

    def in_own_order(self) -> list[Option]:
        """A different order for each person, so that the first on the list has no advantage."""
        if self.participant is None:
            return self.options
        place = order_for([option.target for option in self.options], self.participant.pk, self.activity.pk)
        return sorted(self.options, key=lambda option: place.index(option.target))

    def rows(self) -> list[forms.BoundField]:
        return [self[f"{BEFORE}{rank}"] for rank in range(1, self.ranks + 1)]

    @property
    def sent(self) -> bool:
        return bool(self.ranks and self[f"{BEFORE}1"].initial)

    def clean(self):
        cleaned = super().clean()
        if not self.ranks:
            self.add_error(None, _("There is nothing to rank yet."))
            return cleaned
        if self.errors:
            return cleaned
        chosen = [cleaned.get(f"{BEFORE}{rank}", "") for rank in range(1, self.ranks + 1)]
        last = max((rank for rank, pk in enumerate(chosen, start=1) if pk), default=0)
        if not last:
            self.add_error(f"{BEFORE}1", _("Choose at least a first choice."))
        for rank, pk in enumerate(chosen, start=1):
            if pk and pk in chosen[: rank - 1]:
                earlier = chosen.index(pk) + 1
                words = _("This is your choice %(earlier)d already. Choose another, or leave this empty.")
                self.add_error(f"{BEFORE}{rank}", words % {"earlier": earlier})
            elif not pk and rank < last:
                words = _("Choice %(rank)d is empty. Choose one here, or move the ones below up.")
                self.add_error(f"{BEFORE}{rank}", words % {"rank": rank})
        return cleaned

    def perform(self):
        target_of = {str(option.pk): option.target for option in self.options}
        chosen = [pk for rank in range(1, self.ranks + 1) if (pk := self.cleaned_data[f"{BEFORE}{rank}"])]
        ballot = {target_of[pk]: rank for rank, pk in enumerate(chosen, start=1)}
        self.activity.cast_ballot(ballot, by=self.voter, channel=self.how)


class PaperBallot(OnPaper, Rank):
    """A ballot on paper, typed in for somebody."""
