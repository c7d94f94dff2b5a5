"""Whether a file holds together: its shape, names, seating and ballots. Finds everything that is wrong at once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from outputs.exchange.larger_parts import REVIEW
from outputs.exchange.problems import Lines, Place, Problem
from outputs.exchange.report import Report
from outputs.exchange.schema import REQUIRED, blocks_of
from outputs.exchange.shapes import Maybe, Row
from workshops.days import templates
from workshops.tallies import BallotError, dots, ranked

REVIEW_NAME = re.compile(r"review_\d{4}_\d{2}")
# Each of these has its own names; all other things share one set, because a move calls any of them by name alone.
APART = {"workshop", "network", "role_group", "vote", "question", "criterion", "table", "activity"}


def check(data: dict[str, Any], lines: Lines, known: Mapping[str, Iterable[str]]) -> list[Problem]:
    """Everything that is wrong, in the order of the file. known: names that stand outside it, by sort."""
    report = Report(lines, known)
    shape(data).check(data, (), report)
    event(data, report)
    names(report)
    seating(data, report)
    seats_of_authors(data, report)
    plans(data, report)
    for place, vote in rows(data, "votes"):
        ballots(vote, place, report)
    for place, one in rows(data, "criteria_scoring", "scores"):
        criteria(data, one, place, report)
    return sorted(set(report.problems), key=lambda problem: (problem.line or 0, str(problem)))


def shape(data: dict[str, Any]) -> Row:
    blocks = blocks_of(template_of(data), data.get("run_sheet"))
    blocks |= {name: REVIEW for name in data if REVIEW_NAME.fullmatch(str(name))}
    return Row({name: one if name in REQUIRED else Maybe(one) for name, one in blocks.items()})


def rows(data: dict[str, Any], *path: str) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The blocks inside a list or a block, with their places; whatever is misshapen is passed over."""
    found: Any = data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    pairs: Iterable[tuple[Any, Any]] = enumerate(found) if isinstance(found, list) else ()
    if isinstance(found, dict):
        pairs = found.items()
    for key, one in pairs:
        if isinstance(one, dict):
            yield (*path, key if isinstance(found, list) else str(key)), one


def names(report: Report) -> None:
    """Every name that is used stands for something, and no two things share one."""
    for place, words in unknown_names(report):
        report.wrong(place, words)
    first: dict[str, Place] = {}
    for sort, found in report.named.items():
        for name, place in found.items() if sort not in APART else ():
            if place and first.setdefault(name, place) != place:
                report.wrong(place, f"“{name}” is already the name of something else")


def unknown_names(report: Report) -> Iterator[tuple[Place, str]]:
    """Where a name is used that stands for nothing, and how to say so."""
    for place, sorts, name in report.used:
        if not any(name in report.named.get(sort, {}) for sort in sorts):
            yield place, f"no {sorts[0].replace('_', ' ')} “{name}”"


def event(data: dict[str, Any], report: Report) -> None:
    said = data.get("event")
    start, end = (said.get(name) if isinstance(said, dict) else None for name in ("start", "end"))
    if isinstance(said, dict) and "template" not in said and "run_sheet" not in data:
        report.wrong(("event", "template"), "is missing")
    if isinstance(start, str) and isinstance(end, str) and end <= start:
        report.wrong(("event", "end"), f"must be later than the start, {start}")


def rounds(data: dict[str, Any]) -> Iterator[tuple[Place, int, dict[str, list[str]]]]:
    """The rounds of the seating as far as they are well shaped: place, number, label -> people."""
    for place, one in rows(data, "seating"):
        number, tables = one.get("round"), one.get("tables")
        if type(number) is int and isinstance(tables, dict):
            yield (
                place,
                number,
                {
                    str(label): [person for person in people if isinstance(person, str)]
                    for label, people in tables.items()
                    if isinstance(people, list)
                },
            )


def seating(data: dict[str, Any], report: Report) -> None:
    """Everybody sits once a round, and hosts at their own table."""
    tables_of: dict[int, dict[str, list[str]]] = {}
    for place, number, tables in rounds(data):
        if number in tables_of:
            report.wrong((*place, "round"), f"round {number} is here twice")
        tables_of[number] = tables
        seated: dict[str, str] = {}
        for label, people in tables.items():
            for at, person in enumerate(people):
                if seated.setdefault(person, label) != label:
                    report.wrong((*place, "tables", label, at), f"{person} also sits at {seated[person]}")
    for place, one in rows(data, "table_hosts"):
        number = one.get("round")
        if type(number) is not int or number not in tables_of:
            report.wrong((*place, "round"), f"no round “{number}” in seating")
        else:
            hosts(one, place, tables_of[number], report)


def hosts(one: dict[str, Any], place: Place, tables: dict[str, list[str]], report: Report) -> None:
    for label, person in one.items():
        if label != "round" and label not in tables:
            report.wrong((*place, str(label)), f"no table “{label}” in round {one['round']}")
        elif label != "round" and person not in tables[label]:
            report.wrong((*place, str(label)), f"{person} does not sit at {label} in round {one['round']}")


def seats_of_authors(data: dict[str, Any], report: Report) -> None:
    """Who wrote something sat where the file says, in the round of that activity."""
    seats = {
        number: {person: label for label, people in tables.items() for person in people}
        for _place, number, tables in rounds(data)
    }
    for activity in run_sheet(data):
        round_, block = activity.get("seating"), activity.get("block")
        if type(round_) is not int or not isinstance(block, str):
            continue
        for place, one in rows(data, block):
            person, table = one.get("author"), one.get("table")
            sits = seats.get(round_, {}).get(person) if isinstance(person, str) else None
            if sits and table and sits != table:
                report.wrong((*place, "table"), f"{person} sits at {sits} in round {round_}, not at {table}")


def run_sheet(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The activities that the file brings along, or those of the template that it names."""
    if "run_sheet" in data:
        return [line for _place, line in rows(data, "run_sheet")]
    found: list[dict[str, Any]] = templates().get(template_of(data), {}).get("activities", [])
    return found


def template_of(data: dict[str, Any]) -> str:
    event = data.get("event")
    template = event.get("template") if isinstance(event, dict) else None
    return template if isinstance(template, str) else ""


def plans(data: dict[str, Any], report: Report) -> None:
    """Somebody has to write a plan down."""
    for place, plan in rows(data, "action_plans"):
        if not plan.get("lead") and not plan.get("team") and not plan.get("group"):
            report.wrong((*place, "lead"), "is missing: a plan has a lead, a team or a group")


def ballots(vote: dict[str, Any], place: Place, report: Report) -> None:
    """Each ballot keeps to its vote's rules, and nobody both voted and did not."""
    cast = vote.get("ballots")
    limits = [vote[name] for name in ("dots_each", "max_per_option", "max_ranks") if name in vote]
    if not isinstance(cast, dict) or any(type(limit) is not int for limit in limits):
        return  # the vote itself is misshapen, which has been said
    for name in ("not_voted", "absent"):
        for number, person in enumerate(vote[name] if isinstance(vote.get(name), list) else ()):
            if isinstance(person, str) and person in cast:
                report.wrong((*place, name, number), f"{person} has a ballot")
    for person, ballot in cast.items():
        try:
            if vote.get("method") == "dots" and isinstance(ballot, dict):
                dots.check_ballot(ballot, vote["options"], vote["dots_each"], vote["max_per_option"])
            elif vote.get("method") == "ranked" and isinstance(ballot, list):
                ranked.check_ballot(ballot, vote["options"], vote.get("max_ranks"))
        except BallotError as problem:
            report.wrong((*place, "ballots", str(person)), str(problem))
        except (KeyError, TypeError, ValueError):
            continue


def criteria(data: dict[str, Any], themes: dict[str, Any], place: Place, report: Report) -> None:
    asked = data["criteria_scoring"].get("criteria")
    for theme, scores in themes.items():
        if isinstance(scores, list) and isinstance(asked, list) and len(scores) != len(asked):
            report.wrong((*place, str(theme)), f"has {len(scores)} scores for {len(asked)} criteria")
