"""Values: three to five that the room agrees to live by, with behaviours that a camera could see (`domain.md` 3.12)."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.cards import AT_A_GLANCE, TakeBack, for_the_console, heard, own_cards
from activities.kind import FACILITATOR, Kind, Move, Ref
from activities.values.forms import (
    MOST,
    SORTS,
    WILL,
    WILL_NOT,
    Agree,
    Behave,
    Change,
    Drop,
    Explain,
    Line,
    StrikeOut,
    TakeUp,
)
from workshops.models import Behaviour
from workshops.wording import advice
from workshops.wording.behaviours import behaviour
from workshops.wording.checks import words


class Values(Kind):
    name = _("Values and behaviours")
    purpose = _("Agree three to five values, and say what each looks like on a bad Friday.")
    minutes = 20
    actions = {
        "agree": Agree,
        "change": Change,
        "drop": Drop,
        "line": Line,
        "take_back": TakeBack,
        "take_up": TakeUp,
        "behave": Behave,
        "strike_out": StrikeOut,
        "explain": Explain,
    }

    def values(self, activity):
        return list(activity.workshop.values.prefetch_related("behaviours"))

    def shared(self, activity):
        return {"values": self.values(activity), "count": activity.cards.standing().count()}

    def screen(self, activity):
        """With their sentences as long as a room can read them all; else the names, large."""
        said = " ".join(f"{value.name} {value.statement}" for value in activity.workshop.values.all())
        return {"in_full": len(words(said)) <= AT_A_GLANCE}

    def console(self, activity):
        """Each value with the lines that tables propose and the room has not taken up."""
        taken = set(Behaviour.objects.filter(card__activity=activity).values_list("card_id", flat=True))
        lines = defaultdict(list)
        for card in for_the_console(activity.cards.standing().select_related("table")):
            if card.pk not in taken:
                card.sort_label = dict(SORTS).get(card.fields.get("sort"), "")
                lines[card.fields.get("value")].append(card)
        values = self.values(activity)
        for value in values:
            value.lines = [card for card in lines[value.pk] if card.text != value.how_we_will_notice]
        return {"values": values}

    def desk(self, activity):
        values = list(activity.workshop.values.select_related("theme"))
        for value in values:
            start = {"value": value.pk, "name": value.name, "statement": value.statement}
            value.form = Change(activity=activity, initial={**start, "notice": value.how_we_will_notice})
            value.add_form = Behave(activity=activity, initial={"value": value.pk})
        note = Explain(activity=activity, initial={"note": activity.notes.get("decision", "")})
        return {"values": values, "full": len(values) >= MOST, "explain": note}

    def mine(self, activity, participant):
        """The lines of this table with what a friend would say about them, and a form that begins with its value."""
        values = list(activity.workshop.values.all())
        names, labels = {value.pk: value.name for value in values}, dict(SORTS)
        cards = list(own_cards(activity, participant))
        for card in cards:
            sort = card.fields.get("sort")
            card.sort_label = labels.get(sort, "")
            card.about = names.get(card.fields.get("value"), "")
            if sort in (WILL, WILL_NOT):
                card.advice = advice(behaviour(card.text, card.about, will_not=sort == WILL_NOT))
        start = {"value": self.value_of(activity, participant, values)}
        return {
            "cards": cards,
            "any_values": bool(values),
            "start": Line(activity=activity, participant=participant, initial=start),
        }

    def value_of(self, activity, participant, values):
        """One value for each table, in turn (`domain.md` 1.12)."""
        table = activity.table_of(participant)
        if not table or not values:
            return None
        before = activity.seating.tables.filter(pk__lt=table.pk).count()
        return values[before % len(values)].pk

    def pack(self, activity):
        return {"values": self.values(activity), "note": activity.notes.get("decision", "")}

    def line(self, activity):
        count = activity.workshop.values.count()
        return ngettext("%(count)d value", "%(count)d values", count) % {"count": count}

    def voices(self, activity):
        return heard(activity)

    def script(self, activity, day):
        for value in day.get(activity.block, []) if activity.block else []:
            data = {"name": value["name"], "statement": value["statement"], "notice": value["how_we_will_notice"]}
            if value.get("cluster"):
                data["theme"] = Ref(value["cluster"])
            yield Move(FACILITATOR, "agree", data, ref=value["id"])
            for key, sort in (("we_will", WILL), ("we_will_not", WILL_NOT)):
                for text in value.get(key, []):
                    yield Move(FACILITATOR, "behave", {"value": Ref(value["id"]), "sort": sort, "text": text})
        if activity.block and day.get("values_decision_note"):
            yield Move(FACILITATOR, "explain", {"note": day["values_decision_note"]})

    def record(self, activity):
        if not activity.block:
            return {}
        rows = []
        for value in activity.workshop.values.select_related("theme").prefetch_related("behaviours"):
            lines = list(value.behaviours.all())
            row = {"id": value.ref or f"val{value.pk}", "name": value.name, "statement": value.statement}
            if value.theme:
                row["cluster"] = value.theme.ref or f"th{value.theme_id}"
            row["we_will"] = [line.text for line in lines if line.will]
            row["we_will_not"] = [line.text for line in lines if not line.will]
            row["how_we_will_notice"] = value.how_we_will_notice
            rows.append(row)
        note = activity.notes.get("decision")
        return {activity.block: rows, **({"values_decision_note": note} if note else {})}


kind = Values()
