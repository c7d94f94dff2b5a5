"""A vote's entry in the exchange file: taken in as moves, and given back as it came."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.cards import FromFile
from activities.kind import FACILITATOR, Action, Move
from activities.votes import PHONE, ref_of, votes_of
from workshops.models import Activity


class Filed(Action):
    """What an imported vote says about itself besides its ballots; given back unchanged on export."""

    by = FACILITATOR
    needs_open = False
    vote = FromFile(required=True)

    def perform(self):
        if not self.activity.workshop.rehearsal:
            raise ValidationError(_("This is only for imports and rehearsals."))
        vote = self.cleaned_data["vote"]
        self.activity.note("filed", {**self.activity.notes.get("filed", {}), vote.get("id", ""): vote})


def vote_called(day: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The entry of this vote in a file; {} where it has none."""
    return next((vote for vote in day.get("votes", []) if vote["id"] == name), {})


def filed_move(vote: Mapping[str, Any]) -> Move:
    """Keeps what the entry says besides its ballots."""
    kept = {name: value for name, value in vote.items() if name not in ("ballots", "channels")}
    return Move(FACILITATOR, "filed", {"vote": forms.JSONField().prepare_value(kept)})


def channel_in(vote: Mapping[str, Any], person: str) -> dict[str, str]:
    given = vote.get("channels", {}).get(person)
    return {"channel": given} if given else {}


def entry(activity: Activity, name: str, method: str, ballots: Mapping[str, Any], criterion: str = "", **more) -> dict:
    """A vote as the exchange file has it. `ballots`: participant's ref -> ballot; `more`: what this method adds."""
    filed = activity.notes.get("filed", {}).get(name, {})
    channels = {
        ref or f"p{pk}": channel
        for pk, ref, channel in votes_of(activity, criterion)
        .exclude(channel=PHONE)
        .values_list("participant_id", "participant__ref", "channel")
    }
    here = map(ref_of, activity.workshop.participants.present())
    silent = [person for person in filed.get("not_voted", [] if filed else here) if person not in ballots]
    found = {"title": activity.title, **more, **filed, "id": name, "method": method, "ballots": dict(ballots)}
    found.pop("not_voted", None)
    if filed and "title" not in filed:
        del found["title"]
    if set(filed.get("options", [])) != set(more.get("options", [])):
        found["options"] = more["options"]
    return found | ({"channels": channels} if channels else {}) | ({"not_voted": silent} if silent and ballots else {})
