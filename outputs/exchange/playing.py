"""Plays a file's day in this process: every move through the form that a phone or the console would send."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from activities.kind import FACILITATOR, Move, kind_of
from activities.moves import Unknown, names_of, pairs, tables_of
from workshops.models import Activity, Card, Participant, Workshop
from workshops.policy import THE_SYSTEM, Actor, actor_of_participant
from workshops.problems import Conflict
from workshops.write import write


class Player:
    """One day's play. `problems` says what a room refused; then the caller takes everything back."""

    def __init__(self, workshop: Workshop, day: Mapping[str, Any]) -> None:
        self.workshop, self.day = workshop, day
        self.names = names_of(workshop)
        self.people = {person.ref: person for person in workshop.participants.all()}
        self.problems: list[str] = []

    def play(self, *, whole_day: bool) -> None:
        """Each activity in turn: open, what people did, close. Unless it was the whole day, one with no moves waits."""
        for activity in self.workshop.activities.filter(skipped=False).select_related("seating", "draws_on"):
            activity.workshop = self.workshop
            moves = list(kind_of(activity).script(activity, dict(self.day)))
            if not moves and not whole_day:
                continue
            self.run(activity, "open")
            for move in moves:
                self.move(activity, move)
            self.release(activity)
            self.run(activity, "close")

    def run(self, activity: Activity, verb: str) -> None:
        """Open or close, as the console does."""

        def change(locked: Workshop) -> Activity:
            fresh = self.fresh(locked, activity)
            getattr(kind_of(fresh), verb)(fresh)
            if verb == "open":
                locked.show(fresh)
            return fresh

        write(self.workshop.pk, by=THE_SYSTEM, verb=f"run.{verb}", change=change)

    def fresh(self, locked: Workshop, activity: Activity) -> Activity:
        found = locked.activities.select_related("seating", "draws_on").get(pk=activity.pk)
        found.workshop = locked
        return found

    def move(self, activity: Activity, move: Move) -> None:
        action = kind_of(activity).actions[move.action]
        person, actor = self.actor(move)
        sent = QueryDict(mutable=True)
        try:
            for name, text in pairs(move, {**tables_of(activity), **self.names}):
                sent.appendlist(name, text)
        except Unknown as unknown:
            self.refused(activity, move, f"“{unknown.name}” is not there")
            return
        form = action(sent, activity=activity, participant=person)
        if not form.is_valid():
            self.refused(activity, move, _in_words(form.errors.get_json_data()))
            return

        def change(locked: Workshop) -> Any:
            form.activity = self.fresh(locked, activity)
            return form.perform()

        try:
            written = write(self.workshop.pk, by=actor, verb=f"{activity.kind}.{move.action}", change=change)
        except ValidationError as problem:
            self.refused(activity, move, " ".join(problem.messages))
        except Conflict as problem:
            self.refused(activity, move, problem.message)
        else:
            if move.ref:
                self.names[move.ref] = written.made_pk

    def actor(self, move: Move) -> tuple[Participant | None, Actor]:
        if move.by == FACILITATOR:
            return None, THE_SYSTEM
        person = self.people[move.by]
        return person, actor_of_participant(person)

    def release(self, activity: Activity) -> None:
        """What a file holds has been looked at: an export leaves out whatever still waits for a look."""
        held = activity.cards.held()
        if held.exists():

            def change(locked: Workshop) -> Card | None:
                for card in Card.objects.filter(activity=activity).held():
                    card.release()
                return None

            write(self.workshop.pk, by=THE_SYSTEM, verb="run.release", change=change)

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
