"""Stories: each person tells one moment in their own words, and chooses how far it may travel."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.cards import OwnCard, Share, TakeBack, screened, words_field
from activities.kind import Action, Kind, Move
from workshops.models import Card, Theme

LIMIT = 1500


class Story(Action):
    """The fields of a story, new or reworded."""

    text = words_field(
        _("Your story"),
        LIMIT,
        rows=6,
        required_message=_("There are no words here yet. Write your story, then send it."),
    )
    key_words = forms.CharField(
        label=_("Words to keep"),
        required=False,
        max_length=200,
        help_text=_("A phrase or two, separated by commas"),
        widget=forms.TextInput(attrs={"data-draft": ""}),
    )
    sharing = forms.ChoiceField(
        label=_("How may it be used?"),
        choices=Card.SHARING,
        initial=Card.THEMES_ONLY,
        widget=forms.RadioSelect,
        help_text=_("Your name is never printed with it. You can change this until the outputs are final."),
    )

    def words(self) -> list[str]:
        given = self.cleaned_data["key_words"]
        between = ";" if ";" in given else ","
        return [word.strip() for word in given.split(between) if word.strip()][:8]


def in_one_line(key_words: list[str]) -> str:
    """As they can be typed again: semicolons where a phrase has a comma of its own."""
    return "; ".join([*key_words, ""]) if any("," in word for word in key_words) else ", ".join(key_words)


class Send(Story):
    # Consent recorded beside a story about oneself or a relative; taken only in a rehearsal or an import.
    ig = forms.JSONField(required=False, widget=forms.HiddenInput)

    def perform(self):
        consent = self.cleaned_data["ig"] if self.activity.workshop.rehearsal else None
        card = self.activity.put_up(
            self.cleaned_data["text"],
            by=self.participant,
            late=self.late,
            sharing=self.cleaned_data["sharing"],
            fields={"key_words": self.words(), **({"ig": consent} if consent else {})},
            ref=self.given_ref,
        )
        return screened(card)


class Reword(OwnCard, Story):
    def perform(self):
        card = self.cleaned_data["card"]
        card.reword(self.cleaned_data["text"], key_words=self.words())
        card.share(self.cleaned_data["sharing"])
        return screened(card)


class Stories(Kind):
    name = _("Stories")
    purpose = _("Begin with experience: a moment when the network was at its best, or should have been.")
    minutes = 30
    actions = {"send": Send, "reword": Reword, "take_back": TakeBack, "share": Share}
    words_limit = LIMIT

    def screen(self, activity):
        return {"cards": list(activity.cards.quotable().select_related("participant").order_by("-pk")[:6])}

    def console(self, activity):
        cards = activity.cards.standing().select_related("participant__organisation", "table")
        return {"cards": list(cards), "key_words": counted(cards)}

    def mine(self, activity, participant):
        cards = list(activity.cards.standing().of(participant))
        for card in cards:
            words = in_one_line(card.fields.get("key_words", []))
            card.form = Reword(
                activity=activity,
                participant=participant,
                initial={"text": card.text, "sharing": card.sharing, "key_words": words, "card": card.pk},
                auto_id=f"id_{card.pk}_%s",
            )
        return {"cards": cards}

    def pack(self, activity):
        cards = activity.cards.quotable().select_related("participant").prefetch_related("themes")
        standing = activity.cards.standing()
        return {"cards": list(cards), "told": standing.count(), "key_words": counted(standing.clear())}

    def line(self, activity):
        return _("%(count)d stories") % {"count": activity.cards.standing().count()}

    def script(self, activity, day):
        for story in day.get(activity.block, []):
            words = in_one_line(story["key_words"])
            data = {"text": story["text"], "sharing": story["sharing"], "key_words": words}
            if "ig" in story:
                data["ig"] = json.dumps(story["ig"])
            yield Move(story.get("author", ""), "send", data, ref=story["id"])

    def record(self, activity):
        cards = activity.cards.standing().exclude(sharing=Card.TABLE_ONLY)
        rows, themes = [], themes_of(activity)
        for card in cards.select_related("participant", "table"):
            rows.append(
                {
                    "id": card.ref or f"s{card.pk}",
                    "author": card.participant and (card.participant.ref or f"p{card.participant_id}"),
                    "table": card.table and card.table.label,
                    "themes": themes.get(card.pk, []),
                    "sharing": card.sharing,
                    "text": card.text,
                    "key_words": card.fields.get("key_words", []),
                    **({"ig": card.fields["ig"]} if "ig" in card.fields else {}),
                }
            )
        return {activity.block or "stories": rows}


def themes_of(activity) -> dict[int, list[str]]:
    """card id -> its themes' names, in the order in which it was put into them."""
    found: dict[int, list[str]] = {}
    links = Theme.cards.through.objects.filter(card__activity=activity).order_by("pk")
    for card, ref, theme in links.values_list("card_id", "theme__ref", "theme_id"):
        found.setdefault(card, []).append(ref or f"th{theme}")
    return found


def counted(cards) -> list[tuple[str, int]]:
    """Key words as typed, most frequent first (`domain.md` 3.21)."""
    found: dict[str, list[str]] = {}
    for fields in cards.values_list("fields", flat=True):
        for word in fields.get("key_words", []):
            found.setdefault(word.casefold(), []).append(word)
    return sorted(((max(set(typed), key=typed.count), len(typed)) for typed in found.values()), key=lambda row: -row[1])


kind = Stories()
