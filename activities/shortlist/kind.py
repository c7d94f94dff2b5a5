"""Shortlist: from the long list to four, five or six priorities, decided by talking with the evidence in sight."""

from collections import defaultdict

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities import levels
from activities.cards import AT_A_GLANCE
from activities.filed import Filed, vote_called
from activities.kind import FACILITATOR, Kind, Move, Ref, cards_of_source, kind_of
from activities.shortlist.forms import MOST, Agree, Align, Become, Drop, Explain, Reword, SetAside
from activities.votes import votes_of
from workshops.models import Driver, Priority
from workshops.wording.checks import words

SET = "set"


class Settings(forms.Form):
    vote = forms.CharField(required=False, widget=forms.HiddenInput)


class Stand(levels.Stand):
    criterion = SET


class Shortlist(Kind):
    name = _("Shortlist")
    purpose = _("Agree four, five or six priorities; say what becomes of the others.")
    minutes = 14
    Settings = Settings
    actions = {
        "become": Become,
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
        """The themes, strongest first, with dots, people and organisations from the closed vote on the same list."""
        cards = list(cards_of_source(activity).select_related("table"))
        votes = activity.workshop.activities.filter(draws_on=activity.draws_on_id, state="closed").order_by("-position")
        vote = next((one for one in votes if activity.draws_on_id and kind_of(one).votes), None)
        behind = defaultdict(list)
        if vote:
            marks = votes_of(vote, None).filter(value__gt=0)
            for card, value, body in marks.values_list("card", "value", "participant__organisation"):
                behind[card].append((int(value), body))
        became = {
            card.pk: priority
            for priority in activity.workshop.priorities.prefetch_related("cards")
            for card in priority.cards.all()
        }
        for card in cards:
            given = behind[card.pk]
            card.dots, card.people = sum(dots for dots, _body in given), len(given)
            card.organisations = len({body for _dots, body in given})
            card.became = became.get(card.pk)
        return sorted(cards, key=lambda card: (-card.dots, -card.people, card.pk)), vote is not None

    def agreed(self, activity):
        return activity.workshop.priorities.filter(decision=Priority.AGREED)

    def settled(self, activity):
        """What has been decided, by decision."""
        every = list(activity.workshop.priorities.select_related("keeper").prefetch_related("cards", "values"))
        return {
            "agreed": [one for one in every if one.decision == Priority.AGREED],
            "aside": [one for one in every if one.decision != Priority.AGREED],
        }

    def overlooked(self, activity):
        """Organisations with local priorities of which none is answered to (`domain.md` 1.21)."""
        local = Driver.objects.filter(network=activity.workshop.network_id, hidden=False).exclude(organisation=None)
        answered = local.filter(alignments__priority__in=self.agreed(activity)).values("organisation")
        missing = local.exclude(organisation__in=answered).order_by("organisation__name")
        return list(dict.fromkeys(missing.values_list("organisation__name", flat=True)))

    def shape(self, activity):
        if not activity.is_closed:
            return {}
        told = levels.told(activity, SET)
        if not told["answers"]:
            return {}
        return {"bars": levels.bars(told), "verdict": levels.verdict(told), "rule": levels.rule_in_words()}

    def shared(self, activity):
        agreed = list(self.agreed(activity))
        return {"agreed": agreed, "count": len(agreed), **self.shape(activity)}

    def screen(self, activity):
        """With their lines as long as a room can read them all; else the titles, large."""
        said = " ".join(f"{one.title} {one.one_line}" for one in self.agreed(activity))
        return {"in_full": len(words(said)) <= AT_A_GLANCE}

    def console(self, activity):
        themes, voted = self.evidence(activity)
        settled = self.settled(activity)
        overlooked = self.overlooked(activity) if settled["agreed"] else []
        return {
            **settled,
            "themes": themes,
            "voted": voted,
            "overlooked": overlooked,
            "turnout": levels.turnout(activity, SET),
            "changes": levels.changes_asked(activity, SET) if activity.is_closed else [],
        }

    def desk(self, activity):
        """A form for each row that was decided; what they offer to choose from is asked for once."""
        settled = self.settled(activity)
        offered: dict[str, list] = {}

        def form(of, **start):
            made = of(activity=activity, initial=start)
            for name in {"values", "driver", "keeper"} & set(made.fields):
                made.fields[name].choices = offered.setdefault(name, list(made.fields[name].choices))
            return made

        for one in settled["agreed"]:
            texts = {"title": one.title, "one_line": one.one_line, "purpose_link": one.purpose_link}
            one.form = form(Reword, priority=one.pk, values=one.values.all(), **texts)
            one.align_form = form(Align, priority=one.pk, strength=1)
        for one in settled["aside"]:
            card = next(iter(one.cards.all()), None)
            told = {"decision": one.decision, "why": one.why, "keeper": one.keeper_id, "starts_on": one.starts_on}
            one.form = form(SetAside, card=card and card.pk, **told)
        note = Explain(activity=activity, initial={"note": activity.notes.get("decision", "")})
        return {**settled, "full": len(settled["agreed"]) >= MOST, "explain": note}

    def mine(self, activity, participant):
        return {"agreed": list(self.agreed(activity))}

    def pack(self, activity):
        return {**self.settled(activity), **self.shape(activity), "note": activity.notes.get("decision", "")}

    def line(self, activity):
        count = self.agreed(activity).count()
        return ngettext("%(count)d priority", "%(count)d priorities", count) % {"count": count}

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
                held.append({"theme": next(iter(themes), None), "keeper": keeper, "why": one.why})
            elif one.decision == Priority.QUICK_WIN:
                wins.append(
                    {"theme": next(iter(themes), None), "owner": keeper, "start": one.starts_on, "text": one.why}
                )
        found = {activity.block: rows, "held_themes": held, "quick_wins": wins}
        if note := activity.notes.get("decision"):
            found["priorities_not_chosen_note"] = note
        name = activity.settings.get("vote")
        if name and levels.levels_of(activity, SET):
            found["votes"] = [levels.entry_of(activity, name, SET)]
        return found


kind = Shortlist()
