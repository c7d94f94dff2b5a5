"""The contract of a room: what every kind of activity says about itself. Read this first.

A kind is one folder under `activities/`: `kind.py` (with `kind = …` at its foot), `phone.html`, `console.html`,
`screen.html`, `pack.html` and its test. Everything that somebody else could want to know about a kind is asked of
the kind, so that no file outside the folder ever asks which kind it is.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models import Activity, Card, Participant, Table
from workshops.policy import FACILITATOR, PARTICIPANT
from workshops.problems import Conflict

__all__ = ["FACILITATOR", "PARTICIPANT", "Action", "Kind", "Move", "Ref", "cards_of_source", "kind_of", "rooms"]


class Action(forms.Form):
    """One thing a person may do in a room: a form that knows how to happen.

    `by` says whose it is. `needs_open` refuses it unless the activity is open; `accepts_late` lets it in, flagged,
    for fifteen minutes after closing. In `perform` the activity, and all that the form has read, is as it stands now.
    """

    by: ClassVar[str] = PARTICIPANT
    needs_open: ClassVar[bool] = True
    accepts_late: ClassVar[bool] = True

    # Names for the exchange file; taken only in a rehearsal or an import.
    ref = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, participant: Participant | None = None, **kwargs: Any) -> None:
        self.activity, self.participant = activity, participant
        self.late = False
        # Several forms stand on one page: the ids of their fields must differ.
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})

    @property
    def given_ref(self) -> str:
        return self.cleaned_data.get("ref", "") if self.activity.workshop.rehearsal else ""

    def judged_again(self, activity: Activity) -> Self:
        """The same words, judged by `activity` and the rows as they are under the lock. Raises Conflict.

        What was read before the lock may have been changed, hidden or removed since: nothing may be decided by it.
        """
        again = type(self)(self.data, activity=activity, participant=self.participant)
        if not again.is_valid():
            raise Conflict(" ".join(dict.fromkeys(str(words) for found in again.errors.values() for words in found)))
        return again

    def perform(self) -> models.Model | None:
        """Call the model's verb. May return what it made. May raise ValidationError or Conflict."""
        raise NotImplementedError


@dataclass(frozen=True)
class Ref:
    """Stands, in a move, for the pk of what the exchange file calls by this name."""

    name: str


@dataclass(frozen=True)
class Move:
    """One line of the script of a day: who does which action in this activity, with which form data."""

    by: str  # a participant's ref, or FACILITATOR
    action: str
    data: dict[str, Any] = field(default_factory=dict)
    ref: str = ""  # what the exchange file calls the thing that this move makes


class Kind:
    """A type of activity. Methods named after a face return what that face's template may see."""

    slug: str = ""
    name: Any = ""
    purpose: Any = ""
    minutes: int = 10
    Settings: type[forms.Form] = forms.Form
    actions: dict[str, type[Action]] = {}
    votes: bool = False  # marks, not words: counted apart in coverage
    words_limit: int = 0  # characters a card may have, for the hint beside the field

    # the life of an activity: the model's verb, and what opening or closing settles
    def open(self, activity: Activity) -> None:
        activity.open()

    def close(self, activity: Activity) -> None:
        activity.close()

    # the faces
    def shared(self, activity: Activity) -> dict[str, Any]:
        """What everyone may see, on every surface. Takes no person, so it cannot leak one. Small: phones get it too."""
        return {"count": activity.cards.standing().count()}

    def screen(self, activity: Activity) -> dict[str, Any]:
        """What the projector shows besides: clear words only, never held ones, never an open tally."""
        return {}

    def console(self, activity: Activity) -> dict[str, Any]:
        """What the facilitator sees besides, pushed live."""
        return {}

    def desk(self, activity: Activity) -> dict[str, Any]:
        """What the facilitator's own forms need; fetched, never pushed, because forms live there."""
        return {}

    def table(self, activity: Activity, table: Table) -> dict[str, Any] | None:
        """What one table sees where tables work together; None where they do not."""
        return None

    def mine(self, activity: Activity, participant: Participant) -> dict[str, Any]:
        """What this person alone sees: forms, my cards, dots left."""
        return {}

    def pack(self, activity: Activity) -> dict[str, Any]:
        """What remains on paper: cleared words only."""
        return {}

    def line(self, activity: Activity) -> str:
        """One sentence for other people's lists: the run sheet, the history."""
        return ""

    # what others ask of a kind
    def contributions(self, activity: Activity) -> dict[int, int]:
        """participant id -> written contributions of theirs (`domain.md` 4.1)."""
        return _count(activity.cards.standing().exclude(participant=None).values_list("participant_id", flat=True))

    def voices(self, activity: Activity) -> set[int]:
        """Participants who have contributed in any way, marks included."""
        return set(self.contributions(activity)) | set(activity.marks.values_list("participant_id", flat=True))

    def results(self, activity: Activity) -> dict[str, Any]:
        """Tallies in the shape of the exchange file's `expected_results`; {} where there is nothing to count."""
        return {}

    def script(self, activity: Activity, day: dict[str, Any]) -> Iterable[Move]:
        """The moves that fill this activity from an exchange file (already checked)."""
        return ()

    def record(self, activity: Activity) -> dict[str, Any]:
        """The blocks of the exchange file that this activity fills; lists are joined in run-sheet order."""
        return {}

    def face(self, surface: str, part: str = "") -> str:
        """The template of a face, or of one named part of it."""
        return f"{self.slug}/{surface}.html" + (f"#{part}" if part else "")


def _count(people: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for person in people:
        found[person] = found.get(person, 0) + 1
    return found


class Retired(Kind):
    """Stands in for a kind whose folder is gone, so that old workshops still open."""

    name = _("An activity of an earlier version")

    def face(self, surface: str, part: str = "") -> str:
        return "pieces/retired.html"


@cache
def rooms() -> dict[str, Kind]:
    """slug -> kind, for every folder here that has a `kind.py` (names with a leading underscore are skipped)."""
    here = Path(__file__).parent
    found: dict[str, Kind] = {}
    for module in pkgutil.iter_modules([str(here)]):
        if (here / module.name / "kind.py").exists() and not module.name.startswith("_"):
            room: Kind = importlib.import_module(f"activities.{module.name}.kind").kind
            room.slug = module.name
            found[module.name] = room
    return found


def kind_of(activity: Activity) -> Kind:
    """The room that this activity is a use of."""
    found = rooms().get(activity.kind)
    if found is None:
        found = Retired()
    return found


def cards_of_source(activity: Activity) -> models.QuerySet[Card]:
    """Clear cards of the earlier activity that this one draws on; none where it draws on nothing."""
    return Card.objects.clear().filter(activity=activity.draws_on) if activity.draws_on else Card.objects.none()
