"""Parts that several rooms share: the fields of forms, sending a card, changing one's own, the look before showing."""

from collections.abc import Iterable, Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action
from workshops.models import Activity, Card, Table
from workshops.privacy import HOLD, look, redact
from workshops.wording.checks import words

TOO_LONG = _("This is too long: at most %(limit_value)d characters, and this has %(show_value)d.")
NO_WORDS = _("There are no words here yet. Write something, then send it.")
CHOOSE_AGAIN = _("What you chose is not on the list any more. Choose again.")
AT_A_GLANCE = 24  # words; with the labels beside them, what a room can read from ten metres


def screened(card: Card) -> Card:
    """Words that could identify somebody wait for the facilitator's look before others see them (`domain.md` 5.2).

    Where the author has taken out what was found, there is nothing left to wait for.
    """
    flags = [flag for flag in look(card.all_words) if flag.action == HOLD]
    if flags and card.state in (Card.CLEAR, Card.HELD):
        card.hold([{"kind": one.kind, "start": one.start, "end": one.end, "why": str(one.why)} for one in flags])
    elif card.is_held:
        card.release()
    return card


def for_the_console(cards: Iterable[Card]) -> list[Card]:
    """With `said`: the words as the facilitator sees them, what identifies somebody masked until it has been judged."""
    found = list(cards)
    for card in found:
        card.said = redact(card.text, look(card.text)) if card.is_held else card.text
    return found


def at_a_glance(cards: Iterable[Card], most: int = AT_A_GLANCE) -> list[Card]:
    """As many of these, from the first, as a room can read at once; the first one in any case."""
    return list(_readable(cards, most))


def _readable(cards: Iterable[Card], most: int) -> Iterator[Card]:
    for number, card in enumerate(cards):
        most -= len(words(card.text))
        if number and most < 0:
            return
        yield card


# fields


class Words(forms.CharField):
    """Words as they were typed: a browser's line ends count once, and nothing else is changed."""

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def words_field(label, limit: int, *, rows: int = 3, help_text="", required=True, required_message=NO_WORDS) -> Words:
    """A text box that keeps its draft on the phone, counts its characters and says its limit."""
    return Words(
        label=label,
        max_length=limit,
        required=required,
        help_text=help_text,
        error_messages={"required": required_message, "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"data-draft": "", "data-limit": limit, "data-privacy": "", "rows": rows}),
    )


def line_field(label, limit: int, *, help_text="", required_message="") -> forms.CharField:
    """One line of words; needed where there is a message for its absence."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(required_message),
        help_text=help_text,
        error_messages={"required": required_message, "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"data-draft": ""}),
    )


def date_field(label, help_text="") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "data-draft": ""}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )


class Several(forms.ModelMultipleChoiceField):
    """Several things, in the order in which they were chosen."""

    default_error_messages = dict.fromkeys(("invalid_choice", "invalid_pk_value"), CHOOSE_AGAIN)

    def clean(self, value):
        sent = list(dict.fromkeys(map(str, value or ())))
        if not all(pk.isascii() and pk.isdecimal() and len(pk) < 19 for pk in sent):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        found = {str(thing.pk): thing for thing in super().clean(sent)}
        return [found[pk] for pk in sent if pk in found]


class FromFile(forms.JSONField):
    """What only a file can say beside a form's own fields; rooms take it in a rehearsal or an import alone."""

    def __init__(self, *, required=False):
        super().__init__(required=required, widget=forms.HiddenInput)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


# actions


class OnThing(Action):
    """An action on one of many things, named by a hidden field; its fields' ids tell it from its like on a page."""

    thing = "card"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        which = str(self[self.thing].value() or "")[:19]
        if which.isdecimal():
            self.auto_id = f"{type(self).__name__.lower()}_{which}_%s"


class OwnCard(OnThing):
    """An action on a card that this person wrote, or that their table put up."""

    card = forms.ModelChoiceField(
        queryset=Card.objects.none(),
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("This card is not yours, or is not here any more.")
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:  # a page holds one such form for each card, and none of them asks for it
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
    sharing = forms.ChoiceField(label=_("How may it be used?"), choices=Card.SHARING, widget=forms.RadioSelect)

    def perform(self):
        self.cleaned_data["card"].share(self.cleaned_data["sharing"])
        return self.cleaned_data["card"]


class Spotlight(Action):
    """The facilitator puts one card on the big screen, alone, or (no card) brings back what is shown by itself."""

    by = FACILITATOR
    needs_open = False
    card = forms.ModelChoiceField(
        queryset=Card.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Only words that may be shown to everyone can go on the screen.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = self.activity.cards.quotable()

    def perform(self):
        card = self.cleaned_data["card"]
        self.activity.note("spotlight", card and card.pk)
        return card


def in_the_light(activity: Activity) -> Card | None:
    """The card that the facilitator has put on the screen, for as long as it may be shown."""
    chosen = activity.notes.get("spotlight")
    cards = activity.cards.quotable().select_related("participant", "table")
    return cards.filter(pk=chosen).first() if chosen else None


def own_cards(activity: Activity, participant) -> QuerySet[Card]:
    """This person's cards, and those of the table where they sit."""
    standing = activity.cards.standing()
    if participant is None:
        return standing.none()
    if not activity.seating_id:  # no tables to ask for
        return standing.filter(participant=participant)
    here = Table.objects.filter(round=activity.seating_id, seats__participant=participant)
    return standing.filter(Q(participant=participant) | Q(participant=None, table__in=here))


def heard(activity: Activity) -> set[int]:
    """Who wrote here, and everybody at a table that has put something up (`domain.md` 4.1)."""
    cards = activity.cards.standing()
    found = set(cards.exclude(participant=None).values_list("participant_id", flat=True))
    if activity.seating:
        tables = cards.filter(participant=None).exclude(table=None).values("table")
        found |= set(activity.seating.seats.filter(table__in=tables).values_list("participant_id", flat=True))
    return found


def scribe_at(activity: Activity, label: str) -> str:
    """The ref of somebody who may write for the table of this label: its host, else whoever sits there first."""
    table = activity.seating and activity.seating.tables.filter(label=label).select_related("host").first()
    if not table:
        return ""
    if table.host:
        return table.host.ref
    seat = table.seats.select_related("participant").first()
    return seat.participant.ref if seat else ""
