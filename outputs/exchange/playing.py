"""Plays a file's day in this process: every move through the form that a phone or the console would send."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from activities.kind import FACILITATOR, Move, kind_of
from activities.moves import Unknown, names_of, pairs, tables_of
from workshops.models import Activity, Workshop
from workshops.policy import THE_SYSTEM
from workshops.problems import Conflict
from workshops.write import keep, write


class Player:
    """One day's play. `problems` says what a room refused; then the caller takes everything back."""

    def __init__(self, workshop: Workshop, day: Mapping[str, Any]) -> None:
        self.workshop, self.day = workshop, day
        self.names = names_of(workshop)
        self.people = {person.ref: person for person in workshop.participants.all()}
        self.problems: list[str] = []

    def play(self, *, whole_day: bool) -> None:
        """Each activity in turn. Unless it was the whole day, one that nothing happened in waits."""
        for pk in self.workshop.activities.filter(skipped=False).values_list("pk", flat=True):
            write(
                self.workshop.pk,
                by=THE_SYSTEM,
                verb="import",
                change=lambda locked, pk=pk: self.activity(locked, pk, whole_day),
            )

    def activity(self, workshop: Workshop, pk: int, whole_day: bool) -> Activity | None:
        """Open, what people did, close: one change, because all of it happened before it came here."""
        activity = workshop.activities.select_related("seating", "draws_on").get(pk=pk)
        activity.workshop = workshop
        kind = kind_of(activity)
        moves = list(kind.script(activity, dict(self.day)))
        if not moves and not whole_day:
            return None
        kind.open(activity)
        workshop.show(activity)
        tables = tables_of(activity)
        for move in moves:
            self.move(activity, move, tables)
        for card in activity.cards.held():
            card.release()  # a file has been looked at: an export leaves out whatever still waits for a look
        kind.close(activity)
        return activity

    def move(self, activity: Activity, move: Move, tables: Mapping[str, str]) -> None:
        sent = QueryDict(mutable=True)
        try:
            for name, text in pairs(move, {**tables, **self.names}):
                sent.appendlist(name, text)
        except Unknown as unknown:
            self.refused(activity, move, f"“{unknown.name}” is not there")
            return
        person = self.people.get(move.by)  # words whose author has been taken off the list are nobody's
        form = kind_of(activity).actions[move.action](sent, activity=activity, participant=person)
        if not form.is_valid():
            self.refused(activity, move, _in_words(form.errors.get_json_data()))
            return
        try:
            made = keep(form.perform)
        except ValidationError as problem:
            self.refused(activity, move, " ".join(problem.messages))
        except Conflict as problem:
            self.refused(activity, move, problem.message)
        else:
            if move.ref:
                self.names[move.ref] = str(made.pk)

    def refused(self, activity: Activity, move: Move, words: str) -> None:
        who = "" if move.by == FACILITATOR else f" of {move.by}"
        about = f" “{move.ref}”" if move.ref else ""
        self.problems.append(f"{activity.block or activity.ref}: {move.action}{about}{who} was refused: {words}")


def _in_words(errors: Mapping[str, list[dict[str, str]]]) -> str:
    return " ".join(
        f"{name}: {one['message']}" if name != "__all__" else one["message"]
        for name, found in errors.items()
        for one in found
    )
