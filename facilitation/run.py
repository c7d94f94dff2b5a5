"""Running the day: the verbs of the console, each one write."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from activities.kind import kind_of
from workshops.models import Activity, Card, Participant, Workshop
from workshops.problems import Conflict


def _number(given: QueryDict, name: str) -> int:
    """The number that was sent, or 0, which nothing has."""
    sent = given.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0


def _activity(workshop: Workshop, given: QueryDict) -> Activity:
    """The activity that was pressed, or the one that is shown. Raises Conflict when it is gone."""
    pk = _number(given, "activity") if given.get("activity") else workshop.current_id
    activity = workshop.activities.filter(pk=pk).first()
    if activity is None:
        raise Conflict(_("This activity is not on the run sheet any more."))
    activity.workshop = workshop
    return activity


def _as_seen(workshop: Workshop, given: QueryDict) -> None:
    """A press counts only for the state in which it was made: two facilitators who press Next make one step."""
    seen = given.get("seen")
    if seen is not None and seen != str(workshop.current_id or ""):
        raise Conflict(_("Somebody else has just moved on. This is where the room is now."))


def open_(workshop: Workshop, given: QueryDict) -> Activity:
    activity = _activity(workshop, given)
    kind_of(activity).open(activity)
    workshop.show(activity)
    return activity


def close(workshop: Workshop, given: QueryDict) -> Activity:
    activity = _activity(workshop, given)
    kind_of(activity).close(activity)
    return activity


def next_(workshop: Workshop, given: QueryDict) -> Activity | Workshop:
    """Close what is open, and open what comes next; at the end, finish the day."""
    _as_seen(workshop, given)
    current, following = workshop.current, workshop.after_current()
    if current and current.is_open:
        current.workshop = workshop
        kind_of(current).close(current)
    if following is None:
        workshop.finish()
        return workshop
    following.workshop = workshop
    if not following.is_open:
        kind_of(following).open(following)
    workshop.show(following)
    return following


def show(workshop: Workshop, given: QueryDict) -> Activity:
    """Put an activity in front of the room without opening or closing it."""
    activity = _activity(workshop, given)
    workshop.show(activity)
    return activity


def extend(workshop: Workshop, given: QueryDict) -> Activity:
    activity = _activity(workshop, given)
    try:
        minutes = max(-30, min(60, int(given.get("minutes", "2"))))
    except ValueError:
        raise ValidationError(_("Minutes must be a whole number.")) from None
    activity.extend(minutes)
    return activity


def blank(workshop: Workshop, given: QueryDict) -> None:
    workshop.blank_screen(True)


def unblank(workshop: Workshop, given: QueryDict) -> None:
    workshop.blank_screen(False)


def _card(workshop: Workshop, given: QueryDict) -> Card:
    card = Card.objects.filter(activity__workshop=workshop, pk=_number(given, "card")).first()
    if card is None:
        raise Conflict(_("This card is not here any more."))
    return card


def release(workshop: Workshop, given: QueryDict) -> Card:
    card = _card(workshop, given)
    card.release()
    return card


def hide(workshop: Workshop, given: QueryDict) -> Card:
    card = _card(workshop, given)
    card.hide()
    return card


def seen(workshop: Workshop, given: QueryDict) -> None:
    """Out of the tray of late words, those and no others that the facilitator had before them: `cards` is "3,5,8"."""
    pks = [int(one) for one in given.get("cards", "").split(",") if one.isascii() and one.isdecimal() and len(one) < 19]
    for card in Card.objects.filter(activity__workshop=workshop, pk__in=pks).late_unseen():
        card.see_late()


def _person(workshop: Workshop, given: QueryDict) -> Participant:
    person = workshop.participants.filter(pk=_number(given, "participant")).first()
    if person is None:
        raise Conflict(_("This person is not on the list any more."))
    return person


def recovery(workshop: Workshop, given: QueryDict) -> Participant:
    person = _person(workshop, given)
    person.give_recovery_code()
    return person


def remove(workshop: Workshop, given: QueryDict) -> Participant:
    person = _person(workshop, given)
    person.remove()
    return person


def new_screen(workshop: Workshop, given: QueryDict) -> None:
    workshop.new_screen_link()


VERBS: dict[str, Callable] = {
    "open": open_,
    "reopen": open_,
    "close": close,
    "next": next_,
    "show": show,
    "extend": extend,
    "blank": blank,
    "unblank": unblank,
    "release": release,
    "hide": hide,
    "seen": seen,
    "recovery": recovery,
    "remove": remove,
    "new-screen": new_screen,
}
