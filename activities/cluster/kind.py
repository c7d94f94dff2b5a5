"""Cluster: what belongs together goes together, by meaning, and gets a name in somebody's words (`domain.md` 3.6)."""

from itertools import zip_longest

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import AT_A_GLANCE
from activities.cluster.forms import Keep, Make, Merge, Park, Place, Rename
from activities.kind import FACILITATOR, Kind, Move, Ref, cards_of_source
from workshops.wording.checks import words

# What the exchange file calls the line and the key words of a theme, by block.
GIST, KEY_WORDS = {"story_themes": "description"}, {"story_themes": "keywords"}
TOO_LARGE = 0.25


class Settings(forms.Form):
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    field = forms.CharField(required=False, widget=forms.HiddenInput)


class Cluster(Kind):
    name = _("Cluster and name")
    purpose = _("Find the common ground: move together what means the same, then name each group.")
    minutes = 14
    Settings = Settings
    actions = {"make": Make, "rename": Rename, "place": Place, "park": Park, "keep": Keep, "merge": Merge}

    def close(self, activity):
        """The groups that are not parked are the themes that the room carries forward."""
        super().close(activity)
        activity.themes.update(kept=False)
        activity.themes.filter(parked=False).update(kept=True)

    def shared(self, activity):
        cards = cards_of_source(activity)
        themes = list(activity.themes.all())
        placed = cards.filter(themes__activity=activity).distinct().count() if themes else 0
        count = cards.count()
        return {"count": count, "themes": themes, "to_sort": count - placed}

    def board(self, activity, cards):
        """Lanes with their cards, and the cards that belong to none yet."""
        lanes = list(activity.themes.prefetch_related(Prefetch("cards", queryset=cards, to_attr="shown")))
        placed = {card.pk for lane in lanes for card in lane.shown}
        everything = list(cards)
        for lane in lanes:
            lane.too_large = len(everything) >= 8 and len(lane.shown) > TOO_LARGE * len(everything)
        return {"lanes": lanes, "unsorted": [card for card in everything if card.pk not in placed]}

    def screen(self, activity):
        lanes = [
            lane for lane in self.board(activity, cards_of_source(activity).quotable())["lanes"] if not lane.parked
        ]
        fill(lanes, AT_A_GLANCE - sum(len(words(lane.name)) for lane in lanes))
        return {"lanes": lanes}

    def console(self, activity):
        return self.board(activity, cards_of_source(activity).select_related("table"))

    def desk(self, activity):
        themes = list(activity.themes.all())
        for theme in themes:
            start = {"theme": theme.pk, "name": theme.name, "gist": theme.gist}
            theme.form = Rename(activity=activity, initial=start)
        return {"themes": themes}

    def pack(self, activity):
        return self.board(activity, cards_of_source(activity).quotable())

    def line(self, activity):
        count = activity.themes.filter(parked=False).count()
        return ngettext("%(count)d group", "%(count)d groups", count) % {"count": count}

    def script(self, activity, day):
        block, chosen = activity.block, activity.settings
        for theme in day.get(block, []) if block else []:
            words = "; ".join(theme.get(KEY_WORDS.get(block, ""), []))
            data = {"name": theme["name"], "gist": theme.get(GIST.get(block, "gist"), ""), "key_words": words}
            yield Move(FACILITATOR, "make", data, ref=theme["id"])
            if theme.get("parked"):
                yield Move(FACILITATOR, "park", {"theme": Ref(theme["id"]), "parked": "on"})
        for card in day.get(chosen.get("source", ""), []):
            groups = card.get(chosen.get("field", ""), [])
            for group in [groups] if isinstance(groups, str) else groups:
                yield Move(FACILITATOR, "place", {"card": Ref(card["id"]), "theme": Ref(group), "copy": "on"})

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for theme in activity.themes.all():
            row = {
                "id": theme.ref or f"th{theme.pk}",
                "name": theme.name,
                GIST.get(activity.block, "gist"): theme.gist,
            }
            if activity.block in KEY_WORDS:
                row[KEY_WORDS[activity.block]] = theme.key_words
            if theme.parked:
                row["parked"] = True
            rows.append(row)
        return {activity.block: rows}


def fill(lanes, room_for: int) -> None:
    """`glimpse`: the cards of each lane that the room can read besides the names, a row at a time."""
    for lane in lanes:
        lane.glimpse = []
    for row in zip_longest(*(lane.shown for lane in lanes)):
        for lane, card in zip(lanes, row, strict=True):
            if card and len(words(card.text)) <= room_for:
                lane.glimpse.append(card)
                room_for -= len(words(card.text))


kind = Cluster()
