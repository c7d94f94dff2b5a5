"""Parts that voting rooms share: the ballot paper, casting, ballots on paper, turnout.

A vote is blind until it closes: nothing here tells who chose what, or how many, before then.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action
from workshops.models import Activity, Card, Mark, Participant, Theme

PHONE, ON_PAPER = "phone", "paper"
CHANNELS = {"phone": _("phone"), "paper": _("paper"), "tablet": _("tablet"), "table_tablet": _("table’s tablet")}


@dataclass(frozen=True)
class Option:
    """One line of the ballot paper. `number` is its place there, the same for everybody; it decides ties."""

    target: str
    name: str
    gist: str
    ref: str
    protected: bool
    number: int = 0

    @property
    def pk(self) -> int:
        return int(self.target.partition(":")[2])

    @property
    def letter(self) -> str:
        """A to Z, then A2 …: what the room calls it aloud."""
        again, place = divmod(self.number, 26)
        return f"{chr(65 + place)}{again + 1 if again else ''}"


def ballot_paper(activity: Activity) -> list[Option]:
    """What stands on the ballot paper: as settled at opening, without what has since been hidden or parked."""
    now = {option.target: option for option in _standing(activity)}
    order = activity.notes.get("ballot_paper", now)
    return [replace(now[target], number=number) for number, target in enumerate(order) if target in now]


def settle_paper(activity: Activity) -> None:
    """The ballot paper is fixed from the first ballot on."""
    if "ballot_paper" not in activity.notes or not activity.marks.exists():
        activity.note("ballot_paper", [option.target for option in _standing(activity)])


def named(activity: Activity) -> dict[str, Option]:
    """target -> option, for results: themes that were parked later too, but no card that is no longer clear."""
    found = {option.target: option for option in _standing(activity, parked=True)}
    order = {target: number for number, target in enumerate(activity.notes.get("ballot_paper", found))}
    return {target: replace(one, number=order.get(target, one.number)) for target, one in found.items()}


def _standing(activity: Activity, *, parked: bool = False) -> list[Option]:
    """Themes of the earlier activity, or else its cards that may be shown. In order of ref, so that ties are stable."""
    source = activity.draws_on
    if source is None:
        return []
    things: list[Theme | Card] = list(source.themes.all() if parked else source.themes.filter(parked=False))
    things = things or list(source.cards.quotable())
    things.sort(key=lambda thing: thing.ref or "~")
    return [
        Option(
            Mark.target_of(theme=thing), thing.name, thing.gist, thing.ref or f"th{thing.pk}", thing.protected, number
        )
        if isinstance(thing, Theme)
        else Option(
            Mark.target_of(card=thing),
            thing.text,
            thing.fields.get("description", ""),
            thing.ref or f"c{thing.pk}",
            bool(thing.fields.get("protected")),
            number,
        )
        for number, thing in enumerate(things)
    ]


class Cast(Action):
    """A person's own ballot. Nothing is accepted after closing, because then the totals are known."""

    accepts_late = False
    criterion = ""

    channel = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)  # in a rehearsal or an import

    @property
    def voter(self) -> Participant | None:
        return self.participant

    @property
    def criteria(self) -> list[str]:
        """What this ballot answers."""
        return [self.criterion]

    @property
    def how(self) -> str:
        given = self.cleaned_data.get("channel") if self.activity.workshop.rehearsal else ""
        return given or PHONE


class OnPaper(Cast):
    """Put in front of a room's own ballot: the facilitator types in what somebody wrote on paper."""

    by = FACILITATOR
    how = ON_PAPER

    person = forms.ModelChoiceField(
        label=_("Whose paper?"),
        queryset=Participant.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose the person who wrote this."),
            "invalid_choice": _("This person is not on the list any more."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "paper_%s", **kwargs})
        people = self.activity.workshop.participants.filter(removed_at=None)
        self.fields["person"].queryset = people.select_related("organisation").order_by("name")

    @property
    def voter(self) -> Participant | None:
        return self.cleaned_data["person"] if self.is_bound and self.is_valid() else None

    def perform(self):
        """One person, one ballot: paper never takes the place of what somebody sent with a phone."""
        ballots = self.activity.marks.filter(participant=self.voter, criterion__in=self.criteria)
        if ballots.exclude(channel=ON_PAPER).exists():
            raise ValidationError(
                {"person": _("This person has already answered on a phone, and can change it there.")}
            )
        return super().perform()


def votes_of(activity: Activity, criterion: str | None = "") -> Any:
    """The marks that count (None: of every criterion): not those of people who were taken off the list."""
    marks = activity.marks.filter(participant__removed_at=None)
    return marks if criterion is None else marks.filter(criterion=criterion)


def turnout(activity: Activity, criterion: str | None = "") -> dict[str, int]:
    """How many have voted, of those here. All that anybody learns before closing."""
    voters = set(votes_of(activity, criterion).values_list("participant_id", flat=True))
    here = set(activity.workshop.participants.present().values_list("pk", flat=True))
    return {"voted": len(voters), "eligible": len(voters | here)}


def by_channel(activity: Activity, criterion: str | None = "") -> list[tuple[str, int]]:
    """Turnout by channel, in words: [("phone", 33), ("paper", 1)]."""
    channel_of = dict(votes_of(activity, criterion).values_list("participant_id", "channel"))
    counts = {channel: list(channel_of.values()).count(channel) for channel in sorted(set(channel_of.values()))}
    return [(str(CHANNELS.get(channel, channel)), number) for channel, number in counts.items()]


def ref_of(person: Participant) -> str:
    return person.ref or f"p{person.pk}"
