"""What may be sent to a pulse: statements from 1 to 5, a word, and at the end what was best, and fist to five."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import screened, words_field
from activities.kind import FACILITATOR, Action
from activities.levels import FIST, OnPaper, Stand
from activities.pulse.questions import CHECK_IN, CHECK_OUT, SCALE, questions, vote_on_plan, when
from workshops.models import Card

WORD, BEST, BETTER = "word", "best", "better"
ONE_WORD, SENTENCE = 40, 280


class Settings(forms.Form):
    when = forms.ChoiceField(
        label=_("When"), choices=[(CHECK_IN, _("On arrival: check-in")), (CHECK_OUT, _("At the end: check-out"))]
    )
    statements = forms.CharField(
        label=_("Statements, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave empty for the usual three. At check-out “My voice was heard today.” is added."),
    )
    vote = forms.ChoiceField(
        label=_("Fist to five on the plan as a whole"),
        choices=[("", _("No")), ("vote_plan", _("Yes, at check-out"))],
        required=False,
    )


class Words(Action):
    """Words of nobody (level D): stored without a person or a time that would tell, and never to be taken back."""

    word = forms.CharField(
        label=_("One word for how you are"),
        required=False,
        max_length=ONE_WORD,
        help_text=_("Shown to everyone, without your name"),
        error_messages={"max_length": _("One word or two: at most 40 characters.")},
        widget=forms.TextInput(attrs={"data-draft": "", "autocomplete": "off"}),
    )
    best = words_field(_("One thing that was best"), SENTENCE, rows=2)
    better = words_field(_("One thing to do better"), SENTENCE, rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["best"].required = self.fields["better"].required = False
        if when(self.activity) == CHECK_IN:
            del self.fields["best"], self.fields["better"]

    def said(self):
        return {sort: self.cleaned_data[sort] for sort in (WORD, BEST, BETTER) if self.cleaned_data.get(sort)}

    def keep_words(self):
        for sort, text in self.said().items():
            card = screened(self.activity.put_up(text, fields={"sort": sort}, sharing=Card.ANONYMOUS))
            card.forget_when()


class NoteWords(Words):
    """Words from paper cards, typed in."""

    by = FACILITATOR

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"auto_id": "words_%s", **kwargs})

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.said():
            self.add_error(WORD, _("There are no words here yet."))
        return cleaned

    def perform(self):
        self.keep_words()


class Answer(Words, Stand):
    """One person's answers; sending them again replaces the numbers."""

    scale = FIST

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in questions(self.activity):
            self.fields[one["id"]] = forms.TypedChoiceField(
                label=one["text"],
                choices=list(SCALE.items()),
                coerce=int,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose a number from 1 to 5.")},
            )
        if self.criterion:
            self.fields["level"].required = False
            self.fields["level"].label = _("The plan as a whole: how many fingers?")
            self.fields["note"].label = _("If 0, 1 or 2: what do you need?")
            self.fields["note"].help_text = _("Read out without your name")
        else:
            del self.fields["level"], self.fields["note"]
        if self.participant is not None and not self.is_bound:
            marks = self.activity.marks.filter(participant=self.participant, criterion__in=self.criteria)
            self.initial |= {mark.criterion: int(mark.value) for mark in marks if mark.criterion in self.fields}

    @property
    def criterion(self):
        return vote_on_plan(self.activity)

    @property
    def criteria(self):
        return [one["id"] for one in questions(self.activity)] + ([self.criterion] if self.criterion else [])

    def statements(self):
        return [self[one["id"]] for one in questions(self.activity)]

    @property
    def sent(self):
        return any(name in self.initial for name in (*self.criteria, "level"))

    def numbers(self):
        """criterion -> number, for what was answered."""
        given = {name: self.cleaned_data.get("level" if name == self.criterion else name) for name in self.criteria}
        return {name: number for name, number in given.items() if number not in ("", None)}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.numbers() and not self.said():
            raise ValidationError(_("Nothing is chosen yet. Answer at least one, then send it."))
        return cleaned

    def perform(self):
        notes = {self.criterion: self.cleaned_data.get("note", "")}
        self.activity.cast_answers(self.numbers(), by=self.voter, notes=notes, channel=self.how)
        self.keep_words()


class PaperAnswer(OnPaper, Answer):
    """A pulse card on paper, typed in for somebody."""


class FiledPulse(Action):
    """The scale and the questions of an imported pulse, given back unchanged on export."""

    by = FACILITATOR
    needs_open = False
    pulse = forms.JSONField(widget=forms.HiddenInput)

    def perform(self):
        if not self.activity.workshop.rehearsal:
            raise ValidationError(_("This is only for imports and rehearsals."))
        self.activity.note("file", self.cleaned_data["pulse"])
        self.activity.note("questions", self.cleaned_data["pulse"]["questions"])


def as_json(value) -> str:
    return json.dumps(value, ensure_ascii=False)
