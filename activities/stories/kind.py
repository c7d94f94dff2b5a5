"""Stories: each person tells one moment in their own words, and chooses how far it may travel."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import (
    FromFile,
    OwnCard,
    Share,
    Spotlight,
    TakeBack,
    for_the_console,
    in_the_light,
    line_field,
    screened,
    words_field,
)
from activities.kind import Action, Kind, Move
from workshops.models import Card, Theme
from workshops.wording.phrases import phrases

LIMIT = 1500
MOST_KEY_WORDS = 8


class Story(Action):
    """The fields of a story, new or reworded."""

    text = words_field(
        _("Your story"),
        LIMIT,
        rows=6,
        required_message=_("There are no words here yet. Write your story, then send it."),
    )
    key_words = line_field(_("Words to keep"), 200, help_text=_("A phrase or two, separated by commas"))
    sharing = forms.ChoiceField(
        label=_("How may it be used?"),
        choices=Card.SHARING,
        initial=Card.THEMES_ONLY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how your story may be used.")},
        help_text=_(
            "Your name is never printed with it. Where few people share your role, your role may tell who you are."
            " You can change this until the outputs are final."
        ),
    )

    def clean_key_words(self):
        given = self.cleaned_data["key_words"]
        found = [word.strip() for word in given.split(";" if ";" in given else ",") if word.strip()]
        if len(found) > MOST_KEY_WORDS:
            raise ValidationError(
                _("At most %(most)d phrases, and these are %(found)d."),
                params={"most": MOST_KEY_WORDS, "found": len(found)},
            )
        return found


def in_one_line(key_words: list[str]) -> str:
    """As they can be typed again: semicolons where a phrase has a comma of its own."""
    return "; ".join([*key_words, ""]) if any("," in word for word in key_words) else ", ".join(key_words)


class Send(Story):
    # Consent recorded beside a story about oneself or a relative.
    ig = FromFile()

    def perform(self):
        given = self.cleaned_data
        consent = given["ig"] if self.activity.workshop.rehearsal else None
        card = self.activity.put_up(
            given["text"],
            by=self.participant,
            late=self.late,
            sharing=given["sharing"],
            fields={"key_words": given["key_words"], **({"ig": consent} if consent else {})},
            ref=self.given_ref,
        )
        return screened(card)


class Reword(OwnCard, Story):
    def perform(self):
        given = self.cleaned_data
        given["card"].reword(given["text"], late=self.late, key_words=given["key_words"])
        given["card"].share(given["sharing"])
        return screened(given["card"])


class Stories(Kind):
    name = _("Stories")
    purpose = _("Begin with experience: a moment when the network was at its best, or should have been.")
    minutes = 30
    actions = {"send": Send, "reword": Reword, "take_back": TakeBack, "share": Share, "spotlight": Spotlight}
    words_limit = LIMIT

    def screen(self, activity):
        """One story, in its teller's words: the one that the facilitator chose, or the newest that may be shown."""
        newest = activity.cards.quotable().select_related("participant").order_by("-pk")
        return {"story": in_the_light(activity) or newest.first()}

    def console(self, activity):
        cards = for_the_console(activity.cards.standing().select_related("participant", "table"))
        return {
            "cards": cards,
            "key_words": counted([card for card in cards if not card.is_held]),
            "lit": in_the_light(activity),
        }

    def mine(self, activity, participant):
        """My stories, each with a form to change it; after closing only how it may be used can be changed."""
        cards = list(activity.cards.standing().of(participant))
        for card in cards:
            start = {"text": card.text, "sharing": card.sharing, "card": card.pk}
            start["key_words"] = in_one_line(card.fields.get("key_words", []))
            form = Reword if activity.is_open else Share
            card.form = form(activity=activity, participant=participant, initial=start)
        return {"cards": cards}

    def pack(self, activity):
        cards = list(activity.cards.quotable().select_related("participant").prefetch_related("themes"))
        return {"cards": cards, "told": activity.cards.standing().count(), "key_words": counted(cards)}

    def line(self, activity):
        count = activity.cards.standing().count()
        return ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}

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


def counted(cards: list[Card]) -> list[tuple[str, int]]:
    """Key words as typed, most frequent first (`domain.md` 3.21)."""
    typed = [(card.pk, word) for card in cards for word in card.fields.get("key_words", [])]
    return [(phrase.text, phrase.count) for phrase in phrases(typed)]


kind = Stories()
