"""Dot vote: an equal, private signal from each person. Blind for everybody until it closes (`domain.md` 3.7)."""

from django.utils.translation import gettext_lazy as _

from activities.dot_vote.ballot import PaperBallot, SetDots, Settings, Vote, rules
from activities.dot_vote.count import count, expected, ranking
from activities.filed import Filed, channel_in, entry, filed_move, vote_called
from activities.kind import Kind, Move, Ref
from activities.votes import ballot_paper, by_channel, named, ref_of, settle_paper, turnout, votes_of


class FiledDots(Filed):
    """Keeps an imported vote's words, and its dots."""

    def perform(self):
        super().perform()
        vote = self.cleaned_data["vote"]
        self.activity.note("rules", [vote["dots_each"], vote["max_per_option"]])


class DotVote(Kind):
    name = _("Dot vote")
    purpose = _("Find out what the room cares about most: private, equal, and shown to nobody before it closes.")
    minutes = 8
    votes = True
    Settings = Settings
    actions = {"vote": Vote, "paper_ballot": PaperBallot, "set_dots": SetDots, "filed": FiledDots}

    def open(self, activity):
        super().open(activity)
        settle_paper(activity)
        if "rules" not in activity.notes:
            activity.note("rules", list(rules(activity)))

    def close(self, activity):
        """The tally is kept as it was at closing: organisations are counted now, because the link to people goes."""
        super().close(activity)
        activity.note("result", count(activity))

    def shared(self, activity):
        each, most = rules(activity)
        heard = {} if activity.is_closed else turnout(activity)
        return {"dots_each": each, "most_on_one": most, "result": ranking(activity), **heard}

    def console(self, activity):
        return {"channels": by_channel(activity), "options": ballot_paper(activity)}

    def pack(self, activity):
        return {"result": ranking(activity)}

    def line(self, activity):
        result = activity.notes.get("result")
        facts = result if result and activity.is_closed else turnout(activity)
        return _("%(voted)d of %(eligible)d voted") % facts

    def results(self, activity):
        return expected(activity)

    def script(self, activity, day):
        vote = vote_called(day, activity.block)
        if vote:
            yield filed_move(vote)
        for person, ballot in vote.get("ballots", {}).items():
            dots = [Ref(name) for name, number in ballot.items() for _dot in range(number)]
            yield Move(person, "vote", {"dot": dots, **channel_in(vote, person)})

    def record(self, activity):
        if not activity.block or not activity.is_closed:
            return {}  # while it is open, nobody takes ballots out
        marks = votes_of(activity).select_related("participant")
        options, ballots = named(activity), {}
        for mark in marks:
            if mark.target in options:
                ballots.setdefault(ref_of(mark.participant), {})[options[mark.target].ref] = int(mark.value)
        if not ballots and "filed" not in activity.notes:
            return {}
        each, most = rules(activity)
        facts = {
            "options": [option.ref for option in ballot_paper(activity)],
            "dots_each": each,
            "max_per_option": most,
            "blind": True,
        }
        return {"votes": [entry(activity, activity.block, "dots", ballots, **facts)]}


kind = DotVote()
