"""The ballot of a dot vote: one form is one whole ballot, and sending it again replaces it until the vote closes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action
from activities.votes import Cast, OnPaper, Option, ballot_paper
from workshops.models import Activity
from workshops.problems import Conflict
from workshops.tallies.ballots import BallotError, order_for
from workshops.tallies.dots import check_ballot, default_dots

BEFORE = "opt-"


def rules(activity: Activity, options: int | None = None) -> tuple[int, int]:
    """Dots each, and the most on one option: as fixed at opening, as set up, or a third of the options."""
    if "rules" in activity.notes:
        each, most = activity.notes["rules"]
        return each, most
    given = activity.settings
    each, most = default_dots(len(ballot_paper(activity)) if options is None else options)
    each = given.get("dots") or each
    return each, min(given.get("max_per_option") or most, each)


class Settings(forms.Form):
    dots = forms.IntegerField(
        label=_("Dots for each person"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("Leave empty for a third of the options, from 3 to 10. Fixed once the vote has been opened."),
    )
    max_per_option = forms.IntegerField(
        label=_("At most on one option"), min_value=1, max_value=100, required=False, help_text=_("Empty: 2 or 3")
    )

    def clean(self):
        cleaned = super().clean()
        dots, most = cleaned.get("dots"), cleaned.get("max_per_option")
        if dots and most and most > dots:
            self.add_error("max_per_option", _("This is more than the dots that each person has."))
        return cleaned


class SetDots(Settings, Action):
    """The facilitator changes the number of dots; before opening, never after."""

    by = FACILITATOR
    needs_open = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["dots"], self.initial["max_per_option"] = rules(self.activity)

    def perform(self):
        if self.activity.times_opened:
            raise Conflict(_("The vote has been opened: the number of dots stays as it is."))
        given = {name: self.cleaned_data[name] for name in ("dots", "max_per_option")}
        self.activity.set_up(settings={**self.activity.settings, **given})


class Vote(Cast):
    """Fields opt-<target> hold numbers of dots. Or `dot`, once for each dot: the number of the option it lies on."""

    dot = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = ballot_paper(self.activity)
        self.dots, self.most = rules(self.activity, len(self.options))
        self.fields["dot"].choices = [(str(option.pk), option.name) for option in self.options]
        given = {}
        if self.participant is not None and not self.is_bound:
            given = self.activity.marks.filter(participant=self.participant).ballots().get(self.participant.pk, {})
        for option in self.options:
            self.fields[BEFORE + option.target] = forms.IntegerField(
                label=option.name,
                required=False,
                min_value=0,
                initial=int(given.get(option.target, 0)),
                error_messages={"invalid": _("Write a whole number of dots."), "min_value": _("Not less than 0 dots.")},
                widget=forms.NumberInput(attrs={"max": self.most, "inputmode": "numeric", "autocomplete": "off"}),
            )

    def rows(self) -> list[tuple[Option, forms.BoundField]]:
        """The options in this person's own order, each with its field; on paper in the order of the paper."""
        if self.participant is None:
            shown = self.options
        else:
            place = order_for([option.target for option in self.options], self.participant.pk, self.activity.pk)
            shown = sorted(self.options, key=lambda option: place.index(option.target))
        return [(option, self[BEFORE + option.target]) for option in shown]

    @property
    def spent(self) -> int:
        values = [str(field.value() or 0) for _option, field in self.rows()]
        return sum(int(value) for value in values if value.isdecimal())

    @property
    def left(self) -> int:
        return max(self.dots - self.spent, 0)

    def ballot(self) -> dict[str, int]:
        """target -> dots, for each option with at least one."""
        placed = self.cleaned_data.get("dot") or []
        found = {}
        for option in self.options:
            dots = (self.cleaned_data.get(BEFORE + option.target) or 0) + placed.count(str(option.pk))
            if dots:
                found[option.target] = dots
        return found

    def clean(self):
        cleaned = super().clean()
        if any(name.startswith(BEFORE) and name not in self.fields for name in self.data):
            raise ValidationError(_("An option is no longer on this ballot. Your earlier ballot stands: look again."))
        if self.errors:
            return cleaned
        ballot = self.ballot()
        try:
            check_ballot(ballot, {option.target for option in self.options}, self.dots, self.most)
        except BallotError as problem:
            over = [target for target, dots in ballot.items() if dots > self.most]
            self.add_error(BEFORE + over[0] if over and sum(ballot.values()) <= self.dots else None, str(problem))
        return cleaned

    def perform(self):
        self.activity.cast_ballot(self.ballot(), by=self.voter, channel=self.how)


class PaperBallot(OnPaper, Vote):
    """A ballot on paper, typed in for somebody."""
