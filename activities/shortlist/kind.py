"""Shortlist: from the long list to four, five or six priorities, decided by talking with the evidence in sight."""

from collections import Counter

from django import forms
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from activities import levels
from activities.filed import Filed, vote_called
from activities.kind import FACILITATOR, Kind, Move, Ref, cards_of_source, kind_of
from activities.shortlist.forms import MOST, SET, Agree, Align, Drop, Explain, Reword, SetAside, Stand
from workshops.models import Priority


class Settings(forms.Form):
    vote = forms.CharField(required=False, widget=forms.HiddenInput)


class Shortlist(Kind):
    name = _("Shortlist")
    purpose = _("Agree four, five or six priorities; say what becomes of the others.")
    minutes = 14
    Settings = Settings
    actions = {
        "agree": Agree,
        "set_aside": SetAside,
        "reword": Reword,
        "drop": Drop,
        "align": Align,
        "explain": Explain,
        "stand": Stand,
        "filed": Filed,
    }

    def evidence(self, activity):
        """The themes with their dots and supporters, from the closed vote on the same long list, strongest first."""
        cards = list(cards_of_source(activity).select_related("table"))
        votes = activity.workshop.activities.filter(draws_on=activity.draws_on_id, state="closed").order_by("-position")
        vote = next((one for one in votes if activity.draws_on_id and kind_of(one).votes), None)
        dots: Counter[int] = Counter()
        people: Counter[int] = Counter()
        if vote:
            for card, total in vote.marks.values_list("card").annotate(total=Sum("value")):
                dots[card] = int(total)
            for card, value in vote.marks.values_list("card", "value"):
                people[card] += value > 0
        became = {
            card: priority
            for priority in activity.workshop.priorities.prefetch_related("cards")
            for card in priority.cards.all()
        }
        for card in cards:
            card.dots, card.people, card.became = dots[card.pk], people[card.pk], became.get(card)
        return sorted(cards, key=lambda card: (-card.dots, -card.people, card.pk)), vote is not None

    def settled(self, activity):
        """What has been decided, by decision."""
        every = list(activity.workshop.priorities.select_related("keeper").prefetch_related("cards", "values"))
        return {
            "agreed": [one for one in every if one.decision == Priority.AGREED],
            "aside": [one for one in every if one.decision != Priority.AGREED],
        }

    def shape(self, activity):
        if not activity.is_closed:
            return {}
        told = levels.told(activity, SET)
        if not told["answers"]:
            return {}
        return {"bars": levels.bars(told), "verdict": levels.verdict(told), "rule": levels.rule_in_words()}

    def shared(self, activity):
        agreed = activity.workshop.priorities.filter(decision=Priority.AGREED)
        return {"agreed": list(agreed), "count": agreed.count(), **self.shape(activity)}

    def screen(self, activity):
        return self.settled(activity)

    def console(self, activity):
        themes, voted = self.evidence(activity)
        return {**self.settled(activity), "themes": themes, "voted": voted, "turnout": levels.turnout(activity, SET)}

    def desk(self, activity):
        return {"full": activity.workshop.priorities.filter(decision=Priority.AGREED).count() >= MOST}

    def mine(self, activity, participant):
        return {"stand": Stand(activity=activity, participant=participant), "agreed": self.settled(activity)["agreed"]}

    def pack(self, activity):
        return {**self.settled(activity), **self.shape(activity), "note": activity.notes.get("decision", "")}

    def line(self, activity):
        agreed = activity.workshop.priorities.filter(decision=Priority.AGREED)
        return _("%(count)d priorities") % {"count": agreed.count()}

    def results(self, activity):
        name = activity.settings.get("vote")
        return levels.results_of(levels.told(activity, SET), name) if name else {}

    def script(self, activity, day):
        if not activity.block:
            return
        for one in day.get(activity.block, []):
            themes = [Ref(name) for name in one.get("from", [])]
            data = {"title": one["title"], "one_line": one.get("one_line", ""), "cards": themes}
            yield Move(FACILITATOR, "agree", data, ref=one["id"])
        for one in day.get("held_themes", []):
            data = {
                "card": Ref(one["theme"]),
                "decision": Priority.HELD,
                "why": one.get("why", ""),
                "keeper": Ref(one["keeper"]) if one.get("keeper") else None,
            }
            yield Move(FACILITATOR, "set_aside", data)
        for one in day.get("quick_wins", []):
            data = {
                "card": Ref(one["theme"]),
                "decision": Priority.QUICK_WIN,
                "why": one.get("text", ""),
                "keeper": Ref(one["owner"]) if one.get("owner") else None,
                "starts_on": one.get("start"),
            }
            yield Move(FACILITATOR, "set_aside", data)
        if day.get("priorities_not_chosen_note"):
            yield Move(FACILITATOR, "explain", {"note": day["priorities_not_chosen_note"]})
        yield from levels.moves_of(vote_called(day, activity.settings.get("vote", "")), "stand")

    def record(self, activity):
        if not activity.block:
            return {}
        rows, held, wins = [], [], []
        for one in activity.workshop.priorities.select_related("keeper").prefetch_related("cards"):
            themes = [card.ref or f"t{card.pk}" for card in one.cards.all()]
            keeper = one.keeper and levels.ref_of(one.keeper)
            if one.decision == Priority.AGREED:
                row = {"id": one.ref or f"pr{one.pk}", "from": themes, "title": one.title, "one_line": one.one_line}
                rows.append(row)
            elif one.decision == Priority.HELD:
                held.append({"theme": themes[0], "keeper": keeper, "why": one.why})
            elif one.decision == Priority.QUICK_WIN:
                wins.append({"theme": themes[0], "owner": keeper, "start": one.starts_on, "text": one.why})
        found = {activity.block: rows, "held_themes": held, "quick_wins": wins}
        if note := activity.notes.get("decision"):
            found["priorities_not_chosen_note"] = note
        name = activity.settings.get("vote")
        if name and levels.levels_of(activity, SET):
            found["votes"] = [levels.entry_of(activity, name, SET)]
        return found


kind = Shortlist()
