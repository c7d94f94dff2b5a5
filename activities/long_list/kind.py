"""Long list: what could this network put its energy into for twelve months? Four or five themes from each table."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import TakeBack, at_a_glance, for_the_console, heard, own_cards, scribe_at
from activities.kind import Kind, Move, Ref
from activities.long_list.forms import TITLE, Merge, Propose, Reword
from workshops.models import Card, Driver


class LongList(Kind):
    name = _("Long list")
    purpose = _("Turn wants into themes that this network can act on within twelve months.")
    minutes = 16
    actions = {"propose": Propose, "reword": Reword, "take_back": TakeBack, "merge": Merge}
    words_limit = TITLE

    def themes(self, cards):
        """Cards with the drivers that they answer to."""
        cards = list(cards)
        every = {pk for card in cards for pk in card.fields.get("drivers", [])}
        drivers = Driver.objects.select_related("organisation").in_bulk(every)
        for card in cards:
            card.answers_to = [drivers[pk] for pk in card.fields.get("drivers", []) if pk in drivers]
        return cards

    def screen(self, activity):
        return {"cards": at_a_glance(activity.cards.quotable().order_by("-pk")[:12])}

    def console(self, activity):
        return {"cards": self.themes(for_the_console(activity.cards.standing().select_related("table")))}

    def desk(self, activity):
        return {"to_merge": activity.cards.clear().count() > 1}

    def mine(self, activity, participant):
        cards = list(own_cards(activity, participant))
        for card in cards:
            start = {"card": card.pk, "text": card.text, "description": card.fields.get("description", "")}
            card.form = Reword(activity=activity, participant=participant, initial=start)
        return {"cards": cards}

    def table(self, activity, table):
        return {"cards": list(activity.cards.standing().filter(table=table, participant=None))}

    def pack(self, activity):
        return {"cards": self.themes(activity.cards.quotable().select_related("table"))}

    def line(self, activity):
        count = activity.cards.standing().count()
        return ngettext("%(count)d theme", "%(count)d themes", count) % {"count": count}

    def contributions(self, activity):
        return {}  # tables' words count for the table (domain.md 4.1)

    def voices(self, activity):
        return heard(activity)

    def script(self, activity, day):
        for theme in day.get(activity.block, []) if activity.block else []:
            data = {
                "text": theme["title"],
                "description": theme.get("description", ""),
                "drivers": [Ref(name) for name in [*theme.get("national", []), *theme.get("local", [])]],
                "stories": [Ref(name) for name in theme.get("stories", [])],
            }
            yield Move(scribe_at(activity, theme.get("proposed_by", "")), "propose", data, ref=theme["id"])

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        cards = activity.cards.standing().exclude(sharing=Card.TABLE_ONLY).select_related("table")
        for card in self.themes(cards.prefetch_related("grew_from")):
            order = {pk: place for place, pk in enumerate(card.fields.get("stories", []))}
            stories = [story for story in card.grew_from.all() if story.activity_id != activity.pk]
            stories.sort(key=lambda story: order.get(story.pk, len(order)))
            rows.append(
                {
                    "id": card.ref or f"t{card.pk}",
                    "title": card.text,
                    "description": card.fields.get("description", ""),
                    "proposed_by": card.table and card.table.label,
                    "national": [driver.ref or f"d{driver.pk}" for driver in card.answers_to if not driver.is_local],
                    "local": [driver.ref or f"d{driver.pk}" for driver in card.answers_to if driver.is_local],
                    "stories": [story.ref or f"s{story.pk}" for story in stories],
                }
            )
        return {activity.block: rows}


kind = LongList()
