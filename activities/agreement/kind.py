"""Agreement: where does everyone stand on one wording, from 1 to 8? Tested, and improved once (`domain.md` 3.13)."""

from collections import defaultdict

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities import levels
from activities.agreement import exchange, rounds
from activities.agreement.actions import Heard, PaperStand, Put, Reveal, Settings, StandHere
from activities.agreement.objections import NoteObjection, Resolve, objections
from activities.filed import Filed
from activities.kind import Kind
from activities.votes import turnout
from workshops.models import Priority, Purpose


class Agreement(Kind):
    name = _("Agreement")
    purpose = _("Test a wording honestly: everyone says in private where they stand, and the room sees the shape.")
    minutes = 10
    votes = True
    Settings = Settings
    actions = {
        "stand": StandHere,
        "paper_stand": PaperStand,
        "put": Put,
        "reveal": Reveal,
        "heard": Heard,
        "note_objection": NoteObjection,
        "resolve": Resolve,
        "filed": Filed,
    }

    def open(self, activity):
        super().open(activity)
        activity.note("rule", rounds.rule_of(activity))
        if rounds.is_shown(activity):
            rounds.hide_again(activity)
        if rounds.number(activity):
            return
        if rounds.subject_of(activity) != rounds.PURPOSE:
            rounds.begin(activity, text=activity.settings.get("text", ""))
        elif working := activity.workshop.purposes.last():
            rounds.begin(activity, purpose=working)

    def close(self, activity):
        """Answers that were still private are shown, and the working purpose gets its status."""
        super().close(activity)
        if rounds.number(activity) and not rounds.is_shown(activity):
            rounds.show(activity)
        purpose = rounds.working_purpose(activity)
        settled = (_now("working version agreed on the day"), _now("not agreed yet: it comes back to the room"))
        if purpose and (not purpose.status or purpose.status in settled):
            result = rounds.rounds(activity)[-1]["result"]
            if result["answers"]:
                purpose.settle(settled[0] if result["good_enough"] else settled[1])

    def shared(self, activity):
        told = rounds.told(activity)
        now = told[-1] if told else None
        shown = {"round": now, "earlier": told[:-1], "subject": rounds.subject_of(activity)}
        if rounds.subject_of(activity) == rounds.PRIORITIES:
            shown["priorities"] = list(activity.workshop.priorities.filter(decision=Priority.AGREED))
        if now and now["shown"]:
            return shown | {"rule": levels.rule_in_words(rounds.rule_of(activity))}
        return shown | turnout(activity, str(rounds.number(activity)))

    def console(self, activity):
        now = rounds.number(activity)
        purposes = [one["purpose"] for one in rounds.rounds(activity) if one["purpose"]]
        changes = levels.changes_asked(activity, str(now)) if rounds.is_shown(activity) else []
        return {"changes": changes, "objections": objections(activity, purposes)}

    def mine(self, activity, participant):
        told = rounds.told(activity)
        return {"round": told[-1] if told else None}

    def desk(self, activity):
        return {"objections": self.console(activity)["objections"]}

    def pack(self, activity):
        told = rounds.told(activity)
        purposes = [one["purpose"].pk for one in told if one["purpose"]]
        said = defaultdict(list)
        for one in objections(activity, purposes):
            said[one.get("purpose")].append(one)
        for one in told:
            one["objections"] = said[one["purpose"] and one["purpose"].pk]
        sources = Purpose.sources.through.objects.filter(purpose_id__in=purposes).values_list("card_id", flat=True)
        return {
            "rounds": told,
            "final": told[-1] if told else None,
            "woven_from": len(set(sources)),
            "rule": levels.rule_in_words(rounds.rule_of(activity)),
        }

    def line(self, activity):
        found = rounds.rounds(activity)
        if found and found[-1]["result"]:
            shape = found[-1]["result"]
            return _("%(support)d of %(all)d at 1 to 3") % {"support": levels.support(shape), "all": shape["answers"]}
        return _("%(voted)d of %(eligible)d answered") % turnout(activity, str(len(found)))

    def results(self, activity):
        return exchange.results(activity)

    def script(self, activity, day):
        return exchange.script(activity, day)

    def record(self, activity):
        return exchange.record(activity)


kind = Agreement()
