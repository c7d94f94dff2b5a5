"""Takes a file in: read, checked, set up and played as one change, or not at all."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from outputs import results
from outputs.exchange.checks import check
from outputs.exchange.keeping import to_json
from outputs.exchange.playing import Player
from outputs.exchange.problems import Problem, Unsound
from outputs.exchange.reading import read
from outputs.exchange.setting_up import known_names, set_up
from outputs.exchange.writing import BLOCKS_HERE, ORDER, recorded
from workshops.differences import differences
from workshops.models import Action, Workshop
from workshops.write import keep, taken_back

# Blocks with a model of their own, and what is counted anew.
STANDING = {
    *("event", "network", "organisations", "participants", "access_needs", "national_priorities", "local_priorities"),
    "run_sheet",
    *("seating", "table_hosts", "parking_lot", "review_dates", "expected_results"),
}


@dataclass(frozen=True)
class Taken:
    """The new workshop. `differing`: where the file's own `expected_results` are not what its ballots come to."""

    workshop: Workshop
    differing: tuple[str, ...] = ()


def day_in(raw: bytes) -> dict[str, Any]:
    """The checked data of a file. Raises Unsound with everything that is wrong."""
    day, lines, problems = read(raw)
    said = {problem.place for problem in problems}
    problems += [problem for problem in check(day, lines, known_names(day)) if problem.place not in said]
    if problems:
        raise Unsound(sorted(problems, key=lambda problem: problem.line or 0))
    return day


def take_in(raw: bytes, *, rehearsal: bool = False) -> Taken:
    """A new workshop from a file; with `rehearsal` only set up, to be played through the doors. Raises Unsound."""
    day = day_in(raw)
    return keep(lambda: _rehearsal(day) if rehearsal else _whole(day))


def _rehearsal(day: dict[str, Any]) -> Taken:
    """Set up only. A day played and taken back shows that it can be played, and what no room takes up."""
    with taken_back():
        facts = _whole(day).workshop.facts
    workshop = set_up(day, rehearsal=True)
    workshop.facts = facts
    workshop.save(update_fields=["facts"])
    return Taken(workshop)


def _whole(day: dict[str, Any]) -> Taken:
    workshop = set_up(day)
    state, workshop.rehearsal, workshop.state = workshop.state, True, Workshop.RUNNING
    workshop.save(update_fields=["rehearsal", "state"])
    player = Player(workshop, day)
    player.play(whole_day=state in (Workshop.CLOSED, Workshop.LOCKED))
    if player.problems:
        raise Unsound([Problem((), problem) for problem in player.problems])
    workshop.refresh_from_db()
    workshop.rehearsal, workshop.state = False, state
    workshop.save(update_fields=["rehearsal", "state"])
    _keep_the_rest(workshop, day)
    _tell_the_times(workshop, day)
    _tell_the_progress(workshop, day)
    wanted = day.get("expected_results", {})
    return Taken(workshop, tuple(differences(wanted, results.of(workshop))) if wanted else ())


def _keep_the_rest(workshop: Workshop, day: dict[str, Any]) -> None:
    """What no room has taken up stays beside the workshop, and the order of rows where a room has another."""
    found = recorded(workshop)
    facts = {**workshop.facts, BLOCKS_HERE: list(day), ORDER: {}}
    for name in set(day) - STANDING:
        rest = _rest(day[name], found.get(name))
        if rest:
            facts[name] = to_json(rest)
        if _ids(day[name]):
            facts[ORDER][name] = _ids(day[name])
    workshop.facts = facts
    workshop.save(update_fields=["facts"])


def _rest(block: Any, found: Any) -> Any:
    """The block itself when no room fills it; of a list, the rows that no room has."""
    if not found:
        return block
    if _ids(block) and _ids(found):
        return [row for row in block if row["id"] not in _ids(found)]
    return None


def _ids(block: Any) -> list[str]:
    rows = block if isinstance(block, list) else []
    return [row["id"] for row in rows if isinstance(row, dict) and "id" in row]


def _tell_the_times(workshop: Workshop, day: dict[str, Any]) -> None:
    """A day of the past was opened and closed when it was, not when it was imported."""
    started = {row["activity"]: row["started"] for row in day.get("actual_timings", [])}
    for activity in workshop.activities.exclude(opened_at=None):
        at = time.fromisoformat(started[activity.ref]) if activity.ref in started else activity.planned_at
        if at is None:
            continue
        activity.opened_at = timezone.make_aware(datetime.combine(workshop.date, at))
        activity.due_at = activity.closed_at = activity.opened_at + timedelta(minutes=activity.minutes)
        activity.save(update_fields=["opened_at", "due_at", "closed_at"])


def _tell_the_progress(workshop: Workshop, day: dict[str, Any]) -> None:
    """How far each action had come: a day only ever begins them."""
    for plan in day.get("action_plans", []):
        for action in plan.get("actions", []):
            if "status" in action:
                Action.objects.filter(plan__workshop=workshop, ref=action["id"]).update(status=action["status"])
