"""Groups that people choose (`domain.md` 3.20): as many wishes as the sizes allow, then mixed enough to work."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from django.utils.translation import gettext as _

from workshops.seating.people import Id, Person, SeatingError, Tables

POINTS = (2, 1)
CAP, FLOOR, ORGANISATIONS = 8, 5, 3
END = ""  # the node that evens out sizes; no group has an empty name


@dataclass(frozen=True)
class Groups:
    """tables: group -> people, in the order of the list. points: 2 a first choice, 1 a second.

    firsts, seconds, neither: how many people got what. few_organisations, leaderless: groups that still are.
    """

    tables: Tables
    points: int
    firsts: int
    seconds: int
    neither: int
    few_organisations: list[str]
    leaderless: list[str]


def groups(
    choices: Mapping[Id, Sequence[str]],
    people: Sequence[Person],
    names: Sequence[str],
    *,
    can_lead: Mapping[str, Collection[Id]] | None = None,
    cap: int = CAP,
    floor: int = FLOOR,
    organisations: int = ORGANISATIONS,
) -> Groups:
    """Puts everybody into one of the named groups.

    choices: person -> first and second choice; people without one go where they are needed. can_lead: group -> who
    could lead it; a group that is not in it can be led by anybody. The wishes are met as far as cap and floor allow
    (no other division gives more points); then people change groups, at the least cost in points, until every group
    has people from so many organisations and somebody who can lead, if that can be. The same input gives the same
    groups. Raises SeatingError if the sizes cannot work out.
    """
    if not floor * len(names) <= len(people) <= cap * len(names):
        text = _("%(people)s people cannot make %(groups)s groups of %(floor)s to %(cap)s.")
        raise SeatingError(text % {"people": len(people), "groups": len(names), "floor": floor, "cap": cap})
    room = _Groups(choices, people, names, can_lead or {}, (floor, cap), organisations)
    while room.improve():
        pass
    while room.repair():
        pass
    return room.result()


class _Groups:
    """A division of people into groups on its way to the best one."""

    def __init__(
        self,
        choices: Mapping[Id, Sequence[str]],
        people: Sequence[Person],
        names: Sequence[str],
        can_lead: Mapping[str, Collection[Id]],
        sizes: tuple[int, int],
        organisations: int,
    ) -> None:
        self.people = {person.id: person for person in people}
        self.names, self.can_lead = list(names), can_lead
        self.floor, self.cap = sizes
        self.organisations = min(organisations, len({person.organisation for person in people}))
        self.worth = {person.id: dict(zip(choices.get(person.id, ()), POINTS, strict=False)) for person in people}
        self.group = {person.id: names[place % len(names)] for place, person in enumerate(people)}

    def points(self, person: Id, name: str) -> int:
        return self.worth[person].get(name, 0)

    def members(self, name: str) -> list[Id]:
        return [person for person, group in self.group.items() if group == name]

    def improve(self) -> bool:
        """Moves people round one circle of groups that gains points; False when there is none left.

        A circle may pass through END: then the group after it shrinks by one and the group before it grows by one.
        A division without such a circle is the best there is (min-cost flow by cancelling cycles).
        """
        steps = self._steps()
        nodes = [*self.names, END]
        gain = dict.fromkeys(nodes, 0)
        came: dict[str, str] = {}
        last = None
        for _round in nodes:
            last = None
            for (start, to), (points, _person) in steps.items():
                if gain[start] + points > gain[to]:
                    gain[to], came[to], last = gain[start] + points, start, to
        if last is None:
            return False
        for _back in nodes:
            last = came[last]  # after so many steps back we stand on the circle itself
        circle = [last]
        while came[circle[-1]] != last:
            circle.append(came[circle[-1]])
        for to in circle:
            _points, person = steps[came[to], to]
            if person is not None:
                self.group[person] = to
        return True

    def _steps(self) -> dict[tuple[str, str], tuple[int, Id | None]]:
        """From group to group: the points gained by moving the person who gains most, and who that is."""
        members = {name: self.members(name) for name in self.names}
        steps: dict[tuple[str, str], tuple[int, Id | None]] = {}
        for start, to in permutations(self.names, 2):
            if members[start]:
                gains = [self.points(person, to) - self.points(person, start) for person in members[start]]
                steps[start, to] = max(gains), members[start][gains.index(max(gains))]
        for name in self.names:
            if len(members[name]) < self.cap:
                steps[name, END] = 0, None
            if len(members[name]) > self.floor:
                steps[END, name] = 0, None
        return steps

    def lacking(self, name: str, members: Collection[Id]) -> int:
        """How far a group is from being mixed enough, with these people in it."""
        from_where = {self.people[person].organisation for person in members}
        leaderless = not set(self.can_lead.get(name, members)) & set(members)
        return max(self.organisations - len(from_where), 0) + leaderless

    def repair(self) -> bool:
        """The one move or exchange that makes groups lack least, at the least cost in points; False if none helps."""
        members = {name: self.members(name) for name in self.names}
        lack = {name: self.lacking(name, members[name]) for name in self.names}
        candidates = [
            (self._lacking_after(changes, members) - lack[start] - lack[to], self._lost(changes), changes)
            for start, to in permutations(self.names, 2)
            if lack[start] + lack[to]
            for one in members[start]
            for changes in self._changes(one, start, to, members)
        ]
        less, _lost, changes = min(candidates, default=(0, 0, []), key=lambda candidate: candidate[:2])
        if less >= 0:
            return False
        self.group.update(changes)
        return True

    def _lacking_after(self, changes: Sequence[tuple[Id, str]], members: Mapping[str, Sequence[Id]]) -> int:
        """What the two groups of these changes would lack."""
        new = dict(changes)
        names = {self.group[person] for person in new} | set(new.values())
        after = {name: [person for person in members[name] if person not in new] for name in names}
        for person, name in changes:
            after[name].append(person)
        return sum(self.lacking(name, people) for name, people in after.items())

    def _lost(self, changes: Sequence[tuple[Id, str]]) -> int:
        return sum(self.points(person, self.group[person]) - self.points(person, name) for person, name in changes)

    def _changes(self, one: Id, start: str, to: str, members: Mapping[str, Sequence[Id]]) -> list[list[tuple[Id, str]]]:
        """This person to that group, alone where sizes allow it, or in exchange for each person there."""
        swaps = [[(one, to), (other, start)] for other in members[to]]
        if len(members[start]) > self.floor and len(members[to]) < self.cap:
            return [[(one, to)], *swaps]
        return swaps

    def result(self) -> Groups:
        got = [self.points(person, name) for person, name in self.group.items()]
        tables = {name: self.members(name) for name in self.names}
        here = {name: {self.people[person].organisation for person in members} for name, members in tables.items()}
        led = {name: set(self.can_lead.get(name, members)) & set(members) for name, members in tables.items()}
        return Groups(
            tables=tables,
            points=sum(got),
            firsts=got.count(2),
            seconds=got.count(1),
            neither=got.count(0),
            few_organisations=[name for name in self.names if len(here[name]) < self.organisations],
            leaderless=[name for name in self.names if not led[name]],
        )
