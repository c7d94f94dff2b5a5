"""Parts that several rooms share: sending a card, changing one's own, taking it back, and the look before showing."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from activities.kind import Action
from workshops.models import Activity, Card
from workshops.privacy import look


def screened(card: Card) -> Card:
    """Words that could identify somebody wait for the facilitator's look before anyone else sees them (`domain.md` 5.2)."""
    flags = [flag for flag in look(card.text) if flag.action == "hold"]
    if flags and card.state == Card.CLEAR:
        card.hold([{"kind": flag.kind, "start": flag.start, "end": flag.end} for flag in flags])
    return card


class Words(forms.CharField):
    """Words as they were typed: a browser's line ends count once, and nothing else is changed."""

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def words_field(label, limit: int, *, rows: int = 3, help_text="", required_message=None) -> Words:
    """A text box that keeps its draft on the phone, counts its characters and says its limit."""
    return Words(
        label=label,
        max_length=limit,
        help_text=help_text,
        error_messages={
            "required": required_message or _("There are no words here yet. Write something, then send it."),
            "max_length": _("This is too long: at most %(limit_value)d characters, and this has %(show_value)d."),
        },
        widget=forms.Textarea(attrs={"data-draft": "", "data-limit": limit, "data-privacy": "", "rows": rows}),
    )


class OwnCard(Action):
    """An action on a card that this person wrote, or that their table put up."""

    card = forms.ModelChoiceField(
        queryset=Card.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This card is not yours, or is not here any more.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = own_cards(self.activity, self.participant)


class TakeBack(OwnCard):
    """Taken back: shown nowhere from now on. Possible until the outputs are final."""

    needs_open = False

    def perform(self):
        self.cleaned_data["card"].withdraw()
        return self.cleaned_data["card"]


class Share(OwnCard):
    """The author may change the sharing level until the outputs are final (`domain.md` 3.5)."""

    needs_open = False
    sharing = forms.ChoiceField(choices=Card.SHARING)

    def perform(self):
        if self.activity.workshop.is_locked:
            raise ValidationError(_("The outputs are final: this can no longer be changed."))
        self.cleaned_data["card"].share(self.cleaned_data["sharing"])
        return self.cleaned_data["card"]


def own_cards(activity: Activity, participant) -> QuerySet[Card]:
    """This person's cards, and those of the table where they sit."""
    standing = activity.cards.standing()
    if participant is None:
        return standing.none()
    table = activity.table_of(participant)
    mine = standing.filter(participant=participant)
    return mine | standing.filter(participant=None, table=table) if table else mine


def scribe_at(activity: Activity, label: str) -> str:
    """The ref of somebody who may write for the table of this label: its host, else whoever sits there first."""
    table = activity.seating and activity.seating.tables.filter(label=label).select_related("host").first()
    if not table:
        return ""
    if table.host:
        return table.host.ref
    seat = table.seats.select_related("participant").first()
    return seat.participant.ref if seat else ""
