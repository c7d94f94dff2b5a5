"""Commitments: one small thing that each person will do, in their own gift, by a date (`domain.md` 3.16)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action, Kind, Move
from workshops.models import Commitment
from workshops.privacy import look
from workshops.wording import advice
from workshops.wording.commitments import commitment

LIMIT = 140


class Fields(Action):
    text = forms.CharField(
        label=_("I will …"),
        max_length=LIMIT,
        help_text=_("Small enough to finish, and yours to do. Begin with “I will”."),
        error_messages={"required": _("Write what you will do, in one line.")},
        widget=forms.Textarea(attrs={"data-draft": "", "data-limit": LIMIT, "data-privacy": "", "rows": 2}),
    )
    when = forms.DateField(
        label=_("By"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "data-draft": ""}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as day, month and year.")},
    )
    sharing = forms.ChoiceField(
        label=_("Who may see it?"), choices=Commitment.SHARING, initial=Commitment.EVERYONE, widget=forms.RadioSelect
    )
    with_name = forms.BooleanField(
        label=_("With my name"), required=False, help_text=_("Without this, it is printed without a name.")
    )


class Commit(Fields):
    def perform(self):
        given = self.cleaned_data
        held = any(flag.action == "hold" for flag in look(given["text"]))
        return Commitment.objects.create(
            workshop=self.activity.workshop,
            activity=self.activity,
            participant=self.participant,
            text=given["text"],
            by=given["when"],
            sharing=given["sharing"],
            with_name=given["with_name"],
            late=self.late,
            state="held" if held else "clear",
        )


class CommitmentField(forms.ModelChoiceField):
    def __init__(self):
        super().__init__(
            queryset=Commitment.objects.none(),
            widget=forms.HiddenInput,
            error_messages={"invalid_choice": _("This commitment is not here any more.")},
        )


class Withdraw(Action):
    needs_open = False
    commitment = CommitmentField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = Commitment.objects.filter(
            activity=self.activity, participant=self.participant
        )

    def perform(self):
        self.cleaned_data["commitment"].delete()


class Release(Action):
    """The facilitator has looked at one that was held: it may be shown, or it stays with its writer."""

    by = FACILITATOR
    needs_open = False
    commitment = CommitmentField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = Commitment.objects.filter(activity=self.activity, state="held")

    def perform(self):
        self.cleaned_data["commitment"].release()
        return self.cleaned_data["commitment"]


class Commitments(Kind):
    name = _("Commitments")
    purpose = _("One small thing that each person controls, written down and dated.")
    minutes = 8
    actions = {"commit": Commit, "withdraw": Withdraw, "release": Release}
    words_limit = LIMIT

    def shared_ones(self, activity):
        return activity.commitments.filter(sharing=Commitment.EVERYONE, state="clear").select_related("participant")

    def shared(self, activity):
        return {"count": activity.commitments.values("participant").distinct().count()}

    def screen(self, activity):
        return {"commitments": list(self.shared_ones(activity).order_by("-pk")[:8])}

    def console(self, activity):
        held = activity.commitments.filter(sharing=Commitment.EVERYONE, state="held")
        return {"commitments": list(self.shared_ones(activity)), "held_ones": list(held)}

    def mine(self, activity, participant):
        own = list(activity.commitments.filter(participant=participant))
        for one in own:
            one.advice = advice(commitment(one.text, one.by))
        return {"commitments": own}

    def pack(self, activity):
        return {"commitments": list(self.shared_ones(activity)), "count": activity.commitments.count()}

    def line(self, activity):
        return _("%(count)d commitments") % {"count": activity.commitments.count()}

    def contributions(self, activity):
        found: dict[int, int] = {}
        for person in activity.commitments.exclude(participant=None).values_list("participant_id", flat=True):
            found[person] = found.get(person, 0) + 1
        return found

    def script(self, activity, day):
        for one in day.get(activity.block, []) if activity.block else []:
            when = one["when"].isoformat() if one.get("when") else ""
            yield Move(one.get("by", ""), "commit", {"text": one["text"], "when": when, "sharing": Commitment.EVERYONE})

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for one in activity.commitments.select_related("participant"):
            row = {"by": one.participant and (one.participant.ref or f"p{one.participant_id}"), "text": one.text}
            if one.by:
                row["when"] = one.by
            rows.append(row)
        return {activity.block: rows}


kind = Commitments()
