"""Plans in the exchange file: the moves that fill them, and the block that they come back as."""

from activities.action_plan.forms import RESOURCES, TEXTS
from activities.cards import scribe_at
from activities.kind import Move, Ref
from workshops.models import Plan


def script(activity, day):
    for plan in day.get(activity.block, []) if activity.block else []:
        own, lead = {"plan": Ref(plan["id"])}, plan.get("lead", "")
        table = plan.get("group", "").replace("G", "T", 1)
        by = lead or next(iter(plan.get("team", [])), "") or scribe_at(activity, table)
        step = plan.get("first_step_two_weeks") or {}
        yield Move(by, "take", {"priority": Ref(plan["priority"])}, ref=plan["id"])
        texts = {name: plan.get(name, "") for name in TEXTS if name != "first_step"}
        needs = {f"needs_{name}": plan.get("resources", {}).get(name, "") for name in RESOURCES}
        first = {
            "first_step": step.get("text", ""),
            "first_step_by": iso(step.get("by")),
            "first_step_who": ref(step.get("who")),
        }
        yield Move(by, "save", {**own, **texts, **first, **needs, "confidence": str(plan.get("confidence", ""))})
        people = {"lead": ref(lead), "sponsor": ref(plan.get("sponsor"))}
        people |= {name: [Ref(person) for person in plan.get(name, [])] for name in ("deputies", "team")}
        yield Move(by, "people", {**own, **people})
        drivers = [Ref(name) for name in [*plan.get("national", []), *plan.get("local", [])]]
        yield Move(by, "links", {**own, "values": [Ref(name) for name in plan.get("values", [])], "drivers": drivers})
        for measure in plan.get("measures", []):
            yield Move(by, "measure", {**own, **measure})
        for risk in plan.get("risks", []):
            yield Move(by, "risk", {**own, **risk})
        for other in plan.get("depends_on", []):
            yield Move(by, "depends", {**own, "text": other["text"], "priority": ref(other.get("priority"))})
        for action in plan.get("actions", []):
            data = {"text": action["text"], "output": action.get("output", "")}
            data |= {name: ref(action.get(name)) for name in ("lead", "deputy")}
            data |= {name: iso(action.get(name)) for name in ("start", "by")}
            yield Move(by, "action", {**own, **data}, ref=action["id"])
        if lead:
            yield Move(by, "accept", own)
            yield Move(by, "ready", own)


def iso(day):
    return day.isoformat() if day else ""


def ref(name):
    return Ref(name) if name else ""


def record(activity):
    if not activity.block:
        return {}
    plans = Plan.objects.filter(workshop=activity.workshop_id).select_related(
        "priority", "table", "lead", "sponsor", "first_step_who"
    )
    priorities = {one.pk: one for one in activity.workshop.priorities.all()}
    return {activity.block: [row(plan, priorities) for plan in plans]}


def row(plan, priorities):
    drivers = ordered(plan.drivers)
    depends = []
    for other in plan.depends_on:
        priority = priorities.get(other.get("priority"))
        depends.append({"priority": priority and name_of(priority, "pr"), "text": other["text"]})
    step = {"text": plan.first_step, "who": name_of(plan.first_step_who), "by": plan.first_step_by}
    return {
        "id": name_of(plan, "ap"),
        "priority": name_of(plan.priority, "pr"),
        **({"group": plan.table.label.replace("T", "G", 1)} if plan.table else {}),
        "ambition": plan.ambition,
        "why_it_matters": plan.why_it_matters,
        "purpose_link": plan.purpose_link,
        "values": [name_of(value, "val") for value in ordered(plan.values)],
        "national": [name_of(driver, "d") for driver in drivers if not driver.is_local],
        "local": [name_of(driver, "d") for driver in drivers if driver.is_local],
        "lead": name_of(plan.lead),
        "deputies": [name_of(person) for person in ordered(plan.deputies)],
        **({"sponsor": name_of(plan.sponsor)} if plan.sponsor else {}),
        "team": [name_of(person) for person in ordered(plan.team)],
        "measures": plan.measures,
        "actions": [action_row(action) for action in plan.actions.select_related("lead", "deputy")],
        "resources": plan.resources,
        "risks": plan.risks,
        "depends_on": depends,
        "first_step_two_weeks": step,
        "stop_doing": plan.stop_doing,
        "confidence": plan.confidence,
    }


def action_row(action):
    said = {
        "id": name_of(action, "a"),
        "text": action.text,
        "lead": name_of(action.lead),
        "deputy": name_of(action.deputy),
        "start": action.start,
        "by": action.by,
        "output": action.output,
        "status": action.status,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def name_of(thing, letter="p"):
    return thing and (thing.ref or f"{letter}{thing.pk}")


def ordered(related):
    """What a many-to-many holds, in the order in which it was chosen."""
    through, target = related.through, related.target_field_name
    rows = through.objects.filter(**{related.source_field_name: related.instance}).order_by("pk")
    return [getattr(row, target) for row in rows.select_related(target)]
