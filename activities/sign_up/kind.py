"""Sign up: people choose where they have energy, and groups are balanced (`domain.md` 1.22, 3.20)."""

from math import ceil

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.kind import Kind
from activities.sign_up.forms import FIRST, SECOND, WITHIN, Choose, Place, agreed, chosen
from workshops.models import Plan
from workshops.problems import Conflict
from workshops.seating import Person, SeatingError, groups
from workshops.seating.interest import CAP, FLOOR


class SignUp(Kind):
    name = _("Sign up for groups")
    purpose = _("People choose which priority they want to help plan; closing makes balanced groups.")
    minutes = 13
    actions = {"choose": Choose, "place": Place}

    def close(self, activity):
        """Everybody gets a group, by choice as far as sizes allow; where nobody chose, an earlier seating stays."""
        super().close(activity)
        priorities = list(agreed(activity))
        if not priorities or not chosen(activity).exists():
            return
        people = list(activity.workshop.participants.present())
        names = [str(one.pk) for one in priorities]
        seats = [Person(one.pk, organisation=one.organisation_id, role_group=one.role_group) for one in people]
        each = len(people) / len(names)
        try:
            made = groups(self.choices(activity), seats, names, cap=max(CAP, ceil(each)), floor=min(FLOOR, int(each)))
            labels = {name: f"T{number}" for number, name in enumerate(names, 1)}
            groups_of = activity.seating or activity.begin_groups()
            groups_of.seat({labels[name]: made.tables.get(name, []) for name in names}, {}, by_activity=activity)
        except (SeatingError, Conflict) as problem:
            activity.note("problem", str(problem))
            return
        tables = {table.label: table for table in groups_of.tables.all()}
        for priority in priorities:
            plan = Plan.begin(priority)
            plan.table = tables[labels[str(priority.pk)]]
            plan.save(update_fields=["table"])
        activity.note("problem", "")
        activity.note("made", {"firsts": made.firsts, "seconds": made.seconds, "neither": made.neither})

    def choices(self, activity) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for person, criterion in chosen(activity).order_by("-value").values_list("participant_id", "criterion"):
            found.setdefault(person, []).append(criterion.removeprefix(WITHIN))
        return found

    def wanted(self, activity):
        """Each priority with how many chose it first and second, and who sits there once groups are made."""
        first, second = {}, {}
        for criterion, value in chosen(activity).values_list("criterion", "value"):
            counts = first if value == 2 else second
            counts[criterion.removeprefix(WITHIN)] = counts.get(criterion.removeprefix(WITHIN), 0) + 1
        rows = list(agreed(activity).select_related("plan__table").prefetch_related("plan__table__seats__participant"))
        offers = self.offers(activity) if activity.is_closed else {}
        for one in rows:
            one.firsts, one.seconds = first.get(str(one.pk), 0), second.get(str(one.pk), 0)
            table = one.plan.table if hasattr(one, "plan") else None
            one.table = table
            one.members = [seat.participant for seat in table.seats.all()] if table and activity.is_closed else []
            one.offers = [(person, offers[person.pk]) for person in one.members if person.pk in offers]
        return rows

    def offers(self, activity) -> dict[int, str]:
        """participant id -> what they said they can bring."""
        return dict(chosen(activity).exclude(note="").values_list("participant_id", "note"))

    def shared(self, activity):
        return {"count": chosen(activity).values("participant").distinct().count()}

    def screen(self, activity):
        return {"groups": self.wanted(activity)}

    def console(self, activity):
        return {
            "groups": self.wanted(activity),
            "made": activity.notes.get("made"),
            "problem": activity.notes.get("problem"),
        }

    def mine(self, activity, participant):
        marks = {mark.value: mark for mark in chosen(activity).filter(participant=participant)}
        start = {
            name: marks[value].criterion.removeprefix(WITHIN)
            for value, name in ((2, FIRST), (1, SECOND))
            if value in marks
        }
        if 2 in marks:
            start["offer"] = marks[2].note
        table = activity.table_of(participant) if activity.is_closed else None
        plan = Plan.objects.filter(table=table).select_related("priority").first() if table else None
        members = [seat.participant for seat in table.seats.select_related("participant")] if plan else []
        offers = self.offers(activity) if members else {}
        return {
            "start": Choose(activity=activity, participant=participant, initial=start),
            "chosen": bool(start),
            "group": plan,
            "members": members,
            "offers": [(person, offers[person.pk]) for person in members if person.pk in offers],
            "any_priorities": agreed(activity).exists(),
        }

    def pack(self, activity):
        return {"groups": self.wanted(activity)}

    def line(self, activity):
        count = chosen(activity).values("participant").distinct().count()
        return ngettext("%(count)d person chose", "%(count)d people chose", count) % {"count": count}


kind = SignUp()
