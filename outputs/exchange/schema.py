"""The blocks of an exchange file, in the order in which they are written. docs/exchange.md says the same for people."""

from typing import Any

from outputs.exchange import larger_parts, parts
from outputs.exchange.named import New, Use
from outputs.exchange.parts import LINE, LINES, LOCAL, LONG, NATIONAL, ORGANISATION, PEOPLE, PERSON, TABLE
from outputs.exchange.run_sheet import SHEET, own_blocks
from outputs.exchange.shapes import Anything, Clock, Day, Flag, Keyed, Maybe, OneOf, Row, Rows, Shape, Text, Whole
from workshops.days import templates
from workshops.models import Card, Driver, Participant

REQUIRED = ("event", "network", "organisations", "participants")

BLOCKS: dict[str, Shape] = {
    "event": parts.EVENT,
    "network": parts.NETWORK,
    "organisations": Rows(
        Row(
            {
                "id": New("organisation"),
                "name": Text(160),
                "short": Maybe(Text(60)),
                "type": Maybe(Text(60)),
                "site": Maybe(LINE),
                "linacs": Maybe(Whole()),
                "note": Maybe(Text(1000)),
            }
        )
    ),
    "role_groups": Rows(Row({"id": New("role_group"), "label": Text(100)})),
    "participants": Rows(
        Row(
            {
                "id": New("participant"),
                "name": Text(100),
                "org": ORGANISATION,
                "role": Maybe(Text(120)),
                "role_group": Maybe(Use(("role_group",))),
                "years": Maybe(Whole(0, 80)),
                "channel": Maybe(OneOf(tuple(dict(Participant.CHANNELS)))),
            }
        )
    ),
    "access_needs": Rows(
        Row(
            {
                "participant": PERSON,
                "need": Text(1000),
                "pin_tables": Maybe(Rows(TABLE)),
                "device": Maybe(LINE),
                "scribe": Maybe(Flag()),
                "quiet_room": Maybe(Flag()),
            }
        )
    ),
    "pre_event_survey": Row(
        {
            **{one: Maybe(Whole()) for one in ("invited", "responded", "accepted_but_did_not_attend")},
            **{one: Maybe(LINES) for one in ("what_do_we_hope_for", "what_are_we_worried_about")},
        }
    ),
    "story_themes": Rows(
        Row(
            {"id": New("story_theme"), "name": Text(80), "description": Maybe(LINE), "keywords": Maybe(Rows(Text(100)))}
        )
    ),
    "stories": Rows(
        Row(
            {
                "id": New("story"),
                "author": Maybe(PERSON),
                "table": Maybe(TABLE),
                "themes": Maybe(Rows(Use(("story_theme",)))),
                "sharing": OneOf(tuple(dict(Card.SHARING))),
                "text": Text(5000),
                "key_words": Rows(Text(100), 8),
                "ig": Maybe(Row({"flag": LINE, "consent": LINE, "confirmed_by": Maybe(PERSON)})),
            }
        )
    ),
    "value_clusters": Rows(
        Row({"id": New("value_cluster"), "name": Text(80), "gist": Maybe(LINE), "parked": Maybe(Flag())})
    ),
    "value_ideas": parts.IDEAS,
    "values_final": Rows(
        Row(
            {
                "id": New("value"),
                "cluster": Maybe(Use(("value_cluster",))),
                "name": Text(60),
                "statement": LINE,
                "we_will": Rows(Text(240)),
                "we_will_not": Rows(Text(240)),
                "how_we_will_notice": LINE,
            }
        )
    ),
    "values_decision_note": LONG,
    "purpose_drafts": Rows(
        Row(
            {
                "id": New("purpose_draft"),
                "table": Maybe(TABLE),
                "author": Maybe(PERSON),
                "text": Text(1000),
                "liked": Maybe(LINES),
                "questions": Maybe(LINES),
            }
        )
    ),
    "purpose_versions": Rows(
        Row(
            {
                "id": New("purpose"),
                "made_by": Maybe(PEOPLE),
                "made_at": Maybe(Text(60)),
                "sources": Maybe(Rows(Use(("purpose_draft",)))),
                "status": Maybe(Text(80)),
                "text": Text(1000),
                "short_form": Maybe(Text(200)),
                "objections": Maybe(Rows(Row({"by": Maybe(PERSON), "text": LONG, "resolved_by": Maybe(LONG)}))),
            }
        )
    ),
    "national_priorities": Rows(
        Row(
            {
                "id": New("national_priority"),
                "title": Text(160),
                **{one: Maybe(Text(size)) for one, size in (("group", 60), ("summary", 2000), ("prompt", 300))},
                "tags": Maybe(Rows(Text(60))),
                "sources": Maybe(Anything()),
                "status": Maybe(OneOf(tuple(dict(Driver.STATUSES)))),
                "note": Maybe(Text(2000)),
                "checked_by": Maybe(Text(100)),
                "checked_on": Maybe(Day()),
            }
        )
    ),
    "local_priorities": Rows(Row({"id": New("local_priority"), "org": ORGANISATION, "text": Text(160)})),
    "priority_themes": Rows(
        Row(
            {
                "id": New("priority_theme"),
                "title": Text(80),
                "description": LINE,
                "proposed_by": Maybe(TABLE),
                "national": Maybe(NATIONAL),
                "local": Maybe(LOCAL),
                "stories": Maybe(Rows(Use(("story",)))),
            }
        )
    ),
    "priorities_final": Rows(
        Row(
            {
                "id": New("priority"),
                "from": Maybe(Rows(Use(("priority_theme",)))),
                "title": Text(120),
                "one_line": Maybe(LINE),
            }
        )
    ),
    "priorities_not_chosen_note": LONG,
    "held_themes": Rows(Row({"theme": Use(("priority_theme",)), "keeper": Maybe(PERSON), "why": Maybe(Text(1000))})),
    "quick_wins": Rows(
        Row({"theme": Use(("priority_theme",)), "owner": Maybe(PERSON), "start": Maybe(Day()), "text": Maybe(LINE)})
    ),
    "action_plans": Rows(larger_parts.PLAN),
    "gallery_feedback": Rows(
        Row(
            {
                "plan": Use(("plan",)),
                "kind": OneOf(("like", "question", "offer", "risk")),
                "by": Maybe(PERSON),
                "text": LINE,
            }
        )
    ),
    "commitments": Rows(Row({"by": Maybe(PERSON), "text": Text(140), "when": Maybe(Day())})),
    "parking_lot": Rows(Row({"text": LINE, "owner": Maybe(PERSON), "answer_by": Maybe(Day())})),
    "review_dates": Rows(Row({"date": Day(), "what": Text(160), "format": Maybe(Text(160))})),
    "run_sheet": SHEET,
    "seating": Rows(parts.SEATING),
    "table_hosts": Rows(Anything()),  # a round and, for each of its tables, a host: checks.py
    "votes": Rows(larger_parts.VOTES),
    "criteria_scoring": Row(
        {
            "scale": Maybe(Rows(Whole())),
            "scored_by": Maybe(OneOf(("table",))),
            "criteria": Rows(Row({"id": New("criterion"), "name": LINE, "weight": Whole(1, 100)})),
            "scores": Keyed(TABLE, Keyed(Use(("priority_theme",)), Rows(Whole(1, 5)))),
        }
    ),
    "pulse": larger_parts.PULSE,
    "actual_timings": Rows(Row({"activity": Text(60), "planned": Clock(), "started": Clock()})),
    "expected_results": Anything(),
}


def blocks_of(template: str, sheet: Any) -> dict[str, Any]:
    """Every block that a file may have: those above, and those of its own template and run sheet."""
    lines = sheet if sheet is not None else templates().get(template, {}).get("activities", [])
    return {**BLOCKS, **own_blocks(lines, BLOCKS, parts.IDEAS)}
