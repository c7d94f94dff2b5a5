"""What each surface shows: one whole frame a surface (and table) and version, rendered once for everybody."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.kind import kind_of
from facilitation import passes, zones
from facilitation.live.snapshot import PHONE, SCREEN, Audience, Snapshot
from workshops import copying, disk
from workshops.models import Activity, Card, Participant, Table, Workshop
from workshops.policy import facilitators_of
from workshops.privacy import look, redact
from workshops.stages import STAGES
from workshops.timetable import drift_in_words

SMALL_GROUP = 5  # no figure for fewer people (domain.md 4.1)


def render(workshop_id: int, wanted: set[Audience]) -> Snapshot:
    """Every frame in `wanted`, at one version of the workshop. Raises Workshop.DoesNotExist."""
    workshop = Activity.objects.workshop_with_current(id=workshop_id)
    plain = {surface: zones_of(workshop, surface, None) for surface in {one[0] for one in wanted}}
    frames = {audience: frame(workshop, plain[audience[0]]) for audience in wanted if audience[1] is None}
    table_of: dict[int, int] = {}
    activity = workshop.current
    if activity and activity.seating:
        table_of = dict(activity.seating.seats.values_list("participant_id", "table_id"))
        for table in activity.seating.tables.all():
            audience = ("phone", table.pk)
            if audience in wanted:
                both = {**plain["phone"], "table": table_zone(workshop, activity, table)}
                frames[audience] = frame(workshop, both)
    proofs = frozenset(proof for surface in plain for proof in proofs_of(workshop, surface))
    return Snapshot(workshop.version, frames, table_of, workshop.crowd.removed, over=False, proofs=proofs)


def proofs_of(workshop: Workshop, surface: str) -> Iterable[str]:
    """What a socket on this surface must have brought along: a pass stays signed when it no longer counts."""
    if surface == PHONE:
        return workshop.crowd.proofs
    return [workshop.screen_nonce] if surface == SCREEN else map(str, facilitators_of(workshop))


def frame(workshop: Workshop, zones_html: dict[str, str]) -> str:
    """The text that goes over the wire: a whole snapshot with its version, never a delta."""
    whole = {"v": workshop.version, "stage": workshop.stage, "mine": zones.mine_key(workshop), "zones": zones_html}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def one_frame(workshop: Workshop, surface: str, participant: Participant | None = None) -> dict[str, str]:
    """The zones of one surface for this person's page."""
    return zones_of(workshop, surface, table_for(workshop, participant))


def table_for(workshop: Workshop, participant: Participant | None) -> Table | None:
    """The table where this person sits in what is shown now."""
    return workshop.current.table_of(participant) if workshop.current and participant else None


def zones_of(workshop: Workshop, surface: str, table: Table | None) -> dict[str, str]:
    html = table_zone(workshop, workshop.current, table) if workshop.current and table else ""
    return {"shared": shared(workshop, surface), "table": html}


def table_zone(workshop: Workshop, activity: Activity, table) -> str:
    kind = kind_of(activity)
    seen = kind.table(activity, table)
    if seen is None or not activity.times_opened:
        return ""
    return render_to_string(
        kind.face("phone", "table"), {"workshop": workshop, "activity": activity, "table": table, **seen}
    )


def shared(workshop: Workshop, surface: str) -> str:
    """The zone that everybody on this surface sees."""
    activity = workshop.current
    context: dict[str, Any] = {
        "workshop": workshop,
        "surface": surface,
        "stages": throughline(workshop),
        "activity": activity,
        "people_count": workshop.crowd.present,
    }
    if activity:
        kind = kind_of(activity)
        context |= {
            "face": kind.face(surface) if surface == "screen" else kind.face(surface, "shared"),
            "ends_in_ms": activity.ends_in_ms,
            "stage": activity.chapter,
            **kind.shared(activity),
        }
        if surface == "screen":
            context |= kind.screen(activity)
        elif surface == "console":
            context |= kind.console(activity)
    if surface == "screen":
        context["qr_url"] = reverse("join-qr", args=[workshop.code])
    if surface == "console":
        context |= console_parts(workshop)
    return render_to_string(f"surfaces/_{surface}.html", context)


def throughline(workshop: Workshop) -> list[dict[str, Any]]:
    """The four stages, each done, now or to come."""
    closed: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for slug, state in Activity.objects.progress(workshop.pk):
        every[slug] += 1
        closed[slug] += state == Activity.CLOSED
    shown = []
    for stage in STAGES:
        done = every[stage.slug] and closed[stage.slug] == every[stage.slug]
        state = "now" if workshop.stage == stage.slug else "done" if done else "to_come"
        shown.append(
            {"slug": stage.slug, "name": stage.name, "short": stage.short, "number": stage.number, "state": state}
        )
    return shown


def console_parts(workshop: Workshop) -> dict[str, Any]:
    """Run sheet, room, the trays of held and of late words: what only the facilitator sees."""
    sheet = list(workshop.activities.all())
    for one in sheet:
        one.workshop = workshop
        one.line = kind_of(one).line(one) if one.times_opened else ""  # type: ignore[attr-defined]  # for the template
    return {
        "run_sheet": sheet,
        "next_activity": workshop.after_current(),
        "room": room(workshop),
        "held": held(workshop),
        "drift": drift_in_words(workshop),
        "disk": disk.shortage(),
        "copies": copying.trouble(),
        "late": late(workshop),
        "screen": {
            "blank": workshop.screen_blank,
            "url": reverse("screen", args=[passes.make_screen_pass(workshop.pk, workshop.screen_nonce)]),
        },
    }


def held(workshop: Workshop) -> list[Card]:
    """Cards that wait for the facilitator's look, with what was found in them masked."""
    cards = list(Card.objects.filter(activity__workshop=workshop).held().select_related("activity", "participant"))
    for card in cards:
        card.masked = redact(card.all_words, look(card.all_words))
    return cards


def late(workshop: Workshop) -> list[Card]:
    """Words that came after closing and that the facilitator has not yet seen, newest first."""
    cards = Card.objects.filter(activity__workshop=workshop).late_unseen()
    return list(cards.select_related("activity", "participant", "table").order_by("-pk"))


def room(workshop: Workshop) -> list[dict[str, Any]]:
    """Who has been heard in what is open now, by organisation; groups under five are joined (`domain.md` 4.1)."""
    people = list(workshop.participants.present().values_list("pk", "organisation__short", "organisation__name"))
    heard = kind_of(workshop.current).voices(workshop.current) if workshop.current else set()
    present: Counter[str] = Counter(short or name for _pk, short, name in people)
    contributed: Counter[str] = Counter(short or name for pk, short, name in people if pk in heard)
    rows = [
        {"name": name, "present": count, "contributed": contributed[name]}
        for name, count in present.items()
        if count >= SMALL_GROUP
    ]
    small = [name for name, count in present.items() if count < SMALL_GROUP]
    if small:
        rows.append(
            {
                "name": _("Smaller groups") if rows else _("Everyone"),
                "present": sum(present[name] for name in small),
                "contributed": sum(contributed[name] for name in small),
            }
        )
    return rows
