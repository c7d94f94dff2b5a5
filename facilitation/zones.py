"""The zones that belong to one person: a phone's own forms, and the facilitator's desk."""

import secrets
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from activities.kind import FACILITATOR, PARTICIPANT, Action, Kind, kind_of
from facilitation import lobby
from workshops.models import Activity, Participant, Workshop

LOBBY = "0"


def mine_key(workshop: Workshop) -> str:
    """What the forms on a phone belong to; when it changes, each phone fetches its own zone once."""
    return workshop.current.mine_key if workshop.current else LOBBY


class Forms(dict[str, Action]):
    """action name -> form, made when a template asks for it; the one that failed stays, so that no words are lost."""

    def __init__(self, kind: Kind, activity: Activity, participant: Participant | None, failed: Action | None) -> None:
        by = PARTICIPANT if participant else FACILITATOR
        self._classes = {name: form for name, form in kind.actions.items() if form.by == by}
        self._about = {"activity": activity, "participant": participant}
        super().__init__({name: failed for name, form in self._classes.items() if failed and type(failed) is form})

    def __missing__(self, name: str) -> Action:
        self[name] = self._classes[name](**self._about)
        return self[name]


def _urls(kind: Kind, activity: Activity, code: str) -> dict[str, str]:
    return {name: reverse("act", args=[code, activity.pk, name]) for name in kind.actions}


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    key = secrets.token_urlsafe(18)
    if participant := context.get("participant"):
        key = f"p{participant.pk}.{key}"  # for this person alone: another may sit down at the same phone
    return render_to_string(template, {**context, "key": key}, request=request)


def mine(
    request: HttpRequest,
    workshop: Workshop,
    participant: Participant,
    *,
    activity: Activity | None = None,
    failed: Action | None = None,
    message: str = "",
) -> str:
    """The personal zone of a phone: for `activity`, or for what is open now."""
    activity = activity or workshop.current
    context: dict[str, Any] = {
        "workshop": workshop,
        "activity": activity,
        "participant": participant,
        "message": message,
        "failed": failed,
    }
    if activity is None or not activity.times_opened:
        lobby_context = lobby.for_participant(participant)
        return _render(request, "surfaces/mine.html", {**context, **lobby_context, "activity": None})
    kind = kind_of(activity)
    context |= {
        "face": kind.face("phone", "mine"),
        "table": SimpleLazyObject(lambda: activity.table_of(participant)),
        "forms": Forms(kind, activity, participant, failed),
        "urls": _urls(kind, activity, workshop.code),
        **kind.mine(activity, participant),
    }
    return _render(request, "surfaces/mine.html", context)


def desk(request: HttpRequest, workshop: Workshop, *, failed: Action | None = None, message: str = "") -> str:
    """The facilitator's own forms for what is open now."""
    activity = workshop.current
    context: dict[str, Any] = {"workshop": workshop, "activity": activity, "message": message, "failed": failed}
    if activity is None:
        return _render(request, "surfaces/desk.html", {**context, **lobby.for_facilitator(request, workshop)})
    kind = kind_of(activity)
    context |= {
        "face": kind.face("console", "desk"),
        "forms": Forms(kind, activity, None, failed),
        "urls": _urls(kind, activity, workshop.code),
        **kind.shared(activity),
        **kind.desk(activity),
    }
    return _render(request, "surfaces/desk.html", context)
