"""Action plan: one page for each priority, written by a small group, that people will recognise on Monday."""

from django.utils.translation import gettext_lazy as _

from activities.action_plan import exchange
from activities.action_plan.forms import (
    NEEDS,
    OWN,
    RESOURCES,
    Accept,
    Links,
    People,
    Ready,
    Save,
    Take,
    plans_of,
)
from activities.action_plan.rows import OF_ACTION, Depends, DropAction, Measure, PlanAction, Risk
from activities.kind import Kind
from workshops.models import Plan, Priority


def whole(plans):
    return plans.select_related(
        "priority", "table", "lead__organisation", "sponsor", "first_step_who"
    ).prefetch_related("actions__lead", "actions__deputy", "deputies", "team", "values", "drivers")


class ActionPlan(Kind):
    name = _("Action plan")
    purpose = _("Small groups turn each priority into a plan: an ambition, two or three actions, named leads.")
    minutes = 35
    actions = {
        "take": Take,
        "save": Save,
        "people": People,
        "links": Links,
        "measure": Measure,
        "risk": Risk,
        "depends": Depends,
        "action": PlanAction,
        "drop_action": DropAction,
        "accept": Accept,
        "ready": Ready,
    }

    def open(self, activity):
        """One plan for each agreed priority, and one table for each plan where groups are seated by interest."""
        super().open(activity)
        seated = activity.seating if activity.seating and activity.seating.by_interest else None
        tables = list(seated.tables.all()) if seated else []
        for number, priority in enumerate(activity.workshop.priorities.filter(decision=Priority.AGREED)):
            Plan.begin(priority, tables[number] if number < len(tables) else None)

    def plans(self, activity):
        return whole(Plan.objects.filter(workshop=activity.workshop_id))

    def shared(self, activity):
        states = list(Plan.objects.filter(workshop=activity.workshop_id).values_list("state", flat=True))
        return {"count": len(states), "ready": states.count(Plan.READY)}

    def screen(self, activity):
        return {"plans": list(self.plans(activity))}

    def console(self, activity):
        plans = list(self.plans(activity))
        for plan in plans:
            plan.needs = plan.missing()
        return {"plans": plans}

    def table(self, activity, table):
        plan = self.plans(activity).filter(table=table).first()
        return {"plan": plan, "needs": plan.missing() if plan else []}

    def mine(self, activity, participant):
        plans = list(whole(plans_of(activity, participant)))
        asked = Plan.objects.filter(workshop=activity.workshop_id, lead=participant, lead_accepted_at=None)
        if len(plans) != 1:
            free = activity.workshop.priorities.filter(decision=Priority.AGREED)
            return {"plan": None, "plans": plans, "free": list(free), "asked": list(asked.select_related("priority"))}
        plan = plans[0]
        known = {"activity": activity, "participant": participant}
        start = {name: getattr(plan, name) for name in OWN}
        start |= {f"{NEEDS}{name}": plan.resources.get(name, "") for name in RESOURCES}
        for action in plan.actions.all():
            initial = {name: getattr(action, name) for name in OF_ACTION}
            action.form = PlanAction(**known, initial={"action": action.pk, **initial})
        return {
            "plan": plan,
            "asked": list(asked.select_related("priority")),
            "needs": plan.missing(),
            "start": {
                "action": PlanAction(**known),
                "save": Save(**known, initial=start),
                "people": People(
                    **known,
                    auto_id="id_people_%s",
                    initial={
                        "lead": plan.lead_id,
                        "lead_to_ask": plan.lead_to_ask,
                        "sponsor": plan.sponsor_id,
                        "deputies": plan.deputies.all(),
                        "team": plan.team.all(),
                    },
                ),
                "links": Links(
                    **known, auto_id="id_links_%s", initial={"values": plan.values.all(), "drivers": plan.drivers.all()}
                ),
            },
        }

    def pack(self, activity):
        plans = list(self.plans(activity))
        return {"plans": plans}

    def line(self, activity):
        seen = self.shared(activity)
        return _("%(ready)d of %(count)d plans ready") % seen

    def voices(self, activity):
        """Everyone at a table whose plan has an ambition has been heard."""
        if not activity.seating:
            return set()
        tables = self.plans(activity).exclude(ambition="").values_list("table_id", flat=True)
        return set(activity.seating.seats.filter(table__in=tables).values_list("participant_id", flat=True))

    def script(self, activity, day):
        return exchange.script(activity, day)

    def record(self, activity):
        return exchange.record(activity)


kind = ActionPlan()
