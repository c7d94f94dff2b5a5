"""Eight levels of agreement and fist to five (`domain.md` 3.13): shared by every room that asks where people stand.

A room makes its own action from `Stand` (with `criterion` and `scale`) and one from `OnPaper` and it; `told()` counts
the answers when they are shown, and what it returns can be kept in JSON; `bars()`, `verdict()` and `rule_in_words()`
are for templates, `entry_of()` and `moves_of()` for the exchange file. Level C: nobody sees who stands where.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.filed import channel_in, entry, filed_move
from activities.kind import Move
from activities.votes import Cast, OnPaper, ref_of, turnout, votes_of
from workshops.models import Activity
from workshops.tallies.agreement import FIST, GRADIENTS, HEAR_FIRST, RULES, GoodEnough, fist_to_five, gradients

__all__ = ["FIST", "GRADIENTS", "HEAR_FIRST", "RULES", "OnPaper", "Stand", "bars", "told", "verdict"]

# For bars, where the whole wording has no room.
SHORT: dict[int, Any] = {
    1: gettext_lazy("Full support"),
    2: gettext_lazy("One small point"),
    3: gettext_lazy("With reservations"),
    4: gettext_lazy("Abstain"),
    5: gettext_lazy("More discussion"),
    6: gettext_lazy("Do not like it"),
    7: gettext_lazy("Serious disagreement"),
    8: gettext_lazy("Block"),
}
EIGHT, FIVE = "gradients_8", "fist_to_five"
RULE_CHOICES = [
    ("high_stakes", gettext_lazy("High stakes: 70% at 1 to 3, at most 10% at 6 and 7, nobody at 8 unheard")),
    ("everyday", gettext_lazy("Everyday: 70% at 1 to 4")),
]


class Stand(Cast):
    """Where one person stands; standing somewhere else replaces it. `criterion` tells rounds and votes apart."""

    criterion = ""
    scale = GRADIENTS

    level = forms.TypedChoiceField(
        label=gettext_lazy("Where do you stand?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose where you stand, then send it."),
            "invalid_choice": gettext_lazy("Choose one of the levels shown."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("What would need to change?"),
        help_text=gettext_lazy("If you chose 5 to 8. Read out without your name."),
        required=False,
        max_length=400,
        error_messages={"max_length": gettext_lazy("This is too long: at most 400 characters.")},
        widget=forms.Textarea(attrs={"data-draft": "", "data-limit": 400, "data-privacy": "", "rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = list(self.scale.items())
        if self.participant is not None and not self.is_bound:
            mark = self.activity.marks.filter(participant=self.participant, target="", criterion=self.criterion).first()
            if mark is not None:
                self.initial |= {"level": int(mark.value), "note": mark.note}

    @property
    def standing(self) -> int | None:
        """Where this person stands now, on a fresh form."""
        return self.initial.get("level")

    def perform(self) -> None:
        self.activity.cast(
            self.cleaned_data["level"],
            by=self.voter,
            criterion=self.criterion,
            note=self.cleaned_data["note"],
            channel=self.how,
        )


def levels_of(activity: Activity, criterion: str) -> dict[int, int]:
    """participant id -> level."""
    return {
        person: int(level) for person, level in votes_of(activity, criterion).values_list("participant_id", "value")
    }


def told(
    activity: Activity, criterion: str, *, method: str = EIGHT, rule: str = "high_stakes", heard: bool = False
) -> dict[str, Any]:
    """The shape of the answers: {"levels": [[level, people], …], "answers", "voted", "eligible", "good_enough"}.

    `heard`: the room has heard everyone at 8.
    """
    ballots = levels_of(activity, criterion)
    if method == FIVE:
        found = fist_to_five(ballots)
    else:
        found = gradients(ballots, rule=rule, heard_at_8=ballots if heard else ())
    shape = {"levels": [[level, people] for level, people in found.distribution.items()]}
    return shape | {
        "answers": found.answers,
        "good_enough": found.good_enough,
        "unheard": len(found.unheard),
        **turnout(activity, criterion),
    }


def bars(shape: Mapping[str, Any], scale: Mapping[int, Any] = GRADIENTS) -> list[dict[str, Any]]:
    """One bar a level, for a template: {"level", "label", "short", "name", "people", "most"}."""
    most = max([people for _level, people in shape["levels"]], default=0)
    short = SHORT if scale is GRADIENTS else scale
    return [
        {
            "level": level,
            "label": scale[level],
            "short": short[level],
            "name": f"{level}. {scale[level]}",
            "people": people,
            "most": max(most, 1),
        }
        for level, people in shape["levels"]
    ]


def rule_in_words(rule: str | GoodEnough = "high_stakes") -> str:
    """Printed beside every result (`domain.md` 3.13)."""
    threshold = RULES[rule] if isinstance(rule, str) else rule
    facts = {"to": threshold.support_to, "percent": threshold.support_percent, "most": threshold.against_percent}
    if threshold.against_percent is None:
        return _("Good enough means: at least %(percent)s%% at 1 to %(to)s.") % facts
    return (
        _(
            "Good enough means: at least %(percent)s%% at 1 to %(to)s,"
            " at most %(most)s%% at 6 and 7, and nobody at 8 unheard."
        )
        % facts
    )


FIST_RULE = gettext_lazy("It passes when nobody is under 3 after one round of hearing.")


def verdict(shape: Mapping[str, Any]) -> str:
    """The answer in words, never as an average."""
    if not shape["answers"]:
        return _("Nobody has answered yet.")
    if shape["good_enough"]:
        return _("Good enough for now, safe enough to try.")
    if shape.get("unheard"):
        return ngettext(
            "Not yet: one person is at 8. Hear why first.",
            "Not yet: %(count)s people are at 8. Hear why first.",
            shape["unheard"],
        ) % {"count": shape["unheard"]}
    return _("Not yet good enough. Hear what would need to change.")


def support(shape: Mapping[str, Any], to: int = 3) -> int:
    """How many stand at 1 to `to`."""
    return sum(people for level, people in shape["levels"] if level <= to)


def changes_asked(activity: Activity, criterion: str, *, least: int = 5, most: int = 8) -> list[tuple[int, str]]:
    """(level, words) of those who said what would need to change: never whose, and in no order that tells."""
    marks = votes_of(activity, criterion).filter(value__gte=least, value__lte=most).exclude(note="")
    return sorted(((int(value), note) for value, note in marks.values_list("value", "note")), reverse=True)


# the exchange file


def moves_of(vote: Mapping[str, Any], action: str, filed: bool = True, **data: Any) -> Iterator[Move]:
    """Everyone's level in a vote of the file, and what else its entry says (the room needs a `filed` action)."""
    if vote and filed:
        yield filed_move(vote)
    for person, level in vote.get("ballots", {}).items():
        yield Move(person, action, {"level": level, **data, **channel_in(vote, person)})


def entry_of(activity: Activity, name: str, criterion: str, *, method: str = EIGHT, **more: Any) -> dict[str, Any]:
    """A vote on levels as the exchange file has it, found marks and all."""
    marks = votes_of(activity, criterion).select_related("participant")
    ballots = {ref_of(mark.participant): int(mark.value) for mark in marks}
    return entry(activity, name, method, ballots, criterion, **more)


def results_of(shape: Mapping[str, Any], name: str, method: str = EIGHT) -> dict[str, Any]:
    """In the shape of `expected_results`."""
    return {"fist_to_five" if method == FIVE else "gradients": {name: dict(shape["levels"])}}
