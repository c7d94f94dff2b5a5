"""When each activity begins, and when the day ends: one after another, skipped ones taking no time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from workshops.models import Activity, Workshop


@dataclass(frozen=True)
class Line:
    """One activity with its times. `starts` is when a skipped one would have begun."""

    activity: Activity
    starts: time
    ends: time


@dataclass(frozen=True)
class Timetable:
    """The whole run sheet with times; `minutes` and `shortest` leave skipped activities out."""

    lines: list[Line]
    begins: time
    ends: time
    ends_shortest: time
    minutes: int
    shortest: int

    @property
    def whole(self) -> str:
        return in_hours(self.minutes)

    @property
    def at_the_shortest(self) -> str:
        return in_hours(self.shortest)


def timetable(workshop: Workshop) -> Timetable:
    """The run sheet as planned, from the first activity's time (or the workshop's) onwards."""
    activities = list(workshop.activities.select_related("seating", "draws_on"))
    begins = (activities[0].planned_at if activities else None) or workshop.starts_at
    lines, at = [], begins
    for activity in activities:
        ends = at if activity.skipped else later(at, activity.minutes)
        lines.append(Line(activity, at, ends))
        at = ends
    held = [activity for activity in activities if not activity.skipped]
    minutes, shortest = sum(one.minutes for one in held), sum(one.shortest for one in held)
    return Timetable(lines, begins, at, later(begins, shortest), minutes, shortest)


def retime(workshop: Workshop, begins: time | None = None) -> None:
    """Write the planned times into the activities, after their order or length (or the beginning) has changed."""
    first = workshop.activities.first()
    if first is None:
        return
    first.set_up(planned_at=begins or first.planned_at or workshop.starts_at)
    moved = []
    for line in timetable(workshop).lines:
        if line.activity.planned_at != line.starts:
            line.activity.planned_at = line.starts
            moved.append(line.activity)
    Activity.objects.bulk_update(moved, ["planned_at"])


def shift(workshop: Workshop, from_start: time) -> None:
    """The workshop starts at another time than `from_start`: everything moves with it, arrival before it too."""
    first = workshop.activities.first()
    if first is not None and workshop.starts_at != from_start:
        day = date(2000, 1, 1)
        by = datetime.combine(day, workshop.starts_at) - datetime.combine(day, from_start)
        retime(workshop, later(first.planned_at or from_start, int(by.total_seconds()) // 60))


def move(activity: Activity, steps: int) -> None:
    """Up (-1) or down (+1) the run sheet; at the edge it stays. The day still begins when it began."""
    order = list(activity.workshop.activities.all())
    begins = order[0].planned_at
    here = next(place for place, one in enumerate(order) if one.pk == activity.pk)
    order.insert(min(max(here + steps, 0), len(order) - 1), order.pop(here))
    put_in_order(activity.workshop, order, begins)


def put_in_order(workshop: Workshop, order: list[Activity], begins: time | None) -> None:
    for position, one in enumerate(order, start=1):
        one.position = position
    Activity.objects.bulk_update(order, ["position"])
    retime(workshop, begins)


def add_after(workshop: Workshop, after: Activity | None, **about) -> Activity:
    """A new activity behind `after`, or first when there is none."""
    order = list(workshop.activities.all())
    begins = order[0].planned_at if order else None
    made = Activity.objects.create(workshop=workshop, position=0, **about)
    place = next((place for place, one in enumerate(order, start=1) if after and one.pk == after.pk), 0)
    order.insert(place, made)
    put_in_order(workshop, order, begins)
    return made


def take_off(activity: Activity) -> None:
    """Off the run sheet; the others close up. Raises Conflict where something would be lost."""
    begins = activity.workshop.activities.all()[0].planned_at
    workshop = activity.workshop
    activity.take_off()
    put_in_order(workshop, list(workshop.activities.all()), begins)


def in_hours(minutes: int) -> str:
    """ "5 h 29 min", "45 min", "8 h": how long, as people say it."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest} if rest else _("%d h") % hours


def later(at: time, minutes: int) -> time:
    return (datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=minutes)).time()


def drift(workshop: Workshop) -> int | None:
    """Minutes behind the run sheet (ahead when negative), counted from when the first activity really began.

    None before the day begins, or where nothing has a planned time.
    """
    current = workshop.current
    opened = [(one.opened_at, one.planned_at) for one in workshop.activities.all() if one.opened_at and one.planned_at]
    if current is None or current.opened_at is None or current.planned_at is None or not opened:
        return None
    began, first_planned = min(opened)
    planned = _minutes(current.planned_at) - _minutes(first_planned)
    return round((current.opened_at - began).total_seconds() / 60) - planned


def drift_in_words(workshop: Workshop) -> str:
    """ "4 min behind", "3 min ahead", or nothing while it is about on time."""
    minutes = drift(workshop)
    if minutes is None or abs(minutes) < 2:
        return ""
    words = _("%(minutes)d min behind") if minutes > 0 else _("%(minutes)d min ahead")
    return words % {"minutes": abs(minutes)}


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
