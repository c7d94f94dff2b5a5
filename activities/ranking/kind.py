"""Ranking: which is the best place to start? Each person ranks a few; the totals inform, a person decides."""

from django.utils.translation import gettext_lazy as _

from activities.filed import Filed, channel_in, entry, filed_move, vote_called
from activities.kind import Kind, Move, Ref
from activities.ranking.ballot import BEFORE, PaperBallot, Rank, Settings, limit, ranks_of
from activities.ranking.count import count, expected, told
from activities.votes import ballot_paper, by_channel, named, ref_of, settle_paper, turnout, votes_of


class FiledRanking(Filed):
    """Keeps an imported vote's words, and how many each person could rank."""

    def perform(self):
        super().perform()
        self.activity.note("ranks", self.cleaned_data["vote"].get("max_ranks"))


class Ranking(Kind):
    name = _("Ranking")
    purpose = _(
        "Put a few drafts or themes in order: everyone ranks in private, and the room sees three ways of counting."
    )
    minutes = 12
    votes = True
    Settings = Settings
    actions = {"rank": Rank, "paper_ballot": PaperBallot, "filed": FiledRanking}

    def open(self, activity):
        super().open(activity)
        settle_paper(activity)

    def close(self, activity):
        super().close(activity)
        activity.note("result", count(activity))

    def shared(self, activity):
        options = ballot_paper(activity)
        heard = {} if activity.is_closed else turnout(activity)
        return {"options": options, "ranks": ranks_of(activity, len(options)), "result": told(activity), **heard}

    def console(self, activity):
        return {"channels": by_channel(activity)}

    def pack(self, activity):
        return {"result": told(activity)}

    def line(self, activity):
        result = activity.notes.get("result")
        facts = result if result and activity.is_closed else turnout(activity)
        return _("%(voted)d of %(eligible)d ranked") % facts

    def results(self, activity):
        return expected(activity)

    def script(self, activity, day):
        vote = vote_called(day, activity.block)
        if vote:
            yield filed_move(vote)
        for person, ballot in vote.get("ballots", {}).items():
            chosen = {f"{BEFORE}{rank}": Ref(name) for rank, name in enumerate(ballot, start=1)}
            yield Move(person, "rank", {**chosen, **channel_in(vote, person)})

    def record(self, activity):
        if not activity.block or not activity.is_closed:
            return {}  # while it is open, nobody takes ballots out
        options, ballots = named(activity), {}
        for mark in votes_of(activity).select_related("participant").order_by("participant_id", "value"):
            if mark.target in options:
                ballots.setdefault(ref_of(mark.participant), []).append(options[mark.target].ref)
        if not ballots and "filed" not in activity.notes:
            return {}
        paper, ranks = ballot_paper(activity), limit(activity)
        facts = {"options": [option.ref for option in paper], **({"max_ranks": ranks} if ranks else {})}
        return {"votes": [entry(activity, activity.block, "ranked", ballots, **facts)]}


kind = Ranking()
