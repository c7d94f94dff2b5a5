"""Cluster: what belongs together goes together, by meaning, and gets a name in somebody's words (`domain.md` 3.6)."""

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from activities.kind import FACILITATOR, Action, Kind, Move, Ref, cards_of_source
from workshops.models import Card, Theme

# What the exchange file calls the line and the key words of a theme, by block.
GIST, KEY_WORDS = {"story_themes": "description"}, {"story_themes": "keywords"}
TOO_LARGE = 0.25
LONG = 200


class Settings(forms.Form):
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    field = forms.CharField(required=False, widget=forms.HiddenInput)


class Sort(Action):
    """What only the person at the board does; the wall stays open to them after closing."""

    by = FACILITATOR
    needs_open = False


class ThemeField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            queryset=Theme.objects.none(),
            error_messages={"invalid_choice": _("This group is not here any more.")},
            **kwargs,
        )


class OnBoard(Sort):
    """An action on a theme of this board."""

    theme = ThemeField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ThemeField):
                field.queryset = self.activity.themes.all()


class Named(Action):
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=80,
        help_text=_("A phrase that a new colleague would understand, in somebody’s own words"),
        error_messages={"required": _("A group needs a name.")},
    )
    gist = forms.CharField(label=_("In one line"), max_length=300, required=False)
    key_words = forms.CharField(label=_("Words to keep"), max_length=300, required=False)

    def words(self):
        return [word.strip() for word in self.cleaned_data["key_words"].split(";") if word.strip()]


class Make(Sort, Named):
    card = forms.ModelChoiceField(queryset=Card.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = cards_of_source(self.activity)

    def perform(self):
        given = self.cleaned_data
        theme = self.activity.themes.create(
            name=given["name"],
            gist=given["gist"],
            key_words=self.words(),
            position=self.activity.themes.count() + 1,
            ref=self.given_ref,
        )
        if given["card"]:
            theme.take_in(given["card"])
        return theme


class Rename(OnBoard, Named):
    def perform(self):
        theme = self.cleaned_data["theme"]
        theme.rename(self.cleaned_data["name"], self.cleaned_data["gist"])
        return theme


class Place(Sort):
    """Move a card into a group (`theme`), out of every group (none), or copy it into one more (`copy`)."""

    card = forms.ModelChoiceField(queryset=Card.objects.none())
    theme = ThemeField(required=False)
    copy = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card"].queryset = cards_of_source(self.activity)
        self.fields["theme"].queryset = self.activity.themes.all()

    def perform(self):
        card, theme = self.cleaned_data["card"], self.cleaned_data["theme"]
        if not self.cleaned_data["copy"]:
            for held in card.themes.filter(activity=self.activity):
                held.let_go(card)
        if theme:
            theme.take_in(card)
        return card


class Park(OnBoard):
    parked = forms.BooleanField(required=False)

    def perform(self):
        self.cleaned_data["theme"].park(self.cleaned_data["parked"])
        return self.cleaned_data["theme"]


class Merge(OnBoard):
    """Two groups that mean the same become one; every card comes along."""

    into = ThemeField()

    def perform(self):
        theme, into = self.cleaned_data["theme"], self.cleaned_data["into"]
        if theme != into:
            into.cards.add(*theme.cards.all())
            theme.delete()
        return into


class Cluster(Kind):
    name = _("Cluster and name")
    purpose = _("Find the common ground: move together what means the same, then name each group.")
    minutes = 14
    Settings = Settings
    actions = {"make": Make, "rename": Rename, "place": Place, "park": Park, "merge": Merge}

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
        quotable = cards_of_source(activity).filter(sharing__in=[Card.WITH_ROLE, Card.ANONYMOUS])
        return self.board(activity, quotable)

    def console(self, activity):
        return self.board(activity, cards_of_source(activity).select_related("table"))

    def desk(self, activity):
        return {"themes": list(activity.themes.all())}

    def pack(self, activity):
        quotable = cards_of_source(activity).filter(sharing__in=[Card.WITH_ROLE, Card.ANONYMOUS])
        # Stories are printed once, where they were told; here paper only says how many belong to each theme.
        return {**self.board(activity, quotable), "long": any(len(card.text) > LONG for card in quotable)}

    def line(self, activity):
        return _("%(count)d groups") % {"count": activity.themes.filter(parked=False).count()}

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


kind = Cluster()
